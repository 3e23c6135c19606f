/**
 * One large body on its way to its file: gathered into pieces, each of which is hashed and written by a thread of its own,
 * with that thread's pace handed back to whoever appends. Where the store's disk cannot take it and there is another place
 * for it, what was written moves there, and the rest follows.
 */
import { open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BodyId } from '#contract/model/ids.ts'
import { makeFolder } from '../lib/make-folder.ts'
import type { PartialBody } from './arriving-bodies.ts'
import { PIECE_BYTES, type BodyFile, type BodyFileThread } from './body-file-thread.ts'
import type { BodyFiles, StoredBody } from './body-store-files.ts'

/**
 * How much may be on its way to the disk before whoever appends waits, and how much of it is left when they go on: the
 * disk and the network then work at the same time. Little enough to be written from the cache that it was received into.
 */
const WAIT_ABOVE_BYTES = 2 * 1024 * 1024
const GO_ON_BELOW_BYTES = 1024 * 1024
/** A piece that is not full goes after so long: what comes slowly is to be seen as it comes. */
const GATHER_MS = 20

export interface LargeBody {
  /** Takes a copy. */
  readonly append: (chunk: Uint8Array) => void | Promise<void>
  readonly finish: () => Promise<StoredBody>
  readonly abort: () => Promise<void>
  readonly arrived: PartialBody
}

export function createLargeBody(files: BodyFiles, thread: BodyFileThread): LargeBody {
  return new Writing(files, thread)
}

interface OpenFile {
  readonly path: string
  readonly file: BodyFile
  /** Whether it is where the store's disk is not. */
  readonly isElsewhere: boolean
}

class Writing implements LargeBody {
  readonly #files: BodyFiles
  readonly #thread: BodyFileThread
  readonly #opened: Promise<void>
  /** Null while the file is being opened. */
  #open: OpenFile | null = null
  #failure: Error | null = null
  #piece: Uint8Array<ArrayBuffer> | null = null
  #used = 0
  /** Pieces that came while the file was being opened. */
  #early: { readonly memory: ArrayBuffer; readonly bytes: number }[] = []
  #appended = 0
  #handedOver = 0
  #written = 0
  #waiting: PromiseWithResolvers<void> | null = null
  #gathering: NodeJS.Timeout | null = null

  constructor(files: BodyFiles, thread: BodyFileThread) {
    this.#files = files
    this.#thread = thread
    this.#opened = this.#begin()
    this.#opened.catch((error: unknown) => this.#fail(error))
  }

  async #begin(): Promise<void> {
    const elsewhere = this.#files.overflowPath()
    const own = await this.#files.tempPath().catch((error: unknown) => {
      if (elsewhere === null) throw error
      return null
    })
    const path = own ?? elsewhere ?? ''
    if (own === null) await makeFolder(dirname(path), 0o700)
    const file = this.#thread.open(path, own === null ? null : elsewhere, {
      written: (bytes) => this.#onWritten(bytes),
      moved: () => (this.#open = { path: elsewhere ?? '', file, isElsewhere: true }),
      failed: (error) => this.#fail(this.#files.problem(error, this.#open?.isElsewhere === true ? dirname(this.#open.path) : undefined)),
    })
    this.#open = { path, file, isElsewhere: own === null }
    for (const { memory, bytes } of this.#early) file.write(memory, bytes)
    this.#early = []
  }

  append(chunk: Uint8Array): void | Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    for (let at = 0; at < chunk.byteLength;) {
      this.#piece ??= new Uint8Array(this.#thread.memory())
      const part = chunk.subarray(at, at + PIECE_BYTES - this.#used)
      this.#piece.set(part, this.#used)
      this.#used += part.byteLength
      at += part.byteLength
      if (this.#used === PIECE_BYTES) this.#handOver()
    }
    this.#appended += chunk.byteLength
    if (this.#used > 0) this.#gathering ??= setTimeout(() => this.#handOver(), GATHER_MS)
    if (this.#handedOver - this.#written <= WAIT_ABOVE_BYTES) return undefined
    return (this.#waiting ??= Promise.withResolvers<void>()).promise
  }

  #handOver(): void {
    if (this.#gathering) clearTimeout(this.#gathering)
    this.#gathering = null
    const [piece, bytes] = [this.#piece, this.#used]
    if (piece === null || this.#failure !== null) return
    this.#piece = null
    this.#used = 0
    this.#handedOver += bytes
    if (this.#open) this.#open.file.write(piece.buffer, bytes)
    else this.#early.push({ memory: piece.buffer, bytes })
  }

  #onWritten(bytes: number): void {
    this.#written += bytes
    if (this.#handedOver - this.#written > GO_ON_BELOW_BYTES) return
    this.#waiting?.resolve()
    this.#waiting = null
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : this.#files.problem(error)
    this.#waiting?.reject(this.#failure)
    this.#waiting = null
  }

  async finish(): Promise<StoredBody> {
    try {
      this.#handOver()
      await this.#opened
      const hash = await this.#open?.file.close(true)
      if (this.#failure !== null) throw this.#failure
      if (typeof hash !== 'string' || this.#open === null) throw this.#files.problem(new Error('its file was closed'))
      const id = hash as BodyId // a SHA-256 in hex is what the contract asks for
      const { path, isElsewhere } = this.#open
      if (isElsewhere) return { ...this.#files.lodge(path, id), bytes: this.#appended }
      await this.#files.adopt(path, id)
      return { id, bytes: this.#appended }
    } catch (error) {
      this.#fail(error)
      await this.abort()
      throw this.#failure ?? error
    }
  }

  async abort(): Promise<void> {
    this.#fail(new Error('It was given up.'))
    if (this.#gathering) clearTimeout(this.#gathering)
    try {
      await this.#opened
      await this.#open?.file.close(false)
      if (this.#open) await rm(this.#open.path, { force: true })
    } catch {
      // What it failed for is told to whoever finishes it; there is nothing to remove, or it cannot be.
    }
  }

  readonly arrived: PartialBody = {
    bytes: () => this.#written,
    read: async (offset, length) => {
      const size = Math.max(0, Math.min(length, this.#written - offset))
      if (this.#open === null || size === 0) return Buffer.alloc(0)
      const file = await open(this.#open.path)
      try {
        const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size), 0, size, offset)
        return buffer.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
  }
}
