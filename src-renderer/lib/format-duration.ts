/** Durations in words, as short as they can be read without loss of meaning. */

import { formatNumber } from './format-number.ts'
import { t } from './t.ts'

/** Milliseconds as `0.4 ms`, `84 ms`, `1.24 s`, `12.3 s`, `1 min 5 s` or `2 h 3 min`. */
export function formatDuration(ms: number): string {
  if (ms >= 0.05 && ms < 0.95) return t`${formatNumber(ms, 1)} ms`
  if (ms < 999.5) return t`${Math.round(ms)} ms`
  if (ms < 9_995) return `${formatNumber(ms / 1000, 2)} s`
  if (ms < 59_950) return `${formatNumber(ms / 1000, 1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return join(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

/** A clock that runs while something is under way: `0.3 s`, `12.0 s`, `1 min 05 s`. Its width changes seldom. */
export function formatElapsed(ms: number): string {
  const tenths = Math.floor(ms / 100)
  if (tenths < 600) return `${formatNumber(tenths / 10, 1)} s`
  const seconds = Math.floor(tenths / 10)
  return t`${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
