/** Whole seconds, minutes, hours, days and years in words: how long something holds, and how long ago or ahead it is. */

import { t } from './t.ts'
import { formatNumber } from './format-number.ts'

const UNITS: readonly (readonly [seconds: number, one: string, many: string])[] = [
  [31_536_000, t`year`, t`years`],
  [86_400, t`day`, t`days`],
  [3600, 'h', 'h'],
  [60, 'min', 'min'],
  [1, 's', 's'],
]

/** Units that more than one of is said with the next smaller one; a year and some days is near enough a year and a half. */
const MOST_PARTS = 2

/**
 * `0 s`, `23 s`, `4 min 40 s`, `5 min`, `2 h 3 min`, `30 days`, `1 year`: at most two units, rounded down.
 *
 * @param seconds not negative
 */
export function spanInWords(seconds: number): string {
  let left = Math.floor(seconds)
  const parts: string[] = []
  for (const [index, [size, one, many]] of UNITS.entries()) {
    const count = Math.floor(left / size)
    if (count > 0) {
      parts.push(`${formatNumber(count)} ${count === 1 ? one : many}`)
      left -= count * size
    }
    // A unit that is left out ends it: nobody says `2 days 4 s`.
    const isEnough = parts.length === MOST_PARTS || (parts.length > 0 && left < (UNITS[index + 1]?.[0] ?? 1))
    if (isEnough) break
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}

/**
 * A moment as seen from another one: `in 23 s`, `2 h 3 min ago`, `just then`.
 *
 * @param at @param from milliseconds since the epoch
 */
export function momentInWords(at: number, from: number): string {
  const seconds = Math.round((at - from) / 1000)
  if (seconds === 0) return t`just then`
  return seconds > 0 ? t`in ${spanInWords(seconds)}` : t`${spanInWords(-seconds)} ago`
}
