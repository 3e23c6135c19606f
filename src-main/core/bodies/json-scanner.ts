/**
 * Finds the structure of JSON in bytes that stream by: where containers open and close, where their children are parted,
 * and where it stops being JSON. It makes no values and copies nothing; it can begin at any child of a container and
 * leap over one whose end is known. The same grammar as the indenter's, so that both agree on what is valid.
 */
import * as json from './json-grammar.ts'

/** Depth is 1 for what is inside an outermost container, 0 between top-level values; offsets are in bytes. */
export interface JsonEvents {
  /** A top-level value begins. */
  readonly top: (at: number) => void
  /** `depth` is that of what comes inside. */
  readonly open: (at: number, byte: number, depth: number) => void
  readonly close: (at: number, depth: number, isEmpty: boolean) => void
  readonly comma: (at: number, depth: number) => void
  readonly colon: (at: number, depth: number) => void
}

/** Where and why it is no longer JSON. */
export interface ScanProblem {
  readonly offset: number
  readonly reason: string
  /** From 1. */
  readonly line: number
  /** Offset of the line's first byte. */
  readonly lineStart: number
}

export const OPEN_LIST = 0x5b
const OPEN_OBJECT = 0x7b

const MAX_DEPTH = 1 << 20
const QUOTE = 0x22
const BACKSLASH = 0x5c
const NEWLINE = 0x0a
const RECORD = 0x1e

export class JsonScanner {
  readonly #events: JsonEvents
  #offset: number
  #state = json.TOP
  /** For each container that is open the byte that closes it. */
  #closers = new Uint8Array(64)
  #depth = 0
  #halted = false
  #problem: ScanProblem | null = null
  #hasTop = false
  #line = 1
  #lineStart: number

  /** @param offset of the first byte that will be written, which stands before or between top-level values */
  constructor(events: JsonEvents, offset: number) {
    this.#events = events
    this.#offset = offset
    this.#lineStart = offset
  }

  /** Begins at a value: a container there opens depth 1. */
  atValue(): this {
    this.#state = json.VALUE
    return this
  }

  /** Begins within a container, behind the comma before one of its children. @param opener its first byte */
  within(opener: number): this {
    this.#push(opener)
    this.#state = opener === OPEN_OBJECT ? json.NAME : json.VALUE
    return this
  }

  get problem(): ScanProblem | null {
    return this.#problem
  }

  get depth(): number {
    return this.#depth
  }

  /** Whether a value may have ended right here, with no comma, bracket or next value behind it yet. */
  get isBehindValue(): boolean {
    return this.#state === json.TOP ? this.#hasTop : json.mayEnd(this.#state)
  }

  /** From within an event: nothing more is read after it. */
  halt(): void {
    this.#halted = true
  }

  /** From within the event of a container that opened, whose end is known: the next byte written is the one at `end`. */
  leap(end: number): void {
    this.#halted = true
    this.#offset = end
    this.#depth -= 1
    this.#state = json.AFTER
  }

  /** Scans bytes until their end, a problem, or a halt. @returns the offset to go on from */
  write(bytes: Uint8Array): number {
    this.#halted = false
    const base = this.#offset
    const { TABLE } = json
    const end = bytes.length
    let state = this.#state
    let at = 0
    while (at < end) {
      let byte = bytes[at] ?? 0
      const next = TABLE[(state << 8) | byte] ?? json.FAIL
      if (next < json.ACTION) {
        at += 1
        state = next
        if (next !== json.TEXT && next !== json.NAME_TEXT) continue
        for (; at < end; at += 1) {
          byte = bytes[at] ?? 0
          if (byte === QUOTE || byte === BACKSLASH || byte < 0x20) break
        }
        continue
      }
      this.#state = state
      this.#offset = base + at
      at += this.#act(next, byte, base + at)
      state = this.#state
      if (this.#halted) break
    }
    this.#state = state
    // An event that leapt has said where to go on.
    if (!this.#halted || this.#offset <= base + at) this.#offset = base + at
    return this.#offset
  }

  /** Nothing more comes. */
  finish(): ScanProblem | null {
    if (this.#problem === null && (this.#depth > 0 || !json.mayEnd(this.#state))) this.#fail(this.#offset, json.endedIn(this.#state))
    return this.#problem
  }

  /** @returns how many bytes were taken: none where the byte comes again in another state */
  #act(action: number, byte: number, at: number): 0 | 1 {
    switch (action) {
      case json.SPACE:
        return this.#space(byte, at)
      case json.LEAD:
        if (this.#state === json.TOP) {
          this.#hasTop = true
          this.#events.top(at)
        }
        this.#state = this.#state === json.FIRST_NAME ? json.NAME : json.VALUE
        return 0
      case json.OPEN:
        if (this.#depth === MAX_DEPTH) return this.#fail(at, `nested deeper than ${MAX_DEPTH} levels`)
        this.#push(byte)
        this.#state = byte === OPEN_OBJECT ? json.FIRST_NAME : json.FIRST_ITEM
        this.#events.open(at, byte, this.#depth)
        return 1
      case json.CLOSE:
        return this.#close(byte, at)
      case json.COMMA:
        if (this.#depth === 0) return this.#fail(at, json.expectedIn(json.TOP))
        this.#state = this.#closers[this.#depth - 1] === OPEN_OBJECT + 2 ? json.NAME : json.VALUE
        this.#events.comma(at, this.#depth)
        return 1
      case json.PAIR:
        this.#state = json.VALUE
        this.#events.colon(at, this.#depth)
        return 1
      default:
        if (this.#state !== json.AFTER || this.#depth > 0) return this.#fail(at, json.expectedIn(this.#state))
        this.#state = json.TOP // a value behind a value
        return 0
    }
  }

  #space(byte: number, at: number): 0 | 1 {
    if (this.#state > json.AFTER) this.#state = json.AFTER
    if (byte === RECORD && this.#depth > 0) return this.#fail(at, json.expectedIn(this.#state))
    if (byte === NEWLINE) {
      this.#line += 1
      this.#lineStart = at + 1
    }
    return 1
  }

  #close(byte: number, at: number): 0 | 1 {
    if (this.#depth === 0 || this.#closers[this.#depth - 1] !== byte)
      return this.#fail(at, json.expectedIn(this.#depth === 0 ? json.TOP : json.AFTER))
    const isEmpty = this.#state === json.FIRST_ITEM || this.#state === json.FIRST_NAME
    const depth = this.#depth
    this.#depth -= 1
    this.#state = json.AFTER
    this.#events.close(at, depth, isEmpty)
    return 1
  }

  #push(opener: number): void {
    if (this.#depth === this.#closers.length) {
      const larger = new Uint8Array(this.#closers.length * 2)
      larger.set(this.#closers)
      this.#closers = larger
    }
    this.#closers[this.#depth] = opener + 2 // in ASCII each bracket closes two behind where it opens
    this.#depth += 1
  }

  #fail(offset: number, reason: string): 0 {
    this.#problem = { offset, reason, line: this.#line, lineStart: this.#lineStart }
    this.#halted = true
    return 0
  }
}
