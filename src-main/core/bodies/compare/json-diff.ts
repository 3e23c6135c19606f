/**
 * What differs between two JSON texts, value by value: what came, what went, what is another now, and which records of a
 * list stand elsewhere. The order of members does not count; numbers and strings are told as they are written.
 */
import type { JsonChange, JsonChangeKind } from '#contract/model/compare.ts'
import { alignItems, type Items } from './align-items.ts'
import { fingerprintsOf, type Fingerprints } from './fingerprints.ts'
import { ignoredPaths } from './ignored-paths.ts'
import { parseJsonTree, type JsonTree } from './json-tree.ts'

export interface JsonDifference {
  readonly kind: 'json'
  /** In the order of the right text; at most {@link MAX_CHANGES}. */
  readonly changes: readonly JsonChange[]
  /** Of all, those that are not listed too. */
  readonly counts: Readonly<Record<JsonChangeKind, number>>
}

/** The texts cannot be compared so: why, and which. */
export interface NoDifference {
  readonly kind: 'none'
  readonly side: 'left' | 'right'
  readonly reason: string
}

/** More than anyone reads; all are counted. */
export const MAX_CHANGES = 2000
/** Of a value that is shown with a change, in bytes of UTF-8. */
export const MAX_VALUE_BYTES = 2000

/**
 * @param left    valid UTF-8, as `right`
 * @param ignore  paths that are not compared; see ignored-paths.ts for how they are written
 */
export function diffJson(left: Buffer, right: Buffer, ignore: readonly string[]): JsonDifference | NoDifference {
  const a = parseJsonTree(left)
  if (a.kind === 'none') return { kind: 'none', side: 'left', reason: a.reason }
  const b = parseJsonTree(right)
  if (b.kind === 'none') return { kind: 'none', side: 'right', reason: b.reason }
  const ignored = ignoredPaths(ignore)
  return new Comparison({ tree: a, prints: fingerprintsOf(a, ignored) }, { tree: b, prints: fingerprintsOf(b, ignored) }).run()
}

interface Side {
  readonly tree: JsonTree
  readonly prints: Fingerprints
}

/** Where a pair of values is, in each text. */
interface Place {
  readonly left: string
  readonly right: string
}

class Comparison {
  private readonly a: Side
  private readonly b: Side
  private readonly changes: JsonChange[] = []
  private readonly counts: Record<JsonChangeKind, number> = { added: 0, removed: 0, changed: 0, moved: 0 }

  constructor(a: Side, b: Side) {
    this.a = a
    this.b = b
  }

  run(): JsonDifference {
    this.pair(0, 0, { left: '$', right: '$' })
    return { kind: 'json', changes: this.changes, counts: this.counts }
  }

  private pair(left: number, right: number, place: Place): void {
    const { a, b } = this
    if (a.prints.isSame(left, b.prints, right)) return
    const [kind, other] = [a.tree.kindOf(left), b.tree.kindOf(right)]
    if (kind === 'object' && other === 'object') this.members(left, right, place)
    else if (kind === 'array' && other === 'array') this.items(left, right, place)
    else this.add('changed', place, left, right)
  }

  private members(left: number, right: number, place: Place): void {
    const { a, b } = this
    const before = namedOf(a, left)
    for (const [name, node] of namedOf(b, right)) {
      const other = before.get(name)
      const at = inside(place, stepTo(name))
      if (other === undefined) this.add('added', at, null, node)
      else this.pair(other, node, at)
      before.delete(name)
    }
    for (const [name, node] of before) this.add('removed', inside(place, stepTo(name)), node, null)
  }

