/** The file of rows of a plan: dropped here or chosen, and its first rows to see that it is the right one. */
import FileSpreadsheet from 'lucide-react/icons/file-spreadsheet'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import type { RunDataPreview } from '#contract/model/run.ts'
import { chooseData, dropData, removeData } from '../../actions/runs.ts'
import { useRunsStore } from '../../stores/runs-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ColumnHeads } from '../../ui/column-heads.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import styles from './plan.module.css'
import { count } from './run-words.ts'
import { rich, t } from '../../lib/t.ts'

/** Rows of the preview that are shown. */
const SHOWN_ROWS = 5

export function DataFile() {
  const data = useRunsStore((state) => state.data)
  const [isOver, setOver] = useState(false)
  return (
    <div
      role="region"
      aria-label={t`Data file`}
      className={styles.data}
      data-over={isOver}
      onDragOver={(event) => {
        if (![...event.dataTransfer.types].includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const [file] = event.dataTransfer.files
        if (!file) return
        event.preventDefault()
        void dropData(file)
      }}
    >
      <div className={styles.dataHead}>
        <FileSpreadsheet aria-hidden="true" />
        <span className={styles.dataName} title={data?.path}>
          {data === null ? t`A CSV or JSON file: a row for each iteration` : data.name}
        </span>
        {data?.preview && <span className={styles.dataCount}>{rich`${count(data.preview.rowCount)} rows`}</span>}
        <Button onClick={() => void chooseData()}>{data === null ? t`Choose data…` : t`Another…`}</Button>
        {data !== null && <IconButton label={t`Without data`} icon={<X />} onClick={removeData} />}
      </div>
      {data?.error && (
        <ProblemNote
          live
          kind={data.error.kind}
          message={data.error.message}
          {...(data.error.hint !== undefined && { hint: data.error.hint })}
        />
      )}
      {data?.preview && <Preview preview={data.preview} />}
    </div>
  )
}

function Preview({ preview: { columns, rows, rowCount, warnings } }: { readonly preview: RunDataPreview }) {
  const shown = rows.slice(0, SHOWN_ROWS)
  return (
    <>
      {warnings.map((warning) => (
        <ProblemNote key={warning} tone="warning" message={warning} />
      ))}
      <div className={styles.preview} tabIndex={0} role="group" aria-label={t`First rows of the data`}>
        <table aria-label={t`Data`}>
          <ColumnHeads columns={columns} />
          <tbody>
            {shown.map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column}>{row[column] ?? <em>{t`absent`}</em>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rowCount > shown.length && <p className={styles.note}>{rich`The first ${shown.length} rows.`}</p>}
    </>
  )
}
