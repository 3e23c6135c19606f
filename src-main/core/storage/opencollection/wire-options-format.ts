/**
 * The wire options of a request file: plain values under `posthaste`, named in snake case. A value that makes no sense
 * counts as absent, and stays in the file until it is changed.
 */
import type { Document } from 'yaml'
import type { Options } from '#contract/model/request.ts'
import { WIRE_OPTIONS } from '#contract/model/wire-options.ts'
import { isMapping, plainChange, plainOf, type Plain } from './plain-edit.ts'
import type { Change } from './yaml-edit.ts'
import { valueOf, type Value } from './yaml-nodes.ts'

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
      return [name, plainChange(valueOf(posthaste, name, document), document, inFile(before[key]), inFile(after[key]))] as const
    }),
  )
}

export function renamed(value: Plain, rename: (key: string) => string): Plain {
  return isMapping(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), item])) : value
}

export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
}
