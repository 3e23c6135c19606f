/**
 * The worker thread that makes views of large bodies. It takes turns between the jobs it has, a piece of each, so that a
 * small body does not wait behind a huge one, and drops a job when told to. The other end is view-worker-client.ts.
 */
import { parentPort } from 'node:worker_threads'
import { messageOf, systemCode } from '../lib/core-error.ts'
import { rewriteFor, runTreeJob, type IndexedTree, type TreeJob } from './tree-job.ts'
import { runViewJob, transformFor, type ViewJob, type ViewPart } from './view-job.ts'
import type { ViewResult } from './view-pipeline.ts'

export type WorkerJob = ViewJob | TreeJob
export type WorkerResult = ViewResult | IndexedTree

export type ToViewWorker =
  { readonly kind: 'run'; readonly id: number; readonly job: WorkerJob } | { readonly kind: 'cancel'; readonly id: number }

export type FromViewWorker =
  | { readonly kind: 'part'; readonly id: number; readonly part: ViewPart }
  | { readonly kind: 'done'; readonly id: number; readonly result: WorkerResult }
  /** `code` is that of a system error, such as `ENOSPC`. */
  | { readonly kind: 'failed'; readonly id: number; readonly code: string | null; readonly message: string }

const running = new Map<number, Generator<ViewPart | undefined, WorkerResult>>()
/** Jobs whose library is still loading. */
const waiting = new Set<number>()
let turning = false

function send(message: FromViewWorker): void {
  parentPort?.postMessage(message)
}

function fail(id: number, error: unknown): void {
  send({ kind: 'failed', id, code: systemCode(error), message: messageOf(error) })
}

async function start(id: number, job: WorkerJob): Promise<void> {
  waiting.add(id)
  try {
    const steps = 'kind' in job ? runTreeJob(job, await rewriteFor(job)) : runViewJob(job, await transformFor(job.layout))
    if (!waiting.delete(id)) return
    running.set(id, steps)
    if (!turning) setImmediate(turn)
    turning = true
  } catch (error) {
    waiting.delete(id)
    fail(id, error)
  }
}

/** One piece of every job; messages are let in between. */
function turn(): void {
  for (const [id, steps] of running) {
    try {
      const step = steps.next()
      if (step.done !== true) {
        if (step.value) send({ kind: 'part', id, part: step.value })
        continue
      }
      send({ kind: 'done', id, result: step.value })
    } catch (error) {
      fail(id, error)
    }
    running.delete(id)
  }
  turning = running.size > 0
  if (turning) setImmediate(turn)
}

parentPort?.on('message', (message: ToViewWorker) => {
  if (message.kind === 'run') {
    void start(message.id, message.job)
    return
  }
  waiting.delete(message.id)
  running.get(message.id)?.return(undefined as never) // ends the generator, which cleans up; its value is read by nobody
  running.delete(message.id)
})
