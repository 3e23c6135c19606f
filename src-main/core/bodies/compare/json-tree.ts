/**
 * JSON as a flat tree over its own bytes: where each value begins and ends, what it is called and how far its inside
 * reaches. Nothing becomes a number or a string before it is shown, so `1.0` and twenty digits stay what they are, and a
 * value takes some thirty bytes however it is written. Several values in a row (NDJSON) are the items of one list.
 */
import { TokenWalk } from './json-walk.ts'

export type JsonKind = 'object' | 'array' | 'string' | 'word'

/** A text is not JSON, or too much of it: in words. */
export interface NoTree {
  readonly kind: 'none'
  readonly reason: string
}

const OBJECT = 0
const ARRAY = 1
const STRING = 2
const WORD = 3
const KINDS: readonly JsonKind[] = ['object', 'array', 'string', 'word']

/** Values in one text; some 100 MiB of memory with their fingerprints. */
const MAX_NODES = 3_000_000
/** Deeper nesting is no data that anyone compares, and would need as deep a stack. */
const MAX_DEPTH = 1000

/** The values of one text, in the order they stand in, each by its index; 0 is the whole. */
export class JsonTree {
  readonly kind = 'tree'
  readonly bytes: Buffer
  /** Whether the text is several values in a row, and the whole therefore no value of its own. */
  readonly isSeries: boolean
  private readonly nodes: NodeTable

  constructor(bytes: Buffer, nodes: NodeTable, isSeries: boolean) {
    this.bytes = bytes
    this.nodes = nodes
    this.isSeries = isSeries
  }

  get size(): number {
    return this.nodes.count
  }

  kindOf(node: number): JsonKind {
    return KINDS[this.nodes.kinds[node] ?? WORD] ?? 'word'
  }

  /** Index behind the last value inside it. */
  endOf(node: number): number {
    return this.nodes.ends[node] ?? node + 1
  }

  /** The values directly inside, in order. */
  children(node: number): number[] {
    const found: number[] = []
    const end = this.endOf(node)
    for (let child = node + 1; child < end; child = this.endOf(child)) found.push(child)
    return found
  }

  hasName(node: number): boolean {
    return (this.nodes.nameFrom[node] ?? -1) >= 0
  }

  /** Name of a member, its escapes undone; empty for an item of a list. */
  name(node: number): string {
    const from = this.nodes.nameFrom[node] ?? -1
    return from < 0 ? '' : unescaped(this.bytes.toString('utf8', from, this.nodes.nameTo[node] ?? from))
  }

  /** Where the name's bytes are, between its quotes; null for an item of a list. */
  nameRange(node: number): readonly [number, number] | null {
    const from = this.nodes.nameFrom[node] ?? -1
    return from < 0 ? null : [from + 1, (this.nodes.nameTo[node] ?? from + 2) - 1]
  }

  /** The value as it is written. */
  text(node: number, maxBytes = Infinity): string {
    const [from, to] = this.range(node)
    return this.bytes.toString('utf8', from, Math.min(to, from + maxBytes))
  }

  /** Where the value's bytes are: from, and behind the last. */
  range(node: number): readonly [number, number] {
    return [this.nodes.from[node] ?? 0, this.nodes.to[node] ?? 0]
  }
}

/** What a string in quotes says. */
export function unescaped(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  const value: unknown = JSON.parse(quoted)
  return typeof value === 'string' ? value : quoted
}

/** @param bytes valid UTF-8 without byte order mark */
export function parseJsonTree(bytes: Buffer): JsonTree | NoTree {
  const nodes = new NodeTable(Math.min(MAX_NODES, 64 + (bytes.length >> 4)))
  // The list around values in a row; taken off again where there is one value only.
  const root = nodes.add(ARRAY, 0)
  const walk = new TokenWalk(bytes)
  const open: number[] = [root]
  let name: readonly [number, number] | null = null
  let values = 0
  const begin = (kind: number, from: number): number => {
    if (open.length === 1) values += 1
    const node = nodes.add(kind, from)
    if (name) nodes.call(node, name)
    name = null
    return node
  }
  for (let token = walk.next(); token.kind !== 'end'; token = walk.next()) {
    if (token.kind === 'fault') return { kind: 'none', reason: token.reason }
    if (token.kind === 'name') name = [token.from, token.to]
    else if (token.kind === 'open') {
      open.push(begin(token.isObject ? OBJECT : ARRAY, token.from))
      if (open.length > MAX_DEPTH) return { kind: 'none', reason: `it is nested deeper than ${MAX_DEPTH} levels` }
    } else if (token.kind === 'close') nodes.close(open.pop() ?? root, token.to)
    else nodes.close(begin(token.isString ? STRING : WORD, token.from), token.to)
    if (nodes.count > MAX_NODES) return { kind: 'none', reason: `it has more than ${MAX_NODES.toLocaleString('en-US')} values` }
  }
  if (values === 0) return { kind: 'none', reason: 'there is no value in it' }
  nodes.close(root, bytes.length)
  return values === 1 ? new JsonTree(bytes, nodes.without(root), false) : new JsonTree(bytes, nodes, true)
}

/** Columns of numbers that grow by half when they are full. */
class NodeTable {
  count = 0
  kinds: Uint8Array
  from: Int32Array
  to: Int32Array
  ends: Int32Array
  /** Of the name with its quotes; -1: it has none. */
  nameFrom: Int32Array
  nameTo: Int32Array

  /** @param room rows to begin with */
  constructor(room: number) {
    this.kinds = new Uint8Array(room)
    this.from = new Int32Array(room)
    this.to = new Int32Array(room)
    this.ends = new Int32Array(room)
    this.nameFrom = new Int32Array(room)
    this.nameTo = new Int32Array(room)
  }

  add(kind: number, from: number): number {
    const node = this.count
    if (node === this.kinds.length) this.grow()
    this.count += 1
    this.kinds[node] = kind
    this.from[node] = from
    this.nameFrom[node] = -1
    return node
  }

  call(node: number, [from, to]: readonly [number, number]): void {
    this.nameFrom[node] = from
    this.nameTo[node] = to
  }

  close(node: number, to: number): void {
    this.to[node] = to
    this.ends[node] = this.count
  }

  /** The table without its first row: the row behind it is the whole then. */
  without(first: number): NodeTable {
    const rest = new NodeTable(0)
    const cut = first + 1
    rest.count = this.count - cut
    rest.kinds = this.kinds.subarray(cut)
    rest.from = this.from.subarray(cut)
    rest.to = this.to.subarray(cut)
    rest.ends = this.ends.subarray(cut).map((end) => end - cut)
    rest.nameFrom = this.nameFrom.subarray(cut)
    rest.nameTo = this.nameTo.subarray(cut)
    return rest
  }

  private grow(): void {
    const length = Math.min(MAX_NODES + 2, 64 + Math.ceil(this.kinds.length * 1.5))
    const larger = (column: Int32Array): Int32Array => {
      const copy = new Int32Array(length)
      copy.set(column)
      return copy
    }
    const kinds = new Uint8Array(length)
    kinds.set(this.kinds)
    this.kinds = kinds
    this.from = larger(this.from)
    this.to = larger(this.to)
    this.ends = larger(this.ends)
    this.nameFrom = larger(this.nameFrom)
    this.nameTo = larger(this.nameTo)
  }
}
