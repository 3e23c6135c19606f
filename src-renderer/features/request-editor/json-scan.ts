/**
 * Reads JSON text token by token and says where it stops being JSON. It keeps every token's own text, which parsing
 * would not (`1.0`, `1e400`, duplicate names and escapes come back as typed), and it knows `{{name}}` as a value.
 */

export type JsonTokenKind = 'open' | 'close' | 'comma' | 'colon' | 'string' | 'literal' | 'variable' | 'comment'

export interface JsonToken {
  readonly kind: JsonTokenKind
  readonly text: string
  readonly start: number
}

export interface JsonFault {
  readonly message: string
  readonly offset: number
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

/**
 * The tokens of a text, up to the first fault.
 *
 * @param onToken called for each token with the depth it stands at; absent: the tokens are collected
 */
export function scanJson(text: string): JsonScan {
  const tokens: JsonToken[] = []
  const stack: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = endOf(SPACE, text, text.startsWith('\uFEFF') ? 1 : 0)
  while (at < text.length) {
    const token = tokenAt(text, at)
    if (typeof token === 'string') return { tokens, fault: { message: token, offset: at } }
    if (token.kind === 'comment') return { tokens, fault: { message: 'JSON has no comments', offset: at } }
    const next = step(expected, token, stack, tokens.at(-1))
    if (next.fault !== undefined) {
      const offset = next.atPrevious === true ? (tokens.at(-1)?.start ?? at) : at
      return { tokens, fault: { message: next.fault, offset } }
    }
    expected = next.expected
    tokens.push(token)
    at = endOf(SPACE, text, at + token.text.length)
  }
  if (tokens.length === 0) return { tokens, fault: { message: 'there is no value', offset: 0 } }
  const open = stack.at(-1)
  if (open !== undefined) return { tokens, fault: { message: `"${open}" is not closed`, offset: text.length } }
  return { tokens, fault: null }
}

type Step = { readonly expected: Expected; readonly fault?: undefined } | { readonly fault: string; readonly atPrevious?: boolean }

function step(expected: Expected, token: JsonToken, stack: ('{' | '[')[], previous: JsonToken | undefined): Step {
  const after = (): Expected => (stack.length === 0 ? 'nothing' : 'comma or end')
  if (expected === 'nothing') return { fault: `${shown(token)} follows the value` }
  if (token.kind === 'close') return closing(expected, token, stack, previous, after)
  switch (expected) {
    case 'value':
    case 'value or ]':
      if (token.kind === 'open') {
        stack.push(token.text === '{' ? '{' : '[')
        return { expected: token.text === '{' ? 'name or }' : 'value or ]' }
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
      return { expected: stack.at(-1) === '{' ? 'name' : 'value' }
  }
}

function closing(
  expected: Exclude<Expected, 'nothing'>,
  token: JsonToken,
  stack: ('{' | '[')[],
  previous: JsonToken | undefined,
  after: () => Expected,
): Step {
  const open = stack.at(-1)
  if (open === undefined) return { fault: `"${token.text}" closes nothing` }
  if ((open === '{') !== (token.text === '}')) return { fault: `"${token.text}" closes a "${open}"` }
  if (previous?.kind === 'comma') return { fault: 'JSON has no trailing comma', atPrevious: true }
  if (expected === 'value' || expected === 'colon') return { fault: `a value is missing before "${token.text}"` }
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
