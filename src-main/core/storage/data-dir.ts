/**
 * The private data folder: made for its owner only. Where it cannot be written the app still starts, and says so once;
 * what fails after that for the same reason is not told of again where nobody asked for it.
 */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { reasonOf } from '../lib/disk-reasons.ts'
import { realPathOr } from './collections-list.ts'
import { isWithin } from './item-paths.ts'
import { makeFolder } from '../lib/make-folder.ts'

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
    return new CoreError('StorageError', 'store', `The data folder ${path} cannot be written: ${reasonOf(error)}.`, {
      hint: 'Nothing is kept in it. Mend that, or start Posthaste with --data-dir and another folder.',
      details: { path, code: systemCode(error) },
      cause: error,
    })
  }
}

/** Whether an error is about a file in the data folder: where the folder has a problem, that is all there is to say. */
export function isOfDataDir(dataDir: string, error: unknown): boolean {
  if (!(error instanceof CoreError) || error.kind !== 'StorageError') return false
  const path = error.parts.details?.['path']
  return typeof path === 'string' && [dataDir, realPathOr(dataDir)].some((folder) => isWithin(folder, path))
}
