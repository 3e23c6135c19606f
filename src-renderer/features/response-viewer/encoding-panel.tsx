/** What each source says of a body's text encoding, which of them was believed, and why the others were not. */
import { use, useEffect, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { EncodingEvidence } from '#contract/model/body.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'
import { readEncodings } from '../../actions/bodies.ts'
import { TeachingNote } from '../../forms/teaching-note.tsx'
import { answerNotes } from '../../lib/teaching-notes.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import table from './data-table.module.css'
import styles from './encoding-panel.module.css'
import type { FoundEncoding } from './encoding-select.tsx'
import { encodingReason, SOURCES } from './encodings.ts'
import { KeepEncoding } from './keep-encoding.tsx'
import { UsedIn } from './used-in.ts'
import { t } from '../../lib/t.ts'
import { told } from '../../lib/told.ts'

interface EncodingPanelProps {
  readonly bodyId: BodyId
  readonly contentType: string
  readonly found: FoundEncoding | null
  /** Null: the one that was found. */
  readonly chosen: string | null
}

export function EncodingPanel({ bodyId, contentType, found, chosen }: EncodingPanelProps) {
  const draftId = use(UsedIn)
  const [read, setRead] = useState<Result<readonly EncodingEvidence[], WireError> | null>(null)
  useEffect(() => {
    let isOld = false
    void readEncodings(bodyId, contentType).then((result) => !isOld && setRead(result))
    return () => {
      isOld = true
    }
  }, [bodyId, contentType])
  if (read === null) return null
  if (!read.ok) return <ProblemNote message={read.error.message} {...(read.error.hint !== undefined && { hint: read.error.hint })} />
  const winner = chosen === null ? (found ?? firstToSay(read.value)) : { encoding: chosen, from: 'override' as const }
  const isFound = winner?.from === 'guess' || winner?.from === 'default'
  return (
    <section className={styles.panel} aria-label={t`Encoding evidence`}>
      <TeachingNote id="guessedEncoding" when={isFound && answerNotes.guessedEncoding(contentType)} />
      {winner && <p className={styles.reason}>{encodingReason(winner.encoding, winner.from)}</p>}
      {chosen !== null && draftId !== null && <KeepEncoding draftId={draftId} encoding={chosen} />}
      <table className={styles.table}>
        <thead className={table.unseen}>
          <tr>
            <th scope="col">{t`Source`}</th>
            <th scope="col">{t`Says`}</th>
            <th scope="col">{t`Note`}</th>
          </tr>
        </thead>
        <tbody>
          {read.value.map((one) => (
            <tr key={one.from} data-won={winner?.from === one.from}>
              <th scope="row">{SOURCES[one.from]}</th>
              <td className={styles.says}>{one.encoding ?? (one.label === null ? '–' : one.label)}</td>
              <td className={styles.note}>{noteOf(one, winner)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Of a part of a body nobody has said yet what it is read in: it is what core would take. */
function firstToSay(all: readonly EncodingEvidence[]): FoundEncoding | null {
  for (const { encoding, from } of all) if (encoding !== null) return { encoding, from }
  return null
}

function noteOf({ from, encoding, label, note }: EncodingEvidence, winner: FoundEncoding | null): string {
  if (label !== null && encoding === null) return t`no encoding that is known`
  const own = label !== null && label.toLowerCase() !== encoding ? t`says “${label}”` : note && told(note)
  const verdict = winner?.from === from ? t`believed` : ''
  return [verdict, own].filter(Boolean).join(': ')
}
