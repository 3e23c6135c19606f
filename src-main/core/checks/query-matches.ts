/** The matches of a query of the worker, as values of checks. */
import { randomUUID } from 'node:crypto'
import type { MatchFilter, QueryKind, QueryMatch } from '#contract/model/body-query.ts'
import { parseLosslessJson } from '../bodies/lossless-json.ts'
import type { QueryResult } from '../bodies/query-worker.ts'
import type { BodyDeps, BodySource } from './body-source.ts'
import { simplePath } from './simple-path.ts'
import { known, NOTHING, problem, textual, type Actual, type CheckProblem, type Known } from './value.ts'

/** Matches that are compared; of more only the number is known. */
const MOST_MATCHES = 10_000
/** Of each, in UTF-16 units. */
const MATCH_LENGTH = 1_000_000

export async function queryMatches(
  { worker, signal }: BodyDeps,
  source: BodySource,
  language: QueryKind,
  query: string,
): Promise<Actual | CheckProblem> {
  const queryId = randomUUID()
  const filter: MatchFilter = {
    as: language === 'jsonpath' ? 'source' : 'text',
    trim: false,
    minLength: 0,
    unique: false,
    prefix: '',
    suffix: '',
  }
  const found = await worker.run({ kind: 'query', queryId, ...source, queryKind: language, expression: query, filter, share: null }, signal)
  if (found.kind === 'problem') return problem(wordsOf(found, language))
  if (found.kind !== 'found') throw new Error(`The query worker answered with ${found.kind}.`)
  if (found.total > MOST_MATCHES) return { kind: 'large', type: 'array', length: found.total, bytes: 0 }
  const isWhole = found.first.length >= found.total && found.first.every(({ text, length }) => text.length === length)
  const matches = isWhole ? found.first : await allOf(worker, queryId, found.total, signal)
  worker.forget(queryId)
  if (matches.some(({ text, length }) => text.length < length)) return problem('What the query finds is too large to be compared.')
  const items = matches.map(language === 'jsonpath' ? jsonMatch : markupMatch)
  if (language === 'jsonpath' && simplePath(query) !== null) return items[0] ?? NOTHING
  const [only] = items
  // What an XPath works out (a count, a sum) is no match but a value.
  if (only && language === 'xpath' && items.length === 1 && matches[0]?.path === '') return only
  return { kind: 'matches', items, total: found.total }
}

async function allOf(
  worker: BodyDeps['worker'],
  queryId: string,
  count: number,
  signal: AbortSignal | undefined,
): Promise<readonly QueryMatch[]> {
  const result = await worker.run({ kind: 'matches', queryId, from: 0, count, length: MATCH_LENGTH, bare: false }, signal)
  return result.kind === 'matches' ? result.matches : []
}

function jsonMatch({ text }: QueryMatch): Known {
  const json = parseLosslessJson(text)
  if (json.kind === 'fault') return known(text)
  const isPlain = typeof json.root === 'string' || typeof json.root === 'boolean' || json.root === null
  return isPlain ? known(json.root) : known(json.root, json.sourceAt([]))
}

function markupMatch({ text, type }: QueryMatch): Known {
  if (type === 'boolean') return known(text === 'true')
  return type === 'number' ? known(Number(text), text) : textual(text)
}

function wordsOf({ of, message, position }: Extract<QueryResult, { kind: 'problem' }>, language: QueryKind): string {
  if (of !== 'expression') return message
  const what = language === 'jsonpath' ? 'JSONPath' : language === 'xpath' ? 'XPath' : 'CSS selector'
  return `The ${what} is not understood${position === null ? '' : ` at character ${position + 1}`}: ${message}`
}
