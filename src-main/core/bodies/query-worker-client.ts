/**
 * The core's end of the worker that runs queries: starts its threads when first needed, hands each one task at a time, and
 * ends one where a task does not stop when told to, takes too long or too much memory; the next task gets a new one. An
 * idle thread is ended after a while, and with it go the texts it has read.
 */
import { Worker } from 'node:worker_threads'
import { CoreError } from '../lib/core-error.ts'
import { workerFile } from '../lib/worker-file.ts'
import { SHARED } from './query-types.ts'
import type { FromQueryWorker, QueryResult, QueryTask, ToQueryWorker } from './query-worker.ts'

export interface QueryWorker {
  /**
   * A task that takes too long or too much is answered with a problem.
   *
   * @throws {CoreError} `Cancelled`; `NotFound` where the body's file is gone; `StorageError` where an export cannot be written
   */
  readonly run: (task: QueryTask, signal?: AbortSignal) => Promise<QueryResult>
  readonly forget: (queryId: string) => void
  readonly close: () => Promise<void>
}

export interface QueryLimits {
  /** For one task, reading the body included, in milliseconds. */
  readonly timeMs: number
  /** How long a task that is told to stop may go on before its thread is ended. */
  readonly graceMs: number
  /** How long an idle thread is kept. */
  readonly idleMs: number
  /** Of the thread's heap. */
  readonly memoryMb: number
  /** Of it, for what is new; left out: as much as there usually is. */
  readonly youngMb?: number
}

const LIMITS: QueryLimits = { timeMs: 30_000, graceMs: 300, idleMs: 120_000, memoryMb: 2048 }
/**
 * Where bodies go by: they leave much behind that is soon needed no more. How much of it a heap lets lie before it is cleared
 * away goes by these: ten queries of 100 MiB take 230 MiB so, else 610 MiB, in the same time.
 */
const STREAMED = { memoryMb: 768, youngMb: 24 }

interface Turn {
  readonly id: number
  readonly task: QueryTask
  readonly resolve: (result: QueryResult) => void
  readonly reject: (error: Error) => void
  /** The task is told to stop by it, while it runs. */
  readonly stop: Int32Array
}

/** Two threads: one that holds texts, and one by which those go that are too large to be held. */
export function createQueryWorker(limits: QueryLimits = LIMITS): QueryWorker {
  const holding = new QueryThread(limits)
  const streaming = new QueryThread({ ...limits, ...STREAMED, memoryMb: Math.min(limits.memoryMb, STREAMED.memoryMb) })
  /** Whose matches are in the other thread. */
  const streamed = new Set<string>()
  const threadOf = (task: QueryTask): QueryThread => {
    if (!('queryId' in task)) return holding
    if (task.kind === 'query' && task.scratch !== null) streamed.add(task.queryId)
    return streamed.has(task.queryId) ? streaming : holding
  }
  return {
    run: (task, signal) => threadOf(task).run(task, signal),
    forget: (queryId) => (streamed.delete(queryId) ? streaming : holding).forget(queryId),
    close: async () => {
      await Promise.all([holding.close(), streaming.close()])
    },
  }
}

class QueryThread {
  private readonly limits: QueryLimits
  private readonly waiting: Turn[] = []
  private running: Turn | null = null
  private worker: Worker | null = null
  /** Ends the task that runs. */
  private limit: ReturnType<typeof setTimeout> | undefined
  private idle: ReturnType<typeof setTimeout> | undefined
  private lastId = 0
  private isClosed = false

  constructor(limits: QueryLimits) {
    this.limits = limits
  }

