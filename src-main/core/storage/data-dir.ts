/** The private data folder: made for its owner only. Where it cannot be written the app still starts, and says so. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoreError } from '../lib/core-error.ts'
import { storageError } from './atomic-write.ts'
import { makeFolder } from './make-folder.ts'

/**
 * Make the folder and try to write there: permissions alone do not tell of a full or read-only disk.
 *
 * @returns why the folder cannot be used, as a `StorageError` that names it; null where it can
 */
export async function prepareDataDir(path: string): Promise<CoreError | null> {
  const trial = join(path, `.write-test-${process.pid}`)
  try {
    await makeFolder(path, 0o700)
    await writeFile(trial, 'posthaste', { mode: 0o600 })
    await rm(trial, { force: true })
    return null
  } catch (error) {
    return storageError(error, path)
  }
}
