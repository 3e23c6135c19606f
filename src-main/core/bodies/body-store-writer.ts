/**
 * Takes one body in chunks. It stays in memory while it is not large, and is kept when it is whole; from there on it goes
 * to a file as it comes, with the file's pace handed back to whoever appends.
 */
import type { PartialBody } from './arriving-bodies.ts'
import type { StoredBody } from './body-store-files.ts'
import type { LargeBody } from './large-body.ts'

const HEAD_BYTES = 64 * 1024
/** So large, a body is worth the thread that writes it, which takes 25 ms to start, and too much to be held by each of many at once. */
const LARGE_FROM_BYTES = 2 * 1024 * 1024

export interface BodyWriter {
  /**
   * Add bytes, in order. A promise asks the caller to wait for it before adding more; it rejects with `StorageError`.
   *
   * @param isGiven whether nobody else looks at the chunk's memory, so that it may be freed once its bytes are elsewhere
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

/** @param keep keeps a body that is not large */
export function createBodyWriter(createLarge: () => LargeBody, keep: (bytes: Buffer) => StoredBody | Promise<StoredBody>): BodyWriter {
  let chunks: Uint8Array[] = []
  let total = 0
  let head: Buffer | null = null
  let large: LargeBody | null = null
  /** Chunks that were given, until their bytes are elsewhere. Whoever gave the last may still be looking at it as it returns. */
  let given: Uint8Array[] = []

  /** What is in memory, as one piece: whoever looks again need not put it together anew. */
  const inMemory = (): Buffer => {
    const whole = Buffer.concat(chunks)
    chunks = [whole]
    return whole
  }
  const letGo = (): void => {
    for (const chunk of given) freeMemory(chunk)
    given = []
  }
  /** They all ask to wait for the same, or not to wait. */
  const grow = (): void | Promise<void> => {
    head = Buffer.concat(chunks, HEAD_BYTES)
    const grown = createLarge()
    const waits = chunks.map((chunk) => grown.append(chunk))
    chunks = []
    large = grown
    return waits.at(-1)
  }
  return {
    append: (chunk, isGiven = false) => {
      total += chunk.byteLength
      if (large) letGo()
      if (isGiven) given.push(chunk)
      if (large) return large.append(chunk)
      chunks.push(chunk)
      return total < LARGE_FROM_BYTES ? undefined : grow()
    },
    // A chunk may be a view of a buffer that its owner uses again, so even a single one is copied.
    finish: async () => {
      if (large) {
        letGo()
        return large.finish()
      }
      const whole = inMemory()
      letGo()
      return keep(whole)
    },
    abort: async () => {
      chunks = []
      await large?.abort()
    },
    head: () => head ?? (chunks.length === 1 && chunks[0] ? chunks[0] : inMemory()).subarray(0, HEAD_BYTES),
    arrived: {
      bytes: () => large?.arrived.bytes() ?? total,
      read: async (offset, length) => large?.arrived.read(offset, length) ?? inMemory().subarray(offset, offset + length),
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