  run(task: QueryTask, signal: AbortSignal | undefined): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      if (this.isClosed || signal?.aborted === true) return reject(cancelled())
      const abort = (): void => this.cancel(turn)
      const off = (): void => signal?.removeEventListener('abort', abort)
      const turn: Turn = {
        id: (this.lastId += 1),
        task,
        stop: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
        resolve: (result) => (off(), resolve(result)),
        reject: (error) => (off(), reject(error)),
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.waiting.push(turn)
      this.next()
    })
  }

  forget(queryId: string): void {
    this.worker?.postMessage({ kind: 'forget', queryId } satisfies ToQueryWorker)
  }

  async close(): Promise<void> {
    this.isClosed = true
    for (const turn of this.waiting.splice(0)) turn.reject(cancelled())
    this.running?.reject(cancelled())
    this.running = null
    clearTimeout(this.limit)
    clearTimeout(this.idle)
    await this.end()
  }

  private next(): void {
    if (this.running !== null) return
    clearTimeout(this.idle)
    const turn = this.waiting.shift()
    if (turn) this.begin(turn)
    else this.rest()
  }

  private begin(turn: Turn): void {
    this.running = turn
    this.worker ??= this.start()
    this.worker.ref()
    this.worker.postMessage({ kind: 'run', id: turn.id, task: turn.task, stop: turn.stop } satisfies ToQueryWorker)
    const timeMs = timeLimitOf(turn.task) ?? this.limits.timeMs
    this.limit = setTimeout(() => {
      void this.end()
      this.settle(({ resolve, task }) =>
        resolve(task.kind === 'regex' || task.kind === 'schema' ? endless(task.kind, timeMs) : tooMuch('time', timeMs)),
      )
    }, timeMs)
  }

  private rest(): void {
    if (this.worker === null) return
    this.worker.unref()
    this.idle = setTimeout(() => void this.end(), this.limits.idleMs).unref()
  }

  /** A task that is under way is asked to stop; one that does not takes its thread along. */
  private cancel(turn: Turn): void {
    turn.reject(cancelled())
    const place = this.waiting.indexOf(turn)
    if (place !== -1) this.waiting.splice(place, 1)
    if (this.running !== turn) return
    Atomics.store(turn.stop, SHARED.stop, 1)
    clearTimeout(this.limit)
    this.awaitStop(turn, this.limits.timeMs)
  }

  /** Gives a task that was told to stop a little time; reading the body may go on, which the next query needs as well. */
  private awaitStop(turn: Turn, leftMs: number): void {
    const { graceMs } = this.limits
    this.limit = setTimeout(() => {
      if (Atomics.load(turn.stop, SHARED.reading) === 1 && leftMs > graceMs) return this.awaitStop(turn, leftMs - graceMs)
      void this.end()
      this.settle(() => undefined)
    }, graceMs)
  }

  private start(): Worker {
    const { memoryMb, youngMb } = this.limits
    const resourceLimits = { maxOldGenerationSizeMb: memoryMb, ...(youngMb !== undefined && { maxYoungGenerationSizeMb: youngMb }) }
    const started = new Worker(workerFile('query-worker', import.meta.url), { name: 'posthaste-queries', resourceLimits })
    started.on('message', (message: FromQueryWorker) => {
      if (message.id !== this.running?.id) return
      this.settle((turn) => (message.kind === 'done' ? turn.resolve(message.result) : turn.reject(errorOf(message, turn.task))))
    })
    started.on('error', (error: unknown) => {
      if (this.worker !== started) return
      this.worker = null
      this.settle((turn) => {
        if (isOutOfMemory(error)) turn.resolve(tooMuch('memory'))
        else turn.reject(error instanceof Error ? error : new Error(String(error)))
      })
    })
    return started
  }

  private settle(answer: (turn: Turn) => void): void {
    clearTimeout(this.limit)
    const turn = this.running
    this.running = null
    if (turn) answer(turn)
    this.next()
  }

  private async end(): Promise<void> {
    const ending = this.worker
    this.worker = null
    await ending?.terminate()
  }
}

function cancelled(): CoreError {
  return new CoreError('Cancelled', 'call', 'The query was cancelled.')
}

/** How to go on where a query is too much. */
const NARROWER =
  'Name the way to what you look for instead of searching everywhere (such as $.items[*].id in place of $..id), or look for its text with Find.'

function tooMuch(what: 'time' | 'memory', timeMs = 0): QueryResult {
  const message =
    what === 'time'
      ? `Stopped after ${Math.round(timeMs / 1000)} s, before all of the body was gone through. ${NARROWER}`
      : `Stopped: it needed more memory than a query may take. ${NARROWER}`
  return { kind: 'problem', of: 'limit', message, position: null }
}

/** Of a task that says itself how long it may take, in milliseconds. */
function timeLimitOf(task: QueryTask): number | null {
  return 'timeMs' in task ? task.timeMs : null
}

function endless(kind: 'regex' | 'schema', timeMs: number): QueryResult {
  const what = kind === 'regex' ? 'The regular expression' : 'The schema, or a pattern in it,'
  const message = `${what} did not come to an end in ${timeMs / 1000} s: repeat nothing that repeats, as in (a+)+.`
  return { kind: 'problem', of: 'limit', message, position: null }
}

function isOutOfMemory(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function errorOf({ code, message }: Extract<FromQueryWorker, { kind: 'failed' }>, task: QueryTask): Error {
  if (code === 'STOPPED') return cancelled()
  if (code === null) return new Error(message)
  if (task.kind !== 'export' && code === 'ENOENT')
    return new CoreError('NotFound', 'store', 'The body is no longer kept.', { details: { code } })
  return new CoreError('StorageError', 'store', `The matches could not be written: ${message}.`, {
    hint: 'Check that the data folder can be written and its disk is not full.',
    details: { code },
  })
}
