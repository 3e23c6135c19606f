/**
 * Scripts of PowerShell, as far as requests need them: commands with their arguments, hashtables, here-strings, variables
 * that were given values, sessions and their cookies. Nothing is run. The values' syntax is in `powershell-values.ts`.
 */
import { argumentAt } from './cmd.ts'
import { ValueReader } from './powershell-values.ts'
import { textOf, type PsValue } from './ps-value.ts'
import { MAX_COMMANDS, programName, type ShellCommand, type ShellSource, type ShellText } from './shell-text.ts'

export interface PsCommand {
  readonly words: readonly PsValue[]
  /** Objects by name, as they stand where the command does: sessions, headers, bodies. */
  readonly objects: ReadonlyMap<string, PsObject>
  readonly line: number
}

/** A session, a dictionary: what was put into it. */
export interface PsObject {
  readonly properties: Map<string, PsValue>
  readonly cookies: { readonly name: string; readonly value: string }[]
}

/** @throws {CoreError} `Unreadable` where a quote or a bracket is not closed */
export function readPowerShell(source: ShellSource): ShellText & { readonly objects: readonly PsCommand[] } {
  const values = new Map<string, PsValue>()
  const objects = new Map<string, PsObject>()
  const used = new Set<string>()
  const reader = new ValueReader(source, values, used)
  const commands: PsCommand[] = []
  while (!reader.isAtEnd() && commands.length < MAX_COMMANDS) {
    const line = reader.line()
    const words = reader.statement()
    const [first] = words
    if (!first || called(first, objects, values)) continue
    const isGiven = assigned(words, values, objects)
    if (!isGiven || words.length > 3) commands.push({ words: isGiven ? words.slice(2) : words, objects: new Map(objects), line })
  }
  const isCurl = ({ words }: PsCommand): boolean => programName(textOf(words[0]) ?? '') === 'curl'
  return { commands: commands.filter(isCurl).map(plainCommand), objects: commands.filter((one) => !isCurl(one)), values: new Map(), used }
}

/** Arguments of a program: quotation marks in them are escaped for its own rules of taking them apart. */
function plainCommand({ words, line }: PsCommand): ShellCommand {
  return {
    words: words.map((word) => {
      const typed = textOf(word) ?? ''
      const text = typed.replaceAll('"""', '\\"')
      return { text: text.includes('\\"') ? argumentAt(`"${text.replace(/(^|[^\\])"/g, '$1\\"')}"`, 0).text : text, line: word.line }
    }),
    stdin: null,
    line,
  }
}

/** `$name = value`, `$name.Property = value`, `$name["key"] = value`. */
function assigned(words: readonly PsValue[], values: Map<string, PsValue>, objects: Map<string, PsObject>): boolean {
  const [target, sign, value] = words
  if (target?.kind !== 'variable' || sign?.kind !== 'text' || sign.text !== '=' || !value) return false
  const name = target.name.toLowerCase()
  const result: PsValue = words.length === 3 ? value : { kind: 'command', words: words.slice(2), line: value.line }
  if (target.path.length > 0) put(name, [target.path.at(-1) ?? '', result], values, objects)
  else {
    objects.delete(name)
    values.set(name, result)
  }
  return true
}

/** Into a hashtable where the variable is one, else among the properties of its object. */
function put(name: string, entry: readonly [string, PsValue], values: Map<string, PsValue>, objects: Map<string, PsObject>): void {
  const given = values.get(name)
  if (given?.kind !== 'hash') objectOf(objects, name).properties.set(...entry)
  else {
    const others = given.entries.filter(([key]) => key.toLowerCase() !== entry[0].toLowerCase())
    values.set(name, { ...given, entries: [...others, entry] })
  }
}

/** `$session.Cookies.Add(…)`, `$headers.Add(…)`. */
function called(first: PsValue, objects: Map<string, PsObject>, values: Map<string, PsValue>): boolean {
  if (first.kind !== 'call' || first.target === null) return false
  const name = first.target.toLowerCase()
  const [one, two] = first.args
  const cookie = one && cookieOf(one, values)
  if (cookie) objectOf(objects, name).cookies.push(cookie)
  else if (/\.add$/i.test(first.name) && one && two) put(name, [textOf(one) ?? '', two], values, objects)
  return true
}

function cookieOf(value: PsValue, values: ReadonlyMap<string, PsValue>): { name: string; value: string } | null {
  const given = value.kind === 'variable' ? (values.get(value.name.toLowerCase()) ?? value) : value
  if (given.kind !== 'command') return null
  const [maker, type, args] = given.words
  if (!/^new-object$/i.test(textOf(maker) ?? '') || !/Net\.Cookie$/i.test(textOf(type) ?? '')) return null
  const [name, text] = args?.kind === 'list' ? args.items : given.words.slice(2)
  return { name: textOf(name) ?? '', value: textOf(text) ?? '' }
}

function objectOf(objects: Map<string, PsObject>, name: string): PsObject {
  const known = objects.get(name)
  if (known) return known
  const made: PsObject = { properties: new Map(), cookies: [] }
  objects.set(name, made)
  return made
}
