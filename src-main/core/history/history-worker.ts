/**
 * The worker thread that has the history's database, so that a long search or a slow disk never holds up a host. Its other
 * end is history-thread.ts. It tells, too, when another process has written.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { WireError } from '#contract/errors.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { createHistoryEngine } from './history-engine.ts'
import type { HistoryOperations, OperationName } from './history-row.ts'
import { loadDatabase } from './load-database.ts'

export interface ToHistoryWorker {
  readonly id: number
  /** `close` ends the thread, when all is done that was asked before. */
  readonly name: OperationName | 'close'
  readonly args: readonly unknown[]
}

export type FromHistoryWorker =
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: WireError }
  /** Something that should not have happened. */
  | { readonly kind: 'bug'; readonly id: number; readonly message: string }
  | { readonly kind: 'notice'; readonly error: WireError }
  | { readonly kind: 'changed' }

/** How often it is looked whether another process has written. */
const LOOK_MS = 1000

function send(message: FromHistoryWorker): void {
  parentPort?.postMessage(message)
}

// Set when the thread was started, by history-thread.ts.
const { path } = workerData as { readonly path: string }
const engine = createHistoryEngine(path, await loadDatabase(), (notice) => send({ kind: 'notice', error: notice.toWire() }))
let version: number | null = null

function look(): void {
  try {
    const now = engine.run('version', [])
    if (version !== null && version !== now) send({ kind: 'changed' })
    version = now
  } catch {
    // Whoever asks for something is told what is wrong.
  }
}

function answer({ id, name, args }: ToHistoryWorker): void {
  try {
    if (name === 'close') {
      engine.close()
      send({ kind: 'done', id, result: null })
      parentPort?.close()
      return
    }
    // The thread's other end, which is typed, put name and arguments together.
    const result = engine.run(name, args as Parameters<HistoryOperations[typeof name]>)
    send({ kind: 'done', id, result })
    if (version === null) {
      look()
      setInterval(look, LOOK_MS).unref()
    }
  } catch (error) {
    if (error instanceof CoreError) send({ kind: 'failed', id, error: error.toWire() })
    else send({ kind: 'bug', id, message: error instanceof Error ? (error.stack ?? error.message) : messageOf(error) })
  }
}

parentPort?.on('message', answer)
