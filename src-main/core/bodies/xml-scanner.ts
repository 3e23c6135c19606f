/**
 * Finds the structure of XML in UTF-8 bytes that stream by: where elements open and close, their attributes, texts and the
 * rest, and where it stops being well-formed. It makes no values and copies no more than names; it can begin at any child
 * of an element and leap over one whose end is known. Entities and duplicate attributes are for others.
 *
 * @see https://www.w3.org/TR/xml/ §2 and §3
 */
import type { ScanProblem } from './json-scanner.ts'
import { createNameStack } from './xml-names.ts'

export type XmlLeaf = 'text' | 'cdata' | 'comment' | 'instruction' | 'doctype'

/** Depth is that of what comes inside: 1 within the outermost element, 0 beside it; offsets are in bytes, ends behind. */
export interface XmlEvents {
  readonly open: (at: number, depth: number) => void
  /** Offsets of its name, behind that, of its value within the quotes, and behind the closing one. */
  readonly attribute: (start: number, nameEnd: number, value: number, end: number, depth: number) => void
  /** Behind a start tag that is no empty element. */
  readonly inside: (at: number, depth: number) => void
  /** Texts of white space alone are none. */
  readonly leaf: (kind: XmlLeaf, start: number, end: number, depth: number) => void
  readonly close: (contentEnd: number, end: number, depth: number) => void
}

// States. What a byte means is told in `#step`, one case for each.
const CONTENT = 0
const REFERENCE = 1
const MARKUP = 2
const START_NAME = 3
const IN_TAG = 4
const BEHIND_VALUE = 5
const ATTRIBUTE_NAME = 6
const BEFORE_EQUALS = 7
const BEFORE_VALUE = 8
const VALUE = 9
const EMPTY_TAG = 10
const END_NAME = 11
const BEHIND_END_NAME = 12
const BANG = 13
const COMMENT = 14
const CDATA = 15
const DOCTYPE = 16
const INSTRUCTION = 17

const MAX_DEPTH = 1 << 20
/** A reference is not longer than this. */
const MAX_REFERENCE = 64

const LT = 0x3c
const GT = 0x3e
const AMP = 0x26
const SLASH = 0x2f
const BANG_BYTE = 0x21
const QUESTION = 0x3f
const EQUALS = 0x3d
const DASH = 0x2d
const NEWLINE = 0x0a

export class XmlScanner {
  readonly #events: XmlEvents
  readonly #names = createNameStack()
  #offset: number
  #state = CONTENT
  #depth = 0
  #halted = false
  #problem: ScanProblem | null = null
  #line = 1
  #lineStart: number
  /** Where the markup or text at hand begins. */
  #start: number
  #hasText = false
  /** In an attribute: where it begins, where its name ends and where its value begins; in a reference: how far it is. */
  #attribute = 0
  #nameEnd = 0
  #value = 0
  #length = 0
  #quote = 0
  /** The last bytes of a comment, section, or instruction, to see its end. */
  #before = 0
  #beforeThat = 0
  #brackets = 0
  #opener = ''
  #hasRoot = false
  readonly #isPart: boolean

  /**
   * @param offset of the first byte that will be written, which stands in content or is the `<` of an element
   * @param isPart the bytes are inside of a document: what stands around them is not looked at
   */
  constructor(events: XmlEvents, offset: number, isPart: boolean) {
    this.#events = events
    this.#offset = offset
    this.#start = offset
    this.#lineStart = offset
    this.#isPart = isPart
  }

  /** Begins within an element, before one of its children that is no attribute. */
  within(): this {
    this.#depth = 1
    this.#names.pushAny()
    return this
  }

  get problem(): ScanProblem | null {
    return this.#problem
  }

  get depth(): number {
    return this.#depth
  }

  /** From within an event: nothing more is read after it. */
  halt(): void {
    this.#halted = true
  }

  /** From within the event of an element that opens, whose end is known: the next byte written is the one at `end`. */
  leap(end: number): void {
    this.#halted = true
    this.#offset = end
    this.#depth -= 1
    this.#names.pop()
    this.#toContent(end)
  }

