/** What a match in an answer can be used for beyond being read: an assertion of the request, a capture into a variable. */
import type { QueryKind, QueryMatch } from '#contract/model/body-query.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { queryExpression } from '../lib/answer-expressions.ts'
import { notice } from './bodies.ts'
import { readMatch } from './body-query.ts'
import { assertValue, captureValue, type AnswerValue } from './value-uses.ts'
import { t } from '../lib/t.ts'
import { formatNumber } from '../lib/format-number.ts'

/** Where a match is: the query that found it, and its place in the list. */
export interface MatchRef {
  readonly queryId: string
  readonly index: number
  readonly kind: QueryKind
  /** As typed: it stands for a match that is computed, and has no place of its own. */
  readonly expression: string
}

/** Longest value of an assertion or a variable, in UTF-16 units. */
const LONGEST_VALUE = 100_000

/** Adds to the request that the answer has this value there. */
export async function assertMatch(id: DraftId, ref: MatchRef): Promise<void> {
  const found = await valueOf(ref)
  if (found !== null) assertValue(id, found)
}

/** Asks for a name, and adds a capture of the match to the request. */
export async function captureMatch(id: DraftId, ref: MatchRef): Promise<void> {
  const found = await valueOf(ref)
  if (found !== null) await captureValue(id, found)
}

/** The last name of a path, such as `id` of `$.items[0].id`. */
export function suggestedVariable(path: string): string {
  const names = path.replaceAll(/\[\d+\]|::\w+(\(.*\))?|:nth-of-type\(\d+\)/g, '').match(/[A-Za-z_][\w-]*/g)
  return names?.at(-1) ?? ''
}

/** Whether a value is short enough to be used; else that is said. */
export function isUsable(length: number): boolean {
  if (length <= LONGEST_VALUE) return true
  notice({
    kind: 'TooLarge',
    stage: 'call',
    message: t`The value is ${formatNumber(length)} characters long; an assertion or a variable may have ${formatNumber(LONGEST_VALUE)}.`,
    hint: t`Filter for a part of it.`,
  })
  return false
}

async function valueOf({ queryId, index, kind, expression }: MatchRef): Promise<AnswerValue | null> {
  const read = await readMatch(queryId, index, true, LONGEST_VALUE)
  if (!read.ok) {
    notice(read.error)
    return null
  }
  const match: QueryMatch = read.value
  if (!isUsable(match.length)) return null
  const path = match.path === '' ? expression.trim() : match.path
  const isText = match.type === 'string'
  return { expression: queryExpression(kind, path), value: match.text, ...(isText && { isText }), name: suggestedVariable(match.path) }
}
