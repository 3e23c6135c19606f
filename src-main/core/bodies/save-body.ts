/**
 * A body into a file of the user's. A regular file appears whole or not at all, by a rename, and one that is there
 * already keeps its permissions; anything else, such as a pipe or a terminal, is written to.
 */
import { randomUUID } from 'node:crypto'
import { constants, createWriteStream } from 'node:fs'
import { chmod, copyFile, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BodyId } from '#contract/model/ids.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { reasonOf } from '../lib/disk-reasons.ts'

/**
 * From so many bytes on, a body may be one file with the user's where the disk cannot copy without writing: what that
 * saves is felt, and a smaller one stays apart, whatever is written to the user's.
 */
export const SHARED_FROM_BYTES = 64 * 1024 ** 2

/** What saving needs of the body store. */
export interface SavableBodies {
  readonly stream: (id: BodyId) => Readable
  readonly path: (id: BodyId) => Promise<string>
  /** Gives the body's file a second name; false where that cannot be. */
  readonly share?: (id: BodyId, to: string) => Promise<boolean>
  /** Whether the body's file is only there to become the user's. */
  readonly isLodged?: (id: BodyId) => boolean
}

/**
 * Save a body.
 *
 * @param path absolute
 * @param mayShare whether a large one may be one file with the store's; else it is copied
 * @throws {CoreError} `StorageError`: the file cannot be written; `NotFound`: the body is gone; `InvalidCall`: the
 * path is relative; `Cancelled`
 */
export async function saveBody(store: SavableBodies, id: BodyId, path: string, signal: AbortSignal, mayShare = false): Promise<void> {
  if (!isAbsolute(path)) throw new CoreError('InvalidCall', 'call', `The path ${path} is not absolute.`)
  try {
    signal.throwIfAborted()
    const target = await realpath(path).catch(() => path) // through a link, the file it leads to is replaced
    const before = await stat(target).catch(() => null)
    if (before?.isDirectory() === true) throw new Error('it is a folder')
    if (before && !before.isFile()) await pipeline(store.stream(id), createWriteStream(target), { signal })
    else {
      const fill = (file: string): Promise<Filled> => fillFile({ store, id, mayShare }, file, signal)
      await replaceFile(fill, target, before === null ? null : before.mode & 0o777, signal)
    }
  } catch (error) {
    throw problemOf(error, path, signal)
  }
}

interface Saved {
  readonly store: SavableBodies
  readonly id: BodyId
  readonly mayShare: boolean
}

/** How a file got its bytes: written for it alone, or together with the store's. */
type Filled = 'written' | 'shared'

/**
 * The system copies, on some file systems without copying at all: the bytes do not come through here. A body that only
 * memory has, because the store's folder cannot be written, is streamed.
 */
async function fillFile({ store, id, mayShare }: Saved, file: string, signal: AbortSignal): Promise<Filled> {
  const from = await store.path(id).catch((error: unknown) => {
    if (error instanceof CoreError && error.kind === 'StorageError') return null
    throw error
  })
  if (from === null) await pipeline(store.stream(id), createWriteStream(file, { flags: 'wx' }), { signal })
  else {
    const isLarge = (await stat(from)).size >= SHARED_FROM_BYTES
    const isOne = (mayShare && isLarge) || store.isLodged?.(id) === true
    if (isOne && ((await cloned(from, file)) || (await store.share?.(id, file)))) return 'shared'
    await copyFile(from, file, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  }
  return 'written'
}

/** A copy that shares its blocks with the original until one of them is written to. */
async function cloned(from: string, file: string): Promise<boolean> {
  return copyFile(from, file, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE).then(
    () => true,
    () => false,
  )
}

async function replaceFile(
  fill: (file: string) => Promise<Filled>,
  target: string,
  mode: number | null,
  signal: AbortSignal,
): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID().slice(0, 8)}.part`)
  try {
    const filled = await fill(temporary)
    signal.throwIfAborted()
    // What replaces a file must be on the disk first; a new file is left to the system's own pace, and so is a large download:
    // to wait for the disk takes longer than to have the bytes again.
    if (mode !== null && filled === 'written') await flush(temporary)
    // The store's own files are private; a new file of the user's is as any other program would make it.
    await chmod(temporary, mode ?? 0o666 & ~process.umask())
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined) // the first error is the one to tell
    throw error
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function problemOf(error: unknown, path: string, signal: AbortSignal): CoreError {
  if (error instanceof CoreError) return error
  if (signal.aborted) return new CoreError('Cancelled', 'store', `Saving to ${path} was cancelled.`)
  const code = systemCode(error)
  return new CoreError('StorageError', 'store', `The file ${path} cannot be written: ${reasonOf(error)}.`, {
    hint: code === 'ENOSPC' ? 'Free some space on its disk.' : 'Choose another folder or name.',
    cause: error,
    ...(code !== null && { details: { code } }),
  })
}
