/** The results of a run, read back: a window of them, one of them, or all in order without holding them at once. */
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunResult, RunRow } from '#contract/model/run.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { storageError } from '../storage/atomic-write.ts'
import { LINES_FILE } from './results-writer.ts'
import type { RunIndex } from './run-index.ts'
import { parseLine, resultOf, rowOf, type RequestName } from './stored-result.ts'

/** Results read by one call of the system. */
const AT_ONCE = 256
const NO_NAME: RequestName = { name: '', method: '' }

export interface RowFilter {
  readonly outcome: 'all' | 'failed'
  /** In lower case; empty: all. */
  readonly text: string
  readonly item?: number | undefined
}

interface Matching {
  readonly indexes: readonly number[]
  readonly total: number
}

export interface ResultsReader {
  /** Those of these numbers, in their order. */
  readonly results: (indexes: readonly number[]) => Promise<RunResult[]>
  /** Numbers of those that fit, from one place among them on, and how many fit. */
  readonly matching: (filter: RowFilter, offset: number, limit: number) => Promise<Matching>
  /** All that are there by now. */
  readonly all: () => AsyncGenerator<RunResult>
}

/** @param options.flush writes what is not yet in the file */
export function createResultsReader(options: {
  readonly dir: string
  readonly index: RunIndex
  readonly requests: readonly RequestName[]
  readonly flush?: () => Promise<void>
}): ResultsReader {
  const { dir, index, requests, flush = async () => undefined } = options
  const path = join(dir, LINES_FILE)
  const resultAt = (at: number, text: string): RunResult => {
    const record = index.get(at)
    const line = parseLine(text)
    return resultOf(rowOf(at, record, line, requests[record.item] ?? NO_NAME), line)
  }
  const search = createSearch(index, (from) => allOf(path, index, flush, resultAt, from))
  return {
    results: (indexes) =>
      withFile(path, async (file) => {
        await flush()
        const found: RunResult[] = []
        for (const at of indexes) {
          const [text] = await linesIn(file, index, at, at + 1)
          if (text === undefined) throw new CoreError('NotFound', 'store', `Result ${at + 1} of the run is not there.`)
          found.push(resultAt(at, text))
        }
        return found
      }),
    matching: async (filter, offset, limit) => {
      if (filter.text === '') return matchingRecords(index, filter, offset, limit)
      const found = await search.found(filter)
      return { indexes: found.slice(offset, offset + limit), total: found.length }
    },
    all: () => allOf(path, index, flush, resultAt),
  }
}

function matchingRecords(index: RunIndex, { outcome, item }: RowFilter, offset: number, limit: number): Matching {
  if (outcome === 'all' && item === undefined) {
    const count = index.count()
    return { indexes: Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_none, at) => offset + at), total: count }
  }
  const indexes: number[] = []
  let total = 0
  for (let at = 0; at < index.count(); at += 1) {
    if (!fits(index.get(at), outcome, item)) continue
    if (total >= offset && indexes.length < limit) indexes.push(at)
    total += 1
  }
  return { indexes, total }
}

function fits(
  record: { readonly isFailed: boolean; readonly item: number },
  outcome: RowFilter['outcome'],
  item: number | undefined,
): boolean {
  return (outcome === 'all' || record.isFailed) && (item === undefined || record.item === item)
}

/** Remembers the last search by text, so that in a run that goes on only what came since is read. */
function createSearch(
  index: RunIndex,
  rowsFrom: (from: number) => AsyncIterable<RunRow>,
): { readonly found: (filter: RowFilter) => Promise<number[]> } {
  let last = { key: '', found: [] as number[], searched: 0, work: Promise.resolve() }
  const goOn = async (search: typeof last, { outcome, text, item }: RowFilter): Promise<void> => {
    for await (const row of rowsFrom(search.searched)) {
      search.searched = row.index + 1
      if (fits(index.get(row.index), outcome, item) && holds(row, text)) search.found.push(row.index)
      // Another is asked for by now.
      if (last !== search) return
    }
  }
  return {
    found: async (filter) => {
      const key = JSON.stringify([filter.outcome, filter.text, filter.item])
      if (last.key !== key) last = { key, found: [], searched: 0, work: Promise.resolve() }
      const search = last
      search.work = search.work.catch(() => undefined).then(() => goOn(search, filter))
      await search.work
      return search.found
    },
  }
}

function holds({ name, url, status, reason, problem }: RunRow, text: string): boolean {
  return [name, url, `${status ?? ''} ${reason}`, problem ?? ''].some((one) => one.toLowerCase().includes(text))
}

async function* allOf(
  path: string,
  index: RunIndex,
  flush: () => Promise<void>,
  resultAt: (at: number, text: string) => RunResult,
  first = 0,
): AsyncGenerator<RunResult> {
  await flush()
  const count = index.count()
  if (first >= count) return
  const file = await openToRead(path)
  try {
    for (let from = first; from < count; from += AT_ONCE) {
      const lines = await linesIn(file, index, from, Math.min(count, from + AT_ONCE))
      for (const [at, text] of lines.entries()) yield resultAt(from + at, text)
    }
  } finally {
    await file.close()
  }
}

/** The lines of the results from one number up to another; fewer where the file ends. */
async function linesIn(file: FileHandle, index: RunIndex, from: number, to: number): Promise<string[]> {
  const start = index.get(from).offset
  const end = to < index.count() ? index.get(to).offset : (await file.stat()).size
  const bytes = Buffer.allocUnsafe(Math.max(0, end - start))
  let filled = 0
  while (filled < bytes.byteLength) {
    const { bytesRead } = await file.read(bytes, filled, bytes.byteLength - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes
    .toString('utf8', 0, filled)
    .split('\n')
    .slice(0, to - from)
    .filter((line) => line !== '')
}

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openToRead(path)
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

async function openToRead(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw new CoreError('NotFound', 'store', 'The results of the run are not there any more.')
    throw storageError(error, path, 'read')
  }
}
