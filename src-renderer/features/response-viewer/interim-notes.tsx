/** The interim answers before an answer, each with the moment it came. Their headers stand with those of the answer. */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { statusText } from './status-meanings.ts'
import styles from './timing-panel.module.css'
import { rich } from '../../lib/t.ts'

export function InterimNotes({ informational }: Pick<ReceivedResponse, 'informational'>) {
  return informational.map(({ status, at }, index) => (
    <p key={index} className={styles.note}>
      {rich`${statusText({ status, reason: '' })} came ${formatDuration(at)} after the request began.`}
    </p>
  ))
}
