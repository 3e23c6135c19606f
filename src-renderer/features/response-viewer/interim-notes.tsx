/** What came before and after an answer: the interim ones, each with its moment, and trailers. Their fields stand with its headers. */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { listed } from '../../lib/listed.ts'
import { statusText } from './status-meanings.ts'
import styles from './timing-panel.module.css'
import { rich } from '../../lib/t.ts'

export function InterimNotes({ informational, trailers }: Pick<ReceivedResponse, 'informational' | 'trailers'>) {
  return (
    <>
      {informational.map(({ status, at }, index) => (
        <p key={index} className={styles.note}>
          {rich`${statusText({ status, reason: '' })} came ${formatDuration(at)} after the request began.`}
        </p>
      ))}
      {trailers.length > 0 && (
        <p className={styles.note}>{rich`Trailers came at the end of the body: ${listed(trailers.map(([name]) => name))}.`}</p>
      )}
    </>
  )
}
