/**
 * Re-indents JSON as it streams by, without parsing it into values: numbers, escapes, duplicate keys and their order
 * stay byte for byte; only white space between tokens changes. Several values in a row (NDJSON, JSON text sequences) are
 * each laid out, with an empty line behind one that takes several. From the first byte that is not JSON on, the rest goes through as it came. Takes and gives valid UTF-8.
 * Since it puts the line breaks, it also knows the lines of its output and its length, which saves looking for them.
 */
import type { ByteSink } from './byte-stage.ts'
import * as json from './json-grammar.ts'
import { createLineIndexer, type LineIndex, type TextSoFar } from './line-index.ts'
import { utf16Length } from './utf8.ts'

/** Where the text stops being JSON, in the source: line and column from 1, the column in UTF-16 units. */
export interface JsonProblem {
  readonly line: number
  readonly column: number
  /** What stood there or should have: `expected “:”`. */
  readonly reason: string
}

export interface IndentedJson {
  readonly problem: JsonProblem | null
  /** Lines of the output. */
  readonly index: LineIndex
  /** Of the output, in UTF-16 units. */
  readonly length: number
}

const MAX_DEPTH = 1 << 20
/** Wider than this, indentation helps nobody and only multiplies the text. */
const MAX_INDENT = 256
/** Indentation may take this much and so many times the text's own size; then it is left out. */
const FREE_INDENT_BYTES = 16 << 20
const INDENT_FACTOR = 16

const BUFFER_BYTES = 131_072
/** The most that one byte of source can become: itself, a line break and its indentation, and a blank. */
const BURST_BYTES = MAX_INDENT + 8
/** Source taken at a time, so that plain text can be copied without asking for room. */
const SLICE_BYTES = 32_768

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const NEWLINE = 0x0a
const RECORD = 0x1e

/** Lays out one text with two spaces a level. Push its bytes, cut anywhere between characters, then finish. */
export class JsonIndenter {
  private readonly sink: ByteSink
  private readonly buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  private used = 0
  private flushed = 0
  private readonly lines = createLineIndexer()
  private state = json.TOP
  /** For each container that is open the byte that closes it. */
  private closers = new Uint8Array(64)
  private depth = 0
  private started = false
  /** Whether the value at the top that was last begun has a line break in it. */
  private takesLines = false
  private problem: JsonProblem | null = null
  /** White space since the last token: none, some, or with a line break. */
  private gap: 0 | 1 | 2 = 0
  private bytesIn = 0
  private unitsIn = 0
  private indented = 0
  private chunk: Uint8Array = Buffer.alloc(0)
  private at = 0
  private line = 1
  /** Where the current line of the source begins in the chunk, and how many units of it earlier chunks had. */
  private lineStart = 0
  private unitsBefore = 0

  /** @param sink gets the text laid out, in UTF-8 */
  constructor(sink: ByteSink) {
    this.sink = sink
  }

  write(bytes: Uint8Array): void {
    const units = utf16Length(bytes)
    this.chunk = bytes
    this.at = 0
    this.lineStart = 0
    this.bytesIn += bytes.length
    this.unitsIn += units
    while (this.at < bytes.length && this.problem === null) {
      const end = Math.min(bytes.length, this.at + SLICE_BYTES)
      this.makeRoom(end - this.at)
      this.walk(end)
      if (this.at === end) continue
      this.makeRoom(end - this.at)
      this.stepBehind()
    }
    if (this.problem !== null) this.verbatim(bytes.subarray(this.at))
    else this.unitsBefore = this.lineStart === 0 ? this.unitsBefore + units : this.column()
  }

  /** What was found wrong so far. */
  fault(): JsonProblem | null {
    return this.problem
  }

  /** What has gone to the sink, all of it: the lines that have ended, and how far the text reaches. */
  soFar(): TextSoFar {
    this.flush()
    return { index: this.lines.soFar(), reach: this.flushed, length: this.flushed - (this.bytesIn - this.unitsIn) }
  }

