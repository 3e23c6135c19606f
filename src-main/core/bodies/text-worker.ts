/**
 * The worker thread that goes through the texts of open views: finds in them and lays them out in rows. It takes turns
 * between the jobs it has, and says after each step that it lives. The other end, text-worker-client.ts, ends it where an
 * expression keeps it from that; so it does nothing else, and making views is view-worker.ts.
 */
import { parentPort } from 'node:worker_threads'
import { messageOf, systemCode } from '../lib/core-error.ts'
import { runTextJob, type TextJob, type TextResult } from './text-job.ts'

export type ToTextWorker =
  { readonly kind: 'run'; readonly id: number; readonly job: TextJob } | { readonly kind: 'cancel'; readonly id: number }

export type FromTextWorker =
  /** A step is about to be done for this job. */
  | { readonly kind: 'step'; readonly id: number }
  | { readonly kind: 'done'; readonly id: number; readonly result: TextResult }
  /** `code` is that of a system error, such as `ENOENT`. */
  | { readonly kind: 'failed'; readonly id: number; readonly code: string | null; readonly message: string }

const running = new Map<number, { readonly kind: TextJob['kind']; readonly steps: Generator<undefined, TextResult> }>()
let turning = false

function send(message: FromTextWorker): void {
  parentPort?.postMessage(message)
}

/** One step of every job; messages are let in between. Rows wait for what is looked for: nobody waits for rows. */
function turn(): void {
  const isFinding = [...running.values()].some(({ kind }) => kind === 'find')
  for (const [id, { kind, steps }] of running) {
    if (isFinding && kind === 'wrap') continue
    try {
      send({ kind: 'step', id })
      const step = steps.next()
      if (step.done !== true) continue
      send({ kind: 'done', id, result: step.value })
    } catch (error) {
      send({ kind: 'failed', id, code: systemCode(error), message: messageOf(error) })
    }
    running.delete(id)
  }
  turning = running.size > 0
  if (turning) setImmediate(turn)
}

parentPort?.on('message', (message: ToTextWorker) => {
  if (message.kind === 'run') {
    running.set(message.id, { kind: message.job.kind, steps: runTextJob(message.job) })
    if (!turning) setImmediate(turn)
    turning = true
    return
  }
  running.get(message.id)?.steps.return(undefined as never) // ends the generator, which closes its file; its value is read by nobody
  running.delete(message.id)
})