  /** The text that is begun is over: nothing of it comes any more. */
  flush(): void {
    if (this.#state === CONTENT) this.#text(this.#offset)
  }

  /** Scans bytes until their end, a problem, or a halt. @returns the offset to go on from */
  write(bytes: Uint8Array): number {
    this.#halted = false
    const base = this.#offset
    const end = bytes.length
    let at = 0
    while (at < end) {
      const byte = bytes[at] ?? 0
      if (this.#state === CONTENT && byte !== LT && byte !== AMP && byte > 0x20) {
        // Nothing but text until the next markup.
        this.#hasText = true
        if (this.#depth === 0 && !this.#isPart) this.#fail(base + at, 'text outside of the outermost element')
        for (at += 1; at < end; at += 1) {
          const next = bytes[at] ?? 0
          if (next === LT || next === AMP || next < 0x20) break
        }
        if (this.#problem !== null) break
        continue
      }
      if (byte < 0x20) this.#control(byte, base + at)
      this.#offset = base + at
      if (this.#problem === null) this.#step(byte, base + at)
      if (this.#problem !== null) break
      at += 1
      if (this.#halted) break
    }
    if (this.#problem !== null) return this.#problem.offset
    if (!this.#halted || this.#offset <= base + at) this.#offset = base + at
    return this.#offset
  }

  /** Nothing more comes. */
  finish(): ScanProblem | null {
    if (this.#problem !== null) return this.#problem
    if (this.#state !== CONTENT) this.#fail(this.#offset, 'the text ends inside a tag or the like')
    else {
      this.#text(this.#offset)
      if (this.#depth > 0) this.#fail(this.#offset, `the element “${this.#names.top()}” is not closed`)
      else if (!this.#hasRoot && !this.#isPart && this.#offset > this.#lineStart) this.#fail(this.#offset, 'there is no element')
    }
    return this.#problem
  }

  #control(byte: number, at: number): void {
    if (byte === NEWLINE) {
      this.#line += 1
      this.#lineStart = at + 1
    } else if (byte !== 0x09 && byte !== 0x0d) this.#fail(at, 'a control character')
  }

  // One case for each state: split, the cases would hide what leads to what.
  // eslint-disable-next-line max-lines-per-function -- a state machine is read as one table
  #step(byte: number, at: number): void {
    switch (this.#state) {
      case CONTENT:
        if (byte === LT) {
          this.#text(at)
          this.#start = at
          this.#state = MARKUP
        } else if (byte === AMP) {
          this.#hasText = true
          this.#length = 0
          this.#state = REFERENCE
        }
        return
      case REFERENCE:
        return this.#inReference(byte, at)
      case MARKUP:
        return this.#markup(byte, at)
      case START_NAME:
        if (isNameByte(byte)) return this.#names.add(byte)
        this.#state = IN_TAG
        return this.#inTag(byte, at)
      case IN_TAG:
        return this.#inTag(byte, at)
      case BEHIND_VALUE:
        this.#state = IN_TAG
        if (isNameByte(byte)) return this.#fail(at, 'expected a space between attributes')
        return this.#inTag(byte, at)
      case ATTRIBUTE_NAME:
        if (isNameByte(byte)) return
        this.#nameEnd = at
        this.#state = BEFORE_EQUALS
        return this.#equals(byte, at)
      case BEFORE_EQUALS:
        return this.#equals(byte, at)
      case BEFORE_VALUE:
        if (isSpace(byte)) return
        if (byte !== 0x22 && byte !== 0x27) return this.#fail(at, 'expected the attribute’s value in quotes')
        this.#quote = byte
        this.#value = at + 1
        this.#state = VALUE
        return
      case VALUE:
        if (byte === LT) return this.#fail(at, '“<” in an attribute’s value')
        if (byte !== this.#quote) return
        this.#state = BEHIND_VALUE
        return this.#events.attribute(this.#attribute, this.#nameEnd, this.#value, at + 1, this.#depth)
      case EMPTY_TAG:
        if (byte !== GT) return this.#fail(at, 'expected “>”')
        return this.#close(at + 1, at + 1)
      case END_NAME:
        if (isNameByte(byte)) return this.#names.compare(byte)
        if (!this.#names.isSame()) return this.#fail(this.#start, `expected the end of “${this.#names.top()}”`)
        this.#state = BEHIND_END_NAME
        return this.#endTag(byte, at)
      case BEHIND_END_NAME:
        return this.#endTag(byte, at)
      case BANG:
        return this.#bang(byte, at)
      case DOCTYPE:
        return this.#doctype(byte, at)
      default:
        return this.#untilEnd(byte, at)
    }
  }

  #markup(byte: number, at: number): void {
    if (byte === SLASH) {
      if (this.#depth === 0) return this.#fail(this.#start, 'an end tag without its element')
      this.#names.begin()
      this.#state = END_NAME
    } else if (byte === BANG_BYTE) {
      this.#opener = ''
      this.#state = BANG
    } else if (byte === QUESTION) {
      this.#before = 0
      this.#state = INSTRUCTION
    } else if (isNameStart(byte)) {
      if (this.#depth === MAX_DEPTH) return this.#fail(this.#start, `nested deeper than ${MAX_DEPTH} levels`)
      if (this.#depth === 0 && this.#hasRoot && !this.#isPart) return this.#fail(this.#start, 'a second element beside the outermost')
      this.#hasRoot = true
      this.#state = START_NAME
      this.#depth += 1
      this.#names.push(byte)
      this.#events.open(this.#start, this.#depth)
    } else this.#fail(at, '“<” that begins no tag')
  }

  #inTag(byte: number, at: number): void {
    if (isSpace(byte)) return
    if (byte === GT) {
      this.#toContent(at + 1)
      this.#events.inside(at + 1, this.#depth)
    } else if (byte === SLASH) this.#state = EMPTY_TAG
    else if (isNameStart(byte)) {
      this.#attribute = at
      this.#state = ATTRIBUTE_NAME
    } else this.#fail(at, 'expected an attribute or “>”')
  }

  #equals(byte: number, at: number): void {
    if (byte === EQUALS) this.#state = BEFORE_VALUE
    else if (!isSpace(byte)) this.#fail(at, 'expected “=” behind the attribute’s name')
  }

  #endTag(byte: number, at: number): void {
    if (byte === GT) this.#close(this.#start, at + 1)
    else if (!isSpace(byte)) this.#fail(at, 'expected “>”')
  }

  #close(contentEnd: number, end: number): void {
    const depth = this.#depth
    this.#depth -= 1
    this.#names.pop()
    this.#toContent(end)
    this.#events.close(contentEnd, end, depth)
  }

  #bang(byte: number, at: number): void {
    this.#opener += String.fromCharCode(byte)
    const opened = OPENERS.find(({ text }) => text === this.#opener)
    if (opened !== undefined) {
      this.#before = 0
      this.#beforeThat = 0
      this.#brackets = 0
      this.#quote = 0
      this.#state = opened.state
    } else if (!OPENERS.some(({ text }) => text.startsWith(this.#opener))) this.#fail(at, '“<!” that begins nothing known')
  }

  /** A comment, CDATA section or instruction. */
  #untilEnd(byte: number, at: number): void {
    const ends =
      this.#state === INSTRUCTION
        ? byte === GT && this.#before === QUESTION
        : byte === GT && this.#before === this.#beforeThat && this.#before === (this.#state === COMMENT ? DASH : 0x5d)
    if (ends) return this.#leaf(this.#state === INSTRUCTION ? 'instruction' : this.#state === COMMENT ? 'comment' : 'cdata', at + 1)
    this.#beforeThat = this.#before
    this.#before = byte
  }

  #doctype(byte: number, at: number): void {
    if (this.#quote !== 0) {
      if (byte === this.#quote) this.#quote = 0
    } else if (byte === 0x22 || byte === 0x27) this.#quote = byte
    else if (byte === 0x5b) this.#brackets += 1
    else if (byte === 0x5d) this.#brackets -= 1
    else if (byte === GT && this.#brackets <= 0) this.#leaf('doctype', at + 1)
  }

  #leaf(kind: XmlLeaf, end: number): void {
    const start = this.#start
    this.#toContent(end)
    this.#events.leaf(kind, start, end, this.#depth)
  }

  #toContent(at: number): void {
    this.#state = CONTENT
    this.#start = at
    this.#hasText = false
  }

  #text(end: number): void {
    if (this.#hasText) this.#events.leaf('text', this.#start, end, this.#depth)
    this.#hasText = false
  }

  #inReference(byte: number, at: number): void {
    this.#length += 1
    if (byte === 0x3b && this.#length > 1) this.#state = CONTENT
    else if ((!isNameByte(byte) && byte !== 0x23) || this.#length > MAX_REFERENCE)
      this.#fail(at, '“&” that begins no reference: it is written “&amp;”')
  }

  #fail(offset: number, reason: string): void {
    this.#problem = { offset, reason, line: this.#line, lineStart: this.#lineStart }
    this.#halted = true
  }
}

const OPENERS = [
  { text: '--', state: COMMENT },
  { text: '[CDATA[', state: CDATA },
  { text: 'DOCTYPE', state: DOCTYPE },
  { text: 'doctype', state: DOCTYPE },
] as const

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** Letters, `_` and `:`; all beyond ASCII, of which XML leaves out few. */
function isNameStart(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || byte === 0x3a || byte >= 0x80
}

export function isNameByte(byte: number): boolean {
  return isNameStart(byte) || (byte >= 0x30 && byte <= 0x39) || byte === DASH || byte === 0x2e
}
