/** Parts of a file that are plain data: read as such, and changed in place where only some of their keys differ. */
import { isMap, isScalar, isSeq, type Document } from 'yaml'
import { editMap, fresh, keyText, type Change } from './yaml-edit.ts'
import { followed, isNode, valueOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'

export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap
export interface PlainMap {
  readonly [key: string]: Plain | undefined
}

/** What to change where a value goes from one to another: within a mapping only what differs; anything else is written anew. */
export function plainChange(node: Value, document: Document, before: Plain | undefined, after: Plain | undefined): Change {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined
  if (after === undefined) return null
  const isInPlace = isMapping(before) && isMapping(after) && isMap(followed(node, document))
  // An empty mapping says something else than none, such as a retry with every default.
  if (!isInPlace || Object.keys(after).length === 0) return fresh(after as Fresh)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return editMap(
    node,
    document,
    Object.fromEntries(keys.map((key) => [key, plainChange(valueOf(node, key, document), document, own(before, key), own(after, key))])),
  )
}

/** The value of a node as plain data; undefined where there is none. */
export function plainOf(node: Value, document: Document): Plain | undefined {
  const value = followed(node, document)
  if (value === null) return undefined
  if (isMap(value)) {
    return Object.fromEntries(
      value.items.map((pair) => [keyText(pair.key), plainOf(isNode(pair.value) ? pair.value : null, document) ?? null]),
    )
  }
  if (isSeq(value)) return value.items.map((item) => plainOf(isNode(item) ? item : null, document) ?? null)
  if (!isScalar(value)) return undefined
  const { value: scalar } = value
  return typeof scalar === 'string' || typeof scalar === 'number' || typeof scalar === 'boolean' || scalar === null ? scalar : undefined
}

export function isMapping(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A key of the user's may be called as something that every object has, such as `constructor`. */
function own(holder: PlainMap, key: string): Plain | undefined {
  return Object.hasOwn(holder, key) ? holder[key] : undefined
}
