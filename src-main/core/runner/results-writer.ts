/**
 * The results of a run on their way to their files: lines of JSON, and the index of them. They are written a moment after
 * they came, lines before the index, so that a run which is killed leaves what can be read.
 */
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { storageError } from '../storage/atomic-write.ts'
import { createRunIndex, type IndexRecord, type RunIndex } from './run-index.ts'
import type { StoredLine } from './stored-result.ts'

export const LINES_FILE = 'results.jsonl'
export const INDEX_FILE = 'results.idx'
const WRITE_AFTER_MS = 100
/** Above this much unwritten, whoever adds more waits. */
const WAIT_ABOVE_BYTES = 4 * 1024 * 1024

export interface ResultsWriter {
  readonly index: RunIndex
  /** A promise where so much is unwritten that the caller should wait for it. */
  readonly add: (record: Omit<IndexRecord, 'offset'>, line: StoredLine) => Promise<void> | null
  /** Writes what is not yet written. @throws {CoreError} `StorageError` */
  readonly flush: () => Promise<void>
  readonly close: () => Promise<void>
}

/** @param dir the run's folder, which is there. @throws {CoreError} `StorageError` */
export async function createResultsWriter(dir: string): Promise<ResultsWriter> {
  const [lines, indexFile] = await Promise.all([openNew(join(dir, LINES_FILE)), openNew(join(dir, INDEX_FILE))])
  const index = createRunIndex()
  let offset = 0
  let waiting: string[] = []
  let waitingBytes = 0
  let indexed = 0
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()
  let failure: unknown = null

  const writeWaiting = async (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    if (waiting.length === 0) return
    const text = waiting.join('')
    const records = index.bytesFrom(indexed)
    waiting = []
    waitingBytes = 0
    indexed = index.count()
    await lines.appendFile(text)
    await indexFile.appendFile(records)
  }
  const flush = (): Promise<void> => {
    writing = writing.then(writeWaiting).catch((error: unknown) => {
      failure ??= error
    })
    return writing.then(() => {
      if (failure !== null) throw storageError(failure, dir)
    })
  }
  return {
    index,
    add: (record, line) => {
      const text = `${JSON.stringify(line)}\n`
      index.add({ ...record, offset })
      const bytes = Buffer.byteLength(text)
      offset += bytes
      waitingBytes += bytes
      waiting.push(text)
      // The first failure is told by the flush at the end.
      timer ??= setTimeout(() => void flush().catch(() => undefined), WRITE_AFTER_MS)
      return waitingBytes > WAIT_ABOVE_BYTES || failure !== null ? flush() : null
    },
    flush,
    close: async () => {
      try {
        await flush()
      } finally {
        await Promise.all([lines.close(), indexFile.close()])
      }
    },
  }
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600)
  } catch (error) {
    throw storageError(error, path)
  }
}
