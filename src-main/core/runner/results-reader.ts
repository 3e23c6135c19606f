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

export interface ResultsReader {
  /** Those of these numbers, in their order. */
  readonly results: (indexes: readonly number[]) => Promise<RunResult[]>
  /** Numbers of the results that fit, in order. */
  readonly matching: (filter: RowFilter) => Promise<readonly number[]>
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
    matching: async ({ outcome, text, item }) => {
      const fitting: number[] = []
      for (let at = 0; at < index.count(); at += 1) {
        const record = index.get(at)
        if ((outcome === 'all' || record.isFailed) && (item === undefined || record.item === item)) fitting.push(at)
      }
      if (text === '') return fitting
      const wanted = new Set(fitting)
      const found: number[] = []
      for await (const row of allOf(path, index, flush, resultAt)) if (wanted.has(row.index) && holds(row, text)) found.push(row.index)
      return found
    },
    all: () => allOf(path, index, flush, resultAt),
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
): AsyncGenerator<RunResult> {
  await flush()
  const count = index.count()
  if (count === 0) return
  const file = await openToRead(path)
  try {
    for (let from = 0; from < count; from += AT_ONCE) {
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
