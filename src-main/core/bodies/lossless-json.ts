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
const SPACE = /[ \t\r\n\x1e]*/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
/** A string up to what needs a closer look. */
const PLAIN = /[^"\\\x00-\x1f]*/y

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
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  document(): LosslessJson {
    const values: JsonValue[] & Placed = []
    this.space()
    while (this.at < this.text.length) {
      const start = this.at
      const value = this.value(0)
      if (typeof value === 'number') note(values, values.length, this.text.slice(start, this.at))
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
    const { text, at } = this
    switch (text[at]) {
      case '{':
        return this.object(depth + 1)
      case '[':
        return this.list(depth + 1)
      case '"':
        return this.string()
      default:
        return this.scalar()
    }
  }

  private list(depth: number): JsonValue[] {
    const list: JsonValue[] & Placed = []
    list[START] = this.at
    this.open(depth)
    if (this.text[this.at] !== ']') {
      do {
        this.space()
        const start = this.at
        const value = this.value(depth)
        if (typeof value === 'number') note(list, list.length, this.text.slice(start, this.at))
        list.push(value)
      } while (this.goesOn(']'))
    }
    this.at += 1
    list[END] = this.at
    return list
  }

  private object(depth: number): { [name: string]: JsonValue } {
    const object: { [name: string]: JsonValue } & Placed = bare()
    object[START] = this.at
    this.open(depth)
    if (this.text[this.at] !== '}') {
      do {
        this.space()
        if (this.text[this.at] !== '"') this.fail('expected a name in double quotes')
        const name = this.string()
        this.space()
        if (this.text[this.at] !== ':') this.fail('expected “:”')
        this.at += 1
        this.space()
        const start = this.at
        const value = this.value(depth)
        object[NUMBERS]?.delete(name)
        if (typeof value === 'number') note(object, name, this.text.slice(start, this.at))
        object[name] = value
      } while (this.goesOn('}'))
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
  private goesOn(end: string): boolean {
    this.space()
    const next = this.text[this.at]
    if (next === end) return false
    if (next !== ',') this.fail(`expected “,” or “${end}”`)
    this.at += 1
    return true
  }

  private string(): string {
    const { text, at } = this
    PLAIN.lastIndex = at + 1
    PLAIN.test(text)
    let end = PLAIN.lastIndex
    if (text[end] === '"') {
      this.at = end + 1
      return text.slice(at + 1, end)
    }
    while (text[end] === '\\') {
      PLAIN.lastIndex = end + 2
      PLAIN.test(text)
      end = PLAIN.lastIndex
    }
    this.at = end
    if (text[end] !== '"') this.fail(end >= text.length ? 'the text ends inside a string' : 'a control character in a string')
    this.at = end + 1
    return this.unescaped(text.slice(at, this.at), at)
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
    for (const [word, value] of WORDS) {
      if (!text.startsWith(word, at)) continue
      this.at += word.length
      return value
    }
    NUMBER.lastIndex = at
    if (!NUMBER.test(text)) this.fail(at >= text.length ? 'the text ends too early' : 'expected a value')
    this.at = NUMBER.lastIndex
    return Number(text.slice(at, this.at))
  }

  private space(): void {
    SPACE.lastIndex = this.at
    SPACE.test(this.text)
    this.at = SPACE.lastIndex
  }

  private fail(reason: string): never {
    const before = this.text.slice(0, this.at)
    const line = before.split('\n').length
    const column = this.at - before.lastIndexOf('\n')
    throw new Fault(`Not valid JSON at line ${line}, column ${column}: ${reason}.`)
  }
}

/** Without a prototype, so that `__proto__` is a name like any other. */
function bare(): { [name: string]: JsonValue } {
  const made: unknown = Object.create(null)
  return made as { [name: string]: JsonValue } // it has no members yet, so it is one of any kind
}

/** Keeps a number's text where the number alone would be written otherwise. */
function note(container: Container, key: string | number, source: string): void {
  if (String(Number(source)) === source) return
  const numbers = (container[NUMBERS] ??= new Map<string | number, string>())
  numbers.set(key, source)
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
