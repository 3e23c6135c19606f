/**
 * A body as a list of segments, texts and files or slices of them, so that its exact length is known before it is read
 * and it can be read again from the start. Files are streamed, never held; one that is not the same any more when it is
 * read, for the first time or again, is refused rather than sent.
 */
import { stat } from 'node:fs/promises'
import { basename, isAbsolute, resolve } from 'node:path'
import { CoreError } from '../lib/core-error.ts'
import type { BodySource } from './prepared-request.ts'
import { fileError, segmentStream, versionOf, type FileSegment, type Segment } from './segment-stream.ts'

export type { FileSegment, Segment }

/** A body source over segments, in order. */
export function segmentsBody(segments: readonly Segment[]): BodySource {
  const bytes = segments.reduce((sum, segment) => sum + (segment.kind === 'file' ? segment.bytes : segment.bytes.byteLength), 0)
  const [only] = segments
  return {
    bytes,
    open: () => segmentStream(segments),
    ...(segments.length === 1 && only?.kind === 'bytes' && { atHand: only.bytes }),
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
 * @throws {CoreError} `FileNotFound` that names the file: missing, a folder, not readable, or relative to nothing;
 * `InvalidBody` where it is a pipe or a device
 */
export async function fileSegment(path: string, baseDir: string | null): Promise<FileSegment> {
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
    if (!found.isFile()) throw noFile(path)
    return { kind: 'file', path: absolute, start: 0, bytes: found.size, version: versionOf(found) }
  } catch (error) {
    throw error instanceof CoreError ? error : fileError(error, absolute)
  }
}

/** The system gives it a size of 0, so it would be sent as nothing at all. */
function noFile(path: string): CoreError {
  return new CoreError('InvalidBody', 'prepare', `"${path}" is a pipe or a device, not a file.`, {
    hint: 'Its length is not known before it is sent, and it can be read only once. Write what it gives into a file, and choose that.',
    where: { section: 'body' },
  })
}

/** A file's part of so many bytes from a place in it. */
export function sliceOf(file: FileSegment, start: number, bytes: number): FileSegment {
  return { ...file, start: file.start + start, bytes }
}

function describe(segments: readonly Segment[], limit: number): { text: string; truncated: boolean } {
  let text = ''
  for (const segment of segments) {
    if (text.length >= limit) return { text: text.slice(0, limit), truncated: true }
    if (segment.kind === 'file') {
      text += `‹${segment.name ?? basename(segment.path)}, ${segment.bytes} ${segment.bytes === 1 ? 'byte' : 'bytes'}›`
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
