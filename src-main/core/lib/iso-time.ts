/**
 * Moments as text. Its own file because of what the usual way costs: `toISOString` takes longer than most steps of a small
 * send, so all but the milliseconds is made once a second.
 */
let second = NaN
let start = ''

/**
 * A moment in ISO 8601, as `Date.prototype.toISOString` writes it.
 *
 * @param ms whole milliseconds since the epoch
 */
export function isoTime(ms: number): string {
  const current = Math.floor(ms / 1000)
  if (current !== second) {
    start = new Date(current * 1000).toISOString().slice(0, -4)
    second = current
  }
  return `${start}${String(ms - current * 1000).padStart(3, '0')}Z`
}
