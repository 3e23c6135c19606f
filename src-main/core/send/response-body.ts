/**
 * The body of a response on its way in: its Content-Encoding undone, kept in the body store, its text encoding found.
 * Whoever gives it bytes is asked to wait while the disk does not keep up.
 */
import type { EncodingFrom } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { streamKindOf } from '#contract/model/record.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { ArrivalMarks } from '../bodies/arrival-marks.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import type { BodyWriter } from '../bodies/body-store-writer.ts'
import { detectEncoding, SAMPLE_BYTES, type DetectedEncoding } from '../bodies/encoding.ts'
import { requestsEncoding } from '../bodies/requests-encoding.ts'
import { CoreError } from '../lib/core-error.ts'
import { createContentDecoder, type ContentDecoder } from './decode-content.ts'
import type { Resumption } from './resumed-body.ts'
import { isNamed } from './wire.ts'

export interface ReceivedBody {
  readonly bodyId: BodyId | null
  /** When its bytes came, of a stream of records. */
  readonly arrivalsId: BodyId | null
  readonly bodyBytes: number
  readonly wireBytes: number
  readonly encoding: string | null
  readonly encodingFrom: EncodingFrom | null
  readonly warnings: readonly string[]
  /** `ContentDecodingError` or `StorageError`; what could be kept is kept. */
  readonly error: CoreError | null
}

/** How the text encoding of a body is found. */
export interface Reading {
  /** The one that the request asks for; null: find out. */
  readonly encoding: string | null
  /** By all that the body and its headers say, or as requests does. */
  readonly charset: 'evidence' | 'requests'
}

export interface ResponseBody {
  readonly receive: (chunk: Buffer) => void | Promise<void>
  readonly wireBytes: () => number
  /** What has come of it can be read under this id, until it is over and ever after. */
  readonly arrivingId: BodyId
  /** Bytes that had come with an earlier answer, to which this one's are joined; null: none. */
  readonly resumedFrom: number | null
  /** The body is over, whole or not. Never fails: an error is in the result. */
  readonly finish: () => Promise<ReceivedBody>
}

const NOT_KEPT =
  'The disk of the data folder could not take this answer: it stays only where it is saved to a file, and the history does not have it.'

/** A body of which something has come. */
interface Opened {
  readonly writer: BodyWriter
  readonly decoder: ContentDecoder
  /** Settles once what had come earlier is in it; null: nothing had. */
  readonly filled: Promise<void> | null
}

/**
 * @param headers  as text, in wire order
 * @param reading how the text encoding is found
 * @param elapsedMs since the beginning of the request
 * @param resumption whether it is the rest of a body, to which it is joined
 */
export function createResponseBody(
  bodies: BodyStore,
  headers: readonly (readonly [name: string, value: string])[],
  reading: Reading = { encoding: null, charset: 'evidence' },
  elapsedMs: () => number = () => 0,
  resumption: Resumption = { kind: 'alone', warning: null },
): ResponseBody {
  let wireBytes = 0
  let open: Opened | null = null
  const contentType = headerValue(headers, 'content-type') ?? ''
  const marks = streamKindOf(contentType) === null ? null : new ArrivalMarks()
  const arrivingId = bodies.arriving.expect(marks)
  const before = resumption.kind === 'alone' ? null : resumption.point
  const begin = (): Opened => {
    const writer = bodies.write(arrivingId)
    const append = marks === null ? writer.append : markedAppend(writer, marks, elapsedMs)
    const filled = before === null ? null : fill(writer, bodies, before)
    const handOn = filled === null ? append : after(filled, append)
    return { writer, filled, decoder: createContentDecoder(codingsOf(headers), handOn) }
  }
  return {
    arrivingId,
    resumedFrom: before === null ? null : before.bytes,
    receive: (chunk) => {
      wireBytes += chunk.length
      open ??= begin()
      // What a server says besides "nothing is missing" is no part of the body.
      return resumption.kind === 'complete' ? undefined : open.decoder.write(chunk)
    },
    wireBytes: () => wireBytes,
    finish: async () => {
      const none = { bodyId: null, arrivalsId: null, encoding: null, encodingFrom: null, bodyBytes: 0, wireBytes }
      const nothing = { ...none, warnings: [], error: null }
      if (before !== null) open ??= begin()
      if (!open) {
        bodies.arriving.over(arrivingId, null)
        return nothing
      }
      try {
        const { warnings, error } = await open.decoder.end()
        if (open.filled !== null) await open.filled
        const { id, bytes, isLodged = false } = await open.writer.finish()
        bodies.arriving.over(arrivingId, id)
        const arrivalsId = marks === null ? null : await keptMarks(bodies, marks)
        if (bytes === 0) return { ...none, warnings, error }
        const { encoding, from: encodingFrom } = encodingOf(reading, open.writer.head(), contentType, bytes <= SAMPLE_BYTES)
        const told = isLodged ? [...warnings, NOT_KEPT] : warnings
        return { bodyId: id, arrivalsId, encoding, encodingFrom, bodyBytes: bytes, wireBytes, warnings: told, error }
      } catch (error) {
        bodies.arriving.over(arrivingId, null)
        await open.writer.abort()
        if (error instanceof CoreError) return { ...nothing, error }
        throw error
      }
    },
  }
}

