/** Asking for what is in a body: queries, windows of their matches, and the matches taken elsewhere. */
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { ExportFormat, MatchFilter, QueryKind, QueryMatch } from '#contract/model/body-query.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { copyToClipboard, notice, saveBody } from './bodies.ts'
import { copyBody } from './copy-body.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

export type QueryAnswer = Output<'body.query'>
export type FoundMatches = Extract<QueryAnswer, { kind: 'matches' }>
export type QueryProblem = Extract<QueryAnswer, { kind: 'problem' }>

export interface BodyQuery {
  readonly id: BodyId
  readonly contentType: string
  /** Null finds it out. */
  readonly encoding: string | null
  readonly kind: QueryKind
  readonly expression: string
  readonly filter: MatchFilter
}

/** Longest text of a match that goes to the clipboard, in UTF-16 units. */
const LONGEST_COPY = 8 * 1024 * 1024

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = { text: 'text/plain', json: 'application/json', csv: 'text/csv' }
const ENDINGS: Readonly<Record<ExportFormat, string>> = { text: 'txt', json: 'json', csv: 'csv' }

/** Runs a query; aborting stops it. By `workId` it tells how far it is. The caller closes it when done with its matches. */
export function queryBody(query: BodyQuery, workId: string, signal: AbortSignal): Promise<Result<QueryAnswer, WireError>> {
  return platform().call('body.query', { ...query, workId }, signal)
}

/** How far a query of a large body, or the making of a tree, has come: from 0 to 1; null where that cannot be told. */
export async function readShare(workId: string): Promise<number | null> {
  const told = await platform().call('body.share', { workId })
  return told.ok ? told.value.share : null
}

/** Matches `from` to `from + count`, their texts cut as they are for a list. */
export async function readMatches(
  queryId: string,
  from: number,
  count: number,
  signal?: AbortSignal,
): Promise<Result<readonly QueryMatch[], WireError>> {
  const read = await platform().call('body.matches', { queryId, from, count }, signal)
  return read.ok ? ok(read.value.matches) : read
}

/**
 * One match with its whole text.
 *
 * @param bare without what the post-filter did to it
 * @param length longest text wanted
 */
export async function readMatch(
  queryId: string,
  index: number,
  bare: boolean,
  length = LONGEST_COPY,
): Promise<Result<QueryMatch, WireError>> {
  const read = await platform().call('body.matches', { queryId, from: index, count: 1, length, bare })
  if (!read.ok) return read
  const [match] = read.value.matches
  return match === undefined ? failed(gone()) : ok(match)
}

/** Lets core forget a query. */
export function closeQuery(queryId: string): void {
  void platform().call('body.closeQuery', { queryId })
}

/** Puts the text of one match on the clipboard, whole. */
export async function copyMatch(queryId: string, index: number): Promise<void> {
  const read = await readMatch(queryId, index, false)
  if (!read.ok) notice(read.error)
  else if (read.value.length > read.value.text.length) notice(tooLong())
  else await copyToClipboard(read.value.text)
}

/** Puts all matches on the clipboard. Failures become notices. */
export async function copyMatches(queryId: string, format: ExportFormat): Promise<void> {
  const exported = await platform().call('body.exportMatches', { queryId, format })
  if (!exported.ok) notice(exported.error)
  else if (exported.value.bytes === 0) await copyToClipboard('')
  else await copyBody(exported.value.id, MEDIA_TYPES[format], 'raw', 'utf-8', `matches.${ENDINGS[format]}`)
}

/** Saves all matches to a file that the user names. Failures become notices. */
export async function saveMatches(queryId: string, format: ExportFormat): Promise<void> {
  const exported = await platform().call('body.exportMatches', { queryId, format })
  if (exported.ok) await saveBody(exported.value.id, `matches.${ENDINGS[format]}`)
  else notice(exported.error)
}

function gone(): WireError {
  return { kind: 'NotFound', stage: 'store', message: t`This match is no longer kept.`, hint: t`Run the filter again.` }
}

function tooLong(): WireError {
  return { kind: 'TooLarge', stage: 'call', message: t`The match is too long for the clipboard.`, hint: t`Save the matches to a file.` }
}
