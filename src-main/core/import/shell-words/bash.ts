/**
 * Scripts of bash, zsh and sh, as far as command lines need them: quotes, continuations, comments, here-documents, pipes
 * and redirections of input. One pass over the text; nothing is run. What `$` stands for is in `bash-dollar.ts`.
 *
 * @see GNU Bash manual §3.1.2 (quoting), §3.6 (redirections)
 */
import { unreadable } from '../notes.ts'
import { ansiEnd, ansiText } from './ansi-c.ts'
import { finished, outputName, MAX_NESTING, newShared, type OpenWord, type Shared, within } from './bash-state.ts'
import { dollarAt, type DollarReader } from './bash-dollar.ts'
import { HERE_MARK, hereDocumentOf, hereLines, type HereDocument } from './here-documents.ts'
import { handedOn, outputOf } from './known-outputs.ts'
import { MAX_COMMANDS, placeOf, type ShellCommand, type ShellSource, type ShellText, type Stdin, type Word } from './shell-text.ts'

const ASSIGNMENT = /^([A-Za-z_]\w*)=/
const SPACED_BREAK = /\\[ \t]+\n/y
/** What ends a stretch of plain characters. */
const SPECIAL = /[\s\\'"$`#;&|()<>]/g

/** @throws {CoreError} `Unreadable` where a quote or a `$(` is not closed */
export function readBash(source: ShellSource): ShellText {
  const shared = newShared(source)
  new BashReader(shared, 0).read(null)
  return finished(shared)
}

class BashReader implements DollarReader {
  private readonly shared: Shared
  private readonly depth: number
  private words: Word[] = []
  private word: OpenWord | null = null
  private stdin: Stdin | null = null
  /** What the command before a `|` writes. */
  private piped: Stdin | null = null
  private here: HereDocument[] = []
  private own: ShellCommand[] = []

  constructor(shared: Shared, depth: number) {
    this.shared = shared
    this.depth = depth
  }

  /** Commands up to the end, or up to `closing`, which is passed. */
  read(closing: ')' | null): readonly ShellCommand[] {
    const { shared } = this
    const start = shared.at
    while (shared.at < shared.text.length) {
      if (closing !== null && shared.text[shared.at] === closing) {
        this.endCommand()
        shared.at += 1
        return this.own
      }
      this.step()
    }
    if (closing !== null) throw this.fault('This $( is not closed.', start - 2)
    this.endCommand()
    return this.own
  }

  private step(): void {
    const { shared } = this
    const char = shared.text[shared.at] ?? ''
    switch (char) {
      case '\n':
        return this.lineBreak()
      case '\\':
        return this.backslash()
      case "'":
        return this.append(this.until("'", 'The quotation mark '), true)
      case '"':
        return this.append(this.doubleQuoted(), true)
      case '$':
        return this.dollar()
      case '`':
        return this.append(this.backticks(), false)
      case '#':
        return this.word === null ? this.comment() : this.append(this.plainRun(), false)
      case ';':
      case '|':
      case '&':
      case '(':
      case ')':
        return this.operator(char)
      case '<':
      case '>':
        return this.redirection(char)
      default:
        if (!/\s/.test(char)) return this.append(this.plainRun(), false)
        this.endWord()
        shared.at += 1
    }
  }

  private plainRun(): string {
    const { shared } = this
    SPECIAL.lastIndex = shared.at + 1
    const end = SPECIAL.exec(shared.text)?.index ?? shared.text.length
    const run = shared.text.slice(shared.at, end)
    shared.at = end
    return run
  }

  private append(text: string, isQuoted: boolean): void {
    this.word ??= { text: '', line: this.line(), isQuoted: false }
    this.word.text += text
    if (isQuoted) this.word.isQuoted = true
  }

  private backslash(): void {
    const { shared } = this
    const next = shared.text[shared.at + 1]
    SPACED_BREAK.lastIndex = shared.at
    const run = SPACED_BREAK.exec(shared.text)?.[0]
    if (run !== undefined) {
      this.note('changed', 'Spaces behind the backslash at the end of a line are passed over; a shell would end the command there.')
      this.endWord()
      shared.at += run.length
      return
    }
    shared.at += 2
    if (next === '\n') return
    this.append(next ?? '\\', true)
  }

  private lineBreak(): void {
    this.shared.at += 1
    this.endCommand()
    for (const document of this.here.splice(0)) document.given.text = this.hereText(document)
  }

  private comment(): void {
    const end = this.shared.text.indexOf('\n', this.shared.at)
    this.shared.at = end < 0 ? this.shared.text.length : end
  }

  /** What stands up to the next `mark`, which is passed. */
  private until(mark: string, what: string): string {
    const { shared } = this
    const end = shared.text.indexOf(mark, shared.at + 1)
    if (end < 0) throw this.fault(`${what}${mark} is not closed.`, shared.at)
    const inner = shared.text.slice(shared.at + 1, end)
    shared.at = end + 1
    return inner
  }

  private doubleQuoted(): string {
    const { shared } = this
    const start = shared.at
    shared.at += 1
    const text = this.expanded('"')
    if (shared.text[shared.at] !== '"') throw this.fault('The quotation mark " is not closed.', start)
    shared.at += 1
    return text
  }

  /** Text in which only `$`, a backtick and a backslash mean something, up to `end`, which is not passed. */
  private expanded(end: '"' | null): string {
    const { shared } = this
    const parts: string[] = []
    const stop = /[\\$`"]/g
    while (shared.at < shared.text.length) {
      stop.lastIndex = shared.at
      const next = stop.exec(shared.text)?.index ?? shared.text.length
      parts.push(shared.text.slice(shared.at, next))
      shared.at = next
      const char = shared.text[next]
      if (char === undefined || (char === '"' && end === '"')) break
      if (char === '$') parts.push(dollarAt(this))
      else if (char === '`') parts.push(this.backticks())
      else if (char === '"') parts.push(this.take(1))
      else parts.push(this.escaped(end))
    }
    return parts.join('')
  }

  private escaped(end: '"' | null): string {
    const pair = this.take(2)
    const char = pair[1] ?? ''
    if (char === '\n') return ''
    return char === '$' || char === '`' || char === '\\' || (char === '"' && end === '"') ? char : pair
  }

  private take(count: number): string {
    const text = this.shared.text.slice(this.shared.at, this.shared.at + count)
    this.shared.at += count
    return text
  }

  private dollar(): void {
    const next = this.shared.text[this.shared.at + 1]
    if (next === "'") return this.append(this.ansiQuoted(), true)
    if (next === '"') {
      this.shared.at += 1
      return this.append(this.doubleQuoted(), true)
    }
    const name = /^\$(?:\{(\w+)\}|(\w+))/.exec(this.shared.text.slice(this.shared.at, this.shared.at + 100))
    const value = this.shared.values.get(name?.[1] ?? name?.[2] ?? '')
    // Without quotes a value of several words is several words.
    if (name && value !== undefined && /\s/.test(value) && !value.includes('{{')) {
      this.shared.at += name[0].length
      value.split(/(\s+)/).forEach((part, index) => (index % 2 === 1 ? this.endWord() : part !== '' && this.append(part, false)))
      return
    }
    this.append(dollarAt(this), false)
  }

  private ansiQuoted(): string {
    const { shared } = this
    const start = shared.at
    const end = ansiEnd(shared.text, start + 2)
    if (end === null) throw this.fault("The quotation mark $' is not closed.", start)
    const { text, isBroken } = ansiText(shared.text.slice(start + 2, end))
    if (isBroken) this.note('lost', "A text in $'…' holds bytes that are no UTF-8; they are not in the request.")
    shared.at = end + 1
    return text
  }

  private backticks(): string {
    const { shared } = this
    const start = shared.at
    const stop = /\\.|`/gs
    stop.lastIndex = start + 1
    let found = stop.exec(shared.text)
    while (found && found[0] !== '`') found = stop.exec(shared.text)
    if (!found) throw this.fault('The backtick ` is not closed.', start)
    const inner = shared.text.slice(start + 1, found.index).replace(/\\([`\\$])/g, '$1')
    shared.at = found.index + 1
    const nested = within(shared, inner)
    return this.substituted(new BashReader(nested, this.deeper()).read(null), start)
  }

  /** `$(…)`, at its `(`. */
  substitution(): string {
    const start = this.shared.at
    this.shared.at += 1
    const reader = new BashReader(this.shared, this.deeper())
    return this.substituted(reader.read(')'), start)
  }

  private substituted(commands: readonly ShellCommand[], start: number): string {
    const output = commands.length === 1 && commands[0] ? outputOf(commands[0]) : null
    if (output !== null) return output.replace(/\n+$/, '')
    const name = outputName(this.shared)
    this.shared.outputs.set(name, { program: commands[0]?.words[0]?.text ?? '', line: this.line(start) })
    return this.reference(name)
  }

  reference(name: string): string {
    this.shared.used.add(name)
    return `{{${name}}}`
  }

  /** Gives a variable a value where the script gives it none. */
  offer(name: string, value: string): void {
    if (!this.shared.values.has(name)) this.shared.values.set(name, value)
  }

  get text(): string {
    return this.shared.text
  }

  get at(): number {
    return this.shared.at
  }

  set at(value: number) {
    this.shared.at = value
  }

  note(severity: 'lost' | 'changed', message: string, line = this.line()): void {
    this.shared.source.notes.add(severity, message, line)
  }

  fault(message: string, at: number): Error {
    const { line, column } = placeOf(this.shared.text, at)
    return unreadable(message, this.shared.source.file, line, column, 'Is the command whole?')
  }

  private deeper(): number {
    if (this.depth >= MAX_NESTING) throw this.fault('Commands are nested too deeply.', this.shared.at)
    return this.depth + 1
  }

  private line(at = this.shared.at): number {
    return this.shared.counter.lineAt(at)
  }

  private operator(char: string): void {
    const { shared } = this
    const next = shared.text[shared.at + 1] ?? ''
    const isInUrl = char === '&' && this.word?.text.includes('?') === true && /[^\s&>]/.test(next)
    if (isInUrl) {
      this.note('changed', 'The & without quotes is taken as part of the URL; a shell would end the command there.')
      return this.append(this.take(1), false)
    }
    if (char === '&' && next === '>') {
      shared.at += 1
      return this.redirection('>')
    }
    const isPipe = char === '|' && next !== '|'
    const writes = isPipe ? this.written() : null
    this.endCommand()
    this.piped = writes
    shared.at += next === char || (isPipe && next === '&') ? 2 : 1
  }

  private written(): Stdin | null {
    this.endWord()
    return handedOn({ words: this.words, stdin: this.readsFrom() })
  }

  private redirection(char: '<' | '>'): void {
    if (char === '<') {
      HERE_MARK.lastIndex = this.shared.at
      if (this.shared.text.startsWith('<<<', this.shared.at)) return this.hereString()
      const mark = HERE_MARK.exec(this.shared.text)
      if (mark) return this.hereDocument(mark)
    }
    if (this.word && !this.word.isQuoted && /^\d+$/.test(this.word.text)) this.word = null
    this.endWord()
    const run = /(?:<>|>>|>\||[<>])&?[ \t]*/y
    run.lastIndex = this.shared.at
    this.shared.at += run.exec(this.shared.text)?.[0].length ?? 1
    const path = this.oneWord()
    if (char === '<' && path !== '') this.stdin = { kind: 'file', path }
  }

  /** The word that begins here, taken out of the command. */
  private oneWord(): string {
    const { shared } = this
    const count = this.words.length
    while (shared.at < shared.text.length && this.words.length === count) {
      if (/[\s;&|()<>]/.test(shared.text[shared.at] ?? '')) break
      this.step()
    }
    const taken = this.word?.text ?? ''
    this.word = null
    return taken
  }

  private hereString(): void {
    this.endWord()
    this.shared.at += 3
    while (/[ \t]/.test(this.shared.text[this.shared.at] ?? '')) this.shared.at += 1
    this.stdin = { kind: 'text', text: `${this.oneWord()}\n` }
  }

  private hereDocument(mark: RegExpExecArray): void {
    this.endWord()
    this.shared.at += mark[0].length
    const given: { kind: 'text'; text: string } = { kind: 'text', text: '' }
    this.stdin = given
    this.here.push(hereDocumentOf(mark, given))
  }

  private hereText(document: HereDocument): string {
    const { text, next } = hereLines(this.shared.text, this.shared.at, document)
    this.shared.at = next
    return document.isPlain ? text : new BashReader(within(this.shared, text), this.deeper()).expanded(null)
  }

  private endWord(): void {
    const { word, words } = this
    this.word = null
    if (word === null) return
    if (words.length === 0 && !word.isQuoted && /^[$%>]$/.test(word.text)) return
    const name = words.every(({ text }) => text === 'export') ? ASSIGNMENT.exec(word.text)?.[1] : undefined
    if (name === undefined) words.push({ text: word.text, line: word.line })
    // `NAME=${NAME:-default}` gives what it has already.
    else if (!word.text.includes(`{{${name}}}`)) this.shared.values.set(name, word.text.slice(name.length + 1))
  }

  private readsFrom(): Stdin | null {
    return this.stdin ?? this.piped
  }

  private endCommand(): void {
    this.endWord()
    const [first] = this.words
    if (first) {
      const stdin = this.readsFrom()
      const command: ShellCommand = { words: this.words, stdin, line: first.line }
      if (this.shared.commands.length < MAX_COMMANDS) this.shared.commands.push(command)
      this.own.push(command)
    }
    this.words = []
    this.stdin = null
    this.piped = null
  }
}