  finish(): IndentedJson {
    this.chunk = this.chunk.subarray(0, 0)
    this.at = 0
    this.lineStart = 0
    if (this.problem === null && (this.depth > 0 || !json.mayEnd(this.state))) this.fail(json.endedIn(this.state))
    this.flush()
    if (this.problem === null) this.lines.moveTo(this.flushed)
    // What was added and left out is ASCII, so that output and source differ in bytes as much as in units.
    return { problem: this.problem, index: this.lines.finish(), length: this.flushed - (this.bytesIn - this.unitsIn) }
  }

  /**
   * The hot loop: bytes that are part of a token are copied right here, by the table, and so is the structure within
   * containers; the rest is for `act`. What it changes it keeps in variables of its own, which is most of its speed.
   */
  // eslint-disable-next-line max-lines-per-function -- its parts would have to hand those variables to each other, and be slow
  private walk(end: number): void {
    const { buffer, chunk, closers, lines, flushed } = this
    const { TABLE } = json
    let { state, used, at, depth, gap } = this
    // Small whole numbers are what makes it fast.
    const mayIndent = Math.min(1 << 30, FREE_INDENT_BYTES + this.bytesIn * INDENT_FACTOR - this.indented)
    let left = mayIndent
    const full = BUFFER_BYTES - BURST_BYTES
    const entryAt = lines.nextEntry() - flushed
    let begun = 0
    let lineAt = 0
    while (at < end) {
      let byte = chunk[at] ?? 0
      const next = TABLE[(state << 8) | byte] ?? json.FAIL
      if (next < json.ACTION) {
        buffer[used++] = byte
        at += 1
        state = next
        if (next !== json.TEXT && next !== json.NAME_TEXT) continue
        for (; at < end; at += 1) {
          byte = chunk[at] ?? 0
          if (byte === QUOTE || byte === BACKSLASH || byte < 0x20) break
          buffer[used++] = byte
        }
        continue
      }
      let breaks = true
      let behind = 0
      const closer = depth > 0 ? (closers[depth - 1] ?? 0) : 0
      if (next === json.PAIR) {
        buffer[used++] = byte
        buffer[used++] = 0x20
        state = json.VALUE
        breaks = false
      } else if (next === json.SPACE && byte !== NEWLINE && byte !== RECORD) {
        at += 1
        if (state > json.AFTER) state = json.AFTER
        gap ||= 1
        continue
      } else if (closer === 0) {
        break
      } else if (next === json.COMMA) {
        buffer[used++] = byte
        state = closer === CLOSE_OBJECT ? json.NAME : json.VALUE
      } else if (next === json.LEAD) {
        state = state === json.FIRST_NAME ? json.NAME : json.VALUE
        at -= 1 // the byte comes again
      } else if (next === json.CLOSE && closer === byte) {
        depth -= 1
        breaks = state !== json.FIRST_ITEM && state !== json.FIRST_NAME
        if (breaks) behind = byte
        else buffer[used++] = byte
        state = json.AFTER
      } else if (next === json.OPEN && depth < closers.length) {
        buffer[used++] = byte
        closers[depth] = byte + 2
        depth += 1
        state = byte === OPEN_OBJECT ? json.FIRST_NAME : json.FIRST_ITEM
        breaks = false
      } else break
      at += 1
      if (next !== json.LEAD) gap = 0
      if (breaks) {
        buffer[used++] = NEWLINE
        begun += 1
        lineAt = used
        const width = Math.min(depth * 2, MAX_INDENT)
        if (width <= left) {
          left -= width
          for (const to = used + width; used < to; used += 1) buffer[used] = 0x20
        }
        if (behind !== 0) buffer[used++] = behind
      }
      if (lineAt >= entryAt || used + end - at > full) break
    }
    if (begun > 0) lines.pass(begun, flushed + lineAt)
    if (begun > 0) this.takesLines = true
    this.state = state
    this.used = used
    this.at = at
    this.depth = depth
    this.indented += mayIndent - left
    this.gap = gap
  }

  /** What is left by the hot loop: the byte that stands there, where it is an action. */
  private stepBehind(): void {
    const byte = this.chunk[this.at] ?? 0
    const next = json.TABLE[(this.state << 8) | byte] ?? json.FAIL
    if (next >= json.ACTION) this.act(next, byte)
  }

