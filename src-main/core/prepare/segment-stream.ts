/**
 * The bytes of a body's segments, one after the other, as a stream. Files are read a piece at a time, ahead of whoever
 * takes them; one that is not what it was when it was looked at is refused. A reader that says which bytes have left
 * has the buffers used again: a large file then goes through a few of them, where new ones for every piece would leave
 * the garbage collector most of the work of an upload.
 */
import type { Stats } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import type { BodyReadable } from './prepared-request.ts'

/** Each reading is a way to another thread and back, which costs as much as copying some 100 KiB. */
const PIECE_BYTES = 1024 * 1024
/** The next piece is read while this one is being sent. */
const AHEAD_BYTES = 2 * PIECE_BYTES

export type Segment = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | FileSegment

export interface FileSegment {
  readonly kind: 'file'
  readonly path: string
  /** What it is sent as, where that is not what it is called on the disk, as of a copy. */
  readonly name?: string
  /** Where it begins in the file. */
  readonly start: number
  readonly bytes: number
  /** What the file was when it was looked at. */
  readonly version: string
}

/** A file that is being read. */
interface OpenFile {
  readonly handle: FileHandle
  readonly path: string
  at: number
  left: number
}

/** The segments as a stream. It fails with `FileNotFound` or `InvalidBody` where a file went or changed. */
export function segmentStream(segments: readonly Segment[]): BodyReadable {
  return new SegmentStream(segments)
}

class SegmentStream extends Readable {
  readonly #segments: Iterator<Segment>
  #file: OpenFile | null = null
  #work: Promise<unknown> = Promise.resolve()
  /** Pieces given away, in order, with where each ends in the body. */
  readonly #given: { readonly end: number; readonly buffer: Buffer | null }[] = []
  readonly #free: Buffer[] = []
  #givenBytes = 0
  #releasedBytes = 0

  constructor(segments: readonly Segment[]) {
    super({ highWaterMark: AHEAD_BYTES })
    this.#segments = segments.values()
  }

  override _read(): void {
    const work = this.#nextPiece()
    this.#work = work.catch(() => undefined) // whoever reads gets it below
    work.then(
      (piece) => this.push(piece),
      (error: Error) => this.destroy(error),
    )
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const close = async (): Promise<void> => this.#close()
    this.#work.then(close).then(
      () => done(error),
      () => done(error),
    )
  }

  /** So many more bytes, from the first on, are not looked at any more: their buffers may be filled anew. */
  readonly released = (bytes: number): void => {
    this.#releasedBytes += bytes
    for (let first = this.#given[0]; first && first.end <= this.#releasedBytes; first = this.#given[0]) {
      this.#given.shift()
      if (first.buffer) this.#free.push(first.buffer)
    }
  }

  async #nextPiece(): Promise<Uint8Array | null> {
    for (;;) {
      if (this.#file) {
        const piece = await this.#readFile(this.#file)
        if (piece) return piece
        await this.#close()
      }
      const next = this.#segments.next()
      if (next.done === true) return null
      if (next.value.kind === 'file') this.#file = await openFile(next.value)
      else if (next.value.bytes.byteLength > 0) return this.#give(next.value.bytes, null)
    }
  }

  /** @returns null where the file is at its end; whether that is too soon is for whoever knows the length */
  async #readFile(file: OpenFile): Promise<Uint8Array | null> {
    if (file.left === 0) return null
    // A buffer of its own: a part of the shared pool would keep all of that alive.
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(Math.min(PIECE_BYTES, file.left))
    const { bytesRead } = await file.handle.read(buffer, 0, Math.min(buffer.length, file.left), file.at).catch((error: unknown) => {
      throw fileError(error, file.path)
    })
    if (bytesRead === 0) return null
    file.at += bytesRead
    file.left -= bytesRead
    return this.#give(buffer.subarray(0, bytesRead), buffer)
  }

  #give(piece: Uint8Array, buffer: Buffer | null): Uint8Array {
    this.#givenBytes += piece.byteLength
    this.#given.push({ end: this.#givenBytes, buffer })
    return piece
  }

  async #close(): Promise<void> {
    const file = this.#file
    this.#file = null
    await file?.handle.close()
  }
}

async function openFile({ path, start, bytes, version }: FileSegment): Promise<OpenFile> {
  let handle: FileHandle | null = null
  try {
    handle = await open(path)
    if (versionOf(await handle.stat()) !== version) throw changedFile(path)
    return { handle, path, at: start, left: bytes }
  } catch (error) {
    await handle?.close()
    throw error instanceof CoreError ? error : fileError(error, path)
  }
}

/** Another size, time or file under the same name is another version. */
export function versionOf({ size, mtimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ino}`
}

function changedFile(path: string): CoreError {
  return new CoreError('InvalidBody', 'send', `The file "${basename(path)}" changed since the request was prepared: ${path}.`, {
    hint: 'What is sent would not be what was asked for. Send again to send the file as it is now.',
    where: { section: 'body' },
  })
}

/** Why a file cannot be sent. */
export function fileError(error: unknown, path: string): CoreError {
  const code = systemCode(error)
  const name = basename(path)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CoreError('FileNotFound', 'prepare', `The file "${name}" is not there: ${path}.`, {
      hint: 'Check its path, or choose it again; it may have been moved, renamed or deleted.',
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