function markedAppend(writer: BodyWriter, marks: ArrivalMarks, elapsedMs: () => number): BodyWriter['append'] {
  let bytes = 0
  return (chunk, isGiven) => {
    bytes += chunk.byteLength
    marks.add(bytes, elapsedMs())
    return writer.append(chunk, isGiven)
  }
}

/** Puts what had come earlier first. */
async function fill(writer: BodyWriter, bodies: BodyStore, { bodyId, bytes }: ResumePoint): Promise<void> {
  for await (const chunk of bodies.stream(bodyId, { offset: 0, length: bytes }) as AsyncIterable<Buffer>) await writer.append(chunk)
}

/** Appends in order, and not before that is done. */
function after(filled: Promise<void>, append: BodyWriter['append']): BodyWriter['append'] {
  let isFilled = false
  filled.then(
    () => {
      isFilled = true
    },
    () => undefined, // whoever appends or ends the body gets it
  )
  return (chunk, isGiven) => (isFilled ? append(chunk, isGiven) : filled.then(() => append(chunk, isGiven)))
}

/** Times that cannot be kept are no reason to lose the answer. */
async function keptMarks(bodies: BodyStore, marks: ArrivalMarks): Promise<BodyId | null> {
  try {
    return (await bodies.put(marks.toBytes())).id
  } catch (error) {
    if (error instanceof CoreError) return null
    throw error
  }
}

function encodingOf({ encoding, charset }: Reading, sample: Uint8Array, contentType: string, complete: boolean): DetectedEncoding {
  if (encoding !== null) return { encoding, from: 'override' }
  return (charset === 'requests' ? requestsEncoding : detectEncoding)(sample, contentType, complete)
}

/** As they were applied. Of the transfer codings the framing of chunks is undone where HTTP is read, and only that (RFC 9112 §7). */
function codingsOf(headers: readonly (readonly [name: string, value: string])[]): string {
  const content = headerValues(headers, 'content-encoding').join(',')
  const transfer = headerValues(headers, 'transfer-encoding').join(',')
  return transfer === '' ? content : `${content},${transfer}`.replace(/(?:^|,)\s*chunked\s*$/i, '')
}

/** The first value of a header, whatever the case of its name; null: it has none. */
export function headerValue(headers: readonly (readonly [name: string, value: string])[], lowerName: string): string | null {
  for (const header of headers) if (isNamed(header[0], lowerName)) return header[1]
  return null
}

/** The values of a header, in order, whatever the case of its name. */
export function headerValues(headers: readonly (readonly [name: string, value: string])[], lowerName: string): string[] {
  const values: string[] = []
  for (const header of headers) if (isNamed(header[0], lowerName)) values.push(header[1])
  return values
}
