/**
 * Queries over stored bodies, by their ids: what the text is, whether it is too large, and an export's way into the body
 * store. The work itself is the worker's.
 */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Output, ParsedInput } from '#contract/commands.ts'
import type { QueryProblem } from './query-types.ts'
import { CoreError } from '../lib/core-error.ts'
import { bodyLanguage } from './body-language.ts'
import type { BodyStore } from './body-store.ts'
import { decoderFor, detectEncoding, SAMPLE_BYTES } from './encoding.ts'
import { keepPieces } from './keep-pieces.ts'
import { createQueryWorker, type QueryWorker } from './query-worker-client.ts'
import type { QueryResult } from './query-worker.ts'
import { toUtf8 } from './utf8-text.ts'
import { createViewFiles } from './view-files.ts'
import { createWorkShares, withShare, type WorkShares } from './work-shares.ts'

export interface BodyQueries {
  /** @throws {CoreError} `NotFound`: no such body; `InvalidOption`: no such encoding; `Cancelled` */
  readonly query: (input: ParsedInput<'body.query'>, signal?: AbortSignal) => Promise<Output<'body.query'>>
  /** @throws {CoreError} `NotFound`: the query's matches are no longer kept */
  readonly matches: (input: ParsedInput<'body.matches'>, signal?: AbortSignal) => Promise<Output<'body.matches'>>
  /** @throws {CoreError} `NotFound`; `StorageError`; `TooLarge` where it takes too long to write */
  readonly export: (input: ParsedInput<'body.exportMatches'>, signal?: AbortSignal) => Promise<Output<'body.exportMatches'>>
  readonly close: (queryId: string) => void
  readonly closeAll: () => Promise<void>
}

const MIB = 1024 * 1024
/**
 * What a text takes in memory once it is read: some ten times its size as JSON, forty as a tree of markup. Larger JSON goes
 * by for each query instead; from `read` on where that can be, which takes half the time of reading it, but for filters.
 */
const LARGEST = { read: 16 * MIB, json: 64 * MIB, markup: 16 * MIB }
/** Of what goes by each MiB may take so long, and all of it two minutes at least. */
const STREAMED_MS = { perMib: 500, least: 120_000 }

export interface BodyQueriesOptions {
  readonly store: Pick<BodyStore, 'stat' | 'read' | 'path' | 'write'>
  /** Folder for exports on their way. */
  readonly dir: string
  readonly worker?: QueryWorker
  readonly shares?: WorkShares
  /** In bytes: what is longer is not read whole; JSON that is longer than `read` only where that is quicker, or has to be. */
  readonly largest?: typeof LARGEST
}

export function createBodyQueries({
  store,
  dir,
  worker = createQueryWorker(),
  shares = createWorkShares(),
  largest = LARGEST,
}: BodyQueriesOptions): BodyQueries {
  const files = createViewFiles(dir)
  const run = async (input: ParsedInput<'body.query'>, bytes: number, isStreamed: boolean, signal?: AbortSignal) => {
    const { id, contentType, kind, expression, filter } = input
    const { encoding, language } = await textOf(store, input, bytes)
    const queryId = randomUUID()
    const source = await sourceOf(store, id, bytes)
    const scratch = isStreamed ? await files.next() : null
    const timeMs = isStreamed ? Math.max(STREAMED_MS.least, (bytes / MIB) * STREAMED_MS.perMib) : null
    const text = { textId: `${id} ${encoding} ${contentType}`, source, encoding, language, scratch, timeMs }
    const task = { kind: 'query', queryId, queryKind: kind, expression, filter, ...text } as const
    const result = await withShare(shares, input.workId, (share) => worker.run({ ...task, share }, signal))
    return { queryId, result }
  }
  return {
    query: async (input, signal) => {
      const { kind, expression } = input
      const stored = await store.stat(input.id)
      if (!stored) throw new CoreError('NotFound', 'store', 'This body is no longer kept.', { hint: 'Send the request again.' })
      const { bytes } = stored
      if (kind !== 'jsonpath' && bytes > largest.markup) return tooLarge(bytes, largest.markup)
      const isLong = kind === 'jsonpath' && bytes > largest.json
      const isQuicker = kind === 'jsonpath' && bytes > largest.read && !expression.includes('?')
      let answer = await run(input, bytes, isLong || isQuicker, signal)
      // What cannot be answered while it goes by can be where it is read.
      if (isQuicker && !isLong && isOverLimit(answer.result)) answer = await run(input, bytes, false, signal)
      const { queryId, result } = answer
      if (result.kind === 'problem') return result
      if (result.kind !== 'found') throw unexpected(result)
      return { kind: 'matches', queryId, total: result.total, listed: result.listed, note: result.note, first: [...result.first] }
    },
    matches: async (input, signal) => {
      const result = await worker.run({ kind: 'matches', ...input }, signal)
      if (result.kind === 'forgotten') throw forgotten()
      if (result.kind !== 'matches') throw unexpected(result)
      return { matches: [...result.matches] }
    },
    export: async ({ queryId, format }, signal) => {
      const output = await files.next()
      try {
        const result = await worker.run({ kind: 'export', queryId, format, output }, signal)
        if (result.kind === 'forgotten') throw forgotten()
        if (result.kind !== 'exported') throw unexpected(result)
        return await keepPieces(store, createReadStream(output) as AsyncIterable<Uint8Array>)
      } finally {
        await files.remove(output)
      }
    },
    close: worker.forget,
    closeAll: async () => {
      await worker.close()
      await files.close()
    },
  }
}

function isOverLimit(result: QueryResult): boolean {
  return result.kind === 'problem' && result.of === 'limit'
}

/** The worker reads the body's file; one that can be in memory only goes along. */
async function sourceOf(
  store: Pick<BodyStore, 'path' | 'read'>,
  id: Parameters<BodyStore['path']>[0],
  bytes: number,
): Promise<string | Buffer> {
  try {
    return await store.path(id)
  } catch (error) {
    if (!(error instanceof CoreError) || error.kind !== 'StorageError') throw error
    return store.read(id, 0, bytes)
  }
}

async function textOf(
  store: Pick<BodyStore, 'read'>,
  { id, contentType, encoding }: ParsedInput<'body.query'>,
  bytes: number,
): Promise<{ readonly encoding: string; readonly language: string }> {
  const sample = bytes === 0 ? Buffer.alloc(0) : await store.read(id, 0, Math.min(bytes, SAMPLE_BYTES))
  const isWhole = sample.length >= bytes
  if (encoding !== null) decoderFor(encoding) // throws for an unknown one
  const found = encoding ?? detectEncoding(sample, contentType, isWhole).encoding
  const pieces: Buffer[] = []
  toUtf8(found, (piece) => pieces.push(Buffer.from(piece))).write(sample)
  return { encoding: found, language: bodyLanguage(contentType, Buffer.concat(pieces), isWhole).language }
}

function tooLarge(bytes: number, most: number): QueryProblem {
  const message = `XML and HTML are queried up to ${most / MIB} MiB; this body has ${Math.ceil(bytes / MIB).toLocaleString('en-US')} MiB.`
  return { kind: 'problem', of: 'limit', message, position: null }
}

function forgotten(): CoreError {
  return new CoreError('NotFound', 'store', 'The matches of this query are no longer kept.', { hint: 'Run the filter again.' })
}

function unexpected(result: QueryResult): CoreError | Error {
  if (result.kind === 'problem') return new CoreError('TooLarge', 'store', result.message)
  return new Error(`The query worker answered with ${result.kind}.`)
}
