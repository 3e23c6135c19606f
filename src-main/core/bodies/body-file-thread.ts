/**
 * The core's end of the thread that large bodies are hashed and written in, so that neither keeps this one from what
 * else it does. It is started when first needed, kept while there is something to write, and ended a while after.
 */
import { Worker } from 'node:worker_threads'
import { workerFile } from '../lib/worker-file.ts'
import type { FromBodyFileWorker, ToBodyFileWorker } from './body-file-worker.ts'

export const PIECE_BYTES = 256 * 1024

export interface BodyFileThread {
  /** Memory for a piece, which may have been written from before. */
  readonly memory: () => ArrayBuffer
  /** Begin a file. @param elsewhere a path for what the disk of the first cannot take; null where there is none */
  readonly open: (path: string, elsewhere: string | null, listener: BodyFileListener) => BodyFile
}

export interface BodyFileListener {
  /** Bytes are in the file. */
  readonly written: (bytes: number) => void
  /** All of it goes elsewhere. */
  readonly moved: () => void
  /** Nothing more is written; who closes the file is told as well. */
  readonly failed: (error: Error) => void
}

export interface BodyFile {
  /** Takes the first bytes of a piece of memory, and the memory. */
  readonly write: (memory: ArrayBuffer, bytes: number) => void
  /**
   * No more comes. Resolves when the file is closed.
   *
   * @returns the SHA-256 of all that was written, in hex; null where it is not asked for, or the file failed
   */
  readonly close: (isWhole: boolean) => Promise<string | null>
}

/**
 * The thread of this process. One, since stores come and go: a run makes one for each of its requests, and a thread for each would
 * take longer than its body.
 */
export const bodyFileThread: BodyFileThread = createBodyFileThread()

/** A thread that has nothing to do is some MiB of memory; to start one takes 20 ms. */
const REST_AFTER_MS = 10_000
/** So many pieces are kept to be used again, by whichever body comes next: new ones take longer than to fill them. */
const MOST_SPARE = 32

interface Open {
  readonly listener: BodyFileListener
  readonly closed: PromiseWithResolvers<string | null>
}

function createBodyFileThread(): BodyFileThread {
  const open = new Map<number, Open>()
  let worker: Worker | null = null
  let lastId = 0
  let restTimer: NodeJS.Timeout | undefined
  let spare: ArrayBuffer[] = []

  const rest = (): void => {
    const resting = worker
    worker = null
    spare = []
    void resting?.terminate()
  }
  const settle = (id: number, hash: string | null): void => {
    open.get(id)?.closed.resolve(hash)
    open.delete(id)
    if (open.size > 0) return
    worker?.unref()
    restTimer = setTimeout(rest, REST_AFTER_MS).unref()
  }
  const receive = (message: FromBodyFileWorker): void => {
    if (message.kind === 'written' && spare.length < MOST_SPARE) spare.push(message.memory)
    if (message.kind === 'closed') settle(message.id, message.hash)
    else tell(open.get(message.id)?.listener, message)
  }
  const start = (): Worker => {
    const started = new Worker(workerFile('body-file-worker', import.meta.url), { name: 'posthaste-body-files' })
    const gone = (error: Error): void => {
      if (worker !== started) return
      worker = null
      for (const [id, { listener }] of open) {
        listener.failed(error)
        settle(id, null)
      }
    }
    started.on('message', receive)
    started.on('error', (error) => gone(error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => gone(new Error('The thread that writes bodies stopped.')))
    return started
  }
  return {
    memory: () => spare.pop() ?? new ArrayBuffer(PIECE_BYTES),
    open: (path, elsewhere, listener) => {
      clearTimeout(restTimer)
      worker ??= start()
      worker.ref()
      const id = (lastId += 1)
      const closed = Promise.withResolvers<string | null>()
      open.set(id, { listener, closed })
      const post: Post = (message, transfer = []) => {
        if (open.has(id)) worker?.postMessage(message, transfer)
      }
      post({ kind: 'open', id, path, elsewhere })
      return fileOf(id, post, closed.promise)
    },
  }
}

type Post = (message: ToBodyFileWorker, transfer?: ArrayBuffer[]) => void

function fileOf(id: number, post: Post, closed: Promise<string | null>): BodyFile {
  return {
    write: (memory, bytes) => post({ kind: 'write', id, memory, bytes }, [memory]),
    close: (isWhole) => {
      post({ kind: 'close', id, isWhole })
      return closed
    },
  }
}

function tell(listener: BodyFileListener | undefined, message: Exclude<FromBodyFileWorker, { readonly kind: 'closed' }>): void {
  if (message.kind === 'written') listener?.written(message.bytes)
  else if (message.kind === 'moved') listener?.moved()
  else listener?.failed(Object.assign(new Error(message.message), { code: message.code }))
}
