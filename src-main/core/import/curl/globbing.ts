/** curl's URL globbing: `{a,b}` and `[1-3]` are several URLs. References, `{{name}}`, are no lists. */

/** How many URLs one makes at most. */
export const MAX_GLOBBED = 100

export interface Globbed {
  /** The first `MAX_GLOBBED`. */
  readonly urls: readonly string[]
  readonly isCut: boolean
}

const RANGE = /\[(?:(\d+)-(\d+)|([a-z])-([a-z])|([A-Z])-([A-Z]))(?::(\d+))?\]/y
const REFERENCE = /\{\{[^{}]*\}\}/y
const IPV6 = /\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%[^\]]*)?\]/y
const SPECIAL = /[\\{[]/g

export function globbed(url: string): Globbed {
  let made: readonly string[] = ['']
  let isCut = false
  for (const choices of pieces(url)) {
    if (choices.length * made.length > MAX_GLOBBED) isCut = true
    // The last of the lists changes fastest.
    made = made.flatMap((start) => choices.map((choice) => start + choice)).slice(0, MAX_GLOBBED)
  }
  return { urls: made, isCut }
}

/** The URL as a row of pieces, each with what it may be. */
function pieces(url: string): string[][] {
  const found: string[][] = []
  let at = 0
  while (at < url.length) {
    SPECIAL.lastIndex = at
    const next = SPECIAL.exec(url)?.index ?? url.length
    if (next > at) found.push([url.slice(at, next)])
    if (next >= url.length) break
    const piece = pieceAt(url, next)
    found.push(piece.choices)
    at = next + piece.length
  }
  return found
}

function pieceAt(url: string, at: number): { readonly choices: string[]; readonly length: number } {
  const next = url[at + 1] ?? ''
  if (url[at] === '\\') return /[{}[\]]/.test(next) ? { choices: [next], length: 2 } : { choices: ['\\'], length: 1 }
  const plain = matchAt(REFERENCE, url, at) ?? matchAt(IPV6, url, at)
  if (plain) return { choices: [plain[0]], length: plain[0].length }
  if (url[at] === '{') {
    const end = url.indexOf('}', at)
    if (end > at + 1 && !url.slice(at + 1, end).includes('{')) return { choices: url.slice(at + 1, end).split(','), length: end - at + 1 }
    return { choices: ['{'], length: 1 }
  }
  const range = matchAt(RANGE, url, at)
  return range ? { choices: rangeOf(range), length: range[0].length } : { choices: ['['], length: 1 }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function rangeOf([whole, from, to, low, high, upperLow, upperHigh, stepText]: RegExpExecArray): string[] {
  const step = Math.max(Number(stepText ?? 1), 1)
  const first = low ?? upperLow
  const isNumber = from !== undefined && to !== undefined
  const start = isNumber ? Number(from) : (first?.charCodeAt(0) ?? 0)
  const end = isNumber ? Number(to) : ((high ?? upperHigh)?.charCodeAt(0) ?? -1)
  const width = isNumber && from.startsWith('0') ? from.length : 0
  const found: string[] = []
  for (let value = start; value <= end && found.length <= MAX_GLOBBED; value += step) {
    found.push(isNumber ? String(value).padStart(width, '0') : String.fromCharCode(value))
  }
  return found.length === 0 ? [whole] : found
}
