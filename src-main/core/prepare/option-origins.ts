/** Which layer each option that holds is from, so that what is said of one names the place where it is changed. */
import type { Origin } from '#contract/model/origin.ts'
import { originWords } from '#contract/model/origin-words.ts'
import type { Options } from '#contract/model/request.ts'

/** By the option's name, for entries of a table with theirs: `timeout.total`, `proxies.http`, `noProxy`. */
export type OptionOrigins = ReadonlyMap<string, Origin>

type OptionKey = keyof Options

/** Tables that are merged entry by entry, as requests merges dictionaries; all other values stand as a whole. */
export const MERGED_WITHIN: ReadonlySet<OptionKey> = new Set<OptionKey>(['timeout', 'proxies', 'resolve', 'tls'])

/** Those of one layer alone. */
export function originsIn(options: Options, origin: Origin): [string, Origin][] {
  return Object.entries(options).flatMap(([key, value]): [string, Origin][] => {
    if (value === undefined) return []
    // The keys of options are those of their schema.
    return MERGED_WITHIN.has(key as OptionKey) && isTable(value)
      ? Object.keys(value).map((name) => [`${key}.${name}`, origin])
      : [[key, origin]]
  })
}

export function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The layer that sets an option which is known to be set. */
export function originOf(origins: OptionOrigins, option: string): Origin {
  return origins.get(option) ?? { layer: 'request' }
}

/** Where an option is changed that holds, for a hint that asks for it: `in Options`, `in Options of folder Users`. */
export function placeOfOption(origins: OptionOrigins, option: string): string {
  const origin = origins.get(option)
  if (origin === undefined || origin.layer === 'request') return 'in Options'
  return origin.layer === 'settings' ? 'in Settings' : `in Options of ${originWords(origin)}`
}

/** For `details` of an error that an option has to do with, so that the window can lead there. */
export function optionDetails(origins: OptionOrigins, option: string): { readonly option: string; readonly origin: Origin } {
  return { option, origin: origins.get(option) ?? { layer: 'default' } }
}
