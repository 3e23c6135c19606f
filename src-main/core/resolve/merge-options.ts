/** Options of a request from all its layers: key by key, the nearest layer that says anything about a key wins. */
import type { Origin } from '#contract/model/origin.ts'
import type { Layers } from '#contract/model/prepared.ts'
import type { Options } from '#contract/model/request.ts'
import { isTable, MERGED_WITHIN, originsIn, type OptionOrigins } from '../prepare/option-origins.ts'

export interface OptionLayer {
  readonly options: Options
  readonly origin: Origin
}

type OptionKey = keyof Options

/** They are about the request's own rows and its own choice of session, and are not inherited. */
const OWN_ONLY: ReadonlySet<OptionKey> = new Set<OptionKey>([
  'session',
  'omitParams',
  'omitCookies',
  'omitAuth',
  'omitHeaders',
  'chunkedUpload',
])

export interface MergedOptions {
  readonly options: Options
  /** Those that are not the request's own, with where each is from. */
  readonly inherited: Layers['options']
  /** Where each is from that any layer sets, the request's own too. */
  readonly origins: OptionOrigins
}

/** @param layers the nearest first */
export function mergeOptions(own: Options, layers: readonly OptionLayer[]): MergedOptions {
  const merged = new Map<OptionKey, unknown>(entriesOf(own))
  const inherited = new Map<OptionKey, Layers['options'][number]>()
  for (const { options, origin } of layers) {
    for (const [key, value] of entriesOf(options)) {
      if (OWN_ONLY.has(key)) continue
      const nearer = merged.get(key)
      if (nearer === undefined) {
        merged.set(key, value)
        inherited.set(key, { key, value, origin })
      } else if (MERGED_WITHIN.has(key) && isTable(nearer) && isTable(value)) {
        const both = { ...value, ...nearer }
        merged.set(key, both)
        const known = inherited.get(key)
        if (Object.keys(both).length > Object.keys(nearer).length) inherited.set(key, { key, value: both, origin: known?.origin ?? origin })
      }
    }
  }
  return { options: Object.fromEntries(merged), inherited: [...inherited.values()], origins: originsOf(own, layers) }
}

/** What layers say of options that are handed on, one entry for each layer and option, the nearest layer's first. */
export function optionsAround(layers: readonly OptionLayer[]): Layers['outerOptions'] {
  return layers.flatMap(({ options, origin }) =>
    entriesOf(options).flatMap(([key, value]) => (OWN_ONLY.has(key) ? [] : [{ key, value, origin }])),
  )
}

/** The outermost first, so that nearer ones come to stand in place of them. */
function originsOf(own: Options, layers: readonly OptionLayer[]): OptionOrigins {
  const handedOn = [...layers].reverse().flatMap(({ options, origin }) => originsIn(options, origin))
  return new Map([...handedOn, ...originsIn(own, { layer: 'request' })])
}

function entriesOf(options: Options): [OptionKey, unknown][] {
  return (Object.entries(options) as [OptionKey, unknown][]).filter(([, value]) => value !== undefined)
}
