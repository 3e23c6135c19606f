/**
 * The core's end of the worker that makes views: starts it when first needed, keeps it, and gives each job a promise. A
 * worker that dies fails the jobs it had; the next job gets a new one.
 */
import { Worker } from 'node:worker_threads'
import { CoreError } from '../lib/core-error.ts'
import { workerFile } from '../lib/worker-file.ts'
import type { IndexedTree, TreeJob } from './tree-job.ts'
import type { ViewJob, ViewPart } from './view-job.ts'
import type { ViewResult } from './view-pipeline.ts'
import type { FromViewWorker, ToViewWorker, WorkerJob, WorkerResult } from './view-worker.ts'

export interface ViewWorker {
  /**
   * @param signal  drops the job
   * @param onPart  is told of what there is while it is being made, where the job tells
   * @throws {CoreError} `Cancelled`; `StorageError` where the view's file cannot be written; `NotFound` where the body's is gone
   */
  readonly run: (job: ViewJob, signal?: AbortSignal, onPart?: (part: ViewPart) => void) => Promise<ViewResult>
  /** The index of a body's tree; signal and errors as those of `run`. */
  readonly index: (job: TreeJob, signal?: AbortSignal) => Promise<IndexedTree>
  /** Starts the thread, so that the first job that comes need not wait for it. */
  readonly warm: () => void
  /** Ends the thread; jobs under way fail with `Cancelled`. */
  readonly close: () => Promise<void>
}

interface Pending {
  readonly job: WorkerJob
  readonly resolve: (result: WorkerResult) => void
  readonly reject: (error: Error) => void
  readonly onPart: ((part: ViewPart) => void) | undefined
}

export function findViewWorker(): URL {
  return workerFile('view-worker', import.meta.url)
}

export function createViewWorker(url: () => URL): ViewWorker {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let lastId = 0
  let closed = false
  const take = (id: number): Pending | undefined => {
    const job = pending.get(id)
    pending.delete(id)
    if (pending.size === 0) worker?.unref()
    return job
  }
  const failAll = (error: Error): void => {
    for (const id of [...pending.keys()]) take(id)?.reject(error)
  }
  const start = (): Worker => {
    const started = new Worker(url(), { name: 'posthaste-views' })
    started.on('message', (message: FromViewWorker) => {
      if (message.kind === 'part') pending.get(message.id)?.onPart?.(message.part)
      else settle(take(message.id), message)
    })
    onGone(started, (error) => {
      if (worker !== started) return
      worker = null
      failAll(error)
    })
    return started
  }
  const send = (message: ToViewWorker): void => worker?.postMessage(message)
  const run = (job: WorkerJob, signal?: AbortSignal, onPart?: (part: ViewPart) => void): Promise<WorkerResult> =>
    new Promise((resolve, reject) => {
      if (closed || signal?.aborted === true) return reject(cancelled())
      worker ??= start()
      worker.ref()
      const id = (lastId += 1)
      const abort = (): void => {
        send({ kind: 'cancel', id })
        take(id)?.reject(cancelled())
      }
      const settled = (): void => signal?.removeEventListener('abort', abort)
      pending.set(id, { job, onPart, resolve: (result) => (settled(), resolve(result)), reject: (error) => (settled(), reject(error)) })
      signal?.addEventListener('abort', abort, { once: true })
      send({ kind: 'run', id, job })
    })
  return {
    // What comes back is decided by the kind of job, which the worker's protocol cannot say in types.
    run: (job, signal, onPart) => run(job, signal, onPart) as Promise<ViewResult>,
    index: (job, signal) => run(job, signal) as Promise<IndexedTree>,
    warm: () => {
      if (closed || worker !== null) return
      worker = start()
      worker.unref()
    },
    close: async () => {
      closed = true
      const closing = worker
      worker = null
      failAll(cancelled())
      await closing?.terminate()
    },
  }
}

function settle(job: Pending | undefined, message: Exclude<FromViewWorker, { kind: 'part' }>): void {
  if (message.kind === 'done') job?.resolve(message.result)
  else job?.reject(errorOf(message, job.job))
}

function onGone(worker: Worker, gone: (error: Error) => void): void {
  worker.on('error', (error) => gone(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => gone(new Error('The view worker stopped.')))
}

function cancelled(): CoreError {
  return new CoreError('Cancelled', 'call', 'Opening the body was cancelled.')
}

function errorOf({ code, message }: Extract<FromViewWorker, { kind: 'failed' }>, job: WorkerJob): Error {
  if (code === null) return new Error(message)
  if (code === 'ENOENT' && message.includes(job.source))
    return new CoreError('NotFound', 'store', 'The body is no longer kept.', { details: { code } })
  return new CoreError('StorageError', 'store', `The body’s text could not be prepared for viewing: ${message}.`, {
    hint: 'Check that the data folder can be written and its disk is not full.',
    details: { code },
  })
}
