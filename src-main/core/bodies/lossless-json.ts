/**
 * JSON as JavaScript values that remember how they were written: each list and object where it stands in the text, and
 * each number its digits wherever a double would show others (`12345678901234567890`, `1.0`). Values compare as doubles,
 * as RFC 9535 has it; what is shown comes from the text. Takes `NaN` and `Infinity`, which Python's json writes, and
 * several values after each other (NDJSON, JSON text sequences), which become one list.
 *
 * @see RFC 8259; RFC 7464
 */

const START = Symbol('start')
const END = Symbol('end')
const NUMBERS = Symbol('numbers')

interface Placed {
  [START]?: number
  [END]?: number
  /** Index or name to the number's text. */
  [NUMBERS]?: Map<string | number, string>
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue }
type Container = (JsonValue[] | { [name: string]: JsonValue }) & Placed

export interface LosslessJson {
  readonly kind: 'json'
  readonly root: JsonValue
  /** How many values stood after each other; the root is then the list of them. */
  readonly several: number | null
  /** The text of the value at a location below the root, as it stands in the source. */
  readonly sourceAt: (location: readonly (string | number)[]) => string
}

export interface JsonFault {
  readonly kind: 'fault'
  readonly message: string
}

/** Deeper than any sensible text, and well within the stack. */
const DEEPEST = 2000
const WORDS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]
/** What may stand in a number; whether it is one is told once it is whole. */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/
/** Integers of so few digits are doubles, and are written as they were. */
const PLAIN_INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

class Fault extends Error {}

/** Reads a JSON text, or says in a sentence where it is none. */
export function parseLosslessJson(text: string): LosslessJson | JsonFault {
  const reader = new Reader(text)
  try {
    return reader.document()
  } catch (error) {
    if (error instanceof Fault) return { kind: 'fault', message: error.message }
    throw error
  }
}

class Reader {
  private at = 0
  /** The text of the number that was just read, where it may not be what JavaScript would write. */
  private number: string | null = null
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  document(): LosslessJson {
    const values: JsonValue[] & Placed = []
    this.space()
    while (this.at < this.text.length) {
      const value = this.value(0)
      if (this.number !== null) note(values, values.length, this.number)
      this.number = null
      values.push(value)
      this.space()
    }
    if (values.length === 0) this.fail('there is no value in it')
    const [only] = values
    if (values.length > 1 || only === undefined) return this.result(values, values.length)
    return this.result(only, null, values[NUMBERS]?.get(0))
  }

  private result(root: JsonValue, several: number | null, number?: string): LosslessJson {
    const { text } = this
    return {
      kind: 'json',
      root,
      several,
      sourceAt: (location) => (location.length === 0 ? sourceOf(text, root, number) : sourceBelow(text, root, location)),
    }
  }

  private value(depth: number): JsonValue {
    switch (this.text.charCodeAt(this.at)) {
      case OPEN_OBJECT:
        return this.object(depth + 1)
      case OPEN_LIST:
        return this.list(depth + 1)
      case QUOTE:
        return this.string()
      default:
        return this.scalar()
    }
  }

  private list(depth: number): JsonValue[] {
    const list: JsonValue[] & Placed = []
    list[START] = this.at
    this.open(depth)
    if (this.text.charCodeAt(this.at) !== CLOSE_LIST) {
      do {
        this.space()
        const value = this.value(depth)
        if (this.number !== null) note(list, list.length, this.number)
        this.number = null
        list.push(value)
      } while (this.goesOn(CLOSE_LIST))
    }
    this.at += 1
    list[END] = this.at
    return list
  }

  private object(depth: number): { [name: string]: JsonValue } {
    const object: { [name: string]: JsonValue } & Placed = { [START]: this.at, [END]: 0 }
    this.open(depth)
    if (this.text.charCodeAt(this.at) !== CLOSE_OBJECT) {
      do {
        this.space()
        if (this.text.charCodeAt(this.at) !== QUOTE) this.fail('expected a name in double quotes')
        const name = this.string()
        this.space()
        if (this.text.charCodeAt(this.at) !== COLON) this.fail('expected “:”')
        this.at += 1
        this.space()
        const value = this.value(depth)
        object[NUMBERS]?.delete(name)
        if (this.number !== null) note(object, name, this.number)
        this.number = null
        put(object, name, value)
      } while (this.goesOn(CLOSE_OBJECT))
    }
    this.at += 1
    object[END] = this.at
    return object
  }

