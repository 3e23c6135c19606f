/**
 * How a parameter that is a list or an object is written: `style` and `explode` of OpenAPI 3, `collectionFormat` of
 * Swagger 2.0.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-values
 */
import { encodePair, encodeQueryText } from '#contract/model/url-query.ts'
import { isMapping, keysOf, scalarText } from './spec-node.ts'

export interface Style {
  readonly name: string
  readonly style: string
  readonly explode: boolean
  readonly allowReserved: boolean
  /** The value is JSON, as `content` says it. */
  readonly isJson: boolean
}

/** A name and a value as a row shows them, and as they stand in a query. */
interface StyledPair {
  readonly name: string
  readonly value: string
  readonly raw: string
}

type Scalars = readonly string[]

const DELIMITERS: Readonly<Record<string, readonly [shown: string, raw: string]>> = {
  form: [',', ','],
  simple: [',', ','],
  spaceDelimited: [' ', '%20'],
  tabDelimited: ['\t', '%09'],
  pipeDelimited: ['|', '%7C'],
}

/** A value in a path segment or in a header: not encoded. */
export function styledText(value: unknown, { name, style, explode, isJson }: Style): string {
  if (isJson) return jsonText(value)
  const plain = listOf(value)
  const pairs = pairsOf(value)
  const flat = pairs ? pairs.map(([key, one]) => (explode ? `${key}=${one}` : `${key},${one}`)) : plain
  if (style === 'label') return flat.map((one, index) => (index === 0 || explode ? `.${one}` : `,${one}`)).join('')
  if (style !== 'matrix') return flat.join(DELIMITERS[style]?.[0] ?? ',')
  if (!explode) return `;${name}=${flat.join(',')}`
  return (pairs ? flat : plain.map((one) => `${name}=${one}`)).map((one) => `;${one}`).join('')
}

/** A value in a query or a form: as many pairs as it takes. */
export function styledPairs(value: unknown, how: Style): StyledPair[] {
  const { name, style, explode, isJson } = how
  if (isJson) return [pairOf(name, jsonText(value), how)]
  const object = pairsOf(value)
  if (style === 'deepObject' && isMapping(value)) return deepPairs(name, value, how, 0)
  if (object) {
    if (explode) return object.map(([key, one]) => pairOf(key, one, how))
    return [joinedPair(name, object.flat(), how)]
  }
  const list = listOf(value)
  if (!Array.isArray(value) || list.length === 0) return [pairOf(name, list[0] ?? '', how)]
  return explode ? list.map((one) => pairOf(name, one, how)) : [joinedPair(name, list, how)]
}

function deepPairs(prefix: string, value: unknown, how: Style, depth: number): StyledPair[] {
  if (isMapping(value) && depth < 5) return keysOf(value).flatMap((key) => deepPairs(`${prefix}[${key}]`, value[key], how, depth + 1))
  return listOf(value).map((one) => pairOf(prefix, one, how))
}

function pairOf(name: string, value: string, how: Style): StyledPair {
  return { name, value, raw: how.allowReserved ? `${encodeQueryText(name)}=${encodedReserved(value)}` : encodePair({ name, value }) }
}

/** Delimiters stand as they are, what they part is encoded. */
function joinedPair(name: string, values: Scalars, how: Style): StyledPair {
  const [shown, raw] = DELIMITERS[how.style] ?? [',', ',']
  const encode = how.allowReserved ? encodedReserved : encodeQueryText
  return { name, value: values.join(shown), raw: `${encodeQueryText(name)}=${values.map(encode).join(raw)}` }
}

/** Reserved characters (RFC 3986 §2.2) stay, but for those that would end the value. */
function encodedReserved(text: string): string {
  return encodeQueryText(text).replace(/%(?:3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B)/g, decodeURIComponent)
}

function listOf(value: unknown): Scalars {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.map(plainText) : [plainText(value)]
}

function pairsOf(value: unknown): (readonly [string, string])[] | null {
  return isMapping(value) ? keysOf(value).map((key) => [key, plainText(value[key])] as const) : null
}

/** What is nested deeper has no style: it is written as JSON. */
function plainText(value: unknown): string {
  return typeof value === 'object' && value !== null ? jsonText(value) : scalarText(value)
}

function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
