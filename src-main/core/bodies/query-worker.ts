/**
 * The worker thread that runs queries over bodies, one at a time, as the other end (query-worker-client.ts) hands them
 * out. Keeps the texts it has read and the matches it has found, so that typing on, scrolling and exporting do not read
 * the body anew. What cannot be stopped by asking is stopped by ending the thread.
 */
import { readFileSync, writeSync, openSync, closeSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { ExportFormat, MatchFilter, QueryKind, QueryMatch } from '#contract/model/body-query.ts'
import { messageOf, systemCode } from '../lib/core-error.ts'
import { exportMatches, filterMatches, type FilteredMatches } from './query-export.ts'
import { matchIn } from './query-regex.ts'
import type { Validity } from './query-schema.ts'
import { modelFor, readForQueries } from './query-text.ts'
import { NotStreamable, SHARED, type Matches, type QueriedText, type QueryProblem } from './query-types.ts'
import { toUtf8 } from './utf8-text.ts'
import type { WorkShare } from './work-shares.ts'

export interface QueryJob {
  readonly kind: 'query'
  /** Names the result for the jobs that follow. */
  readonly queryId: string
  /** Names the text: the same name is the same text. */
  readonly textId: string
  /** The body's file, or the body itself where there can be none. */
  readonly source: string | Uint8Array
  readonly encoding: string
  readonly language: string
  readonly queryKind: QueryKind
  readonly expression: string
  readonly filter: MatchFilter
  /** The text is too large to be held: it goes by for each query, decoded to the file at this path where it is not UTF-8. */
  readonly scratch: string | null
  /** Longest time for it, in milliseconds, where the usual one is too short. */
  readonly timeMs: number | null
  /** Where it says how far it is, of a text that goes by. */
  readonly share: WorkShare | null
}

interface MatchWindow {
  readonly from: number
  readonly count: number
  /** Longest text of each. */
  readonly length: number
  /** Texts without what the filter does to them. */
  readonly bare: boolean
}

/** A regular expression over a text, or over the body. */
export interface RegexJob extends Pick<QueryJob, 'source' | 'encoding'> {
  readonly kind: 'regex'
  readonly pattern: string
  readonly flags: string
  /** Ended after so many milliseconds. */
  readonly timeMs: number
}

/** A JSON Schema over the body. */
export interface SchemaJob extends Pick<QueryJob, 'source' | 'encoding'> {
  readonly kind: 'schema'
  /** In JSON. */
  readonly schema: string
  /** Ended after so many milliseconds. */
  readonly timeMs: number
}

export type QueryTask =
  | QueryJob
  | RegexJob
  | SchemaJob
  | ({ readonly kind: 'matches'; readonly queryId: string } & MatchWindow)
  | { readonly kind: 'export'; readonly queryId: string; readonly format: ExportFormat; readonly output: string }

export type QueryResult =
  | {
      readonly kind: 'found'
      readonly total: number
      readonly listed: number
      readonly note: string | null
      readonly first: readonly QueryMatch[]
    }
  | { readonly kind: 'matches'; readonly matches: readonly QueryMatch[] }
  | { readonly kind: 'exported' }
  /** The first match, and its first group where it has one; null: there is none. */
  | { readonly kind: 'match'; readonly match: string | null }
  | Validity
  /** The result is no longer kept. */
  | { readonly kind: 'forgotten' }
  | QueryProblem

export type ToQueryWorker =
  | { readonly kind: 'run'; readonly id: number; readonly task: QueryTask; readonly stop: Int32Array }
  | { readonly kind: 'forget'; readonly queryId: string }

export type FromQueryWorker =
  | { readonly kind: 'done'; readonly id: number; readonly result: QueryResult }
  | { readonly kind: 'failed'; readonly id: number; readonly code: string | null; readonly message: string }

/** Matches and their texts that go along with the answer: what a screen shows. */
const FIRST_MATCHES = 60
const FIRST_LENGTH = 400
/** Read texts kept at a time: those of two tabs, or of one as JSON and as something else. */
const KEPT_TEXTS = 2
/** Results kept where nobody says that they may go. */
const KEPT_RESULTS = 20
/** Written at once, in characters. */
const PIECE = 256 * 1024

interface Found {
  readonly key: string
  /** The read text that the matches hold on to. */
  readonly textKey: string
  readonly matches: Matches
  readonly filtered: FilteredMatches
  readonly filter: MatchFilter
}

const texts = new Map<string, QueriedText | QueryProblem>()
const results = new Map<string, Found>()

class Stopped extends Error {}

async function run(task: QueryTask, stop: Int32Array): Promise<QueryResult> {
  if (task.kind === 'query') return query(task, stop)
  if (task.kind === 'regex') return firstMatch(task)
  if (task.kind === 'schema') return (await import('./query-schema.ts')).validateJson(decoded(task.source, task.encoding), task.schema)
  const found = results.get(task.queryId)
  if (!found) return { kind: 'forgotten' }
  results.delete(task.queryId)
  results.set(task.queryId, found) // the map's order is that of last use
  if (task.kind === 'matches') return { kind: 'matches', matches: windowOf(found.filtered, task) }
  try {
    exportTo(task.output, exportMatches(found.filtered, found.filter, task.format), stop)
  } catch (error) {
    if (!(error instanceof NotStreamable)) throw error
    return { kind: 'problem', of: 'limit', message: error.message, position: null }
  }
  return { kind: 'exported' }
}

async function query(job: QueryJob, stop: Int32Array): Promise<QueryResult> {
  const textKey = `${job.queryKind === 'jsonpath' ? 'json' : 'markup'} ${job.textId}`
  const check = (): void => {
    if (Atomics.load(stop, SHARED.stop) !== 0) throw new Stopped()
  }
  Atomics.store(stop, SHARED.reading, 1)
  const text = await textOf(job, textKey, check)
  Atomics.store(stop, SHARED.reading, 0)
  if (text.kind === 'problem') return text
  const key = [job.textId, job.queryKind, job.expression].join('\n')
  // Another filter over the same matches does not look for them again.
  const known = [...results.values()].find((found) => found.key === key)
  check()
  const matches = known?.matches ?? text.query(job.queryKind, job.expression, { check, share: job.share })
  if (matches.kind === 'problem') return matches
  const filtered = filterMatches(matches, job.filter)
  results.set(job.queryId, { key, textKey, matches, filtered, filter: job.filter })
  trim(results, KEPT_RESULTS)
  const note = [noteOfCut(matches), matches.note].filter((part) => part !== null).join(' ') || null
  const first = windowOf(filtered, { from: 0, count: FIRST_MATCHES, length: FIRST_LENGTH, bare: false })
  return { kind: 'found', total: matches.total, listed: filtered.count, note, first }
}

function noteOfCut({ total, kept }: Matches): string | null {
  return total > kept ? `The first ${kept.toLocaleString('en-US')} are listed.` : null
}

async function textOf(job: QueryJob, key: string, check: () => void): Promise<QueriedText | QueryProblem> {
  const known = texts.get(key)
  texts.delete(key)
  if (known === undefined) {
    for (const text of trim(texts, KEPT_TEXTS - 1)) if (text.kind === 'text') text.close?.()
    for (const [id, { textKey }] of results) if (textKey !== key && !texts.has(textKey)) results.delete(id)
  }
  const read = known ?? (await readText(job, check))
  texts.set(key, read)
  return read
}

async function readText(job: QueryJob, check: () => void): Promise<QueriedText | QueryProblem> {
  const { source, encoding, language, queryKind: kind, scratch } = job
  if (scratch !== null) {
    const [{ openUtf8 }, { streamedJson }] = await Promise.all([import('./utf8-file.ts'), import('./query-json-stream.ts')])
    return streamedJson(openUtf8(source, encoding, scratch, check))
  }
  const text = decoded(source, encoding)
  return readForQueries(text, modelFor(kind, language, text.slice(0, 1000)))
}

function decoded(source: string | Uint8Array, encoding: string): string {
  const pieces: Buffer[] = []
  const decoder = toUtf8(encoding, (bytes) => pieces.push(Buffer.from(bytes)))
  decoder.write(typeof source === 'string' ? readFileSync(source) : source)
  decoder.end()
  return Buffer.concat(pieces).toString('utf8')
}

function firstMatch({ source, encoding, pattern, flags }: RegexJob): QueryResult {
  return { kind: 'match', match: matchIn(decoded(source, encoding), pattern, flags) }
}

function windowOf({ at, textAt, count: all }: FilteredMatches, { from, count, length, bare }: MatchWindow): readonly QueryMatch[] {
  return Array.from({ length: Math.max(0, Math.min(count, all - from)) }, (_, offset) => {
    const match = at(from + offset)
    const long = match.beginning?.(length)
    if (long) return { path: match.path(), type: match.type, ...long }
    const text = bare ? match.text() : textAt(from + offset)
    return { path: match.path(), type: match.type, text: text.slice(0, length), length: text.length }
  })
}

function exportTo(path: string, pieces: Iterable<string>, stop: Int32Array): void {
  const file = openSync(path, 'wx', 0o600)
  const flush = (text: string): void => {
    const bytes = Buffer.from(text, 'utf8')
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
    if (Atomics.load(stop, SHARED.stop) !== 0) throw new Stopped()
  }
  try {
    let waiting = ''
    for (const piece of pieces) {
      waiting += piece
      if (waiting.length < PIECE) continue
      flush(waiting)
      waiting = ''
    }
    flush(waiting)
  } finally {
    closeSync(file)
  }
}

/** @returns what had to go */
function trim<T>(map: Map<string, T>, most: number): T[] {
  const gone: T[] = []
  for (const [key, value] of map) {
    if (map.size <= most) break
    map.delete(key)
    gone.push(value)
  }
  return gone
}

function send(message: FromQueryWorker): void {
  parentPort?.postMessage(message)
}

parentPort?.on('message', (message: ToQueryWorker) => {
  if (message.kind === 'forget') {
    results.delete(message.queryId)
    return
  }
  run(message.task, message.stop).then(
    (result) => send({ kind: 'done', id: message.id, result }),
    (error: unknown) =>
      send({ kind: 'failed', id: message.id, code: error instanceof Stopped ? 'STOPPED' : systemCode(error), message: messageOf(error) }),
  )
})
