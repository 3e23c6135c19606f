/**
 * Where the lines of a text begin, kept sparsely: one entry for about every 64 KiB, whatever the number of lines. A line
 * ends with LF, CRLF or CR, as the editor counts them. Reading by this index is in line-reader.ts.
 */

/**
 * A line start this many bytes or more behind the last entry becomes an entry. So a line start is less than this behind
 * an entry, and a line of at least this length is followed by one.
 */
export const STRIDE_BYTES = 65_536

export interface LineIndex {
  /** Number of lines; an empty text has one, and a final line break begins another. */
  readonly lines: number
  /** Length of the text in bytes, from offset 0 of the file. */
  readonly end: number
  /** Pairs of line number (from 0) and byte offset, rising; the first is the start of the text. */
  readonly entries: Float64Array
}

/** A text that is still being made. */
export interface TextSoFar {
  /** Of the lines that have ended. */
  readonly index: LineIndex
  /** Offset behind the last byte that is there, of the line too that has not ended yet. */
  readonly reach: number
  /** In UTF-16 units. */
  readonly length: number
}

export interface LineIndexer {
  /** Find the lines of the text's next bytes. */
  readonly write: (bytes: Uint8Array) => void
  /** Instead of that, by one who knows: a line begins at this offset. */
  readonly begin: (offset: number) => void
  /**
   * The same for so many lines, the last of which begins at this offset and the others before {@link nextEntry}.
   */
  readonly pass: (count: number, offset: number) => void
  /** A line that begins here or behind becomes an entry. */
  readonly nextEntry: () => number
  /** And: the text up to this offset is accounted for. */
  readonly moveTo: (offset: number) => void
  /** The lines that have ended so far: the index of a text that ends behind the last of them. */
  readonly soFar: () => LineIndex
  readonly finish: () => LineIndex
}

/** @param start offset of the text's first byte in its file: past a byte order mark */
export function createLineIndexer(start = 0): LineIndexer {
  const entries = [0, start]
  let lines = 0
  let position = start
  let lastEntry = start
  let lineStart = start
  let afterCr = false
  const pass = (count: number, offset: number): void => {
    lines += count
    lineStart = offset
    if (offset - lastEntry < STRIDE_BYTES) return
    entries.push(lines, offset)
    lastEntry = offset
  }
  const begin = (offset: number): void => pass(1, offset)
  return {
    write: (bytes) => {
      const length = bytes.length
      if (length === 0) return
      if (afterCr) begin(position + (bytes[0] === 10 ? 1 : 0))
      for (let at = afterCr && bytes[0] === 10 ? 1 : 0; at < length; at += 1) {
        const byte = bytes[at] ?? 0
        if (byte > 13) continue
        if (byte === 10) begin(position + at + 1)
        else if (byte === 13 && at + 1 < length) {
          if (bytes[at + 1] === 10) at += 1
          begin(position + at + 1)
        }
      }
      afterCr = bytes[length - 1] === 13
      position += length
    },
    begin,
    pass,
    nextEntry: () => lastEntry + STRIDE_BYTES,
    moveTo: (offset) => {
      position = offset
    },
    soFar: () => ({ lines, end: lineStart, entries: Float64Array.from(entries) }),
    finish: () => {
      if (afterCr) begin(position)
      return { lines: lines + 1, end: position, entries: Float64Array.from(entries) }
    },
  }
}

export interface LineStart {
  readonly line: number
  readonly offset: number
}

/** The last entry at or before a line. */
export function entryBefore(index: LineIndex, line: number): LineStart {
  const { entries } = index
  let low = 0
  let high = entries.length / 2 - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((entries[middle * 2] ?? 0) <= line) low = middle
    else high = middle - 1
  }
  return { line: entries[low * 2] ?? 0, offset: entries[low * 2 + 1] ?? 0 }
}

/** The last entry behind `offset` and not behind `most`; with null for `most` the first behind `offset`. Null: none. */
export function entryAfter({ entries }: LineIndex, offset: number, most: number | null): LineStart | null {
  const bound = most ?? offset
  let low = 0
  let high = entries.length / 2
  // Halving for the first entry behind the bound.
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle * 2 + 1] ?? 0) <= bound) low = middle + 1
    else high = middle
  }
  const at = most === null ? low : low - 1
  const found = entries[at * 2 + 1]
  return found !== undefined && found > offset ? { line: entries[at * 2] ?? 0, offset: found } : null
}
