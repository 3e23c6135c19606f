/**
 * The tree of a JSON body: the children of a value by pages, a value by its path, each found in the bytes by the index and
 * a scan of no more than what lies around it. Values are told by where they stand; what they say is read by tree-nodes.
 */
import type { JsonStep } from '#contract/model/json-path.ts'
import { decodedString } from './json-string.ts'
import { JsonScanner, OPEN_LIST, type JsonEvents } from './json-scanner.ts'
import { pointBefore, TOP_NODE } from './tree-index.ts'
import { scanFrom, windowReader, type TreeSource } from './tree-source.ts'

/** A range of bytes, `end` behind its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A value where it stands. */
export interface JsonSpan extends Span {
  /** Its name with the quotes, in an object. */
  readonly name: Span | null
  /** How many children it has; null for what is no container. */
  readonly count: number | null
}

/**
 * Children `from` to `from + count` of a container, fewer at its end.
 *
 * @param node offset of its first byte, or {@link TOP_NODE}
 */
export async function jsonChildren(
  source: TreeSource,
  node: number,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<readonly JsonSpan[]> {
  const large = source.index.large.get(node)
  const point = large ? pointBefore(large, from) : null
  const page = new ChildPage(source, node === TOP_NODE ? 0 : 1, { from, to: from + count, index: point?.index ?? 0 })
  const begin = point?.offset ?? (node === TOP_NODE ? source.start : node)
  const scanner = page.scannerAt(begin)
  if (node !== TOP_NODE) {
    if (point === null) scanner.atValue()
    else {
      const [opener = OPEN_LIST] = await source.read(node, 1)
      scanner.within(opener)
      page.begin(begin)
    }
  }
  await scanFrom(source, begin, (bytes) => page.take(bytes), signal)
  page.finish()
  const read = windowReader(source)
  const found: JsonSpan[] = []
  for (const span of page.found) found.push(await trimmed(read, span))
  return found
}

/** Gathers children from a scanner's events. */
class ChildPage implements JsonEvents {
  readonly found: JsonSpan[] = []
  readonly #source: TreeSource
  /** Depth of the children themselves: 1 within a container that the scan began with, 0 at the top. */
  readonly #depth: number
  readonly #range: { readonly from: number; readonly to: number }
  #index: number
  #scanner: JsonScanner | null = null
  #name: Span | null = null
  /** Where the current child or its name begins, with the white space before it; null between children. */
  #start: number | null = null
  /** The current child is a container, and has so many children. */
  #count: number | null = null
  /** Where it closed; null while it is open. */
  #valueEnd: number | null = null
  #end = 0
  #isDone = false

  constructor(source: TreeSource, depth: number, range: { readonly from: number; readonly to: number; readonly index: number }) {
    this.#source = source
    this.#depth = depth
    this.#range = range
    this.#index = range.index
  }

  scannerAt(offset: number): JsonScanner {
    this.#scanner = new JsonScanner(this, offset)
    this.#end = offset
    return this.#scanner
  }

  take(bytes: Buffer): number | null {
    if (this.#scanner === null) return null
    this.#end = this.#scanner.write(bytes)
    return this.#isDone || this.#scanner.problem !== null ? null : this.#end
  }

  /** The text is at its end: what was begun is taken as far as it goes. */
  finish(): void {
    if (this.#isDone || this.#scanner === null) return
    const { depth, isBehindValue } = this.#scanner
    const hasOpenChild = depth > this.#depth
    if (hasOpenChild && (depth > this.#depth + 1 || isBehindValue)) this.#count = (this.#count ?? 0) + 1
    if (hasOpenChild || isBehindValue) this.#add(this.#end)
  }

  begin(at: number): void {
    this.#start = at
  }

  top(at: number): void {
    if (this.#depth > 0) return
    if (this.#start !== null) this.#add(at)
    this.#start = at
  }

  open(at: number, _byte: number, depth: number): void {
    if (depth === this.#depth) this.#start = at + 1
    if (depth !== this.#depth + 1) return
    this.#start = at
    this.#count = 0
    const large = this.#source.index.large.get(at)
    if (large === undefined) return
    this.#count = large.count
    this.#valueEnd = large.end
    this.#scanner?.leap(large.end)
  }

  comma(at: number, depth: number): void {
    if (depth === this.#depth + 1) this.#count = (this.#count ?? 0) + 1
    if (depth !== this.#depth) return
    this.#add(at)
    this.#start = at + 1
  }

  close(at: number, depth: number, isEmpty: boolean): void {
    if (depth === this.#depth + 1) {
      if (!isEmpty) this.#count = (this.#count ?? 0) + 1
      this.#valueEnd = at + 1
    }
    if (depth !== this.#depth) return
    if (!isEmpty) this.#add(at)
    this.#isDone = true
    this.#scanner?.halt()
  }

  colon(at: number, depth: number): void {
    if (depth !== this.#depth) return
    this.#name = { start: this.#start ?? at, end: at }
    this.#start = at + 1
  }

  #add(end: number): void {
    const isWanted = this.#index >= this.#range.from
    if (isWanted && this.#start !== null)
      this.found.push({ name: this.#name, start: this.#start, end: this.#valueEnd ?? end, count: this.#count })
    this.#index += 1
    this.#name = null
    this.#count = null
    this.#valueEnd = null
    this.#start = null
    if (this.#index < this.#range.to) return
    this.#isDone = true
    this.#scanner?.halt()
  }
}

type Read = TreeSource['read']

async function trimmed(read: Read, span: JsonSpan): Promise<JsonSpan> {
  const name = span.name && (await trim(read, span.name))
  return span.count === null ? { ...(await trim(read, span)), name, count: null } : { ...span, name }
}

const TRIM_BYTES = 256

/** Without the white space around it, of which there may be any amount. */
async function trim(read: Read, span: Span): Promise<Span> {
  let { start, end } = span
  while (start < end) {
    const bytes = await read(start, Math.min(TRIM_BYTES, end - start))
    const first = bytes.findIndex((byte) => !isSpace(byte))
    start += first === -1 ? bytes.length : first
    if (first !== -1 || bytes.length === 0) break
  }
  while (end > start) {
    const from = Math.max(start, end - TRIM_BYTES)
    const last = (await read(from, end - from)).findLastIndex((byte) => !isSpace(byte))
    end = from + last + 1
    if (last !== -1) break
  }
  return { start, end }
}

/** JSON's white space, and what parts the values of a JSON text sequence (RFC 7464). */
function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1e
}

/** How many values stand at the top: 1 for JSON as it should be, more for NDJSON and the like. */
export function topCount({ index }: TreeSource): number {
  return index.large.get(TOP_NODE)?.count ?? 0
}

/**
 * The value that a path leads to: where several members have one name, the last, as `JSON.parse` has it. Of several
 * values at the top the first step is the index.
 *
 * @returns null where there is none
 */
export async function findJson(source: TreeSource, steps: readonly JsonStep[], signal?: AbortSignal): Promise<JsonSpan | null> {
  let at: JsonSpan | null = null
  if (topCount(source) <= 1) {
    at = (await jsonChildren(source, TOP_NODE, 0, 1, signal))[0] ?? null
    if (at === null) return null
  }
  for (const step of steps) {
    const node: number = at?.start ?? TOP_NODE
    if (at !== null && at.count === null) return null
    const found: JsonSpan | null =
      typeof step === 'number' ? await itemAt(source, node, step, signal) : await memberNamed(source, node, step, signal)
    if (found === null) return null
    at = found
  }
  return at
}

async function itemAt(source: TreeSource, node: number, index: number, signal?: AbortSignal): Promise<JsonSpan | null> {
  const [found] = await jsonChildren(source, node, index, 1, signal)
  return found === undefined || found.name !== null ? null : found
}

async function memberNamed(source: TreeSource, node: number, name: string, signal?: AbortSignal): Promise<JsonSpan | null> {
  const PAGE = 1000
  const read = windowReader(source)
  let found: JsonSpan | null = null
  for (let from = 0; ; from += PAGE) {
    const page = await jsonChildren(source, node, from, PAGE, signal)
    for (const child of page) {
      if (child.name === null) return null
      const { start, end } = child.name
      // No character of a name is written in more than six bytes.
      if (end - start - 2 > name.length * 6) continue
      if (decodedString(await read(start, end - start)) === name) found = child
    }
    if (page.length < PAGE) return found
  }
}
