/**
 * The core's end of the worker that goes through texts: starts it when first needed, keeps it, and gives each job a promise.
 * A step that does not end (an expression that tries without end) ends the thread and fails its job; the others go on
 * in a new one.
 */
import { Worker } from 'node:worker_threads'
import { CoreError } from '../lib/core-error.ts'
import { workerFile } from '../lib/worker-file.ts'
import type { FindJob, TextJob, TextResult, WrapJob } from './text-job.ts'
import type { FromTextWorker, ToTextWorker } from './text-worker.ts'
import type { RowIndex } from './row-layout.ts'
import type { SearchPage } from './text-search.ts'

export interface TextWorker {
  /**
   * @param signal drops the job
   * @throws {CoreError} `InvalidOption`: the expression takes too long; `NotFound`: the text is gone; `Cancelled`
   */
  readonly find: (job: FindJob, signal?: AbortSignal) => Promise<SearchPage>
  /** @throws {CoreError} `NotFound`: the text is gone; `Cancelled` */
  readonly wrap: (job: WrapJob, signal?: AbortSignal) => Promise<RowIndex>
  /** Ends the thread; jobs under way fail with `Cancelled`. */
  readonly close: () => Promise<void>
}

/** A step takes milliseconds; this one does not end. */
const STUCK_MS = 2000

export function findTextWorker(): URL {
  return workerFile('text-worker', import.meta.url)
}

export function createTextWorker(url: () => URL, stuckMs = STUCK_MS): TextWorker {
  const jobs = createJobs()
  const stuck = createAlarm(stuckMs)
  let closed = false
  const take = (id: number): Pending | undefined => {
    const job = jobs.take(id)
    if (jobs.all().length === 0) thread.unref()
    return job
  }
  const failAll = (error: Error): void => {
    stuck.clear()
    for (const [id] of jobs.all()) take(id)?.reject(error)
  }
  const restartWithout = (id: number): void => {
    void thread.end()
    take(id)?.reject(tooSlow())
    for (const [other, job] of jobs.all()) thread.post({ kind: 'run', id: other, job })
  }
  const onMessage = (message: FromTextWorker): void => {
    if (message.kind === 'step') {
      // Only an expression can get stuck; anything else is slow where the machine is.
      const job = jobs.get(message.id)
      return job?.kind === 'find' && job.query.regex ? stuck.set(() => restartWithout(message.id)) : stuck.clear()
    }
    stuck.clear()
    const done = take(message.id)
    if (message.kind === 'done') done?.resolve(message.result)
    else done?.reject(errorOf(message))
  }
  const thread = createThread(url, onMessage, failAll)
  const run = async (job: TextJob, signal?: AbortSignal): Promise<TextResult> => {
    if (closed || signal?.aborted === true) throw cancelled()
    const { id, result } = jobs.add(job)
    const abort = (): void => {
      thread.post({ kind: 'cancel', id })
      take(id)?.reject(cancelled())
    }
    signal?.addEventListener('abort', abort, { once: true })
    thread.post({ kind: 'run', id, job })
    return result.finally(() => signal?.removeEventListener('abort', abort))
  }
  return {
    find: async (job, signal) => pageOf(await run(job, signal)),
    wrap: async (job, signal) => rowsOf(await run(job, signal)),
    close: async () => {
      closed = true
      failAll(cancelled())
      await thread.end()
    },
  }
}

interface Thread {
  /** Starts the thread where there is none; the process waits for it then. */
  readonly post: (message: ToTextWorker) => void
  readonly unref: () => void
  readonly end: () => Promise<void>
}

/** One worker thread at a time; nothing is heard any more of one that was ended. */
function createThread(url: () => URL, onMessage: (message: FromTextWorker) => void, onGone: (error: Error) => void): Thread {
  let worker: Worker | null = null
  const start = (): Worker => {
    const started = new Worker(url(), { name: 'posthaste-texts' })
    const gone = (error: Error): void => {
      if (worker !== started) return
      worker = null
      onGone(error)
    }
    started.on('message', (message: FromTextWorker) => worker === started && onMessage(message))
    started.on('error', (error) => gone(error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => gone(new Error('The text worker stopped.')))
    return started
  }
  return {
    post: (message) => {
      worker ??= start()
      worker.ref()
      worker.postMessage(message)
    },
    unref: () => worker?.unref(),
    end: async () => {
      const ending = worker
      worker = null
      await ending?.terminate()
    },
  }
}

function pageOf(result: TextResult): SearchPage {
  if (result.kind !== 'find') throw new Error('The text worker answered another question.')
  return result.page
}

function rowsOf(result: TextResult): RowIndex {
  if (result.kind !== 'wrap') throw new Error('The text worker answered another question.')
  return result.rows
}

interface Pending {
  readonly job: TextJob
  readonly resolve: (result: TextResult) => void
  readonly reject: (error: Error) => void
}

/** The jobs that are not done yet, by number. */
function createJobs() {
  const pending = new Map<number, Pending>()
  let lastId = 0
  return {
    add: (job: TextJob): { readonly id: number; readonly result: Promise<TextResult> } => {
      const id = (lastId += 1)
      const result = new Promise<TextResult>((resolve, reject) => pending.set(id, { job, resolve, reject }))
      return { id, result }
    },
    take: (id: number): Pending | undefined => {
      const job = pending.get(id)
      pending.delete(id)
      return job
    },
    get: (id: number): TextJob | undefined => pending.get(id)?.job,
    all: (): readonly (readonly [number, TextJob])[] => [...pending].map(([id, { job }]) => [id, job]),
  }
}

/** Rings unless it is set again or cleared in time; what this thread has yet to read counts as in time. */
function createAlarm(afterMs: number): { readonly set: (ring: () => void) => void; readonly clear: () => void } {
  let timer: NodeJS.Timeout | undefined
  let round = 0
  const clear = (): void => {
    round += 1
    clearTimeout(timer)
  }
  return {
    clear,
    set: (ring) => {
      clear()
      const own = round
      // The messages that came while this thread was busy are read between the timer and the second turn after it.
      const later = (): void => void setImmediate(() => setImmediate(() => own === round && ring()))
      timer = setTimeout(later, afterMs)
      timer.unref()
    },
  }
}

function cancelled(): CoreError {
  return new CoreError('Cancelled', 'call', 'Searching the body was cancelled.')
}

function tooSlow(): CoreError {
  return new CoreError('InvalidOption', 'call', 'The expression takes too long on this text, so it was stopped.', {
    hint: 'Say more exactly what repeats: nested repetitions such as (a+)+ can take for ever.',
  })
}

function errorOf({ code, message }: Extract<FromTextWorker, { kind: 'failed' }>): Error {
  if (code === 'ENOENT') return new CoreError('NotFound', 'store', 'The body is no longer kept.', { details: { code } })
  return code === null
    ? new Error(message)
    : new CoreError('StorageError', 'store', `The body could not be searched: ${message}.`, { details: { code } })
}
