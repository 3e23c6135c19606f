/**
 * Lays a text out in rows that are no wider than so many columns: where rows begin is kept sparsely, as with lines, so
 * that a line of any length can be shown whole. A wide character and an emoji take two columns, a tab four.
 */
import { STRIDE_BYTES } from './line-index.ts'
import type { ReadAt } from './line-reader.ts'

export interface RowIndex {
  readonly rows: number
  readonly columns: number
  readonly end: number
  /** Row, byte offset, line and column in UTF-16 units of a row's beginning, rising; at least one for about 64 KiB. */
  readonly entries: Float64Array
}

/** Fields of an entry. */
const FIELDS = 4

export interface RowStart {
  readonly row: number
  readonly offset: number
  readonly line: number
  readonly column: number
}

export interface RowWalker {
  /** Goes through the text's next bytes. Returns false once `begin` did. */
  readonly write: (bytes: Uint8Array) => boolean
  readonly finish: () => void
}

/** Columns and UTF-16 units of the character that a byte leads; none for a byte that continues one. */
const CELLS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if ((byte & 0xc0) === 0x80) return 0
  if (byte === 9) return 4
  return byte >= 0xe3 && byte !== 0xee && byte !== 0xef ? 2 : 1
})
const UNITS = Uint8Array.from({ length: 256 }, (_, byte) => ((byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1))

/** Told where a row begins, in numbers because there are millions; false ends the walk. */
type Begin = (row: number, offset: number, line: number, column: number) => boolean

/**
 * Walks over a text in UTF-8, row by row.
 *
 * @param begin told of each row after the first
 */
export function walkRows(columns: number, from: RowStart, begin: Begin): RowWalker {
  let { row, line, column } = from
  let position = from.offset
  let cells = 0
  let afterCr = false
  const startLine = (offset: number): boolean => {
    row += 1
    line += 1
    column = 0
    cells = 0
    return begin(row, offset, line, 0)
  }
  return {
    write: (bytes) => {
      let at = 0
      if (afterCr && bytes.length > 0) {
        afterCr = false
        at = bytes[0] === 10 ? 1 : 0
        if (!startLine(position + at)) return false
      }
      for (; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0
        if (byte === 10) {
          if (!startLine(position + at + 1)) return false
        } else if (byte === 13) {
          if (at + 1 === bytes.length) afterCr = true
          else {
            if (bytes[at + 1] === 10) at += 1
            if (!startLine(position + at + 1)) return false
          }
        } else {
          const width = CELLS[byte] ?? 0
          if (cells + width > columns && width > 0) {
            row += 1
            cells = 0
            if (!begin(row, position + at, line, column)) return false
          }
          cells += width
          column += UNITS[byte] ?? 0
        }
      }
      position += bytes.length
      return true
    },
    finish: () => {
      if (afterCr) startLine(position)
    },
  }
}

/** Each step goes through one piece. */
export function* layRows(
  read: (offset: number, length: number) => Buffer,
  { start, end, columns }: { readonly start: number; readonly end: number; readonly columns: number },
): Generator<undefined, RowIndex> {
  const entries = [0, start, 0, 0]
  let rows = 1
  let lastEntry = start
  const walker = walkRows(columns, { row: 0, offset: start, line: 0, column: 0 }, (row, offset, line, column) => {
    rows = row + 1
    if (offset - lastEntry < STRIDE_BYTES) return true
    entries.push(row, offset, line, column)
    lastEntry = offset
    return true
  })
  for (let offset = start; offset < end; offset += PIECE_BYTES) {
    walker.write(read(offset, Math.min(PIECE_BYTES, end - offset)))
    yield
  }
  walker.finish()
  return { rows, columns, end, entries: Float64Array.from(entries) }
}

const PIECE_BYTES = 1024 * 1024

export interface ReadRow {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Rows `from` to `from + count`, as far as there are any, without line breaks. */
export async function readRows(read: ReadAt, index: RowIndex, from: number, count: number): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  const last = Math.min(index.rows, from + count)
  if (from >= last) return rows
  const starts: RowStart[] = []
  const first = entryBeforeRow(index, from)
  if (first.row === from) starts.push(first)
  // One more, to know where the last ends.
  await walkFrom(read, index, first, (row, offset, line, column) => {
    if (row >= from) starts.push({ row, offset, line, column })
    return row < last
  })
  const begin = starts[0]?.offset ?? 0
  const end = starts[last - from]?.offset ?? index.end
  const bytes = await read(begin, end - begin)
  for (let at = 0; at < last - from; at += 1) {
    const start = starts[at]
    if (start === undefined) break
    const to = starts[at + 1]?.offset ?? index.end
    const text = bytes.toString('utf8', start.offset - begin, to - begin).replace(/(?:\r\n|\r|\n)$/, '')
    rows.push({ text, line: start.line, column: start.column })
  }
  return rows
}

/** The row in which a place stands; one behind its line's end stands in the line's last row. */
export async function rowOf(read: ReadAt, index: RowIndex, line: number, column: number): Promise<RowStart> {
  let found = entryBeforePlace(index, line, column)
  await walkFrom(read, index, found, (row, offset, atLine, atColumn) => {
    const isBehind = atLine > line || (atLine === line && atColumn > column)
    if (!isBehind) found = { row, offset, line: atLine, column: atColumn }
    return !isBehind
  })
  return found
}

async function walkFrom(read: ReadAt, index: RowIndex, from: RowStart, begin: Begin): Promise<void> {
  const walker = walkRows(index.columns, from, begin)
  for (let offset = from.offset; offset < index.end; offset += STRIDE_BYTES)
    if (!walker.write(await read(offset, Math.min(STRIDE_BYTES, index.end - offset)))) return
  walker.finish()
}

function entryAt({ entries }: RowIndex, at: number): RowStart {
  const field = (offset: number): number => entries[at * FIELDS + offset] ?? 0
  return { row: field(0), offset: field(1), line: field(2), column: field(3) }
}

function lastEntry(index: RowIndex, isBefore: (entry: RowStart) => boolean): RowStart {
  let low = 0
  let high = index.entries.length / FIELDS - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (isBefore(entryAt(index, middle))) low = middle
    else high = middle - 1
  }
  return entryAt(index, low)
}

const entryBeforeRow = (index: RowIndex, row: number): RowStart => lastEntry(index, (entry) => entry.row <= row)

const entryBeforePlace = (index: RowIndex, line: number, column: number): RowStart =>
  lastEntry(index, (entry) => entry.line < line || (entry.line === line && entry.column <= column))