  private act(action: number, byte: number): void {
    switch (action) {
      case json.SPACE:
        return this.space(byte)
      case json.LEAD: // the byte itself comes again, in its new state
        if (this.started) this.lead()
        this.started = true
        this.state = this.state === json.FIRST_NAME ? json.NAME : json.VALUE
        return
      case json.OPEN:
        return this.open(byte)
      case json.CLOSE:
        return this.close(byte)
      case json.COMMA:
        if (this.depth === 0) return this.fail(json.expectedIn(json.TOP))
        this.token(byte)
        this.newline()
        this.state = this.closers[this.depth - 1] === 0x7d ? json.NAME : json.VALUE
        return
      case json.PAIR:
        this.token(byte)
        this.put(0x20)
        this.state = json.VALUE
        return
      default:
        if (this.state !== json.AFTER || this.depth > 0) return this.fail(json.expectedIn(this.state))
        this.state = json.TOP // a value behind a value; the byte comes again
    }
  }

  /** Before a value behind a value, or the first in a container. */
  private lead(): void {
    if (this.depth > 0) return this.newline()
    if (this.takesLines) this.newline()
    this.newline()
    this.takesLines = false
  }

  private space(byte: number): void {
    if (this.state > json.AFTER) this.state = json.AFTER
    if (byte === RECORD && this.depth > 0) return this.fail(json.expectedIn(this.state))
    this.at += 1
    if (byte !== NEWLINE) {
      this.gap ||= 1
      return
    }
    this.gap = 2
    this.line += 1
    this.lineStart = this.at
    this.unitsBefore = 0
  }

  private open(byte: number): void {
    if (this.depth === MAX_DEPTH) return this.fail(`nested deeper than ${MAX_DEPTH} levels`)
    this.token(byte)
    if (this.depth === this.closers.length) {
      const larger = new Uint8Array(this.closers.length * 2)
      larger.set(this.closers)
      this.closers = larger
    }
    this.closers[this.depth] = byte + 2 // in ASCII each bracket closes two behind where it opens
    this.depth += 1
    this.state = byte === OPEN_OBJECT ? json.FIRST_NAME : json.FIRST_ITEM
  }

  private close(byte: number): void {
    if (this.depth === 0 || this.closers[this.depth - 1] !== byte)
      return this.fail(json.expectedIn(this.depth === 0 ? json.TOP : json.AFTER))
    this.depth -= 1
    if (this.state !== json.FIRST_ITEM && this.state !== json.FIRST_NAME) this.newline()
    this.token(byte)
    this.state = json.AFTER
  }

  private newline(): void {
    this.takesLines = true
    this.put(NEWLINE)
    this.lines.begin(this.flushed + this.used)
    const width = Math.min(this.depth * 2, MAX_INDENT)
    if (this.indented + width > FREE_INDENT_BYTES + this.bytesIn * INDENT_FACTOR) return
    this.indented += width
    for (const end = this.used + width; this.used < end; this.used += 1) this.buffer[this.used] = 0x20
  }

  private token(byte: number): void {
    this.put(byte)
    this.at += 1
    this.gap = 0
  }

  private put(byte: number): void {
    this.buffer[this.used] = byte
    this.used += 1
  }

  /** For so many bytes of plain text, and what one action may add. */
  private makeRoom(bytes: number): void {
    if (this.used + bytes + BURST_BYTES > BUFFER_BYTES) this.flush()
  }

  private flush(): void {
    if (this.used > 0) this.sink(this.buffer.subarray(0, this.used))
    this.flushed += this.used
    this.used = 0
  }

  private column(): number {
    return this.unitsBefore + utf16Length(this.chunk.subarray(this.lineStart, this.at))
  }

  /** White space that was held back goes in shortened, as a break or a blank; then comes the rest as it is. */
  private fail(reason: string): void {
    this.problem = { line: this.line, column: this.column() + 1, reason }
    if (this.gap === 2) {
      this.put(NEWLINE)
      this.lines.begin(this.flushed + this.used)
    } else if (this.gap === 1) this.put(0x20)
    this.flush()
    this.lines.moveTo(this.flushed)
  }

  private verbatim(bytes: Uint8Array): void {
    this.lines.write(bytes)
    this.flushed += bytes.length
    this.sink(bytes)
  }
}
