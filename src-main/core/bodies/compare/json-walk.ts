/** The tokens of JSON text, one at a time, by the grammar that also lays JSON out. Commas, colons and white space are passed over. */
import * as json from '../json-grammar.ts'

export type WalkedToken =
  | { readonly kind: 'open'; readonly isObject: boolean; readonly from: number }
  | { readonly kind: 'close'; readonly to: number }
  | { readonly kind: 'name'; readonly from: number; readonly to: number }
  | { readonly kind: 'scalar'; readonly isString: boolean; readonly from: number; readonly to: number }
  | { readonly kind: 'fault'; readonly reason: string }
  | { readonly kind: 'end' }

const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const QUOTE = 0x22
const SEPARATOR = 0x1e

/** States in which a name or a scalar is being read. */
const isToken = (state: number): boolean => state > json.AFTER
/** From `TEXT` up to where the states of names and of words begin. */
const isText = (state: number): boolean => state >= json.TEXT && state < json.NAME_TEXT

export class TokenWalk {
  private readonly bytes: Uint8Array
  private at = 0
  private state = json.TOP
  private readonly closers: number[] = []

  /** @param bytes valid UTF-8 */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  next(): WalkedToken {
    const { bytes } = this
    while (this.at < bytes.length) {
      const byte = bytes[this.at] ?? 0
      const next = json.TABLE[(this.state << 8) | byte] ?? json.FAIL
      const token = next < json.ACTION ? this.token(next) : this.act(next, byte)
      if (token) return token
    }
    if (this.closers.length > 0 || !json.mayEnd(this.state)) return { kind: 'fault', reason: json.endedIn(this.state) }
    return { kind: 'end' }
  }

  /** A name or scalar from its first byte to its last. */
  private token(first: number): WalkedToken {
    const { bytes } = this
    const from = this.at
    const isName = first === json.NAME_TEXT
    const isString = bytes[from] === QUOTE
    let state = first
    let at = from + 1
    while (at < bytes.length && isToken(state)) {
      const next = json.TABLE[(state << 8) | (bytes[at] ?? 0)] ?? json.FAIL
      if (next >= json.ACTION) break
      state = next
      at += 1
    }
    this.state = state
    this.at = at
    if (isText(state) || (isToken(state) && !json.mayEnd(state))) {
      return { kind: 'fault', reason: at < bytes.length ? this.wrong() : json.endedIn(state) }
    }
    if (isName) return { kind: 'name', from, to: at }
    // What follows must not lengthen a word or a number; that it does is seen here, and not as a value behind it.
    const ended = json.TABLE[(state << 8) | (bytes[at] ?? 0x20)] ?? json.FAIL
    if (ended === json.FAIL && (state !== json.AFTER || this.closers.length > 0)) return { kind: 'fault', reason: this.wrong() }
    this.state = json.AFTER
    return { kind: 'scalar', isString, from, to: at }
  }

  private act(action: number, byte: number): WalkedToken | null {
    const from = this.at
    switch (action) {
      case json.SPACE:
        if (byte === SEPARATOR && this.closers.length > 0) return { kind: 'fault', reason: this.wrong() }
        this.at += 1
        return null
      case json.LEAD: // the byte itself comes again, in its new state
        this.state = this.state === json.FIRST_NAME ? json.NAME : json.VALUE
        return null
      case json.OPEN:
        this.at += 1
        this.closers.push(byte + 2) // in ASCII each bracket closes two behind where it opens
        this.state = byte === OPEN_OBJECT ? json.FIRST_NAME : json.FIRST_ITEM
        return { kind: 'open', isObject: byte === OPEN_OBJECT, from }
      case json.CLOSE:
        if (this.closers.pop() !== byte) return { kind: 'fault', reason: this.wrong() }
        this.at += 1
        this.state = json.AFTER
        return { kind: 'close', to: this.at }
      case json.COMMA:
        if (this.closers.length === 0) return { kind: 'fault', reason: this.wrong() }
        this.at += 1
        this.state = this.closers.at(-1) === CLOSE_OBJECT ? json.NAME : json.VALUE
        return null
      case json.PAIR:
        this.at += 1
        this.state = json.VALUE
        return null
      default:
        if (this.state !== json.AFTER || this.closers.length > 0) return { kind: 'fault', reason: this.wrong() }
        this.state = json.TOP // a value behind a value; the byte comes again
        return null
    }
  }

  private wrong(): string {
    let line = 1
    for (let at = 0; at < this.at; at += 1) if (this.bytes[at] === 0x0a) line += 1
    return `it is no valid JSON at line ${line}: ${json.expectedIn(this.state)}`
  }
}
