/**
 * The body of a request on its way out. The length was announced, so a source that gives fewer or more bytes (a file
 * that changed meanwhile) must fail before the other side takes the next request for the rest of this one.
 */
import { pipeline, Transform, type TransformCallback } from 'node:stream'
import { CoreError } from '../lib/core-error.ts'
import type { BodyReadable, BodySource } from '../prepare/prepared-request.ts'

/** A body up to this size is read first and written together with the head. */
const SMALL_BYTES = 64 * 1024
/** Written at least so much at a time, and no more than goes in that time: progress, and its absence, show on a slow line too. */
const SLICE_BYTES = 64 * 1024
const SLICE_MS = 10
/** A body of no chunks at all (RFC 9112 §7.1). */
const NO_CHUNKS = Buffer.from('0\r\n\r\n')

/**
 * Open a body for one hop.
 *
 * @param isChunked whether its end is written where it has no bytes; only an empty body is ever sent in chunks
 * @returns null where it has no bytes; all of it where it is small; else a stream that fails with `InvalidBody` at a
 * wrong length, and with whatever the source fails with
 * @throws {CoreError} the same, for a small body
 */
export function openRequestBody(source: BodySource | null, isChunked: boolean): Promise<Buffer> | Buffer | BodyReadable | null {
  if (source === null || source.bytes === 0) return isChunked ? NO_CHUNKS : null
  if (source.bytes <= SMALL_BYTES) return source.atHand ? bufferOver(source.atHand) : readSmall(source)
  const bytes = source.open()
  const meter = new Meter(source, bytes)
  // Failures reach whoever reads the meter; the callback is only there because pipeline wants one.
  return pipeline(bytes, meter, () => undefined)
}

function bufferOver({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

async function readSmall(source: BodySource): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source.open() as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes > source.bytes) throw changed(source, 'more')
  }
  if (bytes < source.bytes) throw changed(source, 'fewer')
  return Buffer.concat(chunks)
}

class Meter extends Transform {
  readonly #source: BodySource
  #bytes = 0
  /** When the last chunk came, and how large it was. */
  #last = { at: performance.now(), bytes: 0 }
  /** Passed on: its slices are views of the buffers that it is given. */
  readonly released: (bytes: number) => void

  constructor(source: BodySource, from: BodyReadable) {
    super({ highWaterMark: SLICE_BYTES })
    this.#source = source
    this.released = (bytes) => from.released?.(bytes)
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes += chunk.byteLength
    if (this.#bytes > this.#source.bytes) {
      done(changed(this.#source, 'more'))
      return
    }
    const slice = this.#sliceBytes(chunk.byteLength)
    for (let at = 0; at < chunk.byteLength; at += slice) this.push(chunk.subarray(at, at + slice))
    done()
  }

  /** As much as would go at the rate at which the chunk before this one was taken. */
  #sliceBytes(bytes: number): number {
    const before = this.#last
    this.#last = { at: performance.now(), bytes }
    const elapsedMs = Math.max(0.001, this.#last.at - before.at)
    return Math.max(SLICE_BYTES, Math.floor((before.bytes / elapsedMs) * SLICE_MS))
  }

  override _flush(done: TransformCallback): void {
    done(this.#bytes < this.#source.bytes ? changed(this.#source, 'fewer') : null)
  }
}

function changed(source: BodySource, how: 'fewer' | 'more'): CoreError {
  const files = [...source.describe(4096).text.matchAll(/‹([^‹›]*), \d+ bytes?›/g)].map((match) => match[1])
  const what = files.length === 0 ? 'The body' : `The body (${files.join(', ')})`
  return new CoreError('InvalidBody', 'send', `${what} has ${how} bytes than the ${source.bytes} it was announced with.`, {
    hint: 'It changed while it was being sent. Send again.',
    where: { section: 'body' },
  })
}
