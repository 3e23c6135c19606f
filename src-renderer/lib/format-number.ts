/** Numbers as the chosen language writes them: `1,234`, `12.50`, `45%`. */
import { localeOfTexts } from './t.ts'

const formats = new Map<number | undefined, Intl.NumberFormat>()

/** @param digits how many stand after the point, always; without it those that are needed, at most three */
export function formatNumber(value: number, digits?: number): string {
  // The language is there before any text, and stays: whoever chooses another loads the window anew.
  const known = formats.get(digits)
  if (known) return known.format(value)
  const made = new Intl.NumberFormat(
    localeOfTexts(),
    digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits },
  )
  formats.set(digits, made)
  return made.format(value)
}

let percents: Intl.NumberFormat | null = null

/** A share of one in whole percent: `45%`. */
export function formatPercent(share: number): string {
  percents ??= new Intl.NumberFormat(localeOfTexts(), { style: 'percent', maximumFractionDigits: 0 })
  return percents.format(share)
}

/** How much of something is done: rounded down, so that nothing is said to be done before it is. */
export function formatDone(share: number): string {
  return formatPercent(Math.floor(share * 100) / 100)
}
