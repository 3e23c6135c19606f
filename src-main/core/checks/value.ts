/** What an expression came to: a value with its digits, the matches of a query, or something too large to be held. */
import type { JsonValue } from '../bodies/lossless-json.ts'

export interface Known {
  readonly kind: 'value'
  /** undefined: there is nothing. */
  readonly value: JsonValue | undefined
  /** Of a number: its digits, where a double would show others. Of a list or an object: its text as it stands. */
  readonly source?: string
  /** It comes from where everything is text (headers, cookies, markup), so `42` there is a number as well. */
  readonly isText?: true
  /** What is shown of it in the place of the value. */
  readonly shown?: string
}

/** Of a query that may have any number of matches. */
export interface Matches {
  readonly kind: 'matches'
  readonly items: readonly Known[]
  /** All of them; `items` has the first. */
  readonly total: number
}

/** Only what can be said without holding it. */
export interface Large {
  readonly kind: 'large'
  readonly type: 'string' | 'array' | 'object'
  /** Items, members; null: of a text, which is not counted. */
  readonly length: number | null
  readonly bytes: number
  /** Whether a text is in it, which is searched as it streams by; absent: it cannot be searched. */
  readonly contains?: (text: string) => Promise<boolean>
}

export type Actual = Known | Matches | Large

/** Why it could not be told, in words. */
export interface CheckProblem {
  readonly kind: 'problem'
  readonly message: string
}

export const NOTHING: Known = { kind: 'value', value: undefined }

export function known(value: JsonValue | undefined, source?: string): Known {
  return source === undefined ? { kind: 'value', value } : { kind: 'value', value, source }
}

/** A text from where everything is text. */
export function textual(value: string): Known {
  return { kind: 'value', value, isText: true }
}

export function problem(message: string): CheckProblem {
  return { kind: 'problem', message }
}

/** The value as a text: a text bare, anything else as JSON; null: there is nothing. */
export function textOfValue(actual: Actual): string | null {
  switch (actual.kind) {
    case 'value':
      return textOfKnown(actual)
    case 'matches': {
      const [only] = actual.items
      if (only === undefined) return null
      return actual.total === 1 ? textOfKnown(only) : `[${actual.items.map(jsonOf).join(',')}]`
    }
    case 'large':
      return actual.type === 'string'
        ? `a text of ${sizeOf(actual.bytes)}`
        : `${actual.type === 'array' ? 'a list' : 'an object'} of ${sizeOf(actual.bytes)}`
  }
}

function textOfKnown({ value, source }: Known): string | null {
  if (value === undefined) return null
  if (typeof value === 'string') return value
  return source ?? plainJson(value)
}

function jsonOf({ value, source }: Known): string {
  return typeof value === 'string' ? JSON.stringify(value) : (source ?? plainJson(value ?? null))
}

/** JSON, with the two numbers that JSON has no word for as Python writes them. */
function plainJson(value: JsonValue): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
