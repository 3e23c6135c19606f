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
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'

/** What saving needs of the body store. */
export interface SavableBodies {
  readonly stream: (id: BodyId) => Readable
  readonly path: (id: BodyId) => Promise<string>
}

/**
 * Save a body.
 *
 * @param path absolute
 * @throws {CoreError} `StorageError`: the file cannot be written; `NotFound`: the body is gone; `InvalidCall`: the
 * path is relative; `Cancelled`
 */
export async function saveBody(store: SavableBodies, id: BodyId, path: string, signal: AbortSignal): Promise<void> {
  if (!isAbsolute(path)) throw new CoreError('InvalidCall', 'call', `The path ${path} is not absolute.`)
  try {
    signal.throwIfAborted()
    const target = await realpath(path).catch(() => path) // through a link, the file it leads to is replaced
    const before = await stat(target).catch(() => null)
    if (before?.isDirectory() === true) throw new Error('it is a folder')
    if (before && !before.isFile()) await pipeline(store.stream(id), createWriteStream(target), { signal })
    else await replaceFile((file) => copyBody(store, id, file, signal), target, before === null ? null : before.mode & 0o777, signal)
  } catch (error) {
    throw problemOf(error, path, signal)
  }
}

/**
 * The system copies, on some file systems without copying at all: the bytes do not come through here. A body that only
 * memory has, because the store's folder cannot be written, is streamed.
 */
async function copyBody(store: SavableBodies, id: BodyId, file: string, signal: AbortSignal): Promise<void> {
  const from = await store.path(id).catch((error: unknown) => {
    if (error instanceof CoreError && error.kind === 'StorageError') return null
    throw error
  })
  if (from === null) await pipeline(store.stream(id), createWriteStream(file, { flags: 'wx' }), { signal })
  else await copyFile(from, file, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
}

async function replaceFile(fill: (file: string) => Promise<void>, target: string, mode: number | null, signal: AbortSignal): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID().slice(0, 8)}.part`)
  try {
    await fill(temporary)
    signal.throwIfAborted()
    // What replaces a file must be on the disk first; a new file is left to the system's own pace.
    if (mode !== null) await flush(temporary)
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
  return new CoreError('StorageError', 'store', `The file ${path} cannot be written: ${messageOf(error)}.`, {
    hint: code === 'ENOSPC' ? 'Free some space on its disk.' : 'Choose another folder or name.',
    cause: error,
    ...(code !== null && { details: { code } }),
  })
}
