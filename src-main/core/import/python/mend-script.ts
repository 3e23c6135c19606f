/**
 * Mends what people paste around a script, or mistype in one: fences, prompts, smart quotes, commands of a notebook, missing
 * commas. Every mend keeps the lines where they are, so that line numbers stay those of what was pasted.
 */
import type { ImportNote } from '#contract/model/import.ts'
import { closingOf, tokensOf, type Token } from './tokens.ts'

interface Mended {
  readonly text: string
  readonly notes: readonly ImportNote[]
}

/** Changes the text where it applies; the same text where it does not. */
type Mend = (text: string) => Mended

export function changed(line: number, message: string): ImportNote {
  return { severity: 'changed', where: '', line, message }
}

const FENCE = /^\s*(```+|~~~+)\s*([\w+-]*)/

/** Markdown: what stands between fences is the script. */
const fences: Mend = (text) => {
  if (!/^[^\S\n]*(?:```|~~~)/m.test(text)) return { text, notes: [] }
  let language: string | null = null
  let first = 0
  const lines = text.split('\n').map((line, index) => {
    const fence = FENCE.exec(line)
    if (!fence) return language !== null && /^(?:|py\w*|python\w*|ipython\w*|pycon)$/i.test(language) ? line : ''
    if (first === 0) first = index + 1
    language = language === null ? (fence[2] ?? '') : null
    return ''
  })
  return { text: lines.join('\n'), notes: [changed(first, 'The script is taken from between the fences; the text around it is left out.')] }
}

const PROMPT = /^\s*(?:>>>|In \[\d*\]:)(?: |$)/
const CONTINUED = /^\s*\.\.\.:?(?: |$)/

/** A session of Python's shell: the lines behind prompts are the script, the others what it answered. */
const prompts: Mend = (text) => {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => PROMPT.test(line))
  if (first < 0) return { text, notes: [] }
  let isOpen = false
  const plain = lines.map((line) => {
    const prompt = PROMPT.exec(line)?.[0] ?? (isOpen ? CONTINUED.exec(line)?.[0] : undefined)
    isOpen = prompt !== undefined
    return prompt === undefined ? '' : line.slice(prompt.length)
  })
  return {
    text: plain.join('\n'),
    notes: [changed(first + 1, 'The prompts of a shell session are taken off, and what it answered is left out.')],
  }
}

const COMMAND = /^\s*(?:[!%]{1,2}\w|[$>] \w|(?:pip3?|python3? -m pip|conda|sudo|uv|poetry) (?:install|add|apt)\b)/

/** Commands of a notebook or a terminal. */
const commands: Mend = (text) => {
  const notes: ImportNote[] = []
  const lines = text.split('\n').map((line, index) => {
    if (!COMMAND.test(line)) return line
    notes.push(changed(index + 1, `\`${line.trim().slice(0, 60)}\` is a command of a notebook or a terminal, and is left out.`))
    return ''
  })
  return { text: notes.length > 0 ? lines.join('\n') : text, notes: notes.slice(0, 20) }
}

/** Blanks that look like spaces, and marks that look like nothing, come with text from web pages. */
const blanks: Mend = (text) => {
  if (!/[\u00a0\u2000-\u200d\u202f\u2060\ufeff]/.test(text)) return { text, notes: [] }
  const plain = text.replaceAll(/[\u00a0\u2000-\u200a\u202f]/g, ' ').replaceAll(/[\u200b-\u200d\u2060\ufeff]/g, '')
  return {
    text: plain,
    notes: [changed(lineAt(text, text.search(/[\u00a0\u2000-\u200d\u202f\u2060\ufeff]/)), 'Blanks of a web page are read as spaces.')],
  }
}

const PAIRS: Readonly<Record<string, readonly [string, string]>> = {
  '“': ['”“"', '"'],
  '”': ['”“"', '"'],
  '„': ['“”"', '"'],
  '‘': ["’‘'", "'"],
  '’': ["’‘'", "'"],
}

/** Quotes of a word processor, outside texts that have proper ones. */
const quotes: Mend = (text) => {
  if (!/[“”„‘’]/.test(text)) return { text, notes: [] }
  const pieces: string[] = []
  let last = 0
  let first = -1
  for (const token of tokensOf(text)) {
    if (token.from < last) continue
    const [closing, mark] = PAIRS[text.charAt(token.from)] ?? []
    if (closing === undefined || mark === undefined) continue
    let end = token.from + 1
    while (end < text.length && !closing.includes(text.charAt(end)) && text.charAt(end) !== '\n') end += 1
    if (first < 0) first = token.from
    pieces.push(text.slice(last, token.from), mark, text.slice(token.from + 1, end).replaceAll(mark, `\\${mark}`))
    const isClosed = end < text.length && text.charAt(end) !== '\n'
    if (isClosed) pieces.push(mark)
    last = isClosed ? end + 1 : end
  }
  if (first < 0) return { text, notes: [] }
  return {
    text: pieces.join('') + text.slice(last),
    notes: [changed(lineAt(text, first), 'Typographic quotes are read as straight ones, as Python has them.')],
  }
}

