/** Goes through the text of an expression: names, steps and arguments in brackets. What they mean is for the parser. */
import type { Source, Step } from './expression.ts'

export type Argument =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'regex'; readonly pattern: string; readonly flags: string }
  /** An object in JSON, as it stands there. */
  | { readonly kind: 'json'; readonly text: string }

/** Where the text is none of our expressions. */
export class Stray extends Error {
  readonly position: number

  constructor(message: string, position: number) {
    super(message)
    this.position = position
  }
}

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy
/** A header's name behind a dot, with the hyphens that JavaScript would take for a minus. */
const HEADER = /[A-Za-z$_][\w$-]*/y
const INDEX = /\s*(\d{1,15})\s*\]/y
const REGEX = /\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/y
const NUMBER = /-?\d+(?:\.\d+)?/y
/** Any other stays as it is, so that `'\d+'` is the pattern that was meant. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"', '`': '`' }

export class ExpressionScanner {
  at = 0
  readonly #text: string
  /** Steps that a method's argument stands for, which come before those that are written. */
  #given: Step[] = []

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.#text.length && this.#given.length === 0
  }

  stray(message: string, at = this.at): Stray {
    return new Stray(message, at)
  }

  space(): void {
    while (/\s/.test(this.#text.charAt(this.at))) this.at += 1
  }

  name(): string | null {
    return this.#match(NAME)?.[0] ?? null
  }

  /** A source whose first steps are known. */
  begin(source: Source, steps: Step[]): Source {
    this.#given = steps
    return source
  }

  /** The next step into the value; null where none follows. @param isHeader its name may have hyphens */
  step(isHeader = false): Step | null {
    const given = this.#given.shift()
    if (given !== undefined) return given
    const start = this.at
    this.space()
    const dots = this.#text.startsWith('?.', this.at) ? 2 : this.#text.startsWith('.', this.at) ? 1 : 0
    this.at += dots
    if (this.#text.charAt(this.at) === '[' && dots !== 1) return this.#inBrackets()
    if (dots === 0) {
      this.at = start
      return null
    }
    this.space()
    const name = this.#match(isHeader ? HEADER : NAME)?.[0]
    if (name !== undefined) return name
    throw this.stray('A name belongs behind the dot.')
  }

  /** Whether brackets with arguments follow. */
  isCall(): boolean {
    return this.#given.length === 0 && this.#text.charAt(this.at) === '('
  }

  /** The arguments in brackets. */
  args(): Argument[] {
    this.at += 1
    const found: Argument[] = []
    this.space()
    if (this.#text.charAt(this.at) !== ')') {
      for (;;) {
        found.push(this.#argument())
        this.space()
        if (this.#text.charAt(this.at) !== ',') break
        this.at += 1
        this.space()
      }
    }
    if (this.#text.charAt(this.at) !== ')') throw this.stray('A closing bracket is missing.')
    this.at += 1
    return found
  }

  #argument(): Argument {
    const first = this.#text.charAt(this.at)
    if (first === '"' || first === "'" || first === '`') return { kind: 'text', text: this.#string(first) }
    if (first === '{') return { kind: 'json', text: this.#json() }
    const regex = first === '/' ? this.#match(REGEX) : null
    if (regex) return { kind: 'regex', pattern: regex[1] ?? '', flags: regex[2] ?? '' }
    const number = this.#match(NUMBER)
    if (number) return { kind: 'number', value: Number(number[0]) }
    throw this.stray('A text in quotes belongs here.')
  }

  #inBrackets(): Step {
    this.at += 1
    const index = this.#match(INDEX)
    if (index) return Number(index[1])
    this.space()
    const quote = this.#text.charAt(this.at)
    if (quote !== '"' && quote !== "'" && quote !== '`') throw this.stray('An index or a name in quotes belongs in the brackets.')
    const name = this.#string(quote)
    this.space()
    if (this.#text.charAt(this.at) !== ']') throw this.stray('A closing bracket is missing.')
    this.at += 1
    return name
  }

  #string(quote: string): string {
    const start = this.at
    let value = ''
    this.at += 1
    for (;;) {
      const character = this.#text.charAt(this.at)
      if (character === '' || (character === '\n' && quote !== '`')) throw this.stray('The text in quotes does not end.', start)
      this.at += 1
      if (character === quote) return value
      if (quote === '`' && character === '$' && this.#text.charAt(this.at) === '{') throw this.stray('This has to be evaluated.', start)
      value += character === '\\' ? this.#escaped() : character
    }
  }

  #escaped(): string {
    const letter = this.#text.charAt(this.at)
    this.at += 1
    const hex = letter === 'u' ? /[0-9a-fA-F]{4}|\{[0-9a-fA-F]{1,6}\}/y : letter === 'x' ? /[0-9a-fA-F]{2}/y : null
    const digits = hex && this.#match(hex)?.[0].replace(/[{}]/g, '')
    if (digits !== undefined && digits !== null && parseInt(digits, 16) <= 0x10ffff) return String.fromCodePoint(parseInt(digits, 16))
    return Object.hasOwn(ESCAPES, letter) ? (ESCAPES[letter] ?? letter) : `\\${letter}`
  }

  /** An object in JSON: up to the brace that closes it. */
  #json(): string {
    const start = this.at
    let depth = 0
    for (; this.at < this.#text.length; this.at += 1) {
      const character = this.#text.charAt(this.at)
      if (character === '"') this.#passString()
      else if (character === '{' || character === '[') depth += 1
      else if (character === '}' || character === ']') depth -= 1
      if (depth > 0) continue
      this.at += 1
      const text = this.#text.slice(start, this.at)
      if (isJson(text)) return text
      break
    }
    throw this.stray('The object is not JSON: its names have to be in double quotes.', start)
  }

  /** Leaves the place at the closing quote. */
  #passString(): void {
    for (this.at += 1; this.at < this.#text.length && this.#text.charAt(this.at) !== '"'; this.at += 1) {
      if (this.#text.charAt(this.at) === '\\') this.at += 1
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.#text)
    if (found) this.at += found[0].length
    return found
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
