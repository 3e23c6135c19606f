/**
 * The values of PowerShell: words, strings with their escapes, here-strings, hashtables, lists, variables, calls. A
 * variable of the script that is a text stands for that text; others become references, `{{name}}`.
 *
 * @see about_Quoting_Rules, about_Special_Characters in PowerShell's documentation
 */
import { unreadable } from '../notes.ts'
import { base64Of, joinedTexts, textOf, type PsValue } from './ps-value.ts'
import { LineCounter, placeOf, type ShellSource } from './shell-text.ts'

const MAX_NESTING = 60
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b' }
const LITERALS = new Set(['true', 'false', 'null'])
const NAME = /\$(?:\{([^}\n]{1,200})\}|((?:env:|script:|global:)?[A-Za-z_]\w*))/iy
const BARE = /[^\s;|(){}"',`=]+|=/y
const CLOSERS = new Set([')', '}'])

export class ValueReader {
  private readonly source: ShellSource
  private readonly text: string
  private readonly values: ReadonlyMap<string, PsValue>
  private readonly used: Set<string>
  private at = 0
  private depth = 0
  /** Where the blocks of code begin that are still open. */
  private readonly blocks: number[] = []
  private readonly counter: LineCounter

  constructor(source: ShellSource, values: ReadonlyMap<string, PsValue>, used: Set<string>) {
    this.source = source
    this.text = source.text.replaceAll('\r\n', '\n')
    this.values = values
    this.used = used
    this.counter = new LineCounter(this.text)
  }

  isAtEnd(): boolean {
    this.skip(/(?:[\s;]|`\n|#[^\n]*|<#[\s\S]*?#>)+/y)
    if (this.at < this.text.length) return false
    const open = this.blocks.at(-1)
    if (open !== undefined) throw this.fault('A bracket { is not closed.', open)
    return true
  }

  line(): number {
    return this.counter.lineAt(this.at)
  }

  /**
   * Words up to the end of the line, a semicolon, or a bracket that closes what stands around. What is in a block of code
   * (of `if`, `try`, `foreach`, `function`) is statements like those around it.
   */
  statement(isInBrackets = false): PsValue[] {
    let words: PsValue[] = []
    for (;;) {
      this.skip(isInBrackets ? /(?:\s|`\n|#[^\n]*)+/y : /(?:[ \t\r]|`\n|#[^\n]*)+/y)
      const char = this.text[this.at] ?? ''
      if (char === '' || char === '\n' || char === ';' || CLOSERS.has(char)) {
        if (!isInBrackets && CLOSERS.has(char)) this.at += 1
        if (!isInBrackets && char === '}') this.blocks.pop()
        return words
      }
      if (char === '{' && !isInBrackets) {
        this.blocks.push(this.at)
        this.at += 1
        return words
      }
      if (char === '|') {
        this.at += 1
        words = this.piped(words)
      } else if (char === ',') {
        this.at += 1
        this.skip(/(?:\s|`\n)*/y)
        const last = words.pop()
        const next = this.value()
        if (last) words.push({ kind: 'list', items: [...(last.kind === 'list' ? last.items : [last]), next], line: last.line })
      } else words.push(this.value())
    }
  }

  /** What stands before a `|` becomes one value, the first word behind the program that reads it. */
  private piped(words: readonly PsValue[]): PsValue[] {
    const at = words.findIndex((word) => textOf(word) === '=')
    const before = words.slice(0, at + 1)
    const input = words.slice(at + 1)
    const [only] = input
    const value: PsValue = input.length === 1 && only ? only : { kind: 'command', words: input, line: this.line() }
    this.skip(/\s*/y)
    const program = this.bare()
    return [...before, { kind: 'text', text: program, line: this.line() }, value]
  }

  private value(): PsValue {
    const line = this.line()
    const char = this.text[this.at] ?? ''
    const here = /@(["'])[ \t]*\n/y
    here.lastIndex = this.at
    const mark = here.exec(this.text)
    if (mark) return { kind: 'text', text: this.hereString(mark), line, isQuoted: true }
    if (char === "'") return { kind: 'text', text: this.single(), line, isQuoted: true }
    if (char === '"') return { kind: 'text', text: this.double(), line, isQuoted: true }
    if (this.text.startsWith('@{', this.at)) return this.nested(2, () => this.hash(line))
    if (this.text.startsWith('@(', this.at)) return this.nested(2, () => ({ kind: 'list', items: this.args(')'), line }))
    const splat = /@[A-Za-z_]\w*/y
    splat.lastIndex = this.at
    if (splat.test(this.text)) return this.splatted(line)
    if (char === '(') return this.nested(1, () => this.grouped(line))
    if (char === '{') return this.nested(1, () => this.block(line))
    if (char === '$') return this.variable(line)
    if (char === '[') return this.typed(line)
    const text = this.bare()
    return { kind: 'text', text, line, ...(/^-?\d+(?:\.\d+)?$/.test(text) && { literal: true }) }
  }

  private nested<T>(length: number, read: () => T): T {
    if (this.depth >= MAX_NESTING) throw this.fault('Brackets are nested too deeply.')
    this.depth += 1
    this.at += length
    const result = read()
    this.depth -= 1
    return result
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.at
    this.at += pattern.exec(this.text)?.[0].length ?? 0
  }

  private fault(message: string, at = this.at): Error {
    const { line, column } = placeOf(this.text, at)
    return unreadable(message, this.source.file, line, column, 'Is the command whole?')
  }

  private bare(): string {
    const parts: string[] = []
    for (;;) {
      BARE.lastIndex = this.at
      const run = BARE.exec(this.text)?.[0]
      if (run !== undefined) {
        parts.push(run)
        this.at += run.length
      } else if (this.text[this.at] === '`' && this.text[this.at + 1] !== '\n' && this.at + 1 < this.text.length) {
        parts.push(this.text[this.at + 1] ?? '')
        this.at += 2
      } else break
    }
    if (parts.length > 0) return parts.join('')
    this.at += 1
    return this.text[this.at - 1] ?? ''
  }

  private single(): string {
    const start = this.at
    const pattern = /'((?:[^']|'')*)'/y
    pattern.lastIndex = start
    const found = pattern.exec(this.text)
    if (!found) throw this.fault("The quotation mark ' is not closed.", start)
    this.at += found[0].length
    return (found[1] ?? '').replaceAll("''", "'")
  }

  private double(): string {
    const start = this.at
    this.at += 1
    const text = this.filledIn(/[`"$]/g)
    if (text === null) throw this.fault('The quotation mark " is not closed.', start)
    this.at += 1
    return text
  }

  /** From here to the quotation mark that ends it, or to the end of all where `stop` knows none; null where that mark is missing. */
  private filledIn(stop: RegExp): string | null {
    const parts: string[] = []
    for (;;) {
      stop.lastIndex = this.at
      const next = stop.exec(this.text)?.index
      if (next === undefined && stop.source.includes('"')) return null
      parts.push(this.text.slice(this.at, next))
      this.at = next ?? this.text.length
      if (next === undefined || (this.text[next] === '"' && this.text[next + 1] !== '"')) return parts.join('')
      parts.push(this.escape())
    }
  }

  /** At a backtick, a doubled quotation mark or a `$` within a string. */
  private escape(): string {
    const char = this.text[this.at]
    if (char === '$') return this.inString()
    const next = this.text[this.at + 1] ?? ''
    const coded = /`u\{([0-9a-fA-F]{1,6})\}/y
    coded.lastIndex = this.at
    const code = coded.exec(this.text)
    if (code) {
      this.at += code[0].length
      const point = parseInt(code[1] ?? '', 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : ''
    }
    this.at += 2
    return char === '`' && Object.hasOwn(ESCAPES, next) ? (ESCAPES[next] ?? '') : next === '\n' && char === '`' ? '' : next
  }

  private inString(): string {
    if (this.text.startsWith('$(', this.at)) {
      const value = this.nested(2, () => this.grouped(this.line()))
      return textOf(value) ?? this.unknown('expression')
    }
    NAME.lastIndex = this.at
    const found = NAME.exec(this.text)
    this.at += found?.[0].length ?? 1
    return found ? this.named(found[1] ?? found[2] ?? '') : '$'
  }

  private named(name: string): string {
    const value = this.values.get(name.toLowerCase())
    return textOf(value) ?? this.reference(name.replace(/^(?:env|script|global):/i, ''))
  }

  private reference(name: string): string {
    this.used.add(name)
    return `{{${name}}}`
  }

  private unknown(name: string): string {
    this.source.notes.add(
      'lost',
      `What an expression of the script comes to is not known: give the variable {{${name}}} a value.`,
      this.line(),
    )
    return `{{${name}}}`
  }

  private hereString([mark, quote = '"']: RegExpExecArray): string {
    const start = this.at
    const from = start + mark.length
    const end = this.text.indexOf(`\n${quote}@`, from - 1)
    if (end < 0) throw this.fault(`The text that begins with @${quote} is not closed.`, start)
    this.at = end + 3
    const inner = end < from ? '' : this.text.slice(from, end)
    if (quote === "'") return inner
    const line = this.counter.lineAt(start)
    const { notes } = this.source
    const here = { ...notes, add: (severity: 'lost' | 'changed' | 'kept', message: string) => notes.add(severity, message, line) }
    const reader = new ValueReader({ ...this.source, notes: here, text: inner }, this.values, this.used)
    return reader.filledIn(/[`$]/g) ?? ''
  }

  private hash(line: number): PsValue {
    const entries: (readonly [string, PsValue])[] = []
    for (;;) {
      this.skip(/(?:[\s;]|`\n|#[^\n]*)+/y)
      if (this.at >= this.text.length) throw this.fault('A hashtable @{ is not closed.')
      if (this.text[this.at] === '}') break
      const key = this.key()
      this.skip(/\s*=\s*/y)
      const words = this.hashValue()
      const [only] = words
      entries.push([key, words.length === 1 && only ? only : { kind: 'command', words, line }])
    }
    this.at += 1
    return { kind: 'hash', entries, line }
  }

  private key(): string {
    const bare = /[^\s='"(){}$;,]+/y
    bare.lastIndex = this.at
    const found = bare.exec(this.text)?.[0]
    if (found === undefined) return textOf(this.value()) ?? ''
    this.at += found.length
    return found
  }

  private hashValue(): PsValue[] {
    const words = [this.value()]
    for (;;) {
      this.skip(/[ \t]+/y)
      const char = this.text[this.at] ?? ''
      if (char === '' || char === '\n' || char === ';' || char === '}') return words
      if (char === ',') {
        this.at += 1
        this.skip(/\s+/y)
        const last = words.pop()
        const next = this.value()
        if (last) words.push({ kind: 'list', items: [...(last.kind === 'list' ? last.items : [last]), next], line: last.line })
      } else words.push(this.value())
    }
  }

  private args(closer: string): PsValue[] {
    const items: PsValue[] = []
    for (;;) {
      this.skip(/(?:[\s,;]|`\n|#[^\n]*)+/y)
      if (this.at >= this.text.length) throw this.fault('A bracket ( is not closed.')
      if (this.text[this.at] === closer) break
      items.push(this.value())
    }
    this.at += 1
    return items
  }

  private grouped(line: number): PsValue {
    const words = this.statement(true)
    if (this.text[this.at] !== ')') throw this.fault('A bracket ( is not closed.')
    this.at += 1
    const [only] = words
    const joined = joinedTexts(words)
    if (joined !== null) return { kind: 'text', text: joined, line, isQuoted: true }
    return words.length === 1 && only ? only : { kind: 'command', words, line }
  }

  private block(line: number): PsValue {
    const words: PsValue[] = []
    while (this.text[this.at] !== '}') {
      if (this.at >= this.text.length) throw this.fault('A bracket { is not closed.')
      this.skip(/[\s;]+/y)
      const before = this.at
      words.push(...this.statement(true))
      if (this.at === before && this.text[this.at] !== '}') this.at += 1
    }
    this.at += 1
    return { kind: 'command', words, line }
  }

  private variable(line: number): PsValue {
    if (this.text.startsWith('$(', this.at)) return this.nested(2, () => this.grouped(line))
    NAME.lastIndex = this.at
    const found = NAME.exec(this.text)
    if (!found) return { kind: 'text', text: this.bare(), line }
    this.at += found[0].length
    const name = found[1] ?? found[2] ?? ''
    if (LITERALS.has(name.toLowerCase())) return { kind: 'text', text: name.toLowerCase(), literal: true, line }
    const path = this.path()
    if (this.text[this.at] === '(' && path.length > 0) {
      const args = this.nested(1, () => this.args(')'))
      return { kind: 'call', target: name, name: `.${path.join('.')}`, args, line }
    }
    const next = /\s*=(?!=)/y
    next.lastIndex = this.at
    const isAssigned = next.test(this.text)
    const value = this.values.get(name.toLowerCase())
    if (isAssigned || path.length > 0) return { kind: 'variable', name, path, line }
    const isKnown = value?.kind === 'command' ? /^convertto-json$/i.test(textOf(value.words[0]) ?? '') : value !== undefined
    if (value && isKnown) return value
    return value || !/^env:/i.test(name) ? { kind: 'variable', name, path, line } : { kind: 'text', text: this.named(name), line }
  }

  /** `@name`: the parameters that a hashtable holds. */
  private splatted(line: number): PsValue {
    const name = this.bare().slice(1)
    return this.values.get(name.toLowerCase()) ?? { kind: 'variable', name, path: [], line }
  }

  /** `.Property` and `["key"]`, as often as they stand. */
  private path(): string[] {
    const names: string[] = []
    const step = /\.([A-Za-z_]\w*)|\[(?:"([^"\n]*)"|'([^'\n]*)')\]/y
    for (;;) {
      step.lastIndex = this.at
      const found = step.exec(this.text)
      if (!found) return names
      this.at += found[0].length
      names.push(found[1] ?? found[2] ?? found[3] ?? '')
    }
  }

  /** `[Type]::Method(…)`, `[Type]::Property`, or a value that is cast. */
  private typed(line: number): PsValue {
    const pattern = /\[[\w.[\],]+\](?:::(\w+(?:\.\w+)*))?/y
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) return { kind: 'text', text: this.bare(), line }
    this.at += found[0].length
    const code = /^\[char\]$/i.test(found[0]) ? this.character() : null
    if (code !== null) return { kind: 'text', text: code, line, isQuoted: true }
    if (found[1] === undefined) return /[\s;]/.test(this.text[this.at] ?? ' ') ? { kind: 'text', text: found[0], line } : this.value()
    if (this.text[this.at] !== '(') return { kind: 'text', text: found[0], line }
    const args = this.nested(1, () => this.args(')'))
    const encoded = base64Of(found[0], args)
    return encoded === null
      ? { kind: 'call', target: null, name: found[0], args, line }
      : { kind: 'text', text: encoded, line, isQuoted: true }
  }

  /** Of `[char]27` or `[char]0x1b`, behind the cast. */
  private character(): string | null {
    const number = /(?:0x[\da-f]{1,4}|\d{1,5})(?!\w)/iy
    number.lastIndex = this.at
    const found = number.exec(this.text)?.[0]
    if (found === undefined || Number(found) > 0xffff) return null
    this.at += found.length
    return String.fromCharCode(Number(found))
  }
}
