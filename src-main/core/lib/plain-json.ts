/**
 * What a window hands over, as JSON would have carried it: one host sends frames as JSON, the other copies structures, in
 * which there can be `undefined`, cycles and nesting without end. So a call means the same from both, and nothing behind
 * it has to reckon with more than JSON.
 */
import { CoreError } from './core-error.ts'

/** Deeper than any form; what is left to the schemas is of their depth. */
const DEEPEST = 100

/** @throws {CoreError} `InvalidCall`: nested too deeply, or in a circle */
export function plainJson(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) throw new CoreError('InvalidCall', 'call', `The input of a call is nested more than ${DEEPEST} levels deep.`)
  if (Array.isArray(value)) return value.map((item) => plainJson(item, depth + 1) ?? null)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  // By `fromEntries`, since a key may be `__proto__`.
  return Object.fromEntries(entries.map(([key, item]) => [key, plainJson(item, depth + 1)]))
}
