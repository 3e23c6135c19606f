/** Where the columns of a table stand, by the characters of their longest cells, and which of them are in view. */

export interface Column {
  readonly index: number
  readonly left: number
  readonly width: number
}

export interface Cell {
  /** Of all rows, the header counted. */
  readonly row: number
  readonly column: number
}

/** Of the code font at its size, and a cell's padding with its line. */
const CHARACTER_PX = 7.6
const PADDING_PX = 22
const NARROWEST = 5
const WIDEST = 48

/** The column of row numbers. */
export function numberWidth(rows: number): number {
  return Math.max(3, String(rows).length) * CHARACTER_PX + PADDING_PX
}

/** @param widths characters of the longest cell of each column; a column without is as narrow as can be */
export function layOutColumns(widths: readonly number[], columns: number, left: number): readonly Column[] {
  let at = left
  return Array.from({ length: columns }, (_, index) => {
    const characters = Math.min(WIDEST, Math.max(NARROWEST, widths[index] ?? 0))
    const column = { index, left: at, width: Math.ceil(characters * CHARACTER_PX + PADDING_PX) }
    at += column.width
    return column
  })
}

/** Those that show between `left` and `left + width`. */
export function columnsInView(columns: readonly Column[], left: number, width: number): readonly Column[] {
  return columns.filter((column) => column.left + column.width > left && column.left < left + width)
}

/** A name for a column without one, as in a spreadsheet: A to Z, AA and so on. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

/** Whether the first row reads like names: none of it is empty, a number, or there twice. */
export function looksLikeHeader(first: readonly string[]): boolean {
  return first.length > 0 && new Set(first).size === first.length && first.every((cell) => cell.trim() !== '' && Number.isNaN(Number(cell)))
}

/** The cells of a row as it comes from core; none where it is not one. */
export function cellsOf(line: string | undefined): readonly string[] {
  if (line === undefined || line === '') return []
  const value: unknown = JSON.parse(line)
  return Array.isArray(value) ? value.map(String) : []
}
