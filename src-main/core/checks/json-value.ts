/** Steps into JSON that was read: the value there, with its digits or its text as it stands. */
import { numberText, type JsonValue, type LosslessJson } from '../bodies/lossless-json.ts'
import type { LooseStep, Step } from './expression.ts'
import { itemOf } from './same-value.ts'
import { known, NOTHING, type Known } from './value.ts'

/** As JavaScript goes: a text and a list have a length, and nothing leads further from where there is nothing. */
export function valueIn({ root, sourceAt }: LosslessJson, steps: readonly Step[]): Known {
  let value: JsonValue | undefined = root
  for (const [index, step] of steps.entries()) {
    if (step === 'length' && (typeof value === 'string' || Array.isArray(value))) {
      return index === steps.length - 1 ? known(value.length) : NOTHING
    }
    if (typeof value === 'string') value = typeof step === 'number' ? value[step] : undefined
    else value = itemOf(value, step)
    if (value === undefined) return NOTHING
  }
  const hasSource = typeof value === 'number' || (typeof value === 'object' && value !== null)
  return hasSource ? known(value, sourceAt(steps)) : known(value)
}

/** Steps into values that are not from a text. */
export function stepInto(value: JsonValue | undefined, steps: readonly Step[]): Known {
  return value === undefined
    ? NOTHING
    : valueIn({ kind: 'json', root: value, several: null, sourceAt: (path) => plainSource(value, path) }, steps)
}

function plainSource(root: JsonValue, steps: readonly Step[]): string {
  let value: JsonValue | undefined = root
  for (const step of steps) value = itemOf(value, step)
  return JSON.stringify(value) ?? ''
}

/**
 * Bruno's path: a name asked of a list is asked of each of its items, `..name` is found at any depth; what several places
 * have becomes one list.
 */
export function looseValue(root: JsonValue, path: readonly LooseStep[]): Known {
  let found: JsonValue[] = [root]
  let isOne = true
  let digits: string | undefined
  for (const { key, deep } of path) {
    const next: JsonValue[] = []
    for (const value of found) {
      if (deep) {
        isOne = false
        below(value, key, next)
      } else if (Array.isArray(value) && typeof key === 'string') {
        isOne = false
        for (const item of value) push(next, itemOf(item, key))
      } else {
        push(next, itemOf(value, key))
        digits = typeof value === 'object' && value !== null ? numberText(value, key) : undefined
      }
    }
    // What is asked of each item of a list that lists hold is one list.
    found = isOne ? next : next.flatMap((value) => (Array.isArray(value) && typeof key === 'string' ? value : [value]))
  }
  if (!isOne) return found.length === 0 ? NOTHING : known(found)
  const [only] = found
  return typeof only === 'number' ? known(only, digits) : known(only)
}

function push(list: JsonValue[], value: JsonValue | undefined): void {
  if (value !== undefined) list.push(value)
}

function below(value: JsonValue, key: Step, into: JsonValue[]): void {
  const waiting: JsonValue[] = [value]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one !== 'object' || one === null) continue
    push(into, itemOf(one, key))
    waiting.push(...Object.values(one).toReversed())
  }
}
