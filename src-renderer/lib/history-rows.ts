/** The rows of the history's list: entries under the day they ended on. */
import type { HistoryEntry } from '#contract/model/history.ts'
import { formatDuration } from './format-duration.ts'
import { localeOfTexts } from './t.ts'
import { listed } from './listed.ts'
import { t } from './t.ts'

export type HistoryRow =
  | { readonly kind: 'day'; readonly key: string; readonly label: string }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: HistoryEntry }

/**
 * The rows of a list that grows at its end: those of entries that were there the last time stay as they are.
 *
 * @returns a function that is given the entries, newest first
 */
export function createHistoryRows(): (entries: readonly HistoryEntry[], now: Date) => readonly HistoryRow[] {
  let known: readonly HistoryEntry[] = []
  let today = ''
  let rows: readonly HistoryRow[] = []
  let day: Day | null = null
  return (entries, now) => {
    const goesOn = known.length > 0 && today === now.toDateString() && known.every((entry, at) => entry === entries[at])
    const made = goesOn ? [...rows] : []
    if (!goesOn) day = null
    for (const entry of goesOn ? entries.slice(known.length) : entries) {
      // The list goes by the end of a send, so days by it come in order, too.
      const ended = Date.parse(entry.startedAt) + entry.totalMs
      if (day === null || ended < day.from || ended >= day.until) {
        const next = dayOf(ended, now)
        if (next.label !== day?.label) made.push({ kind: 'day', key: `day ${next.label} ${made.length}`, label: next.label })
        day = next
      }
      made.push({ kind: 'entry', key: entry.id, entry })
    }
    known = entries
    today = now.toDateString()
    rows = made
    return rows
  }
}

interface Day {
  readonly label: string
  /** In milliseconds of the clock. */
  readonly from: number
  /** Exclusive. */
  readonly until: number
}

function dayOf(ms: number, now: Date): Day {
  const at = new Date(ms)
  const dayAfter = (days: number): number => new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime()
  return { label: dayLabel(at, now), from: dayAfter(0), until: dayAfter(1) }
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
  // To make it takes longer than to draw a screen of rows; the language stays as long as the window.
  clock ??= new Intl.DateTimeFormat(localeOfTexts(), { hour: 'numeric', minute: 'numeric', second: 'numeric', hour12: false })
  return clock.format(new Date(iso))
}

let clock: Intl.DateTimeFormat | null = null

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
