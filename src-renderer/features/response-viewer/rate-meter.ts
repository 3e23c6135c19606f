/**
 * A transfer rate that a person can read: smoothed over about a second, so that it neither jumps with every chunk nor
 * lags behind a change. Pure; the caller supplies the clock.
 */

import { formatDuration } from '../../lib/format-duration.ts'
import { t } from '../../lib/t.ts'

/** Milliseconds over which an old rate loses most of its weight. */
const WINDOW_MS = 1000
/** Readings closer together than this are too noisy to be a rate. */
const SHORTEST_MS = 80

export interface RateReading {
  readonly bytes: number
  /** Milliseconds on any clock that does not go back. */
  readonly at: number
  /** Bytes a second; null until there are two readings. */
  readonly rate: number | null
}

/**
 * The next reading.
 *
 * @param before the last reading; null at the start
 * @param bytes bytes so far. Fewer than before means that another hop has begun: the rate starts anew
 */
export function nextReading(before: RateReading | null, bytes: number, at: number): RateReading {
  if (before === null || bytes < before.bytes) return { bytes, at, rate: null }
  const elapsed = at - before.at
  if (elapsed < SHORTEST_MS) return before
  const current = ((bytes - before.bytes) / elapsed) * 1000
  if (before.rate === null) return { bytes, at, rate: current }
  const weight = 1 - Math.exp(-elapsed / WINDOW_MS)
  return { bytes, at, rate: before.rate + (current - before.rate) * weight }
}

/** How long the rest will take at this rate, such as `12 s left`; null where that is too little or too uncertain to say. */
export function timeLeft(bytes: number, rate: number): string | null {
  if (rate < 1) return null
  const seconds = Math.round(bytes / rate)
  return seconds < 1 || seconds > 100 * 3600 ? null : t`${seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)} left`
}
