/** What a query of a text gives, whatever its language: matches that are worked out one by one, as they are asked for. */
import type { MatchType, QueryKind } from '#contract/model/body-query.ts'
import type { WorkShare } from './work-shares.ts'

export interface Match {
  readonly type: MatchType
  /** A query of the same kind that leads to this match alone; empty for a computed value. */
  readonly path: () => string
  /** A string without quotes, an element's text. Numbers are as they stand in the body, digit by digit. */
  readonly text: () => string
  /** As it stands in the body. */
  readonly source: () => string
  /** Of a long one: its first characters as they are written, and about how many there are, without reading all of it. */
  readonly beginning?: (length: number) => { readonly text: string; readonly length: number }
  /** Of an object of a JSON text: its members' texts by their names. */
  readonly members?: () => ReadonlyMap<string, string>
}

export interface Matches {
  readonly kind: 'matches'
  /** All that match. */
  readonly total: number
  /** How many of them, from the first, `at` knows. */
  readonly kept: number
  readonly at: (index: number) => Match
  /** What should be known of them; null: nothing. */
  readonly note: string | null
}

export interface QueryProblem {
  readonly kind: 'problem'
  readonly of: 'expression' | 'body' | 'limit'
  readonly message: string
  /** Index in the expression; null where it is of the body, or the whole expression. */
  readonly position: number | null
}

/** A text that was read for queries; of which kinds, its reader says. */
export interface QueriedText {
  readonly kind: 'text'
  readonly query: (kind: QueryKind, expression: string, options?: QueryOptions) => Matches | QueryProblem
  /** Of one that reads from a file: lets go of it. */
  readonly close?: () => void
}

export interface QueryOptions {
  /** Most matches that are kept; the others are counted only. */
  readonly keep?: number
  /** Called often; what it throws ends the query. */
  readonly check?: () => void
  /** Told how far it is, where the text goes by. */
  readonly share?: WorkShare | null
}

/** What is asked for cannot be had of a text that streams by: why, as a sentence. */
export class NotStreamable extends Error {}

/** Matches kept where nothing else is asked for: a path of one takes some 200 bytes. */
export const KEPT_MATCHES = 200_000

/** The two words that both ends of a task that runs in the worker see. */
export const SHARED = {
  /** Set from outside: the task is to stop. */
  stop: 0,
  /** Set while the body is read: the next query needs it, too, so that ending the thread would gain nothing. */
  reading: 1,
} as const

/** A problem with the expression, at a place in it. */
export function expressionProblem(message: string, position: number | null = null): QueryProblem {
  return { kind: 'problem', of: 'expression', message, position }
}

/** A problem with the text that is queried. */
export function bodyProblem(message: string): QueryProblem {
  return { kind: 'problem', of: 'body', message, position: null }
}

/** The matches of a list that is all there. */
export function matchesOf<T>(found: readonly T[], matchOf: (item: T) => Match, keep = KEPT_MATCHES, note: string | null = null): Matches {
  return { kind: 'matches', total: found.length, kept: Math.min(found.length, keep), at: (index) => matchOf(itemAt(found, index)), note }
}

/** @throws {RangeError} where the list is shorter: the caller asked beyond `kept` */
export function itemAt<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new RangeError(`No match ${index} of ${list.length}.`)
  return item
}
