/**
 * The tree of an XML body: the children of an element by pages, and the XPath of a node, each found in the bytes by the
 * index and a scan of no more than what lies around it.
 */
import type { TreeNodeKind } from '#contract/model/body-tree.ts'
import { pointBefore, TOP_NODE } from './tree-index.ts'
import { scanFrom, windowReader, type TreeSource } from './tree-source.ts'
import { isNameByte, XmlScanner, type XmlEvents, type XmlLeaf } from './xml-scanner.ts'

export interface XmlSpan {
  readonly kind: Extract<TreeNodeKind, XmlLeaf | 'element' | 'attribute'>
  readonly start: number
  readonly end: number
  /** Of an attribute, where its name ends. */
  readonly nameEnd: number | null
  /** Attributes and what stands between the tags; null for what is no element. */
  readonly count: number | null
  /** Of an attribute, its value; of an element that holds nothing but a text, where that stands. */
  readonly text: { readonly start: number; readonly end: number } | null
}

/**
 * Children `from` to `from + count` of an element, fewer at its end.
 *
 * @param node offset of its `<`, or {@link TOP_NODE} for what stands at the top
 */
export async function xmlChildren(
  source: TreeSource,
  node: number,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<readonly XmlSpan[]> {
  const large = source.index.large.get(node)
  const point = large ? pointBefore(large, from) : null
  const begin = point?.offset ?? (node === TOP_NODE ? source.start : node)
  const page = new XmlPage(source, node === TOP_NODE ? 0 : 1, begin, { from, to: from + count, index: point?.index ?? 0 })
  if (node !== TOP_NODE && point !== null) page.scanner.within()
  await scanFrom(source, begin, (bytes) => page.take(bytes), signal)
  page.finish()
  return page.found
}

/** Gathers children from a scanner's events. */
class XmlPage implements XmlEvents {
  readonly found: XmlSpan[] = []
  readonly scanner: XmlScanner
  readonly #source: TreeSource
  /** Depth of the children themselves: 1 within an element that the scan began with, 0 at the top. */
  readonly #depth: number
  readonly #range: { readonly from: number; readonly to: number }
  #index: number
  /** Of the child element at hand. */
  #start = 0
  #count = 0
  #text: XmlSpan['text'] = null
  #end: number
  #isDone = false

  constructor(
    source: TreeSource,
    depth: number,
    begin: number,
    range: { readonly from: number; readonly to: number; readonly index: number },
  ) {
    this.#source = source
    this.#depth = depth
    this.#range = range
    this.#index = range.index
    this.#end = begin
    this.scanner = new XmlScanner(this, begin, true)
  }

  take(bytes: Buffer): number | null {
    this.#end = this.scanner.write(bytes)
    return this.#isDone || this.scanner.problem !== null ? null : this.#end
  }

  /** The text is at its end: what was begun is taken as far as it goes. */
  finish(): void {
    if (this.#isDone) return
    this.scanner.flush()
    if (this.scanner.depth > this.#depth) this.#element(this.#end)
  }

  open(at: number, depth: number): void {
    if (depth === this.#depth + 2) this.#count += 1
    if (depth !== this.#depth + 1) return
    this.#start = at
    this.#count = 0
    this.#text = null
    const large = this.#source.index.large.get(at)
    if (large === undefined) return
    this.#count = large.count
    this.scanner.leap(large.end)
    this.#element(large.end)
  }

  attribute(start: number, nameEnd: number, value: number, end: number, depth: number): void {
    if (depth === this.#depth + 1) this.#count += 1
    if (depth === this.#depth) this.#add({ kind: 'attribute', start, end, nameEnd, count: null, text: { start: value, end: end - 1 } })
  }

  inside(): void {
    // Where the content begins is told by what is in it.
  }

  leaf(kind: XmlLeaf, start: number, end: number, depth: number): void {
    if (depth === this.#depth + 1) {
      this.#count += 1
      this.#text = kind === 'text' && this.#count === 1 ? { start, end } : null
    }
    if (depth === this.#depth) this.#add({ kind, start, end, nameEnd: null, count: null, text: null })
  }

  close(_contentEnd: number, end: number, depth: number): void {
    if (depth === this.#depth + 1) this.#element(end)
    if (depth !== this.#depth) return
    this.#isDone = true
    this.scanner.halt()
  }

  #element(end: number): void {
    const text = this.#count === 1 ? this.#text : null
    this.#add({ kind: 'element', start: this.#start, end, nameEnd: null, count: this.#count, text })
  }

  #add(span: XmlSpan): void {
    if (this.#isDone) return
    if (this.#index >= this.#range.from) this.found.push(span)
    this.#index += 1
    if (this.#index < this.#range.to) return
    this.#isDone = true
    this.scanner.halt()
  }
}

/** Longest name that is read. */
export const MAX_NAME_BYTES = 4096

/** The name of an element, attribute or instruction; null for the rest. */
export async function xmlName(read: TreeSource['read'], { kind, start, end, nameEnd }: XmlSpan): Promise<string | null> {
  if (kind === 'attribute') return (await read(start, Math.min(MAX_NAME_BYTES, (nameEnd ?? end) - start))).toString('utf8')
  if (kind !== 'element' && kind !== 'instruction') return null
  const from = start + (kind === 'element' ? 1 : 2)
  const bytes = await read(from, Math.min(MAX_NAME_BYTES, end - from))
  const length = bytes.findIndex((byte) => !isNameByte(byte))
  return bytes.toString('utf8', 0, length === -1 ? bytes.length : length)
}

/**
 * The XPath of a node: with its position where others beside it are called the same, such as `/catalog/book[2]/@id`.
 *
 * @param starts offsets of the nodes that lead to it, the outermost element first
 * @returns null where there is no such node, or none that XPath knows
 */
export async function xPathOf(source: TreeSource, starts: readonly number[], signal?: AbortSignal): Promise<string | null> {
  let path = ''
  let node = TOP_NODE
  for (const start of starts) {
    const step = await stepTo(source, node, start, signal)
    if (step === null) return null
    path += `/${step}`
    node = start
  }
  return path === '' ? '/' : path
}

const PATH_PAGE = 2000

interface PathStep {
  readonly test: string
  readonly position: number
}

async function stepTo(source: TreeSource, node: number, start: number, signal?: AbortSignal): Promise<string | null> {
  const read = windowReader(source)
  const counts = new Map<string, number>()
  let found: PathStep | null = null
  let beside = -1
  for (let from = 0; ; from += PATH_PAGE) {
    const page = await xmlChildren(source, node, from, PATH_PAGE, signal)
    for (const span of page) {
      if (span.kind !== 'attribute') beside += 1
      const test = testOf(span, await xmlName(read, span))
      // What stands behind it matters only as far as there is another of its name.
      if (found !== null && found.test === test) return stepOf(found, true, true)
      if (test === null || found !== null) continue
      const position: number = (counts.get(test) ?? 0) + 1
      counts.set(test, position)
      if (span.start !== start) continue
      found = { test, position }
      if (span.kind === 'attribute' || position > 1) return stepOf(found, position > 1, true)
    }
    if (page.length < PATH_PAGE) return found && stepOf(found, false, beside > 0)
  }
}

/** The tree leaves out texts of white space alone, which XPath counts: beside anything else there may be some. */
function stepOf(
  { test, position }: { readonly test: string; readonly position: number },
  isOneOfMany: boolean,
  hasOthers: boolean,
): string {
  const blank = test === TEXT_TEST && hasOthers ? '[normalize-space()]' : ''
  return `${test}${blank}${isOneOfMany ? `[${position}]` : ''}`
}

const TEXT_TEST = 'text()'

function testOf({ kind }: XmlSpan, name: string | null): string | null {
  switch (kind) {
    case 'element':
      return name
    case 'attribute':
      // What declares a namespace is no attribute to XPath.
      return name === null || /^xmlns(:|$)/.test(name) ? null : `@${name}`
    case 'text':
    case 'cdata':
      return TEXT_TEST
    case 'comment':
      return 'comment()'
    case 'instruction':
      return name === 'xml' ? null : `processing-instruction('${name ?? ''}')`
    case 'doctype':
      return null
  }
}
