/**
 * The wire options of a request file: plain values under `posthaste`, named in snake case. A value that makes no sense
 * counts as absent, and stays in the file until it is changed.
 */
import type { Document } from 'yaml'
import type { Options } from '#contract/model/request.ts'
import { WIRE_OPTIONS } from '#contract/model/wire-options.ts'
import { isMapping, plainChange, plainOf, type Plain } from './plain-edit.ts'
import { asOurs } from './option-spellings.ts'
import type { Change } from './yaml-edit.ts'
import { valueOf, type Value } from './yaml-nodes.ts'

type WireKey = keyof typeof WIRE_OPTIONS

const KEYS = Object.keys(WIRE_OPTIONS) as WireKey[]
/** Their keys are names that the user gave, not ours. */
const HAS_OWN_NAMES: ReadonlySet<WireKey> = new Set<WireKey>(['proxies', 'resolve'])

/** The wire options that the `posthaste` block holds. */
export function readWireOptions(posthaste: Value, document: Document): Partial<Options> {
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = readOption(key, posthaste, document)
      return value === undefined || value === 'unread' ? [] : [[key, value.option] as const]
    }),
  )
}

/** Keys of the `posthaste` block whose values make no sense, as they are written. */
export function unreadWireOptions(posthaste: Value, document: Document): string[] {
  return KEYS.filter((key) => readOption(key, posthaste, document) === 'unread').map(snakeCase)
}

/** An option; undefined where there is none. */
function readOption(key: WireKey, posthaste: Value, document: Document): { readonly option: Options[WireKey] } | 'unread' | undefined {
  const plain = plainOf(valueOf(posthaste, snakeCase(key), document), document)
  if (plain === undefined || plain === null) return undefined
  const parsed = WIRE_OPTIONS[key].safeParse(HAS_OWN_NAMES.has(key) ? plain : renamed(asOurs(key, plain), camelCase))
  if (!parsed.success) return 'unread'
  return parsed.data === undefined ? undefined : { option: parsed.data }
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
