/** Reads windows of lines out of a text file by its sparse index, touching only the bytes it needs. */
import { open } from 'node:fs/promises'
import { entryBefore, STRIDE_BYTES, type LineIndex } from './line-index.ts'

/** A longer line is cut there, in UTF-16 units. */
export const MAX_LINE_UNITS = 20_000

/** Enough bytes to see the end of any line that is not followed by an index entry, CR and LF included. */
const REACH_BYTES = STRIDE_BYTES + 2
const BLOCK_BYTES = 4 * STRIDE_BYTES
/** No UTF-16 unit takes more than three bytes of UTF-8; the rest lets a character at the cut be whole. */
const MAX_LINE_BYTES = MAX_LINE_UNITS * 3 + 4

/** Reads `length` bytes at `offset`, fewer only at the end. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>

/**
 * Lines `from` to `from + count`, as far as there are any, without their line breaks.
 *
 * @param read   of the file that the index describes, in UTF-8; bytes that are not become U+FFFD
 */
export async function readLines(read: ReadAt, index: LineIndex, from: number, count: number): Promise<string[]> {
  const lines: string[] = []
  if (from >= index.lines) return lines
  const last = Math.min(index.lines, from + count)
  const block = createBlock(read, index.end)
  let { line, offset } = entryBefore(index, from)
  while (line < last) {
    await block.reach(offset)
    const stop = block.lineEnd(offset)
    if (line >= from) lines.push(textOf(block.bytes(offset, stop?.end ?? index.end)))
    line += 1
    // Where no end is in reach, the line is long, and its successor has an entry.
    offset = stop?.next ?? entryBefore(index, line).offset
  }
  return lines
}

/** The same, of a file on disk that is opened for this one reading. */
export async function readFileLines(path: string, index: LineIndex, from: number, count: number): Promise<string[]> {
  const file = await open(path, 'r')
  try {
    const read: ReadAt = async (offset, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    }
    return await readLines(read, index, from, count)
  } finally {
    await file.close()
  }
}

/** Bytes of a file on disk that is opened for this one reading; fewer only at its end. */
export async function readFileAt(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

interface Block {
  /** Makes the bytes from `offset` on available, {@link REACH_BYTES} of them or all there are. */
  readonly reach: (offset: number) => Promise<void>
  /** Where the line that begins at `offset` ends and the next begins; null where the end is out of reach. */
  readonly lineEnd: (offset: number) => { readonly end: number; readonly next: number } | null
  readonly bytes: (from: number, to: number) => Buffer
}

function createBlock(read: ReadAt, end: number): Block {
  let start = 0
  let block: Buffer = Buffer.alloc(0)
  // The next break of each kind at or after the place last asked for: a text without CR is searched for CR once only.
  let lf = -1
  let cr = -1
  const find = (byte: number, from: number, known: number): number => {
    if (known >= from) return known
    const found = block.indexOf(byte, from)
    return found < 0 ? block.length : found
  }
  return {
    reach: async (offset) => {
      const has = start + block.length
      if (offset >= start && (offset + REACH_BYTES <= has || (has >= end && block.length > 0))) return
      block = await read(offset, Math.min(BLOCK_BYTES, Math.max(0, end - offset)))
      start = offset
      lf = -1
      cr = -1
    },
    lineEnd: (offset) => {
      const from = offset - start
      lf = find(10, from, lf)
      cr = find(13, from, cr)
      const at = Math.min(lf, cr)
      if (at >= block.length || at - from >= STRIDE_BYTES) return null
      const width = at === cr && block[at + 1] === 10 ? 2 : 1
      return { end: start + at, next: start + at + width }
    },
    bytes: (from, to) => block.subarray(from - start, Math.min(to - start, from - start + MAX_LINE_BYTES)),
  }
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (text.length <= MAX_LINE_UNITS) return text
  const splitsPair = (text.charCodeAt(MAX_LINE_UNITS - 1) & 0xfc00) === 0xd800
  return text.slice(0, splitsPair ? MAX_LINE_UNITS - 1 : MAX_LINE_UNITS)
}
