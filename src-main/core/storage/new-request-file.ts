/** What is in a new request's file. Of a large one it takes seconds to make, which is done in a thread of its own. */
import { Worker } from 'node:worker_threads'
import { CoreError } from '../lib/core-error.ts'
import { workerFile } from '../lib/worker-file.ts'
import type { NewRequest } from './additions.ts'
import { requestText } from './request-text.ts'
import type { FromRequestTextWorker, RequestTextJob } from './request-text-worker.ts'

/** Characters from which on the text is made aside: 256 Ki take some 20 ms. */
const LARGE = 256 * 1024

/**
 * What stands in the file, without keeping whoever waits from other work.
 *
 * @throws {CoreError} `TooLarge`, `Cancelled`
 */
export async function newRequestFile(item: NewRequest, seq: number, signal?: AbortSignal): Promise<string | Uint8Array> {
  return isLarge(item) ? inThread({ document: item.document, examples: item.examples, seq }, signal) : requestText(item, seq)
}

/** Goes through no more of it than it takes to be sure. */
function isLarge({ document, examples }: NewRequest): boolean {
  let characters = 0
  const waiting: unknown[] = [document, examples]
  for (let value = waiting.pop(); value !== undefined && characters < LARGE; value = waiting.pop()) {
    if (typeof value === 'string') characters += value.length
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) waiting.push(part ?? null)
  }
  return characters >= LARGE
}

async function inThread(job: RequestTextJob, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (signal?.aborted === true) throw cancelled()
  const worker = new Worker(workerFile('request-text-worker', import.meta.url), { name: 'posthaste-request-text', workerData: job })
  let abort = (): void => undefined
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      abort = () => reject(cancelled())
      signal?.addEventListener('abort', abort, { once: true })
      worker.on('message', (message: FromRequestTextWorker) => {
        if (message.kind === 'made') resolve(message.bytes)
        else reject(message.kind === 'failed' ? CoreError.fromWire(message.error) : new Error(message.stack))
      })
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('The thread that makes the text of a request stopped.')))
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}

function cancelled(): CoreError {
  return new CoreError('Cancelled', 'call', 'Writing the files was cancelled.')
}
