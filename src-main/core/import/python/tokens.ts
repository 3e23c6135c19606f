/** The tokens of a script, roughly: enough to find its texts, brackets and missing commas where the grammar is broken. */

export interface Token {
  readonly kind: 'string' | 'word' | 'number' | 'open' | 'close' | 'sign'
  readonly from: number
  readonly to: number
  /** Of a string: whether it ends with its quotes. */
  readonly isClosed: boolean
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy
const NUMBER = /\d[\w.]*/y

/** Goes through the text once. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const character = text.charAt(at)
    if (/\s/.test(character)) at += 1
    else if (character === '#') at = endOfLine(text, at)
    else {
      const token = tokenAt(text, at)
      tokens.push(token)
      at = token.to
    }
  }
  return tokens
}

function tokenAt(text: string, from: number): Token {
  const character = text.charAt(from)
  const prefix = /^[rbfu]{1,2}(?=["'])/i.exec(text.slice(from, from + 3))?.[0].length ?? 0
  if (prefix > 0 || character === '"' || character === "'") return stringAt(text, from, from + prefix)
  const word = matchAt(WORD, text, from)
  if (word > 0) return { kind: 'word', from, to: from + word, isClosed: true }
  const number = matchAt(NUMBER, text, from)
  if (number > 0) return { kind: 'number', from, to: from + number, isClosed: true }
  const kind = '([{'.includes(character) ? 'open' : ')]}'.includes(character) ? 'close' : 'sign'
  return { kind, from, to: from + 1, isClosed: true }
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}

function stringAt(text: string, from: number, quote: number): Token {
  const mark = text.charAt(quote)
  const isLong = text.startsWith(mark.repeat(3), quote)
  const closing = isLong ? mark.repeat(3) : mark
  let at = quote + closing.length
  while (at < text.length) {
    if (text.startsWith(closing, at)) return { kind: 'string', from, to: at + closing.length, isClosed: true }
    if (text.charAt(at) === '\\') at += 1
    else if (!isLong && text.charAt(at) === '\n') break
    at += 1
  }
  return { kind: 'string', from, to: Math.min(at, text.length), isClosed: false }
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

interface Bracket {
  readonly at: number
  readonly sign: string
}

type BracketFault =
  | { readonly kind: 'unclosed'; readonly open: Bracket }
  | { readonly kind: 'crossed'; readonly open: Bracket; readonly close: Bracket }
  | { readonly kind: 'unopened'; readonly close: Bracket }

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

export function closingOf(sign: string): string {
  return CLOSING[sign] ?? ''
}

/** The first bracket that has no partner. One that stands open where a new statement begins is the one to blame. */
export function bracketFault(text: string, tokens: readonly Token[]): BracketFault | null {
  const open: Bracket[] = []
  for (const { kind, from } of tokens) {
    const sign = text.charAt(from)
    if (kind === 'open') open.push({ at: from, sign })
    else if (kind === 'close') {
      const last = open.pop()
      if (!last) return { kind: 'unopened', close: { at: from, sign } }
      if (closingOf(last.sign) !== sign) return { kind: 'crossed', open: last, close: { at: from, sign } }
    }
  }
  const last = open.at(-1)
  return last ? { kind: 'unclosed', open: last } : null
}
