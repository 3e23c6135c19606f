/** When something was, as one would say it: near things by how long ago, far ones by their date. Local time. */
import { localeOfTexts } from './t.ts'
import { t } from './t.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** `just now`, `5 minutes ago`, `at 14:05`, `yesterday at 14:05`, `on 3 Nov at 14:05`, `on 3 Nov 2025 at 14:05`. */
export function timeWords(iso: string, now: Date): string {
  const at = new Date(iso)
  const ago = now.getTime() - at.getTime()
  // A clock that was set back is no reason to speak of the future.
  if (ago < MINUTE_MS) return t`just now`
  if (ago < 2 * MINUTE_MS) return t`1 minute ago`
  if (ago < HOUR_MS) return t`${Math.floor(ago / MINUTE_MS)} minutes ago`
  const clock = at.toLocaleTimeString(localeOfTexts(), { hour: '2-digit', minute: '2-digit' })
  const days = daysBetween(at, now)
  if (days === 0) return t`at ${clock}`
  if (days === 1) return t`yesterday at ${clock}`
  const isThisYear = at.getFullYear() === now.getFullYear()
  const date = at.toLocaleDateString(localeOfTexts(), { day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) })
  return t`on ${date} at ${clock}`
}

/** A moment to the second, `3 Nov 2025 at 14:05:09`, whether it was or is to come. */
export function exactTime(at: Date): string {
  const date = at.toLocaleDateString(localeOfTexts(), { day: 'numeric', month: 'short', year: 'numeric' })
  return t`${date} at ${at.toLocaleTimeString(localeOfTexts())}`
}

/** By the calendar: a day may have 23 or 25 hours. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (time: Date): number => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate())
  return Math.round((midnight(to) - midnight(from)) / (24 * HOUR_MS))
}
