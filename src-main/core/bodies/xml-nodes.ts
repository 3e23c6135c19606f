/** What the nodes of an XML tree are shown as, and what they say, piece by piece. */
import type { TreeNode } from '#contract/model/body-tree.ts'
import { TEXT_PIECE_BYTES, type TextPiece } from './json-nodes.ts'
import { TOP_NODE } from './tree-index.ts'
import { windowReader, type TreeSource } from './tree-source.ts'
import { incompleteTail } from './utf8.ts'
import { isNameByte } from './xml-scanner.ts'
import { xmlChildren, xmlName, MAX_NAME_BYTES, type XmlSpan } from './xml-tree.ts'

const MAX_TEXT_BYTES = 1_024
/** Of an element with children: enough to tell one from the next. */
const MAX_INSIDE_BYTES = 160

type Read = TreeSource['read']

/** The document, or its outermost element where that stands alone; null where there is nothing. */
export async function xmlRoot(source: TreeSource, signal?: AbortSignal): Promise<TreeNode | null> {
  const count = source.index.large.get(TOP_NODE)?.count ?? 0
  if (count === 0) return null
  if (count === 1) return (await xmlNodes(source, TOP_NODE, 0, 1, signal))[0] ?? null
  return { kind: 'document', start: TOP_NODE, end: source.index.end, name: null, nameCut: false, text: '', cut: false, count }
}

/** Children `from` to `from + count` of an element, as they are shown. */
export async function xmlNodes(source: TreeSource, start: number, from: number, count: number, signal?: AbortSignal): Promise<TreeNode[]> {
  const read = windowReader(source)
  const nodes: TreeNode[] = []
  for (const span of await xmlChildren(source, start, from, count, signal)) nodes.push(await nodeOf(read, span))
  return nodes
}

async function nodeOf(read: Read, span: XmlSpan): Promise<TreeNode> {
  const { kind, start, end } = span
  const name = await xmlName(read, span)
  const isLeaf = span.count === null || span.count === 0 || span.text !== null
  const { from, to } = saidIn(span, name)
  const limit = isLeaf ? MAX_TEXT_BYTES : MAX_INSIDE_BYTES
  const cut = to - from > limit
  const bytes = await read(from, Math.max(0, Math.min(limit, to - from)))
  const source = bytes.toString('utf8', 0, bytes.length - (cut ? incompleteTail(bytes) : 0))
  const text = isDecoded(kind) && isLeaf ? decoded(source) : source
  const nameCut = name !== null && Buffer.byteLength(name) >= MAX_NAME_BYTES
  return { kind, start, end, name, nameCut, text: isLeaf ? text.trim() : text, cut, count: isLeaf ? null : span.count }
}

/** Where stands what a node says, between its own marks. */
function saidIn({ kind, start, end, count, text }: XmlSpan, name: string | null): { readonly from: number; readonly to: number } {
  switch (kind) {
    case 'attribute':
    case 'element':
      return text !== null ? { from: text.start, to: text.end } : count === 0 ? { from: end, to: end } : { from: start, to: end }
    case 'cdata':
      return { from: start + 9, to: end - 3 }
    case 'comment':
      return { from: start + 4, to: end - 3 }
    case 'instruction':
      return { from: Math.min(end - 2, start + 2 + Buffer.byteLength(name ?? '')), to: end - 2 }
    case 'doctype':
      return { from: start + 9, to: end - 1 }
    case 'text':
      return { from: start, to: end }
  }
}

function isDecoded(kind: TreeNode['kind']): boolean {
  return kind === 'text' || kind === 'attribute' || kind === 'element'
}

/** The named references every XML knows, and those by number; others stay as they are. @see XML §4.6 */
function decoded(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/g,
    (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
      return code > 0x10ffff ? whole : String.fromCodePoint(code)
    },
  )
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What a text, an attribute or an element with nothing but a text says, decoded; the source of the rest. */
export async function xmlTextPiece(
  source: TreeSource,
  node: Pick<TreeNode, 'kind' | 'start' | 'end'>,
  from: number,
): Promise<TextPiece | null> {
  const span = await spanOf(source, node)
  if (span === null) return null
  const { from: begin, to } = saidIn(span, await xmlName(source.read, span))
  const rest = to - begin - from
  const bytes = await source.read(begin + from, Math.max(0, Math.min(rest, TEXT_PIECE_BYTES)))
  const isLast = bytes.length >= rest
  const length = isLast ? bytes.length : wholeReferences(bytes)
  const text = bytes.toString('utf8', 0, length)
  return { text: isDecoded(node.kind) ? decoded(text) : text, next: isLast || length === 0 ? null : from + length }
}

/** How many of the bytes can be decoded by themselves: neither a character nor a reference is cut. */
function wholeReferences(bytes: Buffer): number {
  const last = bytes.lastIndexOf('&')
  const isCut = last >= bytes.length - 16 && bytes.indexOf(';', last) === -1
  return isCut ? last : bytes.length - incompleteTail(bytes)
}

/** A node as a scan finds it: an element is read anew, the rest is plain from its bytes. */
async function spanOf(source: TreeSource, { kind, start, end }: Pick<TreeNode, 'kind' | 'start' | 'end'>): Promise<XmlSpan | null> {
  const leaf = { start, end, nameEnd: null, count: null, text: null }
  switch (kind) {
    case 'element': {
      const [first, second] = await xmlChildren(source, start, 0, 2)
      if (first === undefined) return { ...leaf, kind, count: 0 }
      return second === undefined && first.kind === 'text' ? { ...leaf, kind, count: 1, text: first } : null
    }
    case 'attribute': {
      const bytes = await source.read(start, Math.min(MAX_NAME_BYTES, end - start))
      const name = bytes.findIndex((byte) => !isNameByte(byte))
      const quote = bytes.findIndex((byte) => byte === 0x22 || byte === 0x27)
      return { ...leaf, kind, nameEnd: start + name, text: { start: start + quote + 1, end: end - 1 } }
    }
    case 'text':
    case 'cdata':
    case 'comment':
    case 'instruction':
    case 'doctype':
      return { ...leaf, kind }
    default:
      return null
  }
}
