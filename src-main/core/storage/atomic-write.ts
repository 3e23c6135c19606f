/**
 * Writes that are whole or not at all: a temporary file in the same folder, flushed to the disk, renamed into place.
 * A crash at any moment leaves the old content or the new one.
 */
import { open, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import writeFileAtomic from 'write-file-atomic'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { makeFolder } from '../lib/make-folder.ts'

/** On Windows a virus scanner or an editor may hold a file for a moment. */
const BUSY_RETRIES_MS = [20, 60, 180, 500]

/**
 * Write a file, making its folder if it is missing. Through a symbolic link, its target is written.
 *
 * @param mode permissions of a new file; an existing one keeps its own
 * @throws {CoreError} `StorageError` that names the file and says why
 */
export async function atomicWrite(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  try {
    // What is for its owner only is in a folder for its owner only, also where that was removed meanwhile.
    await makeFolder(dirname(path), mode === 0o600 ? 0o700 : undefined)
    await patiently(() => replace(path, content, mode))
    await syncFolder(dirname(path))
  } catch (error) {
    throw storageError(error, path)
  }
}

/**
 * The library writes with one call and does not look whether all of it was taken: on a disk that fills up it would put
 * a cut file in place. So the content is written from its own hook, by a function that goes on to the end or throws.
 */
async function replace(path: string, content: string | Uint8Array, mode: number | undefined): Promise<void> {
  await writeFileAtomic(path, '', {
    ...(mode !== undefined && { mode }),
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the library waits for it; its types do not say so
    tmpfileCreated: (temporary: string) => writeFile(temporary, content),
  })
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
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

/** What the disk said, in words a user can act on. */
export function storageError(error: unknown, path: string, failed = 'written'): CoreError {
  if (error instanceof CoreError) return error
  const code = systemCode(error)
  const known = code === null ? undefined : REASONS[code]
  const message = `${path} could not be ${failed}: ${reasonOf(error)}.`
  return new CoreError('StorageError', 'store', message, { ...(known && { hint: known[1] }), details: { path, code }, cause: error })
}

/** Why the disk refused, in words that end a sentence. */
export function reasonOf(error: unknown): string {
  const code = systemCode(error)
  return (code === null ? undefined : REASONS[code]?.[0]) ?? messageOf(error)
}

const REASONS: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EACCES: ['this user may not do that there', 'Change the permissions of the folder, or choose another.'],
  EPERM: ['this user may not do that there', 'Change the permissions of the folder, or choose another.'],
  EROFS: ['the disk is read-only', 'Choose a folder on another disk.'],
  ENOSPC: ['the disk is full', 'Free some space; what you typed is still in the window.'],
  EFBIG: ['no file may become that large here', 'Raise the limit, or free some space; what you typed is still in the window.'],
  EDQUOT: ['your quota is used up', 'Free some space; what you typed is still in the window.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Choose another folder.'],
  EEXIST: ['something else of that name is in the way', 'Choose another name or folder.'],
  EISDIR: ['there is a folder of that name', 'Choose another name.'],
  ENOENT: ['a part of the path is not there', 'Choose another folder.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter one.'],
  EBUSY: ['another program is using it', 'Close the other program, and try again.'],
  EMFILE: ['too many files are open', 'Try again.'],
  EIO: ['the disk failed', 'Check the disk; what you typed is still in the window.'],
}
