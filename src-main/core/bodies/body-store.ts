/**
 * Where the bodies of requests and responses are kept: decoded, named by the hash of their content, as files in
 * `dir/ab/<hash>`. Small ones are also in memory, so that what was just received can be shown at once, and their files
 * are written behind the caller's back. Two processes may share the folder: a file appears whole, by a rename, and the
 * same name always has the same content. What a body means (encoding, lines, JSON) is for others.
 */
import { hash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { BodyIdSchema, type BodyId } from '#contract/model/ids.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { createArrivingBodies, type ArrivingBodies, type ArrivingBody } from './arriving-bodies.ts'
import { createBodyFiles, type BodyFiles, type BodyFilesOptions, type StoredBody } from './body-store-files.ts'
import { discardBodies, sweepBodies, type KeptBodies, type SweepLimits, type SweepResult } from './body-store-sweep.ts'
import { bodyFileThread } from './body-file-thread.ts'
import { createBodyWriter, type BodyWriter } from './body-store-writer.ts'
import { createLargeBody } from './large-body.ts'
import { isAsItWas, shareFile } from './shared-file.ts'

/** Bodies up to this many bytes stay in memory while there is room. */
export const SMALL_BODY_BYTES = 256 * 1024
/** How much memory small bodies may take; the one used longest ago goes first. */
const MEMORY_BYTES = 32 * 1024 * 1024
/** How many bytes may wait to be written before whoever adds more has to wait too. */
const UNWRITTEN_BYTES = 32 * 1024 * 1024
const READ_CHUNK_BYTES = 256 * 1024
const PUT_CHUNK_BYTES = 256 * 1024

export interface ByteRange {
  readonly offset: number
  /** To the end where left out. */
  readonly length?: number
}

export interface StoredSize {
  readonly bytes: number
  /** It is in memory alone. */
  readonly isHeld?: true
}

export interface BodyStore {
  /** Start to write a body of unknown length; with the id of one that is expected, what has come of it can be read. */
  readonly write: (expected?: BodyId) => BodyWriter
  /** Bodies on their way in. Their ids may be given to `stat` and `read`. */
  readonly arriving: ArrivingBodies
  /** Keep bytes that are already whole. The store takes its own copy. */
  readonly put: (bytes: Uint8Array) => Promise<StoredBody>
  /**
   * Keep bytes in memory alone, while there is room and the process lives: what may not stand on the disk. They can be read
   * by their id, but have no path.
   */
  readonly hold: (bytes: Uint8Array) => StoredBody
  readonly stat: (id: BodyId) => Promise<StoredSize | null>
  /** @returns at most `length` bytes; fewer at the end. @throws {CoreError} `NotFound` where the body is gone */
  readonly read: (id: BodyId, offset: number, length: number) => Promise<Buffer>
  /** The body's bytes, streamed. Fails with `NotFound` where it is gone. */
  readonly stream: (id: BodyId, range?: ByteRange) => Readable
  /** Absolute path of the body's file, written if it was not yet. @throws {CoreError} `NotFound`, `StorageError` */
  readonly path: (id: BodyId) => Promise<string>
  /**
   * Give the body's file a second name, as a file of the user's; false where it must be copied. Once that file has been
   * written to, the body is gone.
   */
  readonly share: (id: BodyId, to: string) => Promise<boolean>
  /** Whether it is not in the store's folder, and goes when the store is closed. */
  readonly isLodged: (id: BodyId) => boolean
  /** Remove what is old, then the oldest until the rest fits; and what writers that are no more left behind. */
  readonly sweep: (limits: SweepLimits, kept?: KeptBodies) => Promise<SweepResult>
  /** Remove bodies that nothing refers to any more, by their ids; what is none is passed over. */
  readonly discard: (ids: readonly string[]) => Promise<void>
  /** Why bodies cannot be kept, where the last attempt to write one failed behind the caller's back. */
  readonly fault: () => CoreError | null
  /** Resolves when every body is in its file. @throws {CoreError} `StorageError` */
  readonly flush: () => Promise<void>
  /** Removes what is only kept for as long as the store is open. */
  readonly close: () => Promise<void>
}

export interface BodyStoreOptions extends BodyFilesOptions {
  /** Small bodies go to no file, and stay in memory as long as the store does. */
  readonly isPassing?: true
}

export function createBodyStore(options: BodyStoreOptions): BodyStore {
  const files = createBodyFiles(options)
  const memory = createMemory(options.isPassing ? Infinity : MEMORY_BYTES)
  const behind = options.isPassing ? NOTHING_BEHIND : createWriteBehind(files)
  const arriving = createArrivingBodies()

  const keep = (bytes: Buffer): StoredBody | Promise<StoredBody> => {
    const id = idOf(bytes)
    const stored = { id, bytes: bytes.byteLength }
    if (bytes.byteLength > SMALL_BODY_BYTES) return files.write(id, bytes).then((kept) => ({ ...stored, ...kept }))
    memory.add(id, bytes)
    const wait = behind.add(id, bytes)
    return wait === null ? stored : wait.then(() => stored)
  }
  const inMemory = (id: BodyId): Buffer | null => memory.get(id)?.bytes ?? behind.get(id)
  const isHeld = (id: BodyId): boolean => memory.get(id)?.isHeld === true
  const newWriter = (): BodyWriter => createBodyWriter(() => createLargeBody(files, bodyFileThread), keep)

  return {
    arriving,
    ...createReaders(files, inMemory, isHeld, arriving),
    write: (expected) => {
      const writer = newWriter()
      const body = expected === undefined ? null : arriving.find(expected)
      if (body) body.partial = writer.arrived
      return writer
    },
    put: async (bytes) => {
      if (bytes.byteLength <= SMALL_BODY_BYTES) return keep(Buffer.from(bytes))
      const writer = newWriter()
      for (let at = 0; at < bytes.byteLength; at += PUT_CHUNK_BYTES) await writer.append(bytes.subarray(at, at + PUT_CHUNK_BYTES))
      return writer.finish()
    },
    hold: (bytes) => {
      const id = idOf(bytes)
      // What is on the disk already is no secret any more.
      if (memory.get(id) === null) memory.add(id, Buffer.from(bytes), true)
      return { id, bytes: bytes.byteLength }
    },
    stream: (id, range) => {
      const { offset, length } = { offset: 0, length: Infinity, ...range }
      const small = inMemory(id)
      return Readable.from(small ? [small.subarray(offset, offset + length)] : readFile(files.pathOf(id), id, offset, length), {
        objectMode: false,
      })
    },
    path: (id) => pathIn(files, id, memory.get, behind.written),
    isLodged: files.isLodged,
    share: async (id, to) => shareFile(await pathIn(files, id, memory.get, behind.written), to),
    sweep: (limits, kept = async () => new Set()) => sweepBodies(files, limits, options.now(), kept),
    discard: (ids) =>
      discardBodies(
        files,
        ids.flatMap((id) => BodyIdSchema.safeParse(id).data ?? []),
        options.now(),
      ),
    fault: () => behind.fault(),
    flush: () => behind.flush(),
    close: files.close,
  }
}

/** The path of a body's file, written if it was not yet. */
async function pathIn(
  files: BodyFiles,
  id: BodyId,
  inMemory: (id: BodyId) => SmallBody | null,
  written: (id: BodyId) => Promise<void>,
): Promise<string> {
  await written(id)
  const path = files.pathOf(id)
  if ((await statKept(path)) !== null) return path
  const small = inMemory(id)
  if (!small || small.isHeld) throw gone(id)
  await files.save(id, small.bytes)
  return path
}

/** The alphabet and length that the contract asks of a body id are those of a SHA-256 in hex. */
function idOf(bytes: Uint8Array): BodyId {
  return hash('sha256', bytes) as BodyId
}

/** Bodies by their ids, those on their way in as far as they have come. */
function createReaders(
  files: BodyFiles,
  inMemory: (id: BodyId) => Buffer | null,
  isHeld: (id: BodyId) => boolean,
  arriving: ArrivingBodies,
): Pick<BodyStore, 'stat' | 'read'> {
  const statWhole = async (id: BodyId): Promise<StoredSize | null> => {
    const small = inMemory(id)
    if (small) return { bytes: small.byteLength, ...(isHeld(id) && { isHeld: true }) }
    const found = await statKept(files.pathOf(id))
    return found && { bytes: found.size }
  }
  const readWhole = async (id: BodyId, offset: number, length: number): Promise<Buffer> => {
    const small = inMemory(id)
    return small ? small.subarray(offset, offset + length) : readFilePart(files.pathOf(id), id, offset, length)
  }
  return {
    stat: async (id) => {
      const body = arriving.find(id)
      if (!body) return statWhole(id)
      return body.final ? statWhole(body.final) : { bytes: body.partial?.bytes() ?? 0 }
    },
    read: async (id, offset, length) => {
      const body = arriving.find(id)
      return body ? readArriving(body, readWhole, offset, length) : readWhole(id, offset, length)
    },
  }
}

/** A file that is being moved to its place while one reads is read from there. */
async function readArriving(
  body: ArrivingBody,
  readWhole: (id: BodyId, offset: number, length: number) => Promise<Buffer>,
  offset: number,
  length: number,
): Promise<Buffer> {
  if (body.final) return readWhole(body.final, offset, length)
  if (body.partial === null) return Buffer.alloc(0)
  try {
    return await body.partial.read(offset, length)
  } catch (error) {
    if (isMissing(error)) return body.final ? readWhole(body.final, offset, length) : Buffer.alloc(0)
    throw error
  }
}

interface SmallBody {
  readonly bytes: Buffer
  /** It may not be written to the disk. */
  readonly isHeld: boolean
}

/** Small bodies by id, the one used longest ago first. */
function createMemory(most: number): { add: (id: BodyId, bytes: Buffer, isHeld?: boolean) => void; get: (id: BodyId) => SmallBody | null } {
  const bodies = new Map<BodyId, SmallBody>()
  let total = 0
  return {
    add: (id, bytes, isHeld = false) => {
      if (!bodies.delete(id)) total += bytes.byteLength
      bodies.set(id, { bytes, isHeld })
      for (const [oldest, dropped] of bodies) {
        if (total <= most) break
        bodies.delete(oldest)
        total -= dropped.bytes.byteLength
      }
    },
    get: (id) => {
      const body = bodies.get(id)
      if (!body) return null
      bodies.delete(id)
      bodies.set(id, body)
      return body
    },
  }
}

interface WriteBehind {
  /** Queue a body; a promise where so much is queued that the caller should wait for it. */
  readonly add: (id: BodyId, bytes: Buffer) => Promise<void> | null
  readonly get: (id: BodyId) => Buffer | null
  readonly written: (id: BodyId) => Promise<void>
  readonly flush: () => Promise<void>
  readonly fault: () => CoreError | null
}

const NOTHING_BEHIND: WriteBehind = {
  add: () => null,
  get: () => null,
  written: async () => undefined,
  flush: async () => undefined,
  fault: () => null,
}

/** Writes small bodies to their files after they were handed over, a few at a time. */
function createWriteBehind(files: BodyFiles): WriteBehind {
  const AT_ONCE = 4
  const waiting = new Map<BodyId, { readonly bytes: Buffer; readonly done: Promise<void>; readonly settle: () => void }>()
  const queue: BodyId[] = []
  let running = 0
  let unwritten = 0
  let fault: CoreError | null = null

  const runNext = async (): Promise<void> => {
    const id = queue.shift()
    const entry = id === undefined ? undefined : waiting.get(id)
    if (id === undefined || !entry) return
    running += 1
    try {
      await files.save(id, entry.bytes)
      fault = null
    } catch (error) {
      // The body is in memory and can be shown; who needs it on disk asks `fault` or `path`.
      fault = error instanceof CoreError ? error : files.problem(error)
    }
    running -= 1
    unwritten -= entry.bytes.byteLength
    waiting.delete(id)
    entry.settle()
    void runNext()
  }

  return {
    add: (id, bytes) => {
      if (waiting.has(id) || files.wasJustSaved(id)) return null
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.set(id, { bytes, done: promise, settle: resolve })
      queue.push(id)
      unwritten += bytes.byteLength
      if (running < AT_ONCE) setImmediate(() => void (running < AT_ONCE && runNext()))
      return unwritten > UNWRITTEN_BYTES ? promise : null
    },
    get: (id) => waiting.get(id)?.bytes ?? null,
    written: async (id) => waiting.get(id)?.done,
    flush: async () => {
      while (waiting.size > 0) await Promise.all([...waiting.values()].map((entry) => entry.done))
      if (fault) throw fault
    },
    fault: () => fault,
  }
}

async function readFilePart(path: string, id: BodyId, offset: number, length: number): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(id, error)
  })
  try {
    const size = Math.max(0, Math.min(length, (await file.stat()).size - offset))
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size), 0, size, offset)
    // Asked afterwards: what was read is then of the body for certain.
    if (!(await isAsItWas(path).catch(orFalse))) throw gone(id)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function* readFile(path: string, id: BodyId, offset: number, length: number): AsyncGenerator<Buffer> {
  if (length <= 0) return
  const end = Number.isFinite(length) ? offset + length - 1 : Infinity
  if (!(await isAsItWas(path).catch(orFalse))) throw gone(id)
  const file = createReadStream(path, { start: offset, end, highWaterMark: READ_CHUNK_BYTES })
  let fault: unknown = null
  file.once('error', (error) => (fault = error))
  try {
    yield* file as AsyncIterable<Buffer>
  } catch (error) {
    // Whoever reads may also give up, with a reason of its own: that is no fault of the file.
    throw error === fault ? unreadable(id, error) : error
  }
}

function unreadable(id: BodyId, error: unknown): CoreError {
  if (isMissing(error)) return gone(id)
  return new CoreError('StorageError', 'store', `The body ${id.slice(0, 12)}… cannot be read: ${messageOf(error)}.`, { cause: error })
}

function gone(id: BodyId): CoreError {
  return new CoreError('NotFound', 'store', `The body ${id.slice(0, 12)}… is no longer kept.`, {
    hint: 'Old bodies are removed to save space. Send the request again.',
  })
}

function isMissing(error: unknown): boolean {
  const code = systemCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** Null where the file is not there, or has become another under its second name. */
async function statKept(path: string): Promise<Stats | null> {
  const found = await stat(path).catch(orNull)
  return found && (await isAsItWas(path).catch(orFalse)) ? found : null
}

function orFalse(error: unknown): false {
  if (isMissing(error)) return false
  throw error
}

function orNull(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}
