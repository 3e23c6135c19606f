/**
 * The files of the body store: where a body lies, and how it gets there whole. A body is first a file in `tmp` that
 * names its process, then renamed, so no one ever sees half of one. One that its disk cannot take may lodge elsewhere.
 */
import { randomUUID } from 'node:crypto'
import { rename, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BodyId } from '#contract/model/ids.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { reasonOf } from '../lib/disk-reasons.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { isShared, letGo } from './shared-file.ts'

/** For so long after it was written a body is not written again; far less than any sweep's age. */
const JUST_SAVED_MS = 60_000
const MAX_REMEMBERED = 10_000
const PRIVATE_MODE = 0o700

export interface StoredBody {
  readonly id: BodyId
  readonly bytes: number
  /** It is not in the store's folder, and goes when the store is closed. */
  readonly isLodged?: true
}

export interface BodyFilesOptions {
  /** Absolute path; made when the first body is written. */
  readonly dir: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Told before a file is written. */
  readonly onFile?: () => void
  /** A folder on what may be another disk, for large bodies that `dir` cannot take; made when there is one, for this user only. */
  readonly overflowDir?: string | null
}

export interface BodyFiles {
  readonly dir: string
  readonly tempDir: string
  readonly pathOf: (id: BodyId) => string
  /** A new name in `tmp`, whose folder is there. */
  readonly tempPath: () => Promise<string>
  /** Move a finished temp file to its place. */
  readonly adopt: (tempPath: string, id: BodyId) => Promise<void>
  /** A new name in the folder for what this one cannot take; null where there is none. */
  readonly overflowPath: () => string | null
  /** Leave a finished file where it is, until `close`. */
  readonly lodge: (path: string, id: BodyId) => Pick<StoredBody, 'id' | 'isLodged'>
  readonly isLodged: (id: BodyId) => boolean
  /** Write a body that is in memory, elsewhere where it must. */
  readonly write: (id: BodyId, bytes: Uint8Array) => Promise<Pick<StoredBody, 'id' | 'isLodged'>>
  /** Write a small one here, unless it is there: then it is marked as young. */
  readonly save: (id: BodyId, bytes: Uint8Array) => Promise<void>
  readonly wasJustSaved: (id: BodyId) => boolean
  readonly forget: (id: BodyId) => void
  /** What went wrong with the folder, or another, in words. */
  readonly problem: (cause: unknown, dir?: string) => CoreError
  /** Removes what lodges elsewhere. */
  readonly close: () => Promise<void>
}

export function createBodyFiles(options: BodyFilesOptions): BodyFiles {
  return new Files(options)
}

class Files implements BodyFiles {
  readonly dir: string
  readonly tempDir: string
  readonly #now: () => number
  readonly #onFile: (() => void) | undefined
  readonly #savedAt = new Map<BodyId, number>()
  readonly #overflowDir: string | null
  readonly #lodged = new Map<BodyId, string>()
  readonly #lodgings: string[] = []
  #madeTempDir: Promise<unknown> | null = null

  constructor({ dir, now, onFile, overflowDir = null }: BodyFilesOptions) {
    this.#overflowDir = overflowDir
    this.dir = dir
    this.tempDir = join(dir, 'tmp')
    this.#now = now
    this.#onFile = onFile
  }

  readonly pathOf = (id: BodyId): string => this.#lodged.get(id) ?? this.#ownPathOf(id)

  readonly #ownPathOf = (id: BodyId): string => join(this.dir, id.slice(0, 2), id)

  readonly overflowPath = (): string | null =>
    this.#overflowDir === null ? null : join(this.#overflowDir, `.posthaste-${process.pid}-${randomUUID()}.part`)

  readonly lodge = (path: string, id: BodyId): { id: BodyId; isLodged: true } => {
    this.#lodged.set(id, path)
    this.#lodgings.push(path)
    return { id, isLodged: true }
  }

  readonly isLodged = (id: BodyId): boolean => this.#lodged.has(id)

