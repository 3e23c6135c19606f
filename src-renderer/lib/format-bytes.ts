/**
 * Byte counts in words, in decimal units as file managers and browsers' network panels show them. Rounding never
 * prints four digits before the unit ("1000 kB"), so that columns stay narrow.
 */

import { t } from './t.ts'
import { formatNumber } from './format-number.ts'

const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'] as const

/** A size such as `512 B`, `1.2 kB` or `34 MB`; at most three significant digits. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`
  let value = bytes
  let unit = -1
  do {
    value /= 1000
    unit += 1
  } while (value >= 999.5 && unit < UNITS.length - 1)
  return `${value < 9.95 ? formatNumber(value, 1) : Math.round(value)} ${UNITS[unit] ?? 'PB'}`
}

/** So many of so many: `1.8 of 4.0 MB`, or `900 kB of 4.0 MB` where the units differ. */
export function formatBytesOf(bytes: number, total: number): string {
  const [done, whole] = [formatBytes(bytes), formatBytes(total)]
  const [amount = '', unit] = done.split(' ')
  return unit === whole.split(' ')[1] ? t`${amount} of ${whole}` : t`${done} of ${whole}`
}

/** A transfer rate, given in bytes a second: `3.4 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`
}

/** The exact count, for a tooltip: `1,234 bytes`. */
export function formatExactBytes(bytes: number): string {
  return bytes === 1 ? t`1 byte` : t`${formatNumber(bytes)} bytes`
}
