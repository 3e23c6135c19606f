/**
 * A body as a list of segments, texts and files or slices of them, so that its exact length is known before it is read
 * and it can be read again from the start. Files are streamed, never held; one that is not the same any more when it is
 * read, for the first time or again, is refused rather than sent.
 */
import type { Stats } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename, isAbsolute, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import type { BodySource } from './prepared-request.ts'

const CHUNK_BYTES = 256 * 1024

export type Segment = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | FileSegment

export interface FileSegment {
  readonly kind: 'file'
  readonly path: string
  /** Where it begins in the file. */
  readonly start: number
  readonly bytes: number
  /** What the file was when it was looked at. */
  readonly version: string
}

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
    return { kind: 'file', path: absolute, start: 0, bytes: found.size, version: versionOf(found) }
  } catch (error) {
    throw error instanceof CoreError ? error : fileError(error, absolute)
  }
}

/** A file's part of so many bytes from a place in it. */
export function sliceOf(file: FileSegment, start: number, bytes: number): FileSegment {
  return { ...file, start: file.start + start, bytes }
}

async function* read(segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
  for (const segment of segments) {
    if (segment.kind === 'bytes') yield segment.bytes
    else yield* readFile(segment)
  }
}

async function* readFile(segment: FileSegment): AsyncGenerator<Uint8Array> {
  let file: FileHandle | null = null
  try {
    file = await open(segment.path)
    if (versionOf(await file.stat()) !== segment.version) throw changedFile(segment.path)
    if (segment.bytes === 0) return
    const { start, bytes } = segment
    const stream = file.createReadStream({ highWaterMark: CHUNK_BYTES, start, end: start + bytes - 1, autoClose: false })
    yield* stream as AsyncIterable<Buffer>
  } catch (error) {
    throw error instanceof CoreError ? error : fileError(error, segment.path)
  } finally {
    await file?.close()
  }
}

/** Another size, time or file under the same name is another version. */
function versionOf({ size, mtimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ino}`
}

function changedFile(path: string): CoreError {
  return new CoreError('InvalidBody', 'send', `The file "${basename(path)}" changed since the request was prepared: ${path}.`, {
    hint: 'What is sent would not be what was asked for. Send again to send the file as it is now.',
    where: { section: 'body' },
  })
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
