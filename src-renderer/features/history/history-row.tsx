/** One row of the history: a day, or an entry with its method, place, outcome and time. */
import Pin from 'lucide-react/icons/pin'
import { memo, type MouseEvent } from 'react'
import type { ExchangeId } from '#contract/model/ids.ts'
import { formatDuration } from '../../lib/format-duration.ts'
import { clockTime, outcomeOf, type HistoryRow } from '../../lib/history-rows.ts'
import { pathOrHost } from '../../lib/request-label.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import styles from './history.module.css'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

export interface HistoryRowProps {
  readonly row: HistoryRow
  readonly top: number
  readonly selected: boolean
  /** The keyboard stands on it. */
  readonly hasCursor: boolean
  readonly onClick: (id: ExchangeId, event: MouseEvent) => void
}

export const HistoryRowView = memo(function HistoryRowView({ row, top, selected, hasCursor, onClick }: HistoryRowProps) {
  const style = { transform: `translateY(${top}px)` }
  if (row.kind === 'day') {
    return (
      <div className={styles.dayRow} role="presentation" style={style}>
        {row.label}
      </div>
    )
  }
  const { entry } = row
  const facts = listed([entry.error ?? '', formatDuration(entry.totalMs), entry.pinned ? t`pinned` : ''].filter((fact) => fact !== ''))
  return (
    <div
      id={`history-${entry.id}`}
      className={styles.row}
      role="option"
      aria-selected={selected}
      aria-description={facts}
      data-entry={entry.id}
      data-cursor={hasCursor}
      title={`${entry.url}\n${facts}`}
      style={style}
      onClick={(event) => onClick(entry.id, event)}
    >
      <span className={styles.method}>
        <span className={styles.unseen}>{entry.method} </span>
        <MethodWord method={entry.method} short />
      </span>
      <span className={styles.path}>{pathOrHost(entry.url) || t`no address`}</span>
      <span className={styles.host}>{entry.host}</span>
      {entry.pinned && <Pin className={styles.pin} aria-hidden="true" />}
      <span className={styles.outcome} data-tone={toneOf(entry.status, entry.error !== null)}>
        {entry.error === null ? outcomeOf(entry) : t`failed`}
      </span>
      <span className={styles.time}>{clockTime(entry.startedAt).slice(0, 5)}</span>
    </div>
  )
})

function toneOf(status: number | null, failed: boolean): string {
  if (failed || status === null || status >= 500) return 'danger'
  if (status >= 400) return 'warning'
  return status >= 300 ? 'accent' : 'success'
}
