/**
 * A body as a list of segments, texts and files, so that its exact length is known before it is read and it can be
 * read again from the start. Files are streamed, never held.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, isAbsolute, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import type { BodySource } from './prepared-request.ts'

const CHUNK_BYTES = 256 * 1024

export type Segment =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'file'; readonly path: string; readonly bytes: number }

/** A body source over segments, in order. */
export function segmentsBody(segments: readonly Segment[]): BodySource {
  const bytes = segments.reduce((sum, segment) => sum + (segment.kind === 'file' ? segment.bytes : segment.bytes.byteLength), 0)
  return {
    bytes,
    open: () => {
      const only = segments.length === 1 ? segments[0] : undefined
      return only?.kind === 'bytes'
        ? Readable.from([only.bytes], { objectMode: false })
        : Readable.from(read(segments), { objectMode: false })
    },
    describe: (limit) => describe(segments, limit),
  }
}

/** A body of one text, in UTF-8. */
export function textBody(text: string): BodySource {
  return segmentsBody([{ kind: 'bytes', bytes: Buffer.from(text, 'utf8') }])
}

/**
 * A file to send, looked at before sending.
 *
 * @param baseDir what a relative path is relative to: the collection's root; null for a request outside any collection
 * @throws {CoreError} `FileNotFound` that names the file: missing, a folder, not readable, or relative to nothing
 */
export async function fileSegment(path: string, baseDir: string | null): Promise<Extract<Segment, { kind: 'file' }>> {
  if (!isAbsolute(path) && baseDir === null) {
    throw new CoreError('FileNotFound', 'prepare', `"${path}" is a relative path, and this request is in no collection yet.`, {
      hint: 'Save the request first, or give the whole path.',
    })
  }
  const absolute = resolve(baseDir ?? '/', path)
  try {
    const found = await stat(absolute)
    if (found.isDirectory())
      throw new CoreError('FileNotFound', 'prepare', `"${path}" is a folder, not a file.`, { hint: 'Choose a file in it.' })
    return { kind: 'file', path: absolute, bytes: found.size }
  } catch (error) {
    throw error instanceof CoreError ? error : fileError(error, absolute)
  }
}

async function* read(segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
  for (const segment of segments) {
    if (segment.kind === 'bytes') {
      yield segment.bytes
      continue
    }
    try {
      // `end` keeps a file that grew meanwhile from breaking the length that was announced.
      if (segment.bytes > 0)
        yield* createReadStream(segment.path, { highWaterMark: CHUNK_BYTES, end: segment.bytes - 1 }) as AsyncIterable<Buffer>
    } catch (error) {
      throw fileError(error, segment.path)
    }
  }
}

function fileError(error: unknown, path: string): CoreError {
  const code = systemCode(error)
  const name = basename(path)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CoreError('FileNotFound', 'prepare', `The file "${name}" is not there: ${path}.`, {
      hint: 'It was moved, renamed or deleted. Choose it again.',
      cause: error,
    })
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new CoreError('FileNotFound', 'prepare', `The file "${name}" may not be read: ${path}.`, {
      hint: 'Change its permissions, or choose another.',
      cause: error,
    })
  }
  return new CoreError('FileNotFound', 'prepare', `The file "${name}" could not be read: ${messageOf(error)}.`, { cause: error })
}

function describe(segments: readonly Segment[], limit: number): { text: string; truncated: boolean } {
  let text = ''
  for (const segment of segments) {
    if (text.length >= limit) return { text: text.slice(0, limit), truncated: true }
    if (segment.kind === 'file') {
      text += `‹${basename(segment.path)}, ${segment.bytes} bytes›`
      continue
    }
    const room = limit - text.length
    // Four bytes make at least one character, so this many are enough and a cut sequence is never shown.
    const cut = segment.bytes.byteLength > room * 4
    text += new TextDecoder().decode(segment.bytes.subarray(0, room * 4), { stream: cut })
    if (cut) return { text: text.slice(0, limit), truncated: true }
  }
  return text.length > limit ? { text: text.slice(0, limit), truncated: true } : { text, truncated: false }
}
