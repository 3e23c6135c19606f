/**
 * What a block of options holds that counts for nothing: names that no option has, and values that make no sense. It stays in
 * the file; whoever sends with the file is told.
 */
import { isMap, type Document } from 'yaml'
import type { UnreadOption } from '#contract/model/unread-option.ts'
import { likelyName } from '../../lib/likely-name.ts'
import type { OptionNodes } from './options-format.ts'
import { snakeCase, wireFaults, WIRE_NAMES } from './wire-options-format.ts'
import { keyText } from './yaml-edit.ts'
import { booleanOf, followed, isAbsent, numberOf, textOf, valueOf, type Value } from './yaml-nodes.ts'

interface Block {
  /** Path of the block in what it is told of, such as `posthaste`; empty: it is the whole of it. */
  readonly prefix: string
  /** What may stand in it besides options. */
  readonly others?: readonly string[]
  /** Names of the options that it takes; left out: all. */
  readonly options?: readonly string[]
}

const TIMES = ['connect', 'read', 'total'] as const
const OPTIONS: readonly string[] = ['timeout', 'verify', ...WIRE_NAMES]
/** What people look for in our block, and stands in the one that other programs know. */
const SETTINGS = ['followRedirects', 'maxRedirects', 'omitHeaders'] as const
const ALIKE = 4
const NUMBER = 'a number'
const MAPPING = 'a mapping'

export function unreadOptions(nodes: OptionNodes, document: Document, block: Block): UnreadOption[] {
  const { prefix, others = [], options = OPTIONS } = block
  const at = (key: string): string => (prefix === '' ? key : `${prefix}.${key}`)
  const { posthaste } = nodes
  if (isAbsent(posthaste, document)) return unreadSettings(nodes, document)
  if (!isMap(followed(posthaste, document))) return [{ path: prefix, fault: { at: prefix, takes: MAPPING } }]
  const known = [...options, ...others]
  const inSettings = nodes.isAlone === true ? [] : SETTINGS
  return [
    ...unknownKeys(posthaste, document, known, at, inSettings),
    ...timeoutFaults(valueOf(posthaste, 'timeout', document), document, at),
    ...wireFaults(posthaste, document)
      .filter(({ key }) => options.includes(key))
      .map(({ key, inner, fault }) => ({ path: at([key, ...inner].join('.')), fault: placed(fault, at) })),
    ...unreadSettings(nodes, document),
  ]
}

/** Keys that are not among those that are known. */
export function unknownKeys(
  node: Value,
  document: Document,
  known: readonly string[],
  at: (key: string) => string,
  inSettings: readonly string[] = [],
): UnreadOption[] {
  const map = followed(node, document)
  const names = isMap(map) ? map.items.map(({ key }) => keyText(key)) : []
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const spelt = snakeCase(name.replaceAll('-', '_'))
      const setting = likelyName(name.replaceAll('_', ''), inSettings)
      const likely = likelyName(spelt, known) ?? (setting === null ? begunAlike(spelt, known) : null)
      const meant = likely === null ? setting && `settings.${setting}` : at(likely)
      return { path: at(name), fault: meant === null ? { names: known } : { likely: meant } }
    })
}

/** `retries` is meant for `retry`, and `proxy` for `proxies`. */
function begunAlike(name: string, known: readonly string[]): string | null {
  return known.find((one) => one.length >= ALIKE && name.startsWith(one.slice(0, ALIKE))) ?? null
}

function placed(fault: UnreadOption['fault'], at: (key: string) => string): UnreadOption['fault'] {
  if (fault === null || 'names' in fault) return fault
  return 'likely' in fault ? { likely: at(fault.likely) } : { ...fault, at: at(fault.at) }
}

function timeoutFaults(node: Value, document: Document, at: (key: string) => string): UnreadOption[] {
  if (isAbsent(node, document) || numberOf(node, document) !== undefined) return []
  if (!isMap(followed(node, document))) return [{ path: at('timeout'), fault: { at: at('timeout'), takes: NUMBER } }]
  const inner = (key: string): string => at(`timeout.${key}`)
  const wrong = TIMES.filter((key) => {
    const value = valueOf(node, key, document)
    return !isAbsent(value, document) && numberOf(value, document) === undefined
  })
  return [
    ...unknownKeys(node, document, TIMES, inner),
    ...wrong.map((key) => ({ path: inner(key), fault: { at: inner(key), takes: NUMBER } })),
  ]
}

/** Only what we read of it: the rest is other programs'. */
function unreadSettings({ settings }: OptionNodes, document: Document): UnreadOption[] {
  const isNumber = (value: Value): boolean => numberOf(value, document) !== undefined
  const checks = [
    ['timeout', NUMBER, isNumber],
    ['followRedirects', 'true or false', (value: Value) => booleanOf(value, document) !== undefined],
    ['maxRedirects', 'a whole number', (value: Value) => Number.isSafeInteger(numberOf(value, document))],
  ] as const
  return checks.flatMap(([key, takes, fits]) => {
    const value = valueOf(settings, key, document)
    if (isAbsent(value, document) || textOf(value, document) === 'inherit' || fits(value)) return []
    return [{ path: `settings.${key}`, fault: { at: `settings.${key}`, takes } }]
  })
}
