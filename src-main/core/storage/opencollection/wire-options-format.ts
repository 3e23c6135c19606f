/**
 * The wire options of a request file: plain values under `posthaste`, named in snake case. A value that makes no sense
 * counts as absent, and stays in the file until it is changed.
 */
import { isMap, isScalar, isSeq, type Document } from 'yaml'
import type { Options } from '#contract/model/request.ts'
import { WIRE_OPTIONS } from '#contract/model/wire-options.ts'
import { editMap, fresh, keyText, type Change } from './yaml-edit.ts'
import { followed, isNode, valueOf, type Value } from './yaml-nodes.ts'
import type { Fresh } from './yaml-render.ts'

type Plain = string | number | boolean | null | readonly Plain[] | PlainMap
interface PlainMap {
  readonly [key: string]: Plain | undefined
}
type WireKey = keyof typeof WIRE_OPTIONS

const KEYS = Object.keys(WIRE_OPTIONS) as WireKey[]
/** Their keys are names that the user gave, not ours. */
const HAS_OWN_NAMES: ReadonlySet<WireKey> = new Set<WireKey>(['proxies', 'resolve'])

/** The wire options that the `posthaste` block holds. */
export function readWireOptions(posthaste: Value, document: Document): Partial<Options> {
  const found = KEYS.flatMap((key) => {
    const plain = plainOf(valueOf(posthaste, snakeCase(key), document), document)
    if (plain === undefined) return []
    const parsed = WIRE_OPTIONS[key].safeParse(HAS_OWN_NAMES.has(key) ? plain : renamed(plain, camelCase))
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data] as const] : []
  })
  return Object.fromEntries(found)
}

/** What to change in the `posthaste` block. */
export function wireOptionChanges(posthaste: Value, document: Document, before: Options, after: Options): Record<string, Change> {
  return Object.fromEntries(
    KEYS.map((key) => {
      const inFile = (value: Options[WireKey]): Plain | undefined =>
        value === undefined || HAS_OWN_NAMES.has(key) ? value : renamed(value, snakeCase)
      const name = snakeCase(key)
      return [name, changeOf(valueOf(posthaste, name, document), document, inFile(before[key]), inFile(after[key]))] as const
    }),
  )
}

/** Only what differs within a mapping changes in it; anything else is written anew. */
function changeOf(node: Value, document: Document, before: Plain | undefined, after: Plain | undefined): Change {
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined
  if (after === undefined) return null
  const isInPlace = isMapping(before) && isMapping(after) && isMap(followed(node, document))
  // An empty mapping says something else than none, such as a retry with every default.
  if (!isInPlace || Object.keys(after).length === 0) return fresh(after as Fresh)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return editMap(
    node,
    document,
    Object.fromEntries(keys.map((key) => [key, changeOf(valueOf(node, key, document), document, before[key], after[key])])),
  )
}

/** The value of a node as plain data; undefined where there is none. */
function plainOf(node: Value, document: Document): Plain | undefined {
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

function renamed(value: Plain, rename: (key: string) => string): Plain {
  return isMapping(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), item])) : value
}

function isMapping(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
}