  private open(depth: number): void {
    if (depth > DEEPEST) this.fail(`it is nested more than ${DEEPEST.toLocaleString('en-US')} deep`)
    this.at += 1
    this.space()
  }

  /** Whether a comma follows, rather than the end. */
  private goesOn(end: number): boolean {
    this.space()
    const next = this.text.charCodeAt(this.at)
    if (next === end) return false
    if (next !== COMMA) this.fail(`expected “,” or “${String.fromCharCode(end)}”`)
    this.at += 1
    return true
  }

  private string(): string {
    const { text, at } = this
    let end = at + 1
    let isEscaped = false
    for (let code = text.charCodeAt(end); code !== QUOTE; code = text.charCodeAt(end)) {
      if (code === BACKSLASH) {
        isEscaped = true
        end += 1
      } else if (!(code >= 0x20)) {
        this.at = Math.min(end, text.length)
        this.fail(end >= text.length ? 'the text ends inside a string' : 'a control character in a string')
      }
      end += 1
    }
    this.at = end + 1
    return isEscaped ? this.unescaped(text.slice(at, this.at), at) : text.slice(at + 1, end)
  }

  private unescaped(quoted: string, at: number): string {
    try {
      const value: unknown = JSON.parse(quoted)
      return String(value)
    } catch {
      this.at = at
      return this.fail('an unknown escape in a string')
    }
  }

  private scalar(): JsonValue {
    const { text, at } = this
    let end = at
    while (isOfNumber(text.charCodeAt(end))) end += 1
    const source = text.slice(at, end)
    if (NUMBER.test(source)) {
      this.at = end
      if (!PLAIN_INTEGER.test(source)) this.number = source
      return Number(source)
    }
    for (const [word, value] of WORDS) {
      if (!text.startsWith(word, at)) continue
      this.at += word.length
      return value
    }
    return this.fail(at >= text.length ? 'the text ends too early' : 'expected a value')
  }

  private space(): void {
    for (let code = this.text.charCodeAt(this.at); isSpace(code); code = this.text.charCodeAt(this.at)) this.at += 1
  }

  private fail(reason: string): never {
    const before = this.text.slice(0, this.at)
    const line = before.split('\n').length
    const column = this.at - before.lastIndexOf('\n')
    throw new Fault(`Not valid JSON at line ${line}, column ${column}: ${reason}.`)
  }
}

/** White space, and what begins a value of a JSON text sequence. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x1e
}

/** Digits, signs, the point and the sign of the exponent. */
function isOfNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2d || code === 0x2b || code === 0x65 || code === 0x45
}

/** As an own member, whatever its name. */
function put(object: { [name: string]: JsonValue }, name: string, value: JsonValue): void {
  if (name !== '__proto__') object[name] = value
  else Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
}

/** Keeps a number's text where the number alone would be written otherwise. */
function note(container: Container, key: string | number, source: string): void {
  if (String(Number(source)) === source) return
  const numbers = (container[NUMBERS] ??= new Map<string | number, string>())
  numbers.set(key, source)
}

/** The digits of a number in a list or an object that was read, where a double would show others. */
export function numberText(container: JsonValue[] | { [name: string]: JsonValue }, key: string | number): string | undefined {
  const placed: Container = container
  return placed[NUMBERS]?.get(key)
}

function sourceBelow(text: string, root: JsonValue, location: readonly (string | number)[]): string {
  let value: JsonValue | undefined = root
  let number: string | undefined
  for (const key of location) {
    if (typeof value !== 'object' || value === null) return ''
    const container: Container = value
    number = container[NUMBERS]?.get(key)
    value = Array.isArray(container) ? container[Number(key)] : container[key]
  }
  return value === undefined ? '' : sourceOf(text, value, number)
}

function sourceOf(text: string, value: JsonValue, number: string | undefined): string {
  if (number !== undefined) return number
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const container: Container = value
  const { [START]: start, [END]: end } = container
  if (start !== undefined && end !== undefined) return text.slice(start, end)
  // The list of values that stood after each other.
  const items: readonly JsonValue[] & Placed = Array.isArray(value) ? value : []
  return `[${items.map((item, index) => sourceOf(text, item, items[NUMBERS]?.get(index))).join(',\n')}]`
}
