/**
 * The files of the body store: where a body lies, and how it gets there whole. A body is first a file in `tmp` that
 * names its process, then renamed, so no one ever sees half of one.
 */
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BodyId } from '#contract/model/ids.ts'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'

/** For so long after it was written a body is not written again; far less than any sweep's age. */
const JUST_SAVED_MS = 60_000
const MAX_REMEMBERED = 10_000

export interface StoredBody {
  readonly id: BodyId
  readonly bytes: number
}

export interface BodyFiles {
  readonly dir: string
  readonly tempDir: string
  readonly pathOf: (id: BodyId) => string
  /** A new name in `tmp`, whose folder is there. */
  readonly tempPath: () => Promise<string>
  /** Move a finished temp file to its place. */
  readonly adopt: (tempPath: string, id: BodyId) => Promise<void>
  /** Write a small body, or mark as young the one that is there. */
  readonly save: (id: BodyId, bytes: Uint8Array) => Promise<void>
  readonly wasJustSaved: (id: BodyId) => boolean
  readonly forget: (id: BodyId) => void
  /** What went wrong with the folder, in words. */
  readonly problem: (cause: unknown) => CoreError
}

export function createBodyFiles({ dir, now }: { readonly dir: string; readonly now: () => number }): BodyFiles {
  const tempDir = join(dir, 'tmp')
  const savedAt = new Map<BodyId, number>()
  const problem = (cause: unknown): CoreError => storageProblem(dir, cause)
  let serial = 0
  let madeTempDir: Promise<unknown> | null = null

  const remember = (id: BodyId): void => {
    if (savedAt.size >= MAX_REMEMBERED) savedAt.clear()
    savedAt.set(id, now())
  }
  const pathOf = (id: BodyId): string => join(dir, id.slice(0, 2), id)
  const tempPath = async (): Promise<string> => {
    madeTempDir ??= mkdir(tempDir, { recursive: true, mode: 0o700 })
    try {
      await madeTempDir
    } catch (error) {
      madeTempDir = null
      throw problem(error)
    }
    serial += 1
    return join(tempDir, `${process.pid}-${now().toString(36)}-${serial}`)
  }
  const adopt = async (from: string, id: BodyId): Promise<void> => {
    const path = pathOf(id)
    try {
      await rename(from, path).catch(async (error: unknown) => {
        if (systemCode(error) !== 'ENOENT') throw error
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await rename(from, path)
      })
    } catch (error) {
      throw problem(error)
    }
    remember(id)
  }
  const save = async (id: BodyId, bytes: Uint8Array): Promise<void> => {
    if (await touch(pathOf(id), now())) {
      remember(id)
      return
    }
    const temp = await tempPath()
    try {
      await writeFile(temp, bytes, { mode: 0o600 }).catch(async (error: unknown) => {
        if (systemCode(error) !== 'ENOENT') throw error
        madeTempDir = null // someone removed the folder since
        await mkdir(tempDir, { recursive: true, mode: 0o700 })
        await writeFile(temp, bytes, { mode: 0o600 })
      })
    } catch (error) {
      await rm(temp, { force: true }).catch(() => undefined) // the disk is at fault; that is what is reported
      throw problem(error)
    }
    await adopt(temp, id)
  }
  return {
    dir,
    tempDir,
    pathOf,
    tempPath,
    adopt,
    save,
    wasJustSaved: (id) => now() - (savedAt.get(id) ?? -Infinity) < JUST_SAVED_MS,
    forget: (id) => void savedAt.delete(id),
    problem,
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
            : [messageOf(cause), 'Check the disk, or choose another data folder.']
  return new CoreError('StorageError', 'store', `Bodies cannot be kept in the folder ${dir}: ${why}.`, {
    hint,
    details: { ...(code !== null && { code }) },
    cause,
  })
}
