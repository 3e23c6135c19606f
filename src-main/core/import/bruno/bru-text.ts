/**
 * The language of `.bru` files, line by line: blocks of pairs `name {`, blocks of text that stand two spaces in, and lists
 * `name [`. What the blocks mean is for others. Written after the grammar of Bruno 2 and 3; one pass, no backtracking.
 *
 * @see https://docs.usebruno.com/bru-lang/overview
 */
import { brokenAt } from '../collection-parts/unreadable.ts'
import type { SourceFile } from '../import-source.ts'

export interface BruPair {
  readonly name: string
  readonly value: string
  /** False where a `~` stood in front. */
  readonly enabled: boolean
  /** A `@` stood in front of the name. */
  readonly isLocal: boolean
  /** From `@description('…')` above it. */
  readonly description: string
  /** From 1. */
  readonly line: number
}

export type BruBlock = { readonly name: string; readonly line: number } & (
  | { readonly kind: 'pairs'; readonly pairs: readonly BruPair[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
)

/** Blocks whose content is text, not pairs. */
const TEXT_BLOCK = /^(?:body|body:(?:json|text|xml|sparql|graphql|graphql:vars)|script:[\w-]+|tests|docs|example|app|hooks)$/
const OPENING = /^([A-Za-z](?:[\w:.-]*[\w.-])?):?[ \t]*([{[])[ \t]*(.*)$/

interface Reader {
  readonly file: SourceFile
  readonly lines: readonly string[]
  /** Line that the first of them is in the file, from 0. */
  readonly offset: number
  at: number
}

export interface BruText {
  readonly blocks: readonly BruBlock[]
  /** Pairs outside of blocks: the colour of an environment, the name of an example. */
  readonly pairs: readonly BruPair[]
}

/** @throws {CoreError} `Unreadable`, with the line */
export function parseBru(file: SourceFile): BruText {
  return parseLines({ file, lines: file.text.split(/\r\n|\r|\n/), offset: 0, at: 0 }, TEXT_BLOCK)
}

/** Blocks in the text of a block, such as an example's. */
export function parseInner(file: SourceFile, block: Extract<BruBlock, { kind: 'text' }>, isText: RegExp): BruText {
  return parseLines({ file, lines: block.text.split('\n'), offset: block.line, at: 0 }, isText)
}

function parseLines(reader: Reader, isText: RegExp): BruText {
  const blocks: BruBlock[] = []
  const pairs: BruPair[] = []
  const marks: Marks = { description: '' }
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at] ?? ''
    if (isBlank(line)) {
      reader.at += 1
      continue
    }
    const opening = OPENING.exec(line)
    if (opening) blocks.push(parseBlock(reader, opening, isText))
    else parsePair(reader, pairs, marks)
  }
  return { blocks, pairs }
}

/** Empty, or a comment. */
function isBlank(line: string): boolean {
  const text = line.trim()
  return text === '' || text.startsWith('#') || text.startsWith('//')
}

function parseBlock(reader: Reader, [, name = '', bracket, rest = '']: RegExpExecArray, isText: RegExp): BruBlock {
  const start = reader.at
  const line = reader.offset + start + 1
  reader.at += 1
  if (bracket === '[') return { name, line, kind: 'list', items: parseList(reader, rest, ']', start) }
  if (rest.trim() === '}') return isText.test(name) ? { name, line, kind: 'text', text: '' } : { name, line, kind: 'pairs', pairs: [] }
  if (rest.trim() !== '') throw fault(reader, start, `what is in the block "${name}" begins on a line of its own`)
  return isText.test(name) ? { name, line, kind: 'text', text: parseText(reader, name, start) } : parsePairs(reader, name, start)
}

/** Up to the line that begins with the closing bracket. */
function parseText(reader: Reader, name: string, start: number): string {
  const from = reader.at
  while (reader.at < reader.lines.length && reader.lines[reader.at]?.startsWith('}') !== true) reader.at += 1
  if (reader.at >= reader.lines.length) throw unclosed(reader, name, start)
  const text = reader.lines.slice(from, reader.at).map(outdented).join('\n')
  reader.at += 1
  return text
}

function outdented(line: string): string {
  return line.startsWith('  ') ? line.slice(2) : line
}

interface Marks {
  description: string
}

function parsePairs(reader: Reader, name: string, start: number): BruBlock {
  const pairs: BruPair[] = []
  const marks: Marks = { description: '' }
  while (reader.lines[reader.at]?.startsWith('}') !== true) {
    if (reader.at >= reader.lines.length) throw unclosed(reader, name, start)
    if (isBlank(reader.lines[reader.at] ?? '')) reader.at += 1
    else parsePair(reader, pairs, marks)
  }
  reader.at += 1
  return { name, line: reader.offset + start + 1, kind: 'pairs', pairs }
}

const ANNOTATION = /^@([\w-]+)(?:\((.*)\))?$/

/** A pair, or an annotation of the next one. */
function parsePair(reader: Reader, into: BruPair[], marks: Marks): void {
  const start = reader.at
  const text = (reader.lines[start] ?? '').trim()
  reader.at += 1
  if (/^@[\w-]+\('''$/.test(text)) {
    marks.description = restOfQuoted(reader, start, '').text
    return
  }
  const annotation = ANNOTATION.exec(text)
  if (annotation) {
    if (annotation[1] === 'description') marks.description = unquoted(annotation[2] ?? '')
    return
  }
  const key = keyOf(text)
  if (key === null)
    throw fault(reader, start, 'a block, such as "get {", or a name and a value with a colon between them was expected here')
  into.push({
    ...key.marks,
    name: key.name,
    value: valueOf(reader, key.rest, start),
    description: marks.description,
    line: reader.offset + start + 1,
  })
  marks.description = ''
}

function unquoted(text: string): string {
  const quote = text[0]
  const isQuoted = (quote === "'" || quote === '"') && text.length >= 2 && text.endsWith(quote)
  return isQuoted ? text.slice(1, -1).replaceAll(/\\(['"\\])/g, '$1') : text
}

interface Key {
  readonly name: string
  readonly marks: Pick<BruPair, 'enabled' | 'isLocal'>
  readonly rest: string
}

/** The name, which may stand in quotes, and what is after its colon. Null where there is no colon. */
function keyOf(text: string): Key | null {
  const enabled = !text.startsWith('~')
  const plain = enabled ? text : text.slice(1)
  const isLocal = plain.startsWith('@')
  const named = isLocal ? plain.slice(1) : plain
  const quoted = named.startsWith('"') ? /^"((?:[^"\\]|\\.)*)"[ \t]*:/.exec(named) : null
  if (quoted) return { name: (quoted[1] ?? '').replaceAll('\\"', '"'), marks: { enabled, isLocal }, rest: named.slice(quoted[0].length) }
  const colon = named.indexOf(':')
  return colon < 0 ? null : { name: named.slice(0, colon).trim(), marks: { enabled, isLocal }, rest: named.slice(colon + 1) }
}

/** A value: the rest of the line, lines between `'''`, or a list, whose items are put together by commas. */
function valueOf(reader: Reader, rest: string, start: number): string {
  const text = rest.trim()
  if (text.startsWith("'''")) return multiline(reader, text.slice(3), start)
  if (text === '[') return parseList(reader, '', ']', start).join(', ')
  return text
}

function multiline(reader: Reader, rest: string, start: number): string {
  const end = rest.indexOf("'''")
  if (end >= 0) return rest.slice(0, end) + after(rest.slice(end + 3))
  const { text, tail } = restOfQuoted(reader, start, rest)
  return text + after(tail)
}

/** What follows the quotes on their last line is about the value, such as `@contentType(…)`. */
function after(tail: string): string {
  return tail.trim() === '' ? '' : ` ${tail.trim()}`
}

function restOfQuoted(reader: Reader, start: number, first: string): { readonly text: string; readonly tail: string } {
  const lines: string[] = first.trim() === '' ? [] : [first]
  for (; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? ''
    const end = line.indexOf("'''")
    if (end < 0) {
      lines.push(line.startsWith('    ') ? line.slice(4) : line.trimStart())
      continue
    }
    reader.at += 1
    const last = line.slice(0, end)
    return { text: (last.trim() === '' ? lines : [...lines, last.trimStart()]).join('\n'), tail: line.slice(end + 3) }
  }
  throw fault(reader, start, "the text that ''' begins has no end")
}

function parseList(reader: Reader, rest: string, close: string, start: number): string[] {
  const items: string[] = []
  for (let text = rest; ; text = reader.lines[reader.at - 1] ?? '') {
    const end = text.indexOf(close)
    items.push(...(end < 0 ? text : text.slice(0, end)).split(',').map((item) => item.trim()))
    if (end >= 0) return items.filter((item) => item !== '' && !item.startsWith('#') && !item.startsWith('//'))
    if (reader.at >= reader.lines.length) throw fault(reader, start, 'the list that begins here has no end')
    reader.at += 1
  }
}

function unclosed(reader: Reader, name: string, start: number): Error {
  return fault(reader, start, `the block "${name}" has no end: a line that begins with "}" is missing`)
}

function fault({ file, offset }: Reader, at: number, message: string): Error {
  return brokenAt(file, offset + at + 1, 1, message)
}
