/** What json-path-walker.ts keeps of the values that are open while JSON streams by. */
import { decodedString } from './json-string.ts'
import type { Filter } from './json-path-plan.ts'

/** A list or an object on the way from the top to a value, and the name or index that leads on from it. */
export interface Place {
  readonly above: Place | null
  readonly key: string | number
}

/** Numbers that put a match where RFC 9535 has it among the others, the last first. */
export interface Order {
  readonly before: Order | null
  readonly at: number
}

/** A step of the query that is applied to the children of a value. */
export interface Visit {
  readonly step: number
  readonly order: Order | null
}

/** A filter that has to be asked of a value. */
export interface Pending extends Visit {
  readonly filter: Filter
}

/** A child of an open list or object, from its beginning to what stands behind it. */
export interface Child {
  readonly start: number
  /** A name with its quotes. */
  key: number | Buffer
  visits: readonly Visit[]
  /** One for each time that it matches. */
  matches: readonly (Order | null)[]
  /** Filters that are not asked yet. */
  pending: readonly Pending[]
  /** Its bytes are kept until it ends. */
  isHeld: boolean
  /** A member that a filter of the object looks at. */
  isWanted: boolean
  isScalar: boolean
  /** Members that filters look at, by their names, as they are written. */
  members: Map<string, string> | null
}

/** An open list or object that a step or a filter is interested in. */
export interface Frame {
  readonly isList: boolean
  readonly place: Place | null
  readonly visits: readonly Visit[]
  /** Names of members whose texts `owner` needs. */
  readonly wanted: ReadonlySet<string> | null
  /** The only names, with their quotes, that are looked for; null: any may be. */
  readonly names: readonly Buffer[] | null
  readonly owner: Child | null
  index: number
  /** Where the child begins that was not met yet, or its name; null: none may follow. */
  from: number | null
  child: Child | null
}

const NONE: readonly never[] = []

export function newChild(start: number, key: number | Buffer): Child {
  return { start, key, visits: NONE, matches: NONE, pending: NONE, isHeld: false, isWanted: false, isScalar: true, members: null }
}

export function keyOf(key: number | Buffer): string | number {
  return typeof key === 'number' ? key : decodedString(key)
}

/** Names and indexes from the top. */
export function locationOf(place: Place | null): (string | number)[] {
  const location: (string | number)[] = []
  for (let at = place; at !== null; at = at.above) location.unshift(at.key)
  return location
}

/** Sorts below zero where `a` comes first. */
export function compareOrders(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export function numbersOf(order: Order | null): number[] {
  const numbers: number[] = []
  for (let at = order; at !== null; at = at.before) numbers.push(at.at)
  return numbers.reverse()
}
