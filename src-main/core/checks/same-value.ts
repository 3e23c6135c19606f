/** Whether two values are the same, through lists and objects; numbers by their digits. */
import { numberText, type JsonValue } from '../bodies/lossless-json.ts'
import { compareNumbers } from './decimals.ts'
import type { Known } from './value.ts'

export function sameValue(a: Known, b: Known): boolean {
  return same(a.value, b.value, typeof a.value === 'number' ? a.source : undefined, typeof b.value === 'number' ? b.source : undefined)
}

function same(a: JsonValue | undefined, b: JsonValue | undefined, aText?: string, bText?: string): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    if (aText === undefined && bText === undefined) return Object.is(a, b) || a === b
    return compareNumbers(aText ?? String(a), bText ?? String(b)) === 0
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const isList = Array.isArray(a)
  if (isList !== Array.isArray(b)) return false
  const names = isList ? [...a.keys()] : Object.keys(a)
  if (names.length !== (Array.isArray(b) ? b.length : Object.keys(b).length)) return false
  return names.every((name) => has(b, name) && same(itemOf(a, name), itemOf(b, name), numberText(a, name), numberText(b, name)))
}

function has(container: object, name: string | number): boolean {
  return Object.hasOwn(container, name)
}

/** An own item or member; undefined where there is none. */
export function itemOf(container: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (typeof container !== 'object' || container === null || !has(container, step)) return undefined
  return Array.isArray(container) ? container[Number(step)] : container[step]
}
