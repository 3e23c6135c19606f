/**
 * Searches the text of a view, a page of hits at a time, in steps and in little memory: many whole lines at once, and a line
 * that is too long for that in windows that overlap. Lines are those of the index. Runs in the worker only: its reading
 * blocks.
 */
import { isUtf8 } from 'node:buffer'
import { countLineFeeds } from './byte-counts.ts'
import { entryAfter, STRIDE_BYTES, type LineIndex } from './line-index.ts'
import type { Matcher, Span } from './search-pattern.ts'
import { incompleteTail, utf16Length } from './utf8.ts'

/** Reads `length` bytes at `offset`, fewer only at the end. */
export type ReadNow = (offset: number, length: number) => Buffer

/** The text that begins at byte `offset` stands at `line` and `column`; of it, `skip` units are done (bytes, in whole lines that are searched by bytes). */
export interface SearchCursor {
  readonly line: number
  readonly offset: number
  readonly column: number
  readonly skip: number
}

export interface SearchedText {
  readonly read: ReadNow
  readonly index: LineIndex
  readonly matcher: Matcher
}

export interface SearchPage {
  /** Line, first column and the column behind the last, of one hit after the other. */
  readonly hits: readonly number[]
  readonly next: SearchCursor | null
}

export interface PageLimits {
  readonly hits: number
  /** In milliseconds; what is begun is finished. */
  readonly timeMs: number
}

/** Between two looks at what else is wanted of the thread, in milliseconds; what is begun is finished. */
const STEP_MS = 8
/** Text that is searched at once, as much as the processor keeps near. Expressions take longer, and must not seem stuck. */
const PLAIN_BYTES = 256 * 1024
const REGEX_BYTES = 256 * 1024
/** What is made a string of at once, of bytes that are letters: strings too long for the fast part of memory cost thrice as much. */
const SLICE_BYTES = 64 * 1024
/** In a line that is searched in windows, what a match may reach behind its window, and see before it. */
const AHEAD_BYTES = 64 * 1024
const BEHIND_BYTES = 1024

/** Where a search begins. */
export function searchStart({ entries }: LineIndex): SearchCursor {
  return { line: 0, offset: entries[1] ?? 0, column: 0, skip: 0 }
}

/** Each step searches a few pieces. */
export function* searchPage(text: SearchedText, from: SearchCursor, limits: PageLimits): Generator<undefined, SearchPage> {
  const hits: number[] = []
  const until = performance.now() + limits.timeMs
  const most = limits.hits * 3
  let cursor = from
  let stepEnds = performance.now() + STEP_MS
  while (cursor.offset < text.index.end) {
    cursor = step(text, cursor, hits, most)
    const now = performance.now()
    if (hits.length >= most || now >= until) break
    if (now < stepEnds) continue
    yield
    stepEnds = performance.now() + STEP_MS
  }
  return { hits, next: cursor.offset < text.index.end ? cursor : null }
}

function step(text: SearchedText, cursor: SearchCursor, hits: number[], most: number): SearchCursor {
  const stop = cursor.column > 0 ? null : endOfLines(text, cursor.offset)
  return stop === null ? searchWindow(text, cursor, hits, most) : searchLines(text, cursor, stop, hits, most)
}

interface Stop {
  readonly offset: number
  /** The line that begins there, where it is known. */
  readonly line: number | null
}

/** Where whole lines end that are searched at once, from a line's start; null where that line alone is too long. */
function endOfLines({ read, index, matcher }: SearchedText, offset: number): Stop | null {
  const most = offset + (matcher.isPlain ? PLAIN_BYTES : REGEX_BYTES)
  if (index.end <= most) return { offset: index.end, line: index.lines }
  const stop = entryAfter(index, offset, most)
  if (stop !== null) return stop
  // No line begins far from here, but some may near by, before the long one.
  const bytes = read(offset, STRIDE_BYTES + 2)
  const last = Math.max(bytes.lastIndexOf(10), bytes.lastIndexOf(13, bytes.length - 2))
  return last < 0 ? null : { offset: offset + last + 1, line: null }
}

