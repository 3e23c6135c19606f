/**
 * What shall change in a YAML document: a tree of edits over its nodes, in which everything not named stays as it is.
 * Built by the writers of a request's sections; `yaml-patch` turns it into text.
 */
import { isMap, isScalar, isSeq, Scalar, type Document, type YAMLMap, type YAMLSeq } from 'yaml'
import { followed, isNode, pairOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'

export type Edit =
  /** The node, unchanged; for the items of a list. */
  { readonly kind: 'keep'; readonly node: Value } | { readonly kind: 'fresh'; readonly value: Fresh } | MapEdit | SeqEdit

export interface MapEdit {
  readonly kind: 'map'
  readonly node: YAMLMap
  /** Null removes the key. */
  readonly set: ReadonlyMap<string, Edit | null>
  readonly rename: ReadonlyMap<string, string>
  /** Order in which keys are usually written; a new key goes after those that come before it. */
  readonly order: readonly string[]
}

export interface SeqEdit {
  readonly kind: 'seq'
  readonly node: YAMLSeq
  readonly items: readonly Edit[]
}

/** An edit to make, null to remove, undefined to leave as it is. */
export type Change = Edit | null | undefined

/** Replace a value by a new one. */
export function fresh(value: Fresh): Edit {
  // Minus zero would read back as zero.
  return { kind: 'fresh', value: typeof value === 'number' ? value + 0 : value }
}

/** Replace a value where it changed. */
export function changed<T extends Fresh>(before: T, after: T): Change {
  return before === after ? undefined : fresh(after)
}

/**
 * Change keys of a mapping. Makes the mapping where there is none; removes it where no key is left.
 *
 * @param changes in the order in which new keys are to be written
 */
export function editMap(
  node: Value,
  document: Document,
  changes: Readonly<Record<string, Change>>,
  rename: ReadonlyMap<string, string> = new Map(),
): Change {
  const base = followed(node, document)
  const wanted = Object.entries(changes).filter((entry): entry is [string, Edit | null] => entry[1] !== undefined)
  if (!isMap(base)) {
    const made = wanted.flatMap(([key, edit]) => (edit === null ? [] : [[key, freshOf(edit, document)] as const]))
    if (made.length > 0) return fresh(Object.fromEntries(made))
    return wanted.length === 0 || base === null ? undefined : null
  }
  const set = new Map(wanted.filter(([key, edit]) => edit !== null || pairOf(base, key) !== undefined))
  if (set.size === 0 && rename.size === 0) return undefined
  const edit: MapEdit = { kind: 'map', node: base, set, rename, order: Object.keys(changes) }
  const left = base.items.filter((pair) => set.get(keyText(pair.key)) !== null).length
  if (left === 0 && [...set.values()].every((value) => value === null)) return null
  return base === node ? edit : fresh(freshOf(edit, document))
}

/** Give a list new items, kept ones among them. An empty list is removed. */
export function editList(node: Value, document: Document, items: readonly Edit[]): Change {
  const base = followed(node, document)
  if (items.length === 0) return base === null ? undefined : null
  if (isSeq(base) && base === node) return { kind: 'seq', node: base, items }
  return fresh(items.map((item) => freshOf(item, document)))
}

/** The value that an edit makes, to be written anew. Numbers keep their spelling. */
export function freshOf(edit: Edit, document: Document): Fresh {
  switch (edit.kind) {
    case 'fresh':
      return edit.value
    case 'keep':
      return copyOf(edit.node, document)
    case 'seq':
      return edit.items.map((item) => freshOf(item, document))
    case 'map': {
      const kept = edit.node.items.flatMap((pair): (readonly [string, Fresh])[] => {
        const key = keyText(pair.key)
        const change = edit.set.get(key)
        if (change === null) return []
        const value = change ? freshOf(change, document) : copyOf(isNode(pair.value) ? pair.value : null, document)
        return [[edit.rename.get(key) ?? key, value]]
      })
      const known = new Set(edit.node.items.map((pair) => keyText(pair.key)))
      const added = [...edit.set].flatMap(([key, change]): (readonly [string, Fresh])[] =>
        known.has(key) || change === null ? [] : [[key, freshOf(change, document)]],
      )
      return Object.fromEntries([...kept, ...added])
    }
  }
}

function copyOf(node: Value, document: Document): Fresh {
  const value = followed(node, document)
  if (value === null) return null
  if (isMap(value)) {
    return Object.fromEntries(value.items.map((pair) => [keyText(pair.key), copyOf(isNode(pair.value) ? pair.value : null, document)]))
  }
  if (isSeq(value)) return value.items.map((item) => copyOf(isNode(item) ? item : null, document))
  if (!isScalar(value)) return null
  if (typeof value.value === 'string') return value.value
  const isPlainLine = value.type === Scalar.PLAIN && value.source !== undefined && value.source !== '' && !value.source.includes('\n')
  if (isPlainLine && value.tag === undefined) return value
  return typeof value.value === 'number' || typeof value.value === 'boolean' ? value.value : null
}

/** A mapping's key as text. */
export function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key)
}