  readonly close = async (): Promise<void> => {
    for (const path of this.#lodgings) await letGo(path)
  }

  readonly tempPath = async (): Promise<string> => {
    this.#onFile?.()
    this.#madeTempDir ??= makeFolder(this.tempDir, PRIVATE_MODE)
    try {
      await this.#madeTempDir
    } catch (error) {
      this.#madeTempDir = null
      throw this.problem(error)
    }
    return join(this.tempDir, `${process.pid}-${randomUUID()}`)
  }

  readonly adopt = async (from: string, id: BodyId): Promise<void> => {
    const path = this.#ownPathOf(id)
    try {
      // The same name has the same content, and to replace a large file takes as long as to write it. One that is the user's
      // too is left to them: its time is not ours to change, and what is in it may be another by now.
      if (await isShared(path)) await letGo(path)
      if (await touch(path, this.#now())) await rm(from, { force: true })
      else await orMakeFolder(dirname(path), () => rename(from, path))
    } catch (error) {
      throw this.problem(error)
    }
    // There is room by now: one that came earlier, and lodged elsewhere, is kept from here on.
    this.#lodged.delete(id)
    this.#remember(id)
  }

  readonly save = async (id: BodyId, bytes: Uint8Array): Promise<void> => {
    if (await touch(this.pathOf(id), this.#now())) {
      this.#remember(id)
      return
    }
    await this.#writeHere(id, bytes)
  }

  readonly write = async (id: BodyId, bytes: Uint8Array): Promise<{ id: BodyId; isLodged?: true }> => {
    const elsewhere = this.overflowPath()
    try {
      await this.#writeHere(id, bytes)
      return { id }
    } catch (error) {
      if (elsewhere === null) throw error
    }
    try {
      await makeFolder(dirname(elsewhere), PRIVATE_MODE)
      await writeFile(elsewhere, bytes, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      await rm(elsewhere, { force: true }).catch(() => undefined) // the disk is at fault; that is what is reported
      throw this.problem(error, dirname(elsewhere))
    }
    return this.lodge(elsewhere, id)
  }

  readonly wasJustSaved = (id: BodyId): boolean => performance.now() - (this.#savedAt.get(id) ?? -Infinity) < JUST_SAVED_MS

  readonly forget = (id: BodyId): void => void this.#savedAt.delete(id)

  readonly problem = (cause: unknown, dir = this.dir): CoreError => storageProblem(dir, cause)

  async #writeHere(id: BodyId, bytes: Uint8Array): Promise<void> {
    const temp = await this.tempPath()
    try {
      await orMakeFolder(this.tempDir, () => writeFile(temp, bytes, { mode: 0o600 }))
    } catch (error) {
      await rm(temp, { force: true }).catch(() => undefined) // the disk is at fault; that is what is reported
      throw this.problem(error)
    }
    await this.adopt(temp, id)
  }

  #remember(id: BodyId): void {
    if (this.#savedAt.size >= MAX_REMEMBERED) this.#savedAt.clear()
    this.#savedAt.set(id, performance.now())
  }
}

/** The folder is made only when it turns out to be missing, which is once; someone may also have removed it since. */
async function orMakeFolder(dir: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
    await makeFolder(dir, PRIVATE_MODE)
    await work()
  }
}

/** Make a file young, so that a sweep passes it by; false where there is none. */
async function touch(path: string, nowMs: number): Promise<boolean> {
  try {
    await utimes(path, nowMs / 1000, nowMs / 1000)
    return true
  } catch {
    return false // not there, or not ours to touch: it is then written anew, which says what is wrong
  }
}

function storageProblem(dir: string, cause: unknown): CoreError {
  const code = systemCode(cause)
  const [why, hint] =
    code === 'ENOSPC'
      ? ['the disk is full', 'Free some space, or choose another data folder.']
      : code === 'EACCES' || code === 'EPERM'
        ? ['it may not be written to', 'Change its permissions, or choose another data folder.']
        : code === 'EROFS'
          ? ['the disk is read-only', 'Choose another data folder.']
          : code === 'ENOTDIR' || code === 'EEXIST'
            ? ['a file is in its place', 'Move that file away, or choose another data folder.']
            : [reasonOf(cause), 'Check the disk, or choose another data folder.']
  return new CoreError('StorageError', 'store', `Bodies cannot be kept in the folder ${dir}: ${why}.`, {
    hint,
    details: { ...(code !== null && { code }) },
    cause,
  })
}
