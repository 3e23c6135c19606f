/**
 * Reading YAML nodes as plain values, forgiving about how a value was written: `value: 1.10` is the text `1.10`, as
 * typed, not the number 1.1.
 */
import { isAlias, isMap, isScalar, isSeq, Scalar, type Document, type Node, type Pair, type YAMLMap } from 'yaml'

/** A value as it stands in a document, an alias not yet followed. */
export type Value = Node | null

/** The pair of a key, where there is one. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)
}

/** The value of a key as it stands; null where the node is no map or has no such key. */
export function valueOf(node: Value, key: string, document: Document): Value {
  const map = followed(node, document)
  if (!isMap(map)) return null
  const value = pairOf(map, key)?.value
  return isNode(value) ? value : null
}

/** The value itself, an alias followed. */
export function followed(node: Value, document: Document): Value {
  return isAlias(node) ? (node.resolve(document) ?? null) : node
}

export function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value)
}

/** Whether nothing is written there: no node, or null in any spelling. */
export function isAbsent(node: Value, document: Document): boolean {
  const value = followed(node, document)
  return value === null || (isScalar(value) && value.value === null && value.type !== Scalar.QUOTE_DOUBLE)
}

/** Any scalar as the text that was typed; `{ content: … }` as its content; anything else as JSON. */
export function textOf(node: Value, document: Document): string {
  const value = followed(node, document)
  if (value === null) return ''
  if (isScalar(value)) {
    if (value.value === null) return ''
    if (typeof value.value === 'string') return value.value
    return value.source ?? JSON.stringify(value.value)
  }
  if (isMap(value)) {
    const content = valueOf(value, 'content', document)
    if (isScalar(followed(content, document))) return textOf(content, document)
  }
  return JSON.stringify(value.toJS(document))
}

/** A finite number, written as one or as text; undefined for anything else. */
export function numberOf(node: Value, document: Document): number | undefined {
  const value = followed(node, document)
  if (!isScalar(value)) return undefined
  const number = typeof value.value === 'string' && value.value.trim() !== '' ? Number(value.value) : value.value
  return typeof number === 'number' && Number.isFinite(number) ? number + 0 : undefined
}

/** True or false, where that is what is written. */
export function booleanOf(node: Value, document: Document): boolean | undefined {
  const value = followed(node, document)
  return isScalar(value) && typeof value.value === 'boolean' ? value.value : undefined
}

/** The items of a list, aliases not followed; empty for anything else. */
export function itemsOf(node: Value, document: Document): Value[] {
  const list = followed(node, document)
  return isSeq(list) ? list.items.map((item) => (isNode(item) ? item : null)) : []
}
