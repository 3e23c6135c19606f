/**
 * Import: what is pasted, dropped or chosen, what it becomes and what does not come over, and where it goes. Nothing is
 * written before the button is pressed.
 */
import { useState, type DragEvent } from 'react'
import { closeImport, importSources, stopReading, writeImport } from '../../actions/import.ts'
import { sourcesOf } from '../../actions/dropped-files.ts'
import { faultWords } from '../../lib/import-words.ts'
import { useImportStore } from '../../stores/import-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportSourceFields } from './import-source.tsx'
import { ImportSummaryView } from './import-summary.tsx'
import { ImportTargetFields } from './import-target.tsx'
import { targetOf, useImportTarget } from './use-import-target.ts'
import styles from './import.module.css'
import { t } from '../../lib/t.ts'

export function ImportDialog() {
  const summary = useImportStore((state) => state.summary)
  const reading = useImportStore((state) => state.reading)
  const error = useImportStore((state) => state.error)
  const otherwise = useImportStore((state) => state.otherwise)
  const [isOver, setOver] = useState(false)
  const target = useImportTarget(summary)
  const ready = summary !== null && reading === null && targetOf(target) !== null

  const write = (): void => {
    const wanted = targetOf(target)
    if (ready && wanted) void writeImport(wanted, target.hides)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const sources = sourcesOf(event.dataTransfer)
    if (sources.length > 0) void importSources(sources)
  }
  return (
    <Dialog
      open
      onClose={closeImport}
      title={t`Import`}
      width="760px"
      actions={
        <>
          {otherwise && (
            <Button
              className={styles.otherwise ?? ''}
              onClick={() => {
                closeImport()
                otherwise.run()
              }}
            >
              {otherwise.label}
            </Button>
          )}
          <Button onClick={reading ? stopReading : closeImport}>{reading ? t`Stop` : t`Cancel`}</Button>
          <Button variant="primary" type="submit" form="import" disabled={!ready}>{t`Import`}</Button>
        </>
      }
    >
      <form
        id="import"
        className={styles.form}
        data-over={isOver || undefined}
        onSubmit={(event) => {
          event.preventDefault()
          write()
        }}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <ImportSourceFields />
        {reading && <ImportProgress reading={reading} items={summary && summary.counts.requests + summary.counts.folders} />}
        {error && (
          <ProblemNote live kind={error.kind} message={faultWords(error)} {...(error.hint !== undefined && { hint: error.hint })} />
        )}
        {summary && (
          <div className={styles.result} aria-busy={reading !== null} inert={reading?.phase === 'writing'}>
            <ImportSummaryView summary={summary} />
            <ImportTargetFields target={target} summary={summary} />
          </div>
        )}
      </form>
    </Dialog>
  )
}
