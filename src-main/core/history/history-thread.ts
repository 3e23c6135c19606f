/**
 * Where the history's database runs: in a worker thread for a host that lives on, in the thread of the caller for a
 * command that ends soon, since a thread takes longer to start than the command has to do. Both answer in order.
 */
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { WireError } from '#contract/errors.ts'
import { CoreError } from '../lib/core-error.ts'
import { createHistoryEngine, type HistoryEngine } from './history-engine.ts'
import type { HistoryOperations, OperationName } from './history-row.ts'
import type { FromHistoryWorker, ToHistoryWorker } from './history-worker.ts'
import { loadDatabase } from './load-database.ts'

export interface HistoryThread {
  readonly run: <N extends OperationName>(name: N, ...args: Parameters<HistoryOperations[N]>) => Promise<ReturnType<HistoryOperations[N]>>
  /** Everything asked for before is done first. */
  readonly close: () => Promise<void>
}

export interface ThreadListener {
  readonly onNotice: (error: WireError) => void
  /** Another process has written. */
  readonly onChanged: () => void
}

/** In the caller's thread. */
export function createInlineThread(path: string, { onNotice }: Pick<ThreadListener, 'onNotice'>): HistoryThread {
  let engine: Promise<HistoryEngine> | null = null
  const begun = (): Promise<HistoryEngine> =>
    (engine ??= loadDatabase().then((open) => createHistoryEngine(path, open, (notice) => onNotice(notice.toWire()))))
  return {
    run: async (name, ...args) => (await begun()).run(name, args),
    close: async () => (await engine)?.close(),
  }
}

interface Pending {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** In a worker, started when first asked for something. One that dies fails what it was asked, and the next is a new one. */
export function createWorkerThread(path: string, listener: ThreadListener): HistoryThread {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let lastId = 0
  const settle = (id: number): Pending | undefined => {
    const found = pending.get(id)
    pending.delete(id)
    if (pending.size === 0) worker?.unref()
    return found
  }
  const start = (): Worker => {
    const started = new Worker(findWorker(), { name: 'posthaste-history', workerData: { path } })
    started.on('message', (message: FromHistoryWorker) => {
      if (message.kind === 'notice') listener.onNotice(message.error)
      else if (message.kind === 'changed') listener.onChanged()
      else if (message.kind === 'done') settle(message.id)?.resolve(message.result)
      else settle(message.id)?.reject(message.kind === 'bug' ? new Error(message.message) : errorOf(message.error))
    })
    const gone = (error: Error): void => {
      if (worker !== started) return
      worker = null
      for (const id of [...pending.keys()]) settle(id)?.reject(error)
    }
    started.on('error', (error) => gone(error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => gone(new Error('The history worker stopped.')))
    return started
  }
  const ask = (name: ToHistoryWorker['name'], args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      worker ??= start()
      worker.ref()
      lastId += 1
      pending.set(lastId, { resolve, reject })
      worker.postMessage({ id: lastId, name, args } satisfies ToHistoryWorker)
    })
  return {
    // The answer to an operation is what that operation gives; the compiler cannot follow it through the thread.
    run: async <N extends OperationName>(name: N, ...args: Parameters<HistoryOperations[N]>) =>
      (await ask(name, args)) as ReturnType<HistoryOperations[N]>,
    close: async () => {
      if (worker === null) return
      const closing = worker
      await ask('close', []).catch(() => undefined) // a thread that died is closed
      worker = null
      await closing.terminate()
    },
  }
}

function errorOf({ kind, stage, message, hint, details }: WireError): CoreError {
  return new CoreError(kind, stage, message, { ...(hint !== undefined && { hint }), ...(details && { details }) })
}

/** Beside this source, or where the build put it: next to the bundle, or above its chunks. */
function findWorker(): URL {
  const candidates = ['./history-worker.ts', './history-worker.js', '../history-worker.js'].map((path) => new URL(path, import.meta.url))
  const found = candidates.find((url) => existsSync(url))
  if (!found) throw new Error(`The history worker is not beside ${import.meta.url}`)
  return found
}