  private items(left: number, right: number, place: Place): void {
    const { a, b } = this
    const [before, after] = [itemsOf(a, left), itemsOf(b, right)]
    const likeness = (x: number, y: number): number => this.likeness(before.nodes[x] ?? 0, after.nodes[y] ?? 0)
    for (const pair of alignItems(before, after, likeness)) {
      const was = pair.left === null ? null : (before.nodes[pair.left] ?? null)
      const is = pair.right === null ? null : (after.nodes[pair.right] ?? null)
      // Most are the same, and their paths are not needed.
      if (was !== null && is !== null && !pair.moved && a.prints.isSame(was, b.prints, is)) continue
      const leftPath = pair.left === null ? '' : `${place.left}[${before.places[pair.left]}]`
      const rightPath = pair.right === null ? '' : `${place.right}[${after.places[pair.right]}]`
      const at = { left: leftPath || rightPath, right: rightPath || leftPath }
      if (was !== null && is !== null) {
        if (pair.moved) this.add('moved', at, was, is)
        this.pair(was, is, at)
      } else this.add(was === null ? 'added' : 'removed', at, was, is)
    }
  }

  /** Scalars in the same place are one that changed; records are as alike as the members they share. */
  private likeness(left: number, right: number): number {
    const { a, b } = this
    const kind = a.tree.kindOf(left)
    const isNested = kind === 'object' || kind === 'array'
    const other = b.tree.kindOf(right)
    if (!isNested) return other === 'object' || other === 'array' ? 0 : 0.1
    if (kind !== other) return 0
    if (kind === 'array') return 0.3
    const [before, after] = [namedOf(a, left), namedOf(b, right)]
    let [shared, same] = [0, 0]
    for (const [name, node] of after) {
      const was = before.get(name)
      if (was === undefined) continue
      shared += 1
      if (a.prints.isSame(was, b.prints, node)) same += 1
    }
    const all = before.size + after.size - shared
    return all === 0 ? 0.1 : 0.1 + (0.3 * shared + 0.6 * same) / all
  }

  private add(kind: JsonChangeKind, place: Place, left: number | null, right: number | null): void {
    this.counts[kind] += 1
    if (this.changes.length >= MAX_CHANGES) return
    const path = kind === 'removed' ? place.left : place.right
    this.changes.push({
      kind,
      path,
      from: place.left === path ? null : place.left,
      left: left === null ? null : shown(this.a.tree, left),
      right: right === null ? null : shown(this.b.tree, right),
    })
  }
}

/** Members by name; the second of a name has a number behind it, so that nothing is passed over. */
function namedOf({ tree, prints }: Side, node: number): Map<string, number> {
  const members = new Map<string, number>()
  for (const child of tree.children(node)) {
    if (prints.isIgnored(child)) continue
    const name = tree.name(child)
    let unique = name
    for (let number = 2; members.has(unique); number += 1) unique = `${name} (${number})`
    members.set(unique, child)
  }
  return members
}

/** Items of a list that are compared: each with its value's index in the text, and its place in the list as it is written. */
interface ListItems extends Items {
  readonly nodes: readonly number[]
  readonly places: readonly number[]
}

function itemsOf({ tree, prints }: Side, list: number): ListItems {
  const all = tree.children(list)
  const places = all.flatMap((node, place) => (prints.isIgnored(node) ? [] : [place]))
  const nodes = places.map((place) => all[place] ?? 0)
  return { nodes, places, keys: nodes.map((node) => prints.key(node)), idOf: (at, name) => idOf({ tree, prints }, nodes[at] ?? 0, name) }
}

function idOf({ tree, prints }: Side, node: number, name: string): string | undefined {
  if (tree.kindOf(node) !== 'object') return undefined
  for (let child = node + 1, end = tree.endOf(node); child < end; child = tree.endOf(child)) {
    const kind = tree.kindOf(child)
    if (kind === 'object' || kind === 'array' || prints.isIgnored(child)) continue
    if (tree.name(child) === name) return prints.key(child)
  }
  return undefined
}

function inside(place: Place, step: string): Place {
  return { left: place.left + step, right: place.right + step }
}

function stepTo(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
}

function shown(tree: JsonTree, node: number): string {
  const [from, to] = tree.range(node)
  const text = tree.text(node, MAX_VALUE_BYTES)
  return to - from > MAX_VALUE_BYTES ? `${text.replace(/\uFFFD$/, '')}…` : text
}
