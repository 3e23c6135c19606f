/** A try or hop in one line: its number, request, what it was, its status and time. */
import type { ErrorKind } from '#contract/errors.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import { kindWord, type CourseKind } from './course.ts'
import type { ExchangePart } from './exchange-part.ts'
import styles from './redirects-panel.module.css'
import { classOfStatus, statusText } from './status-meanings.ts'
import { useShownUrl } from './use-shown-url.ts'
import { ownTime } from './waterfall.ts'

export interface HopLineProps {
  readonly part: ExchangePart
  readonly number: number
  readonly kind: CourseKind
  /** Where it was to go, should nothing have been sent. */
  readonly to?: string | undefined
  /** What it failed with, in place of a status. */
  readonly failedBy?: ErrorKind | undefined
}

export function HopLine({ part, number, kind, to, failedBy }: HopLineProps) {
  const shown = useShownUrl()
  const url = part.request ? shown(part.request) : to
  return (
    <span className={styles.line}>
      <span className={styles.number}>{number}</span>
      {part.request && <MethodWord method={part.request.method} />}
      <span className={styles.url} title={url}>
        {url}
      </span>
      {kind !== 'last' && <span className={styles.kind}>{kindWord(kind, part)}</span>}
      {part.response && (
        <span className={styles.status} data-class={classOfStatus(part.response.status)}>
          {statusText(part.response)}
        </span>
      )}
      {!part.response && failedBy !== undefined && (
        <span className={styles.status} data-class="serverError">
          {failedBy}
        </span>
      )}
      <span className={styles.time}>{formatDuration(ownTime(part.timings))}</span>
    </span>
  )
}
