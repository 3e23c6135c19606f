/** Schemas of JSON Schema 2020-12 that a value fits, for what is known by its example only. */

export type Schema = Readonly<Record<string, unknown>>

const MAX_DEPTH = 30

/** @param value as JSON has it */
export function inferredSchema(value: unknown, depth = 0): Schema {
  if (depth > MAX_DEPTH) return {}
  if (value === null) return { type: 'null' }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return {
      type: 'array',
      items: items
        .slice(0, 50)
        .map((item) => inferredSchema(item, depth + 1))
        .reduce(united, {}),
    }
  }
  if (typeof value === 'object') {
    const properties = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inferredSchema(one, depth + 1)]))
    return Object.keys(properties).length === 0 ? { type: 'object' } : { type: 'object', properties }
  }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' }
  return { type: typeof value === 'boolean' ? 'boolean' : 'string' }
}

/** One that what fits either of two fits. */
function united(one: Schema, other: Schema): Schema {
  if (Object.keys(one).length === 0) return other
  if (Object.keys(other).length === 0) return one
  const [type, otherType] = [one['type'], other['type']]
  if (type === 'object' && otherType === 'object')
    return { ...one, ...(hasProperties(one, other) && { properties: unitedProperties(one, other) }) }
  if (type === 'array' && otherType === 'array') return { type, items: united(asSchema(one['items']), asSchema(other['items'])) }
  if (JSON.stringify(type) === JSON.stringify(otherType)) return one
  const types = new Set([type, otherType].flat())
  if (types.has('number')) types.delete('integer')
  return { ...one, ...other, type: types.size === 1 ? [...types][0] : [...types] }
}

function hasProperties(one: Schema, other: Schema): boolean {
  return one['properties'] !== undefined || other['properties'] !== undefined
}

function unitedProperties(one: Schema, other: Schema): Schema {
  const [mine, theirs] = [asSchema(one['properties']), asSchema(other['properties'])]
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)])
  return Object.fromEntries(
    [...keys].map((key) => {
      const [own, further] = [mine, theirs].map((from) => (Object.hasOwn(from, key) ? asSchema(from[key]) : {}))
      return [key, united(own ?? {}, further ?? {})]
    }),
  )
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** What a text of a row says: a number or a word that is JSON, else a text. A number that would be written otherwise is a text. */
export function scalarOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(?:0|[1-9]\d{0,15})(?:\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text
}