function searchLines({ read, index, matcher }: SearchedText, cursor: SearchCursor, stop: Stop, hits: number[], most: number): SearchCursor {
  const bytes = read(cursor.offset, stop.offset - cursor.offset)
  // A letter to a byte is quicker to make and to search; where a match stands is counted afterwards.
  const isBytewise = matcher.isBytewise && isUtf8(bytes)
  if (isBytewise && !bytes.includes(13)) return searchBytes({ bytes, matcher, index }, cursor, stop, hits, most)
  const text = isBytewise ? bytes.toString('latin1') : decode(bytes)
  const columnAt = isBytewise ? columnsOfBytes(bytes) : (start: number, at: number) => at - start
  const lines = walkLines(text, cursor.line)
  const full = (skip: number): SearchCursor => ({ ...cursor, skip })
  if (matcher.isPlain) {
    for (let found = matcher.next(text, cursor.skip); found; found = matcher.next(text, found.end)) {
      while (lines.next <= found.start) lines.advance()
      const column = columnAt(lines.start, found.start)
      hits.push(lines.line, column, column + found.end - found.start)
      if (hits.length >= most) return full(found.end)
    }
  } else {
    while (lines.next <= cursor.skip && lines.next < text.length) lines.advance()
    for (; lines.start < text.length; lines.advance()) {
      const line = text.slice(lines.start, lines.end)
      for (let found = matcher.next(line, Math.max(0, cursor.skip - lines.start)); found; found = matcher.next(line, found.end)) {
        hits.push(lines.line, found.start, found.end)
        if (hits.length >= most) return full(lines.start + found.end)
      }
    }
  }
  if (stop.line !== null) return { line: stop.line, offset: stop.offset, column: 0, skip: 0 }
  while (lines.start < text.length) lines.advance()
  return { line: lines.line, offset: stop.offset, column: 0, skip: 0 }
}

interface SearchedBytes {
  readonly bytes: Buffer
  readonly matcher: Matcher
  readonly index: LineIndex
}

/** The same where a letter is a byte and lines end with LF alone, so that only bytes are counted between one hit and the next. */
function searchBytes(
  { bytes, matcher, index }: SearchedBytes,
  cursor: SearchCursor,
  stop: Stop,
  hits: number[],
  most: number,
): SearchCursor {
  const columnAt = columnsOfBytes(bytes)
  let { line } = cursor
  let counted = 0
  const count = (to: number): number => {
    // The index knows most of what would have to be counted.
    const known = entryAfter(index, cursor.offset + counted, cursor.offset + to)
    if (known !== null) {
      line = known.line
      counted = known.offset - cursor.offset
    }
    line += countLineFeeds(bytes, counted, to)
    counted = to
    return line
  }
  const next = nextInBytes(bytes, matcher)
  for (let found = next(cursor.skip); found; found = next(found.end)) {
    const start = found.start === 0 ? 0 : bytes.lastIndexOf(10, found.start - 1) + 1
    const column = columnAt(start, found.start)
    hits.push(count(found.start), column, column + found.end - found.start)
    if (hits.length >= most) return { ...cursor, skip: found.end }
  }
  return { line: stop.line ?? count(bytes.length), offset: stop.offset, column: 0, skip: 0 }
}

/** The next match in bytes of which each is a letter, onwards only; short strings at a time, which cost a fraction of long ones. */
function nextInBytes(bytes: Buffer, matcher: Matcher): (from: number) => Span | null {
  let base = 0
  let text: string | null = null
  return (from) => {
    for (let at = from; at < bytes.length; at = base + SLICE_BYTES) {
      if (text === null || at >= base + SLICE_BYTES) {
        base = at
        text = bytes.toString('latin1', base, base + SLICE_BYTES + matcher.length - 1)
      }
      const found = matcher.next(text, at - base)
      if (found) return { start: base + found.start, end: base + found.end }
    }
    return null
  }
}

