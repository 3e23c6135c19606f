/**
 * Dates in headers as Python's `email.utils.parsedate_tz` reads them: every form of RFC 9110 §5.6.7, and what else servers
 * write, such as an offset, an American zone, a year of two digits, no weekday or no seconds. Pure, and free of the
 * accidents of `Date.parse`.
 */

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const LONG_MONTHS = 'january february march april may june july august september october november december'.split(' ')
const DAYS = new Set('mon tue wed thu fri sat sun'.split(' '))
/** Hours from UTC. */
const ZONES: ReadonlyMap<string, number> = new Map(
  Object.entries({ UT: 0, UTC: 0, GMT: 0, Z: 0, AST: -4, ADT: -3, EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 }),
)

/**
 * Milliseconds since the epoch; a date without a zone is in UTC.
 *
 * @returns null where it is no date
 * @see CPython 3.11 `email/_parseaddr.py`
 */
export function emailDate(text: string): number | null {
  const words = wordsOf(text)
  if (words === null) return null
  let [day, month, year, time, zone] = words
  if (monthOf(month) === null) [day, month] = [month, day]
  if (year.indexOf(':') > 0) [year, time] = [time, year]
  year = withoutComma(year)
  if (!/^\d/.test(year)) [year, zone] = [zone, year]
  const months = monthOf(month)
  const clock = clockOf(withoutComma(time))
  const date = [withoutComma(day), year].map(wholeNumber)
  if (months === null || clock === null || date.includes(null)) return null
  const [days = 0, years = 0] = date.map(Number)
  const full = years >= 100 ? years : years + (years > 68 ? 1900 : 2000)
  const ms = Date.UTC(full, months, 1) + (days - 1) * 86_400_000 + clock - offsetMs(zone)
  return Number.isNaN(ms) ? null : ms
}

type Words = [day: string, month: string, year: string, time: string, zone: string]

/** Day, month, year, time and zone in the order in which they stand; an absent zone is empty. */
function wordsOf(text: string): Words | null {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const first = words[0] ?? ''
  if (first.endsWith(',') || DAYS.has(first.toLowerCase())) words.shift()
  else words[0] = first.slice(first.lastIndexOf(',') + 1)
  // RFC 850: 01-Mar-26
  const joined = words[0]?.split('-') ?? []
  if (words.length === 3 && joined.length === 3) words.splice(0, 1, ...joined)
  const last = words[3]
  if (words.length === 4 && last !== undefined) {
    const sign = last.includes('+') ? last.indexOf('+') : last.indexOf('-')
    words.splice(3, 1, ...(sign > 0 ? [last.slice(0, sign), last.slice(sign)] : [last, '']))
  }
  const [day, month, year, time, zone] = words
  if (!day || !month || !year || time === undefined || zone === undefined) return null
  return [day, month, year, time, zone]
}

/** From 0; null where it is none. */
function monthOf(word: string): number | null {
  const lower = word.toLowerCase()
  const at = Math.max(MONTHS.indexOf(lower), LONG_MONTHS.indexOf(lower))
  return at < 0 ? null : at
}

/** Milliseconds from midnight. */
function clockOf(text: string): number | null {
  const parts = text.includes(':') ? text.split(':') : text.split('.')
  if (parts.length < 2 || parts.length > 3) return null
  const numbers = parts.map(wholeNumber)
  if (numbers.includes(null)) return null
  const [hours = 0, minutes = 0, seconds = 0] = numbers.map(Number)
  return ((hours * 60 + minutes) * 60 + seconds) * 1000
}

/** A zone that is not known is UTC. */
function offsetMs(zone: string): number {
  const hours = ZONES.get(zone.toUpperCase())
  if (hours !== undefined) return hours * 3_600_000
  const offset = wholeNumber(zone) ?? 0
  const size = Math.abs(offset)
  return Math.sign(offset) * (Math.floor(size / 100) * 60 + (size % 100)) * 60_000
}

function wholeNumber(text: string): number | null {
  return /^[+-]?\d+$/.test(text) ? Number(text) : null
}

function withoutComma(text: string): string {
  return text.endsWith(',') ? text.slice(0, -1) : text
}
