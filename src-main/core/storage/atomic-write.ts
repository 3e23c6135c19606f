/**
 * Writes that are whole or not at all: a temporary file in the same folder, flushed to the disk, renamed into place.
 * A crash at any moment leaves the old content or the new one.
 */
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { diskHint, reasonOf } from '../lib/disk-reasons.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { createKeyedQueue } from './keyed-queue.ts'
import { temporaryName } from './temporary-files.ts'

/** On Windows a virus scanner or an editor may hold a file for a moment. */
const BUSY_RETRIES_MS = [20, 60, 180, 500]

/** Of two writes of one file at once the later one stands. */
const writing = createKeyedQueue()

/**
 * Write a file, making its folder if it is missing. Through a symbolic link, its target is written.
 *
 * @param mode permissions of a new file; an existing one keeps its own
 * @throws {CoreError} `StorageError` that names the file and says why
 */
export async function atomicWrite(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await putInPlace(path, content, mode)
  await syncFolder(dirname(path))
}

/**
 * The same, but a loss of power may still undo it until `syncFolder` of its folder is done.
 *
 * @param first the file is renamed into place once this has resolved
 * @throws {CoreError} `StorageError`
 */
export async function putInPlace(path: string, content: string | Uint8Array, mode?: number, first?: Promise<void>): Promise<void> {
  try {
    // What is for its owner only is in a folder for its owner only, also where that was removed meanwhile.
    await makeFolder(dirname(path), mode === 0o600 ? 0o700 : undefined)
    await writing.run(resolve(path), () => replace(path, content, mode, first))
  } catch (error) {
    throw storageError(error, path)
  }
}

/** To the path that a link leads to; an old file's owner and, where none is asked for, its permissions stay. */
async function replace(
  path: string,
  content: string | Uint8Array,
  mode: number | undefined,
  first: Promise<void> | undefined,
): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const old = await stat(target).catch(() => null)
  const temporary = join(dirname(target), temporaryName())
  try {
    const file = await open(temporary, 'wx', mode ?? old?.mode ?? 0o666)
    try {
      await file.writeFile(content)
      if (old) await asFarAsAllowed(() => file.chown(old.uid, old.gid))
      if (mode !== undefined || old) await asFarAsAllowed(() => file.chmod((mode ?? old?.mode ?? 0o666) & 0o7777))
      await file.sync()
    } finally {
      await file.close()
    }
    await first
    await patiently(() => rename(temporary, target))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined) // the first failure is the one to report
    throw error
  }
}

/** Some disks know no owners and permissions, and not everyone may set them. */
async function asFarAsAllowed(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP'].includes(systemCode(error) ?? '')) throw error
  }
}

async function patiently(work: () => Promise<void>): Promise<void> {
  for (const wait of BUSY_RETRIES_MS) {
    try {
      return await work()
    } catch (error) {
      if (process.platform !== 'win32' || !['EBUSY', 'EPERM', 'EACCES'].includes(systemCode(error) ?? '')) throw error
      await delay(wait)
    }
  }
  return work()
}

/** Makes the renaming itself last through a loss of power, where the system lets a folder be flushed. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

/** What the disk said, in words a user can act on. */
export function storageError(error: unknown, path: string, failed = 'written'): CoreError {
  if (error instanceof CoreError) return error
  const code = systemCode(error)
  const hint = diskHint(error)
  const message = `${path} could not be ${failed}: ${reasonOf(error)}.`
  return new CoreError('StorageError', 'store', message, { ...(hint !== undefined && { hint }), details: { path, code }, cause: error })
}
