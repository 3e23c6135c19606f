/** The thread that makes the text of one large request's file, once; new-request-file.ts starts and ends it. */
import { parentPort, workerData } from 'node:worker_threads'
import type { WireError } from '#contract/errors.ts'
import { CoreError } from '../lib/core-error.ts'
import type { NewRequest } from './additions.ts'
import { requestText } from './request-text.ts'

export interface RequestTextJob extends Pick<NewRequest, 'document' | 'examples'> {
  readonly seq: number
}

export type FromRequestTextWorker =
  | { readonly kind: 'made'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'broke'; readonly stack: string }

function made(job: RequestTextJob): FromRequestTextWorker {
  try {
    return { kind: 'made', bytes: new TextEncoder().encode(requestText(job, job.seq)) }
  } catch (error) {
    if (error instanceof CoreError) return { kind: 'failed', error: error.toWire() }
    return { kind: 'broke', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

// Made by new-request-file.ts, which hands over nothing else.
const message = made(workerData as RequestTextJob)
parentPort?.postMessage(message, message.kind === 'made' && message.bytes.buffer instanceof ArrayBuffer ? [message.bytes.buffer] : [])
