/** The line under a JSON body: valid, or where it stops being so. A press on it goes there. */
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useDeferredValue, useMemo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { jsonVerdict, type JsonVerdict } from './json-format.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

/** A longer text is not read here but only by core, with the preview: typing must not wait. */
const MAX_READ_CHARACTERS = 300_000

interface JsonStatusProps {
  readonly draftId: DraftId
  readonly text: string
  readonly onShow: (line: number, column: number) => void
}

export function JsonStatus({ draftId, text, onShow }: JsonStatusProps) {
  const settled = useDeferredValue(text)
  const isAsTyped = useRequest(draftId, ({ body }) => body.kind === 'json' && body.asTyped)
  const problems = useSectionProblems(draftId, 'body')
  const read = useMemo(() => (settled.length > MAX_READ_CHARACTERS ? null : jsonVerdict(settled)), [settled])
  const isLong = settled.length > MAX_READ_CHARACTERS
  const invalid = problems.find((problem) => problem.kind === 'InvalidBody')
  const verdict: JsonVerdict | null = isLong ? { valid: !invalid, words: invalid ? told(invalid.message) : t`Valid JSON` } : read
  const others = problems.filter((problem) => problem.kind !== 'InvalidBody')
  return (
    <div className={styles.statusLine} role="group" aria-label={t`Body status`}>
      {verdict === null ? <span>{t`Empty: nothing is sent.`}</span> : <Verdict verdict={verdict} onShow={onShow} />}
      {verdict?.valid === false && isAsTyped && <span className={styles.statusNote}>{t`It is sent as typed all the same.`}</span>}
      {verdict?.valid === false && !isAsTyped && <span className={styles.statusNote}>{t`Correct it, or tick “Send as typed”.`}</span>}
      {others.map((problem, index) => (
        <span key={index} className={styles.statusFault}>
          {told(problem.message)} {problem.hint !== undefined && told(problem.hint)}
        </span>
      ))}
    </div>
  )
}

function Verdict({ verdict, onShow }: { readonly verdict: JsonVerdict; readonly onShow: JsonStatusProps['onShow'] }) {
  const { valid, words, line, column } = verdict
  if (valid) {
    return (
      <span className={styles.statusGood}>
        <Check aria-hidden="true" /> {words}
      </span>
    )
  }
  const show = line === undefined || column === undefined ? undefined : () => onShow(line, column)
  return (
    <button type="button" className={styles.statusFault} disabled={!show} title={t`Show the place`} onClick={show}>
      <CircleAlert aria-hidden="true" /> {words}
    </button>
  )
}
