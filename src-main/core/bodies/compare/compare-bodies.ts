/**
 * Compares two stored bodies by their structure. Small ones are done at once; for larger ones a thread is started, with a
 * bound on its memory, which ends with the work or when the caller gives up. Nothing is kept in between.
 */
import { Worker } from 'node:worker_threads'
import type { ParsedInput } from '#contract/commands.ts'
import type { BodyComparison, ComparedBody } from '#contract/model/compare.ts'
import { CoreError } from '../../lib/core-error.ts'
import { bodyLanguage } from '../body-language.ts'
import type { ViewedBodies } from '../body-views.ts'
import { decoderFor, detectEncoding, SAMPLE_BYTES } from '../encoding.ts'
import { encodingName } from '../../lib/encoding-names.ts'
import { workerFile } from '../../lib/worker-file.ts'
import { compareSources, type ComparedSource, type CompareJob } from './compare-sources.ts'
import type { FromCompareWorker } from './compare-worker.ts'

/** Longer ones would take some hundreds of MiB to compare. */
export const MAX_COMPARED_BYTES = 32 * 1024 * 1024
/** Up to here both are compared in this thread: some 5 ms, where a thread takes 40 to begin. */
const INLINE_BYTES = 64 * 1024
const HEAP_MIB = 512

/**
 * @param workerUrl  the built worker; by default it is looked for beside the code
 * @throws {CoreError} `NotFound`: a body is gone; `InvalidOption`: no such encoding; `Cancelled`
 */
export async function compareBodies(
  store: ViewedBodies,
  { left, right, ignore }: ParsedInput<'body.compare'>,
  signal: AbortSignal | undefined,
  workerUrl?: URL,
): Promise<BodyComparison> {
  const sizes = await Promise.all([sizeOf(store, left), sizeOf(store, right)])
  const [longest] = sizes.toSorted((a, b) => b - a)
  if (longest === undefined || longest > MAX_COMPARED_BYTES) {
    return { kind: 'none', reason: `Bodies are compared value by value up to ${MAX_COMPARED_BYTES / 1024 ** 2} MiB.` }
  }
  const isInline = longest <= INLINE_BYTES
  const [a, b] = await Promise.all([source(store, left, sizes[0], isInline), source(store, right, sizes[1], isInline)])
  if (signal?.aborted === true) throw cancelled()
  const job: CompareJob = { left: a, right: b, ignore }
  return isInline ? compareSources(job) : runWorker(workerUrl ?? workerFile('compare-worker', import.meta.url), job, signal)
}

async function sizeOf(store: ViewedBodies, { id }: ComparedBody): Promise<number> {
  const stored = await store.stat(id)
  if (stored) return stored.bytes
  throw new CoreError('NotFound', 'store', 'A body that is to be compared is no longer kept.', { hint: 'Send its request again.' })
}

async function source(store: ViewedBodies, body: ComparedBody, bytes: number, isInline: boolean): Promise<ComparedSource> {
  const { id, contentType } = body
  const sample = bytes === 0 ? Buffer.alloc(0) : await store.read(id, 0, isInline ? bytes : Math.min(bytes, SAMPLE_BYTES))
  const encoding =
    chosen(body.encoding) ?? detectEncoding(sample.subarray(0, SAMPLE_BYTES), contentType, sample.length <= SAMPLE_BYTES).encoding
  const isJson = bodyLanguage(contentType, sample.subarray(0, SAMPLE_BYTES), sample.length >= bytes).language === 'json'
  if (isInline) return { from: sample, encoding, isJson }
  try {
    return { from: await store.path(id), encoding, isJson }
  } catch (error) {
    // Where nothing can be written, bodies are in memory only.
    if (!(error instanceof CoreError) || error.kind !== 'StorageError') throw error
    return { from: await store.read(id, 0, bytes), encoding, isJson }
  }
}

function chosen(label: string | null): string | null {
  if (label === null) return null
  decoderFor(label) // throws for an unknown one
  return encodingName(label) ?? label
}

function runWorker(url: URL, job: CompareJob, signal: AbortSignal | undefined): Promise<BodyComparison> {
  const worker = new Worker(url, { name: 'posthaste-compare', workerData: job, resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB } })
  return new Promise<BodyComparison>((resolve, reject) => {
    const abort = (): void => reject(cancelled())
    signal?.addEventListener('abort', abort, { once: true })
    worker.on('message', (message: FromCompareWorker) => {
      signal?.removeEventListener('abort', abort)
      if (message.kind === 'done') resolve(message.comparison)
      else reject(errorOf(message))
    })
    worker.on('error', (error) => {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
        resolve({ kind: 'none', reason: 'The bodies are too large to be compared value by value.' })
      else reject(error instanceof Error ? error : new Error(String(error)))
    })
    worker.on('exit', () => reject(new Error('The compare worker stopped.')))
  }).finally(() => void worker.terminate())
}

function cancelled(): CoreError {
  return new CoreError('Cancelled', 'call', 'Comparing the bodies was cancelled.')
}

function errorOf({ code, message }: Extract<FromCompareWorker, { kind: 'failed' }>): Error {
  if (code === null) return new Error(message)
  if (code === 'ENOENT')
    return new CoreError('NotFound', 'store', 'A body that is to be compared is no longer kept.', { details: { code } })
  return new CoreError('StorageError', 'store', `A body could not be read: ${message}.`, { details: { code } })
}
