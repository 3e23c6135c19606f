/**
 * Reading of values whose shape somebody else decided: every accessor takes what is there and gives the nearest thing that
 * the model can hold. Whether what was there is missed is for the caller to note.
 */

export type Loose = Readonly<Record<string, unknown>>

const NOTHING: Loose = {}

export function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The mapping, or an empty one. */
export function recordOf(value: unknown): Loose {
  return isRecord(value) ? value : NOTHING
}

/** The own value of a key; what a prototype has is not there. */
export function at(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The items of a list; of anything else there are none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The mappings of a list. */
export function recordsOf(value: unknown): Loose[] {
  return listOf(value).filter(isRecord)
}

/** A text; numbers and truth values as they are written, mappings and lists as their JSON. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'object':
      return value === null ? '' : JSON.stringify(value)
    default:
      return ''
  }
}

/** The first of the keys whose value is a text that is not empty. */
export function firstText(value: unknown, ...keys: readonly string[]): string {
  for (const key of keys) {
    const text = textOf(at(value, key))
    if (text !== '') return text
  }
  return ''
}

/** A truth value, written as such or in words; undefined where it is none. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

/** A finite number, also where it is written as a text; undefined where it is none. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A description, which programs write as a text or as `{ content, type }`. */
export function describedBy(value: unknown): string {
  return isRecord(value) ? textOf(at(value, 'content')) : textOf(value)
}

/** As much of a text as a message may show. */
export function inShort(text: string, most = 60): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`
}
