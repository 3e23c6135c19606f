/** Reading the number of a line, and of a column of it, as people type them. */
import type { TextPoint } from './text-selection.ts'

/**
 * The place that `120`, `1,200` or `120:5` names, which count from 1.
 *
 * @returns null where the text names none, or there is no such line
 */
export function placeOf(text: string, lines: number): TextPoint | null {
  const [, line, column] = /^\s*(\d{1,3}(?:,\d{3})+|\d{1,15})\s*(?::\s*(\d{1,15})\s*)?$/.exec(text) ?? []
  const number = Number(line?.replaceAll(',', '') ?? NaN)
  if (!(number >= 1 && number <= lines)) return null
  return { line: number - 1, column: Math.max(0, Number(column ?? 1) - 1) }
}
