/**
 * Takes one body in chunks. It stays in memory while it is small; from there on it goes to a temp file, hashed on the
 * way, with the file's pace handed back to whoever appends.
 */
import { createHash, type Hash } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import type { BodyId } from '#contract/model/ids.ts'
import { CoreError } from '../lib/core-error.ts'
import type { PartialBody } from './arriving-bodies.ts'
import type { BodyFiles, StoredBody } from './body-store-files.ts'

const HEAD_BYTES = 64 * 1024
/**
 * How much may be on its way to the disk before whoever appends waits, and how much of it is left when they go on: the
 * disk and the network then work at the same time.
 */
const WAIT_ABOVE_BYTES = 8 * 1024 * 1024
const GO_ON_BELOW_BYTES = 2 * 1024 * 1024

export interface BodyWriter {
  /**
   * Add bytes, in order. A promise asks the caller to wait for it before adding more; it rejects with `StorageError`.
   *
   * @param isGiven whether nobody else looks at the chunk's memory, so that it may be freed once it is written
   */
  readonly append: (chunk: Uint8Array, isGiven?: boolean) => void | Promise<void>
  /** The body is whole. @throws {CoreError} `StorageError` where it could not be kept */
  readonly finish: () => Promise<StoredBody>
  /** Forget the body. Never fails. */
  readonly abort: () => Promise<void>
  /** The first 64 KiB, as far as they have come. */
  readonly head: () => Uint8Array
  /** What has come so far and can be read: of a large body, what is on the disk. */
  readonly arrived: PartialBody
}

export function createBodyWriter(
  files: BodyFiles,
  smallBytes: number,
  keepSmall: (bytes: Buffer) => StoredBody | Promise<StoredBody>,
): BodyWriter {
  let chunks: Uint8Array[] = []
  let total = 0
  let large: LargeBody | null = null

  return {
    append: (chunk, isGiven = false) => {
      total += chunk.byteLength
      if (large) return large.append(chunk, isGiven)
      chunks.push(chunk)
      if (total <= smallBytes) return undefined
      large = createLargeBody(files)
      const whole = Buffer.concat(chunks)
      chunks = [whole.subarray(0, HEAD_BYTES)]
      return large.append(whole, false)
    },
    // A chunk may be a view of a buffer that its owner uses again, so even a single one is copied.
    finish: async () => (large ? large.finish(total) : keepSmall(Buffer.concat(chunks))),
    abort: async () => {
      chunks = []
      await large?.abort()
    },
    head: () => (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).subarray(0, HEAD_BYTES),
    arrived: {
      bytes: () => large?.arrived.bytes() ?? total,
      read: async (offset, length) => large?.arrived.read(offset, length) ?? Buffer.concat(chunks).subarray(offset, offset + length),
    },
  }
}

interface LargeBody {
  readonly append: (chunk: Uint8Array, isGiven: boolean) => void | Promise<void>
  readonly finish: (bytes: number) => Promise<StoredBody>
  readonly abort: () => Promise<void>
  readonly arrived: PartialBody
}

function createLargeBody(files: BodyFiles): LargeBody {
  const digest: Hash = createHash('sha256')
  let failure: Error | null = null
  let file: { readonly path: string; readonly stream: WriteStream } | null = null
  const opened = files.tempPath().then((path) => {
    const stream = createWriteStream(path, { flags: 'wx', mode: 0o600, highWaterMark: WAIT_ABOVE_BYTES })
    stream.on('error', (error) => (failure ??= files.problem(error)))
    file = { path, stream }
    return file
  })
  opened.catch((error: unknown) => (failure ??= error instanceof CoreError ? error : files.problem(error)))
  // Chunks that come while the file is being opened wait here; the caller was asked to wait, but may not be able to.
  let early: Promise<void> | null = null

  const pace = createPace(
    () => failure,
    (error) => (failure ??= files.problem(error)),
  )
  const append = (chunk: Uint8Array, isGiven: boolean): void | Promise<void> => {
    digest.update(chunk)
    if (file && !early) return pace.write(file.stream, chunk, isGiven)
    const queued: Promise<void> = (early ?? Promise.resolve()).then(async () => pace.write((await opened).stream, chunk, isGiven))
    const mine = queued.finally(() => {
      if (early === mine) early = null
    })
    early = mine
    mine.catch(() => undefined) // whoever appended also gets it
    return mine
  }
  const discard = async (): Promise<void> => {
    const { path, stream } = await opened
    if (!stream.closed) await new Promise<void>((resolve) => stream.destroy().once('close', () => resolve()))
    await rm(path, { force: true })
  }
  return {
    append,
    finish: async (bytes) => {
      try {
        await early
        const { path, stream } = await opened
        await ended(stream)
        if (failure !== null) throw failure
        const id = digest.digest('hex') as BodyId // a SHA-256 in hex is what the contract asks for
        await files.adopt(path, id)
        return { id, bytes }
      } catch (error) {
        await discard().catch(() => undefined) // the first failure is the one to report
        throw failure ?? error
      }
    },
    abort: () => discard().catch(() => undefined),
    arrived: {
      bytes: () => file?.stream.bytesWritten ?? 0,
      read: async (offset, length) => readWritten(file, offset, length),
    },
  }
}

/** From the file itself: the chunks that were written are no longer in memory. */
async function readWritten(
  written: { readonly path: string; readonly stream: WriteStream } | null,
  offset: number,
  length: number,
): Promise<Buffer> {
  const size = Math.max(0, Math.min(length, (written?.stream.bytesWritten ?? 0) - offset))
  if (written === null || size === 0) return Buffer.alloc(0)
  const file = await open(written.path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size), 0, size, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Writes without waiting for each chunk, and asks to wait where too much is on its way. */
function createPace(
  failure: () => Error | null,
  fail: (error: Error) => void,
): { readonly write: (stream: WriteStream, chunk: Uint8Array, isGiven: boolean) => void | Promise<void> } {
  let pending = 0
  let waiting: PromiseWithResolvers<void> | null = null
  const written = (error?: Error | null): void => {
    if (error) fail(error)
    const fault = failure()
    if (!waiting || (fault === null && pending > GO_ON_BELOW_BYTES)) return
    if (fault === null) waiting.resolve()
    else waiting.reject(fault)
    waiting = null
  }
  return {
    write: (stream, chunk, isGiven) => {
      const fault = failure()
      if (fault !== null) return Promise.reject(fault)
      const bytes = chunk.byteLength
      pending += bytes
      stream.write(chunk, (error) => {
        pending -= bytes
        if (isGiven) freeMemory(chunk)
        written(error)
      })
      return pending > WAIT_ABOVE_BYTES ? (waiting ??= Promise.withResolvers<void>()).promise : undefined
    },
  }
}

/**
 * Frees what a chunk lies in, if it is all of it. Left to the garbage collector, the chunks of a fast download make it
 * run through the whole heap for every 40 MiB, and are as much memory until then. An empty one frees nothing, and may be
 * a constant of a library's.
 */
function freeMemory({ buffer, byteLength }: Uint8Array): void {
  if (byteLength > 0 && buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

function ended(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve()
    else stream.once('close', () => resolve()).end()
  })
}
