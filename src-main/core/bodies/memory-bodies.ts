/** A body store of a single exchange that leaves nothing on the disk: for answers that hold secrets, which are small. */
import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { BodyId } from '#contract/model/ids.ts'
import { CoreError } from '../lib/core-error.ts'
import { createArrivingBodies } from './arriving-bodies.ts'
import type { BodyStore } from './body-store.ts'
import type { StoredBody } from './body-store-files.ts'

const HEAD_BYTES = 64 * 1024

/** @param maxBytes a larger body fails as `TooLarge` */
export function createMemoryBodies(maxBytes: number): BodyStore {
  const bodies = new Map<string, Buffer>()
  const keep = (bytes: Uint8Array): StoredBody => {
    // The alphabet and length that the contract asks of a body id are those of a SHA-256 in hex.
    const id = hash('sha256', bytes) as BodyId
    bodies.set(id, Buffer.from(bytes))
    return { id, bytes: bytes.byteLength }
  }
  const bytesOf = (id: BodyId): Buffer => {
    const found = bodies.get(id)
    if (!found) throw new CoreError('NotFound', 'store', 'The body is gone.')
    return found
  }
  return {
    arriving: createArrivingBodies(),
    write: () => createMemoryWriter(maxBytes, keep),
    put: async (bytes) => keep(bytes),
    hold: keep,
    stat: async (id) => {
      const found = bodies.get(id)
      return found ? { bytes: found.byteLength } : null
    },
    read: async (id, offset, length) => bytesOf(id).subarray(offset, offset + length),
    stream: (id, { offset = 0, length } = { offset: 0 }) =>
      Readable.from([bytesOf(id).subarray(offset, length === undefined ? undefined : offset + length)], { objectMode: false }),
    path: async () => {
      throw new CoreError('NotFound', 'store', 'The body is in no file.')
    },
    isLodged: () => false,
    share: async () => false,
    sweep: async () => ({ removed: 0, removedBytes: 0, keptBytes: 0 }),
    discard: async (ids) => ids.forEach((id) => bodies.delete(id)),
    fault: () => null,
    flush: async () => undefined,
    close: async () => undefined,
  }
}

function createMemoryWriter(maxBytes: number, keep: (bytes: Uint8Array) => StoredBody): ReturnType<BodyStore['write']> {
  let chunks: Buffer[] = []
  let total = 0
  return {
    append: (chunk) => {
      total += chunk.byteLength
      if (total > maxBytes) return Promise.reject(new CoreError('TooLarge', 'receive', `The answer is larger than ${maxBytes} bytes.`))
      // A chunk may be a view of a buffer that its owner uses again.
      chunks.push(Buffer.from(chunk))
      return undefined
    },
    finish: async () => keep(Buffer.concat(chunks)),
    abort: async () => {
      chunks = []
    },
    head: () => Buffer.concat(chunks).subarray(0, HEAD_BYTES),
    arrived: { bytes: () => total, read: async (offset, length) => Buffer.concat(chunks).subarray(offset, offset + length) },
  }
}