/** Tells at which column of a line that begins at `start` a byte stands; on one line only onwards, so that it counts once. */
function columnsOfBytes(bytes: Buffer): (start: number, at: number) => number {
  let line = -1
  let known = 0
  let column = 0
  return (start, at) => {
    if (start !== line) {
      line = start
      known = start
      column = 0
    }
    column += utf16Length(bytes.subarray(known, at))
    known = at
    return column
  }
}

/** A part of a long line: matches that begin in it, with room ahead for them to end. */
function searchWindow({ read, index, matcher }: SearchedText, cursor: SearchCursor, hits: number[], most: number): SearchCursor {
  const lineEnd = entryAfter(index, cursor.offset, null)?.offset ?? index.end
  const size = (matcher.isPlain ? PLAIN_BYTES : REGEX_BYTES) + AHEAD_BYTES + BEHIND_BYTES
  const isLast = cursor.offset + size >= lineEnd
  const all = read(cursor.offset, Math.min(size, lineEnd - cursor.offset))
  const bytes = isLast ? withoutBreak(all) : all.subarray(0, all.length - incompleteTail(all))
  const text = decode(bytes)
  const limitBytes = isLast ? bytes.length : leadBefore(bytes, bytes.length - AHEAD_BYTES)
  const limit = isLast ? text.length : decode(bytes.subarray(0, limitBytes)).length
  let done = cursor.skip
  let found: Span | null = matcher.next(text, done)
  for (; found && found.start < limit; found = matcher.next(text, done)) {
    hits.push(cursor.line, cursor.column + found.start, cursor.column + found.end)
    done = found.end
    if (hits.length >= most) return { ...cursor, skip: done }
  }
  if (isLast) return { line: cursor.line + 1, offset: lineEnd, column: 0, skip: 0 }
  const keep = leadBefore(bytes, limitBytes - BEHIND_BYTES)
  const passed = decode(bytes.subarray(0, keep)).length
  return { line: cursor.line, offset: cursor.offset + keep, column: cursor.column + passed, skip: Math.max(limit, done) - passed }
}

/** A place at or before `at` where a character begins. */
function leadBefore(bytes: Buffer, at: number): number {
  let lead = at
  while (lead > 0 && ((bytes[lead] ?? 0) & 0xc0) === 0x80) lead -= 1
  return lead
}

function withoutBreak(bytes: Buffer): Buffer {
  const last = bytes[bytes.length - 1]
  if (last !== 10 && last !== 13) return bytes
  const isPair = last === 10 && bytes[bytes.length - 2] === 13
  return bytes.subarray(0, bytes.length - (isPair ? 2 : 1))
}

function decode(bytes: Buffer): string {
  return bytes.toString('utf8')
}

interface LineWalk {
  readonly line: number
  readonly start: number
  /** Where its break begins, or the text ends. */
  readonly end: number
  /** Where the line after it begins; the text's length where there is none. */
  readonly next: number
  advance: () => void
}

/** Goes through the lines of a text, which end with LF, CRLF or CR. */
function walkLines(text: string, firstLine: number): LineWalk {
  let lf = -2
  let cr = -2
  const at = (mark: string, from: number, known: number): number => {
    if (known >= from) return known
    const found = text.indexOf(mark, from)
    return found < 0 ? text.length : found
  }
  const walk = { line: firstLine, start: 0, end: 0, next: 0, advance: () => undefined as void }
  const measure = (): void => {
    lf = at('\n', walk.start, lf)
    cr = at('\r', walk.start, cr)
    walk.end = Math.min(lf, cr)
    walk.next = Math.min(text.length, walk.end + (cr < lf && lf === cr + 1 && lf < text.length ? 2 : 1))
  }
  walk.advance = () => {
    walk.line += 1
    walk.start = walk.next
    measure()
  }
  measure()
  return walk
}
