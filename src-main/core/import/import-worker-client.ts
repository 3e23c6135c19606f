/**
 * The core's end of the thread that reads an import: starts it, hears how far it is, and ends it when the caller gives up,
 * whatever it is doing. Its memory has a bound, so that a text that is too large fails alone.
 */
import { Worker } from 'node:worker_threads'
import { CoreError } from '../lib/core-error.ts'
import { workerFile } from '../lib/worker-file.ts'
import type { Imported } from './imported.ts'
import { createAssembly } from './import-parts.ts'
import type { FromImportWorker, ImportJob, ImportPhase } from './import-worker.ts'
import type { SummaryOfImport } from './summarise-import.ts'

export interface ReadImport {
  readonly imported: Imported
  readonly summary: SummaryOfImport
}

export interface ReadImportOptions {
  readonly signal?: AbortSignal | undefined
  /** `done` from 0 to 1; null where it cannot be told. */
  readonly onProgress?: (phase: ImportPhase, done: number | null) => void
  /** Of the thread's heap. */
  readonly memoryMib?: number
  /** After which the thread is ended. */
  readonly limitMs?: number
}

/** Some twenty times the largest text that is taken. */
const MEMORY_MIB = 4096
/** Far more than the largest text that is taken needs: what is not read by then is made so that it never is. */
const LIMIT_MS = 10 * 60_000

/**
 * @throws {CoreError} `Unreadable`, with `details.file`, `line` and `column` where known; `FileNotFound`; `TooLarge`;
 * `StorageError`; `Cancelled`
 */
export async function readInWorker(job: ImportJob, options: ReadImportOptions = {}): Promise<ReadImport> {
  const { signal, onProgress, memoryMib = MEMORY_MIB, limitMs = LIMIT_MS } = options
  if (signal?.aborted === true) throw cancelled()
  const worker = new Worker(workerFile('import-worker', import.meta.url), {
    name: 'posthaste-import',
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: memoryMib },
  })
  let abort = (): void => undefined
  let limit: NodeJS.Timeout | undefined
  try {
    return await new Promise<ReadImport>((resolve, reject) => {
      const assembly = createAssembly()
      abort = () => reject(cancelled())
      signal?.addEventListener('abort', abort, { once: true })
      limit = setTimeout(() => reject(tooSlow()), limitMs)
      worker.on('message', (message: FromImportWorker) => {
        if (message.kind === 'progress') onProgress?.(message.phase, message.done)
        else if (message.kind === 'items') assembly.add(message.piece)
        else if (message.kind === 'done') resolve({ imported: assembly.whole(message.rest), summary: message.summary })
        else reject(message.kind === 'failed' ? CoreError.fromWire(message.error) : new Error(message.stack))
      })
      worker.on('error', (error) => reject(isOutOfMemory(error) ? tooLarge() : error instanceof Error ? error : new Error(String(error))))
      worker.on('exit', () => reject(new Error('The import worker stopped.')))
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    clearTimeout(limit)
    await worker.terminate()
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function cancelled(): CoreError {
  return new CoreError('Cancelled', 'call', 'The import was cancelled.')
}

function tooSlow(): CoreError {
  return new CoreError('TooLarge', 'resolve', 'It takes longer to read than an import may.', { hint: 'Import parts of it on their own.' })
}

function tooLarge(): CoreError {
  return new CoreError('TooLarge', 'resolve', 'It needs more memory than an import may take.', { hint: 'Import parts of it on their own.' })
}
