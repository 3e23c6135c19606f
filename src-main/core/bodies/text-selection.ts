/**
 * What is selected of the text of an open view, piece by piece: a stretch of it, or those of its lines that have a hit. Texts
 * too long for a clipboard go to a file this way, past the window.
 */
import type { TextPlaceAt } from '#contract/model/derived-body.ts'
import { entryBefore, type LineIndex, type LineStart } from './line-index.ts'
import type { ReadAt } from './line-reader.ts'
import { walkRows } from './row-layout.ts'
import { incompleteTail, utf16Length } from './utf8.ts'

export interface TextStretch {
  readonly start: TextPlaceAt
  readonly end: TextPlaceAt
}

interface SelectedText {
  readonly read: ReadAt
  readonly index: LineIndex
}

/** Where a piece stands in the text, from one byte offset to another. */
export interface BytesAt {
  readonly from: number
  readonly to: number
}

const PIECE_BYTES = 1024 * 1024
/** Looked at in one go where a place is searched: the thread is free in between. */
const LOOK_BYTES = 256 * 1024

/** The bytes of a stretch, from the first selected to the last. */
export async function stretchOf({ read, index }: SelectedText, { start, end }: TextStretch): Promise<BytesAt> {
  const first = await lineStart(read, index, start.line, null)
  const last = await lineStart(read, index, end.line, { line: start.line, offset: first })
  return { from: await columnAt(read, index.end, first, start.column), to: await columnAt(read, index.end, last, end.column) }
}

/** The bytes of the stretch's part in each of these lines, with what ends it but for the last. @param lines rising */
export async function* linesOf(text: SelectedText, { start, end }: TextStretch, lines: AsyncIterable<number>): AsyncGenerator<BytesAt> {
  const { read, index } = text
  let known: LineStart | null = null
  let before: BytesAt | null = null
  for await (const line of lines) {
    if (line < start.line) continue
    if (line > end.line) break
    const from: number = await lineStart(read, index, line, known)
    const to =
      line === end.line ? await columnAt(read, index.end, from, end.column) : await lineStart(read, index, line + 1, { line, offset: from })
    known = { line, offset: from }
    if (before !== null) yield before
    before = { from: line === start.line ? await columnAt(read, index.end, from, start.column) : from, to }
  }
  if (before !== null) yield { from: before.from, to: await columnAt(read, before.to, before.from, Infinity) }
}

/** The text of such bytes. */
export async function* piecesOf(read: ReadAt, { from, to }: BytesAt): AsyncGenerator<Uint8Array> {
  for (let offset = from; offset < to; offset += PIECE_BYTES) yield await read(offset, Math.min(PIECE_BYTES, to - offset))
}

/** @param known a line start before it, from where it is sought if no entry is nearer */
async function lineStart(read: ReadAt, index: LineIndex, line: number, known: LineStart | null): Promise<number> {
  if (line >= index.lines) return index.end
  const entry = entryBefore(index, line)
  const before = known !== null && known.line > entry.line ? known : entry
  if (before.line === line) return before.offset
  let found = before.offset
  const from = { row: before.line, offset: before.offset, line: before.line, column: 0 }
  const walker = walkRows(Infinity, from, (_row, offset, at) => {
    found = offset
    return at < line
  })
  for (let offset = before.offset; offset < index.end; offset += LOOK_BYTES)
    if (!walker.write(await read(offset, Math.min(LOOK_BYTES, index.end - offset)))) return found
  walker.finish()
  return found
}

/** Where a column of the line stands that begins at `start`; the line's end where it is shorter. */
async function columnAt(read: ReadAt, end: number, start: number, column: number): Promise<number> {
  let offset = start
  for (let left = column; offset < end && left > 0;) {
    const bytes = await read(offset, Math.min(LOOK_BYTES, end - offset))
    const lineEnd = breakIn(bytes)
    const isLast = lineEnd < bytes.length || offset + bytes.length >= end
    const part = bytes.subarray(0, isLast ? lineEnd : bytes.length - incompleteTail(bytes))
    const units = utf16Length(part)
    if (units > left) return offset + bytesOfUnits(part, left)
    left -= units
    offset += part.length
    if (isLast || part.length === 0) break
  }
  return offset
}

function breakIn(bytes: Buffer): number {
  const lf = bytes.indexOf(10)
  const cr = bytes.subarray(0, lf < 0 ? bytes.length : lf).indexOf(13)
  if (cr >= 0) return cr
  return lf < 0 ? bytes.length : lf
}

/** How many of the bytes are so many units. */
function bytesOfUnits(bytes: Uint8Array, units: number): number {
  let left = units
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    if (left <= 0) return at
    left -= byte >= 0xf0 ? 2 : 1
  }
  return bytes.length
}
