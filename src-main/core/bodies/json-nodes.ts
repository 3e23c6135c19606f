/** What the values of a JSON tree are shown as, and what they say, piece by piece. */
import type { TreeNode } from '#contract/model/body-tree.ts'
import { decodedPiece, wholeCharacters } from './json-string.ts'
import { jsonChildren, topCount, type JsonSpan, type Span } from './json-tree.ts'
import { TOP_NODE } from './tree-index.ts'
import { windowReader, type TreeSource } from './tree-source.ts'
import { incompleteTail } from './utf8.ts'

/** Of a name and of a value, in bytes: what a row shows of them is far less, but a path needs the name whole. */
const MAX_NAME_BYTES = 16_384
const MAX_TEXT_BYTES = 1_024
/** Of what has children: enough to tell one from the next. */
const MAX_INSIDE_BYTES = 160
/** Of a text that is read piece by piece. */
export const TEXT_PIECE_BYTES = 131_072

type Read = TreeSource['read']

/** The value at the top, or the list of those; null where there is none. */
export async function jsonRoot(source: TreeSource, signal?: AbortSignal): Promise<TreeNode | null> {
  const count = topCount(source)
  if (count > 1) {
    const { start, index } = source
    return { kind: 'values', start: TOP_NODE, end: index.end - start, name: null, nameCut: false, text: '', cut: false, count }
  }
  return (await jsonNodes(source, TOP_NODE, 0, 1, signal))[0] ?? null
}

/** Children `from` to `from + count` of a container, as they are shown. */
export async function jsonNodes(source: TreeSource, start: number, from: number, count: number, signal?: AbortSignal): Promise<TreeNode[]> {
  const read = windowReader(source)
  const nodes: TreeNode[] = []
  for (const span of await jsonChildren(source, start, from, count, signal)) nodes.push(await nodeOf(read, span))
  return nodes
}

async function nodeOf(read: Read, span: JsonSpan): Promise<TreeNode> {
  const { start, end, count } = span
  const name = span.name === null ? { text: null, cut: false } : await stringStart(read, span.name, MAX_NAME_BYTES)
  const [first = 0] = await read(start, 1)
  const kind = KINDS[String.fromCharCode(first)] ?? 'number'
  const value =
    kind === 'string'
      ? await stringStart(read, span, MAX_TEXT_BYTES)
      : await sourceStart(read, span, count === null ? MAX_TEXT_BYTES : MAX_INSIDE_BYTES)
  return { kind, start, end, name: name.text, nameCut: name.cut, ...value, count }
}

const KINDS: Readonly<Record<string, TreeNode['kind']>> = {
  '{': 'object',
  '[': 'array',
  '"': 'string',
  t: 'boolean',
  f: 'boolean',
  n: 'null',
}

async function stringStart(read: Read, { start, end }: Span, limit: number): Promise<{ readonly text: string; readonly cut: boolean }> {
  const isWhole = end - start - 2 <= limit
  const bytes = await read(start + 1, Math.min(limit, end - start - 2))
  return { text: decodedPiece(bytes.subarray(0, wholeCharacters(bytes, isWhole))), cut: !isWhole }
}

async function sourceStart(read: Read, { start, end }: Span, limit: number): Promise<{ readonly text: string; readonly cut: boolean }> {
  const cut = end - start > limit
  const bytes = await read(start, Math.min(limit, end - start))
  return { text: bytes.toString('utf8', 0, bytes.length - (cut ? incompleteTail(bytes) : 0)), cut }
}

export interface TextPiece {
  readonly text: string
  /** Where the next begins, from the text's start in bytes; null at the end. */
  readonly next: number | null
}

/** What a string says, decoded. @param span with its quotes @param from 0, or `next` of the piece before */
export async function jsonStringPiece({ read }: TreeSource, { start, end }: Span, from: number): Promise<TextPiece> {
  const rest = end - start - 2 - from
  const bytes = await read(start + 1 + from, Math.max(0, Math.min(rest, TEXT_PIECE_BYTES)))
  const isLast = bytes.length >= rest
  const length = wholeCharacters(bytes, isLast)
  return { text: decodedPiece(bytes.subarray(0, length)), next: isLast || length === 0 ? null : from + length }
}

/** What stands there, letter by letter. */
export async function sourcePiece({ read }: TreeSource, { start, end }: Span, from: number): Promise<TextPiece> {
  const rest = end - start - from
  const bytes = await read(start + from, Math.max(0, Math.min(rest, TEXT_PIECE_BYTES)))
  const isLast = bytes.length >= rest
  const length = isLast ? bytes.length : bytes.length - incompleteTail(bytes)
  return { text: bytes.toString('utf8', 0, length), next: isLast || length === 0 ? null : from + length }
}
