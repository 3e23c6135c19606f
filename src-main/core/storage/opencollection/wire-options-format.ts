/**
 * The wire options of a request file: plain values under `posthaste`, named in snake case. A value that makes no sense
 * counts as absent, and stays in the file until it is changed.
 */
import type { Document } from 'yaml'
import { z } from 'zod'
import type { Options } from '#contract/model/request.ts'
import type { UnreadOption } from '#contract/model/unread-option.ts'
import { WIRE_OPTIONS } from '#contract/model/wire-options.ts'
import { isMapping, plainChange, plainOf, type Plain } from './plain-edit.ts'
import { likelyName } from '../../lib/likely-name.ts'
import { asOurs } from './option-spellings.ts'
import type { Change } from './yaml-edit.ts'
import { valueOf, type Value } from './yaml-nodes.ts'

type WireKey = keyof typeof WIRE_OPTIONS

const KEYS = Object.keys(WIRE_OPTIONS) as WireKey[]
/** As they are written in a file. */
export const WIRE_NAMES: readonly string[] = KEYS.map(snakeCase)
/** Their keys are names that the user gave, not ours. */
const HAS_OWN_NAMES: ReadonlySet<WireKey> = new Set<WireKey>(['proxies', 'resolve'])

/** The wire options that the `posthaste` block holds. */
export function readWireOptions(posthaste: Value, document: Document): Partial<Options> {
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = readOption(key, posthaste, document)
      return value === undefined ? [] : [[key, value.option] as const]
    }),
  )
}

interface WireFault {
  /** Of the block. */
  readonly key: string
  /** The name in it that no option has. */
  readonly inner: readonly string[]
  readonly fault: UnreadOption['fault']
}

/** Options of the `posthaste` block that count for nothing, or a part of which does. Their paths are relative to the block. */
export function wireFaults(posthaste: Value, document: Document): WireFault[] {
  return KEYS.flatMap((key): WireFault[] => {
    const parsed = parsedOption(key, posthaste, document)
    if (parsed === undefined) return []
    const name = snakeCase(key)
    const [issue] = parsed.result.error?.issues ?? []
    if (issue) return [{ key: name, inner: [], fault: { at: pathOf(key, issue.path), takes: takenBy(issue) } }]
    const names = partsOf(key)
    const inner = names !== null && isMapping(parsed.plain) ? Object.keys(parsed.plain) : []
    return inner
      .filter((one) => names?.includes(one) === false)
      .map((one) => ({ key: name, inner: [snakeCase(one)], fault: faultOfName(name, snakeCase(one), names?.map(snakeCase) ?? []) }))
  })
}

function faultOfName(option: string, name: string, known: readonly string[]): UnreadOption['fault'] {
  const likely = likelyName(name, known)
  return likely === null ? { names: known } : { likely: `${option}.${likely}` }
}

/** Names within an option that has some of its own; null for any other. */
function partsOf(key: WireKey): readonly string[] | null {
  const schema = WIRE_OPTIONS[key].unwrap()
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : null
}

function pathOf(key: WireKey, path: readonly PropertyKey[]): string {
  const names = path.map(String).map((name) => (HAS_OWN_NAMES.has(key) ? name : snakeCase(name)))
  return [snakeCase(key), ...names].join('.')
}

/** In words. */
function takenBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ')
  const kind = issue.code === 'invalid_type' ? issue.expected : ''
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? '') : 'another value'
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  string: 'a text',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

/** An option; undefined where there is none. */
function readOption(key: WireKey, posthaste: Value, document: Document): { readonly option: Options[WireKey] } | undefined {
  const data = parsedOption(key, posthaste, document)?.result.data
  return data === undefined ? undefined : { option: data }
}

function parsedOption(
  key: WireKey,
  posthaste: Value,
  document: Document,
): { readonly plain: Plain; readonly result: z.ZodSafeParseResult<Options[WireKey]> } | undefined {
  const written = plainOf(valueOf(posthaste, snakeCase(key), document), document)
  if (written === undefined || written === null) return undefined
  const plain = HAS_OWN_NAMES.has(key) ? written : renamed(asOurs(key, written), camelCase)
  return { plain, result: WIRE_OPTIONS[key].safeParse(plain) }
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