/** Python 2: `print` without brackets. */
const oldPrint: Mend = (text) => {
  let first = 0
  const lines = text.split('\n').map((line, index) => {
    const match = /^(\s*)print[ \t]+(?![(=.[])(\S.*)$/.exec(line)
    if (!match) return line
    const [, indent = '', rest = ''] = match
    if (first === 0) first = index + 1
    return rest.startsWith('>>') ? `${indent}pass` : `${indent}print(${rest.replace(/[;,]\s*$/, '')})`
  })
  return {
    text: lines.join('\n'),
    notes: first > 0 ? [changed(first, '`print` without brackets is of Python 2, and is read as Python 3 has it.')] : [],
  }
}

/** Tabs among spaces: four columns each, as most editors show them. */
export const evenTabs: Mend = (text) => {
  if (!/^ *\t/m.test(text) || !/^ +[^\s#]/m.test(text)) return { text, notes: [] }
  const lines = text.split('\n')
  const first = lines.findIndex((line) => /^ *\t/.test(line))
  const plain = lines.map((line) => line.replace(/^[ \t]+/, (indent) => indent.replaceAll('\t', '    ')))
  return {
    text: plain.join('\n'),
    notes: [changed(first + 1, 'Tabs and spaces are mixed in the indentation: a tab is read as four spaces.')],
  }
}

/** `with (open(a) as f, open(b) as g):`, which the grammar does not have. */
const bracketedWith: Mend = (text) => {
  if (!/\bwith\s*\(/.test(text)) return { text, notes: [] }
  const tokens = tokensOf(text)
  const pieces: string[] = []
  let last = 0
  tokens.forEach((token, index) => {
    const open = tokens[index + 1]
    if (token.kind !== 'word' || text.slice(token.from, token.to) !== 'with' || open?.kind !== 'open' || open.from < last) return
    const close = matching(text, tokens, index + 1)
    const next = close < 0 ? undefined : tokens[close + 1]
    const end = tokens[close]
    if (!end || !next || text.charAt(next.from) !== ':') return
    const inner = text.slice(open.to, end.from)
    if (!/\sas\s/.test(inner)) return
    pieces.push(
      text.slice(last, open.from),
      ' ',
      inner.replaceAll('\n', '\\\n').replace(/,(\s|\\\n)*$/, (tail) => ` ${tail.slice(1)}`),
      ' ',
    )
    last = end.to
  })
  return { text: pieces.join('') + text.slice(last), notes: [] }
}

/** Index of the token that closes the bracket at an index; -1 where none does. */
function matching(text: string, tokens: readonly Token[], index: number): number {
  let depth = 0
  for (let at = index; at < tokens.length; at += 1) {
    const kind = tokens[at]?.kind
    if (kind === 'open') depth += 1
    else if (kind === 'close' && (depth -= 1) === 0)
      return text.charAt(tokens[at]?.from ?? 0) === closingOf(text.charAt(tokens[index]?.from ?? 0)) ? at : -1
  }
  return -1
}

const JOINING = new Set('for if else in and or not is as async await lambda from import yield'.split(' '))
const MAX_COMMAS = 200

/** Entries of a dictionary, a list or a call with no comma between them. */
const commas: Mend = (text) => {
  const tokens = tokensOf(text)
  const notes: ImportNote[] = []
  const pieces: string[] = []
  const open: string[] = []
  let last = 0
  tokens.forEach((token, index) => {
    const before = tokens[index - 1]
    const sign = text.charAt(token.from)
    if (before && open.length > 0 && notes.length < MAX_COMMAS && lacksComma(text, tokens, index, open.at(-1) ?? '')) {
      pieces.push(text.slice(last, before.to), ',')
      last = before.to
      notes.push(
        changed(
          lineAt(text, before.from),
          `A comma is missing after \`${text.slice(before.from, before.to).slice(0, 40)}\`; it is put there.`,
        ),
      )
    }
    if (token.kind === 'open') open.push(sign)
    else if (token.kind === 'close') open.pop()
  })
  return { text: pieces.join('') + text.slice(last), notes }
}

function lacksComma(text: string, tokens: readonly Token[], index: number, bracket: string): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (!before || !token) return false
  const isJoining = (one: Token): boolean => one.kind === 'word' && JOINING.has(text.slice(one.from, one.to))
  if (before.kind === 'open' || before.kind === 'sign' || isJoining(before) || isJoining(token)) return false
  if (token.kind === 'close' || token.kind === 'sign') return false
  const isBroken = text.slice(before.to, token.from).includes('\n')
  const isKey = bracket === '{' && after !== undefined && text.charAt(after.from) === ':'
  if (token.kind === 'open') return isBroken && bracket === '[' && before.kind === 'close'
  if (before.kind === 'string' && token.kind === 'string') return isKey
  const isNamed = bracket === '(' && token.kind === 'word' && after !== undefined && text.charAt(after.from) === '='
  const isListed = bracket === '[' && before.kind !== 'word' && before.kind !== 'close' && token.kind !== 'word'
  return isKey || isNamed || isListed || (isBroken && token.kind !== 'word')
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/** In the order in which they are tried. */
export const MENDS: readonly Mend[] = [fences, prompts, commands, blanks, quotes, oldPrint, bracketedWith]
/** What is tried where those were not enough. */
export const LAST_MENDS: readonly Mend[] = [commas]
