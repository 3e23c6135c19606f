/**
 * Where the history's database runs: in a worker thread for a host that lives on, in the thread of the caller for a
 * command that ends soon, since a thread takes longer to start than the command has to do. Both answer in order.
 */
import { Worker } from 'node:worker_threads'
import type { WireError } from '#contract/errors.ts'
import { CoreError } from '../lib/core-error.ts'
import { workerFile } from '../lib/worker-file.ts'
import { createHistoryEngine, type HistoryEngine } from './history-engine.ts'
import type { HistoryOperations, OperationName } from './history-row.ts'
import type { FromHistoryWorker, ToHistoryWorker } from './history-worker.ts'
import { loadDatabase } from './load-database.ts'
import { watchForWriters } from './watch-for-writers.ts'

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

/** A thread that nobody asks for so long ends: it holds some 20 MiB. The next question starts one, in a twentieth of a second. */
const REST_MS = 30_000
/** What the question that ends it is numbered with: nobody waits for an answer to it. */
const RESTING = 0

interface Pending {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * In a worker, started when first asked for something, and ended when not asked for a while. One that dies fails what it was
 * asked, and the next is a new one.
 */
export function createWorkerThread(path: string, listener: ThreadListener, restMs: number = REST_MS): HistoryThread {
  return new WorkerThread(path, listener, restMs)
}

class WorkerThread implements HistoryThread {
  readonly #path: string
  readonly #listener: ThreadListener
  readonly #restMs: number
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | null = null
  #lastId = RESTING
  #restTimer: NodeJS.Timeout | undefined
  /** The one before has ended. */
  #rested: Promise<unknown> = Promise.resolve()
  #stopWatching: (() => void) | null = null
  #isClosed = false

  constructor(path: string, listener: ThreadListener, restMs: number) {
    this.#path = path
    this.#listener = listener
    this.#restMs = restMs
  }

  // The answer to an operation is what that operation gives; the compiler cannot follow it through the thread.
  readonly run = async <N extends OperationName>(name: N, ...args: Parameters<HistoryOperations[N]>) =>
    (await this.#ask(name, args)) as ReturnType<HistoryOperations[N]>

  readonly close = async (): Promise<void> => {
    this.#isClosed = true
    clearTimeout(this.#restTimer)
    this.#stopWatching?.()
    await this.#rested
    if (this.#worker === null) return
    const closing = this.#worker
    await this.#ask('close', []).catch(() => undefined) // a thread that died is closed
    this.#worker = null
    await closing.terminate()
  }

  #ask(name: ToHistoryWorker['name'], args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const worker = (this.#worker ??= this.#start())
      worker.ref()
      this.#lastId += 1
      this.#pending.set(this.#lastId, { resolve, reject })
      worker.postMessage({ id: this.#lastId, name, args } satisfies ToHistoryWorker)
    })
  }

  #start(): Worker {
    this.#stopWatching?.()
    this.#stopWatching = null
    const worker = new Worker(workerFile('history-worker', import.meta.url), {
      name: 'posthaste-history',
      workerData: { path: this.#path },
    })
    worker.on('message', (message: FromHistoryWorker) => this.#receive(worker, message))
    worker.on('error', (error) => this.#gone(worker, error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => this.#gone(worker, new Error('The history worker stopped.')))
    return worker
  }

  #receive(worker: Worker, message: FromHistoryWorker): void {
    if (message.kind === 'notice') this.#listener.onNotice(message.error)
    else if (message.kind === 'changed') this.#listener.onChanged()
    else if (message.id === RESTING) void worker.terminate()
    else if (message.kind === 'done') this.#settle(message.id)?.resolve(message.result)
    else this.#settle(message.id)?.reject(message.kind === 'bug' ? new Error(message.message) : errorOf(message.error))
  }

  #settle(id: number): Pending | undefined {
    const found = this.#pending.get(id)
    this.#pending.delete(id)
    if (this.#pending.size > 0 || this.#worker === null) return found
    this.#worker.unref()
    clearTimeout(this.#restTimer)
    if (!this.#isClosed) this.#restTimer = setTimeout(() => this.#rest(), this.#restMs).unref()
    return found
  }

  #gone(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = null
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(error)
  }

  #rest(): void {
    if (this.#worker === null || this.#pending.size > 0) return
    const resting = this.#worker
    this.#worker = null
    this.#rested = new Promise((resolve) => resting.once('exit', resolve)).then(() => {
      if (this.#worker === null && !this.#isClosed) this.#stopWatching ??= watchForWriters(this.#path, this.#listener.onChanged)
    })
    resting.ref()
    resting.postMessage({ id: RESTING, name: 'close', args: [] } satisfies ToHistoryWorker)
  }
}

function errorOf({ kind, stage, message, hint, details }: WireError): CoreError {
  return new CoreError(kind, stage, message, { ...(hint !== undefined && { hint }), ...(details && { details }) })
}
