/** The rows of the history's list: entries under the day they ended on. */
import type { HistoryEntry } from '#contract/model/history.ts'
import { formatDuration } from './format-duration.ts'
import { localeOfTexts } from './t.ts'
import { listed } from './listed.ts'
import { t } from './t.ts'

export type HistoryRow =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: HistoryEntry }

/** @param entries newest first */
export function historyRows(entries: readonly HistoryEntry[], now: Date): readonly HistoryRow[] {
  const rows: HistoryRow[] = []
  let last = ''
  for (const entry of entries) {
    // The list goes by the end of a send, so days by it come in order, too.
    const label = dayLabel(new Date(Date.parse(entry.startedAt) + entry.totalMs), now)
    if (label !== last) rows.push({ kind: 'day', key: `day ${label} ${rows.length}`, label })
    last = label
    rows.push({ kind: 'entry', key: entry.id, entry })
  }
  return rows
}

/** `Today`, `Yesterday`, or the date; in local time. */
export function dayLabel(at: Date, now: Date): string {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  const day = new Date(at.getFullYear(), at.getMonth(), at.getDate())
  // A day may have 23 or 25 hours.
  const days = Math.round((midnight.getTime() - day.getTime()) / (24 * 3600 * 1000))
  if (days === 0) return t`Today`
  if (days === 1) return t`Yesterday`
  return at.toLocaleDateString(localeOfTexts(), { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })
}

/** `14:05:09`, local time. */
export function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString(localeOfTexts(), { hour12: false })
}

/** What came of it, in a word: the status, or the kind of the error. */
export function outcomeOf({ status, error }: Pick<HistoryEntry, 'status' | 'error'>): string {
  return error ?? (status === null ? t`no answer` : String(status))
}

/** A send in a menu: `14:05:09 · 200 · 12 ms`, with its day where that is not today. */
export function sendLabel(entry: HistoryEntry, now: Date): string {
  const day = dayLabel(new Date(entry.startedAt), now)
  return [
    listed([...(day === dayLabel(now, now) ? [] : [day]), clockTime(entry.startedAt)]),
    outcomeOf(entry),
    formatDuration(entry.totalMs),
  ].join(' · ')
}
