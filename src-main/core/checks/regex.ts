/**
 * Regular expressions of assertions. One that can only take as long as its text is short runs where we are; any other runs in
 * the query worker, which is ended where it does not come to an end.
 */
import { matchIn } from '../bodies/query-regex.ts'
import type { QueryWorker } from '../bodies/query-worker-client.ts'
import type { QueryResult } from '../bodies/query-worker.ts'
import { messageOf } from '../lib/core-error.ts'
import { problem, type CheckProblem } from './value.ts'

export interface Matched {
  readonly kind: 'match'
  readonly match: string | null
}

/** How long an expression may take, in milliseconds. */
export const REGEX_MS = 2000
/** A text of which an expression that repeats once is done with in no time. */
const SHORT_TEXT = 2000
/** Of an expression that is tried where we are. */
const MOST_CHOICES = 4
/** More than this is no expression that a person wrote. */
const MAX_PATTERN = 10_000

export function firstMatch(
  pattern: string,
  flags: string,
  text: string,
  worker: QueryWorker,
  signal: AbortSignal | undefined,
): Matched | CheckProblem | Promise<Matched | CheckProblem> {
  const fault = patternFault(pattern, flags)
  if (fault) return fault
  if (isQuick(pattern, text)) return { kind: 'match', match: matchIn(text, pattern, flags) }
  const task = { kind: 'regex', pattern, flags, source: Buffer.from(text, 'utf8'), encoding: 'utf-8', timeMs: REGEX_MS } as const
  return worker.run(task, signal).then(matchedBy)
}

export function matchedBy(result: QueryResult): Matched | CheckProblem {
  if (result.kind === 'match') return result
  if (result.kind === 'problem') return problem(result.message)
  throw new Error(`The query worker answered with ${result.kind}.`)
}

/** What is wrong with an expression; null: nothing. */
export function patternFault(pattern: string, flags: string): CheckProblem | null {
  if (pattern.length > MAX_PATTERN) return problem('The regular expression is too long.')
  try {
    new RegExp(pattern, flags)
    return null
  } catch (error) {
    return problem(`${messageOf(error)}.`)
  }
}

/**
 * Whether trying it takes at most some steps for each pair of places in the text: it repeats once without bound, repeats no
 * group, refers to none, and has few choices, each of which may double the work of those before it.
 */
function isQuick(pattern: string, text: string): boolean {
  if (text.length > SHORT_TEXT) return false
  const plain = pattern.replace(/\\[^\dk]/g, 'x').replace(/\[[^\]]*\]/g, 'x')
  if (/\\|\)[*+?{]|\{\d/.test(plain)) return false
  const repeats = plain.match(/[*+]/g) ?? []
  const choices = plain.match(/\||(?<![(*+])\?/g) ?? []
  return repeats.length <= 1 && choices.length <= MOST_CHOICES
}
