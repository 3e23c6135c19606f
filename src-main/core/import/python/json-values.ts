/** The value that a JSON text is, as `json.loads` reads it: integers of any size, and floats apart from them. */
import { dict, list, NONE, bool, int, str, type Value } from './values.ts'

/** Null where the text is no JSON. */
export function loaded(text: string): Value | null {
  if (text.length > 1_000_000) return null
  try {
    const value: unknown = JSON.parse(text, (_key, item: unknown, context?: { source?: string }) =>
      typeof item === 'number' ? { number: context?.source ?? String(item) } : item,
    )
    return valueOf(value, 0)
  } catch {
    return null
  }
}

function valueOf(value: unknown, depth: number): Value | null {
  if (depth > 100) return null
  if (value === null) return NONE
  if (typeof value === 'boolean') return bool(value)
  if (typeof value === 'string') return str(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => valueOf(item, depth + 1))
    return items.includes(null) ? null : list(items.filter((item) => item !== null))
  }
  if (typeof value !== 'object') return null
  const entries = Object.entries(value)
  const [first] = entries
  if (entries.length === 1 && first?.[0] === 'number' && typeof first[1] === 'string' && isNumber(first[1])) return numberOf(first[1])
  const pairs = entries.map(([key, item]) => [str(key), valueOf(item, depth + 1)] as const)
  return pairs.some(([, item]) => item === null)
    ? null
    : dict(pairs.flatMap(([key, item]) => (item === null ? [] : [[key, item] as const])))
}

function isNumber(text: string): boolean {
  return /^-?\d[\d.eE+-]*$/.test(text)
}

function numberOf(text: string): Value {
  return /^-?\d+$/.test(text) ? int(BigInt(text)) : { kind: 'float', value: Number(text) }
}
