/** A limit for a time that the next answer may well keep, too. Pure. */

/** The next of 1, 2, 5 times a power of ten above twice the time; at least 100. Milliseconds. */
export function roomyLimit(ms: number): number {
  const wanted = Math.max(100, ms * 2)
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5, 10].find((one) => one * power >= wanted) ?? 10
  return step * power
}
