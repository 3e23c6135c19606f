/**
 * Reads JSON text token by token and says where it stops being JSON, for the editor and for core alike, so that both
 * say it in the same words and of the same place. It keeps every token's own text, which parsing would not (`1.0`,
 * `1e400`, duplicate names and escapes come back as typed), and it knows `{{name}}` as a value.
 */

export type JsonTokenKind = 'open' | 'close' | 'comma' | 'colon' | 'string' | 'literal' | 'variable' | 'comment'

export interface JsonToken {
  readonly kind: JsonTokenKind
  readonly text: string
  readonly start: number
}

export interface JsonFault {
  /** Half a sentence, such as `a comma is missing before "b"`. */
  readonly message: string
  readonly offset: number
  /** Where it is, counted from 1. */
  readonly line: number
  readonly column: number
}

export interface JsonScan {
  readonly tokens: readonly JsonToken[]
  /** The first thing that is not JSON; null where all of it is. */
  readonly fault: JsonFault | null
}

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y
const WORD = /(?:true|false|null)(?!\w)/y
const VARIABLE = /\{\{[^{}\n]*\}\}/y
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y
const KINDS: Readonly<Record<string, JsonTokenKind>> = { '{': 'open', '[': 'open', '}': 'close', ']': 'close', ',': 'comma', ':': 'colon' }

/** What may come next, inside the innermost bracket. */
type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end' | 'nothing'

/** The tokens of a text, up to the first fault. */
export function scanJson(text: string): JsonScan {
  const tokens: JsonToken[] = []
  const fault = readTokens(text, (token) => tokens.push(token))
  return { tokens, fault }
}

/** What is wrong with a text as JSON (RFC 8259), where `{{name}}` may stand for a value or a name; null where nothing is. */
export function jsonFault(text: string): JsonFault | null {
  return readTokens(text, () => undefined)
}

/** A fault as a sentence: `Line 3, column 9: a comma is missing before "b".` */
export function jsonFaultWords({ line, column, message }: JsonFault): string {
  return `Line ${line}, column ${column}: ${message}.`
}

interface Bracket {
  readonly text: '{' | '['
  readonly start: number
}

function readTokens(text: string, onToken: (token: JsonToken) => void): JsonFault | null {
  const stack: Bracket[] = []
  let previous: JsonToken | undefined
  let expected: Expected = 'value'
  let at = endOf(SPACE, text, text.startsWith('\uFEFF') ? 1 : 0)
  while (at < text.length) {
    const token = tokenAt(text, at)
    if (typeof token === 'string') return faultAt(text, at, token)
    if (token.kind === 'comment') return faultAt(text, at, 'JSON has no comments')
    const next = step(expected, token, stack, previous)
    if (next.fault !== undefined) return faultAt(text, next.atPrevious === true ? (previous?.start ?? at) : at, next.fault)
    expected = next.expected
    previous = token
    onToken(token)
    at = endOf(SPACE, text, at + token.text.length)
  }
  if (!previous) return faultAt(text, 0, 'there is no value')
  const open = stack.at(-1)
  return open === undefined ? null : faultAt(text, open.start, `"${open.text}" is not closed`)
}

function faultAt(text: string, offset: number, message: string): JsonFault {
  const before = text.slice(0, offset)
  return { message, offset, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

type Step = { readonly expected: Expected; readonly fault?: undefined } | { readonly fault: string; readonly atPrevious?: boolean }

function step(expected: Expected, token: JsonToken, stack: Bracket[], previous: JsonToken | undefined): Step {
  const after = (): Expected => (stack.length === 0 ? 'nothing' : 'comma or end')
  if (expected === 'nothing') return { fault: `${shown(token)} follows the value` }
  if (token.kind === 'close') return closing(expected, token, stack, previous, after)
  if (token.kind === 'comma' && previous?.kind === 'comma') return { fault: 'there is a comma too many' }
  switch (expected) {
    case 'value':
    case 'value or ]':
      if (token.kind === 'open') {
        const text = token.text === '{' ? '{' : '['
        stack.push({ text, start: token.start })
        return { expected: text === '{' ? 'name or }' : 'value or ]' }
      }
      if (token.kind === 'comma' || token.kind === 'colon') return { fault: `a value is missing before ${shown(token)}` }
      return { expected: after() }
    case 'name':
    case 'name or }':
      return token.kind === 'string' || token.kind === 'variable'
        ? { expected: 'colon' }
        : { fault: `${shown(token)} stands where a name in double quotes is expected` }
    case 'colon':
      return token.kind === 'colon' ? { expected: 'value' } : { fault: `a colon is missing before ${shown(token)}` }
    case 'comma or end':
      if (token.kind !== 'comma') return { fault: `a comma is missing before ${shown(token)}` }
      return { expected: stack.at(-1)?.text === '{' ? 'name' : 'value' }
  }
}

function closing(
  expected: Exclude<Expected, 'nothing'>,
  token: JsonToken,
  stack: Bracket[],
  previous: JsonToken | undefined,
  after: () => Expected,
): Step {
  const open = stack.at(-1)?.text
  if (open === undefined) return { fault: `"${token.text}" closes nothing` }
  if ((open === '{') !== (token.text === '}')) return { fault: `"${token.text}" closes a "${open}"` }
  if (previous?.kind === 'comma') return { fault: 'JSON has no trailing comma', atPrevious: true }
  if (expected === 'colon') return { fault: `a colon and a value are missing before "${token.text}"` }
  if (expected === 'value') return { fault: `a value is missing before "${token.text}"` }
  stack.pop()
  return { expected: after() }
}

/** The token at a place, or in words why there is none. */
function tokenAt(text: string, at: number): JsonToken | string {
  const token = (kind: JsonTokenKind, end: number): JsonToken => ({ kind, text: text.slice(at, end), start: at })
  const char = text[at] ?? ''
  if (char === '{') {
    const end = endOf(VARIABLE, text, at)
    if (end > at) return token('variable', end)
  }
  const kind = KINDS[char]
  if (kind !== undefined) return token(kind, at + 1)
  if (char === '"') {
    const end = endOf(STRING, text, at)
    return end > at ? token('string', end) : brokenString(text, at)
  }
  const end = Math.max(endOf(NUMBER, text, at), endOf(WORD, text, at))
  if (end > at) return token('literal', end)
  const comment = endOf(COMMENT, text, at)
  if (comment > at) return token('comment', comment)
  return strange(text, at, char)
}

function strange(text: string, at: number, char: string): string {
  if (char === "'") return 'text stands in double quotes, not single ones'
  const word = /[^\s,:{}[\]"]+/y
  word.lastIndex = at
  const found = word.exec(text)?.[0] ?? char
  if (/^[-+.]?\d/.test(found)) return `"${found.slice(0, 40)}" is not a number`
  return `"${found.slice(0, 40)}" is not a value; text stands in double quotes`
}

function brokenString(text: string, at: number): string {
  const closing = /"(?:[^"\\]|\\[\s\S])*?"/y
  closing.lastIndex = at
  const whole = closing.exec(text)?.[0]
  if (whole === undefined) return 'a text is not closed'
  if (/[\n\r]/.test(whole)) return 'a text is not closed on its line, or holds a line break (written \\n)'
  return /[\0-\x1f]/.test(whole)
    ? 'a text holds a control character, which must be escaped'
    : 'a text holds an escape that JSON does not know'
}

function shown(token: JsonToken): string {
  return token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text.startsWith('"') ? token.text : `"${token.text}"`
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
