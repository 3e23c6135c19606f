/**
 * The folder that holds the text of large views while they are open: one of its own for each process, gone with it. What
 * a killed process left behind is removed when the next one makes its first view. Where the data folder cannot be
 * written, the system's folder for temporary files serves: a response is read all the same.
 */
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { makeFolder } from '../lib/make-folder.ts'
import { makeOwnFolder } from './own-folder.ts'

export interface ViewFiles {
  /**
   * Path for a new file, which the caller makes.
   * @throws {CoreError} `StorageError`: the folder cannot be made; `Cancelled`: closed
   */
  readonly next: () => Promise<string>
  readonly remove: (path: string) => Promise<void>
  /** Removes everything. */
  readonly close: () => Promise<void>
}

/**
 * @param dir made if missing; may be shared with other processes
 * @param spare serves where `dir` cannot be written
 */
export function createViewFiles(dir: string, spare = tmpdir()): ViewFiles {
  let folder: Promise<string> | null = null
  let count = 0
  let closed = false
  const make = async (): Promise<string> => {
    try {
      return await makeOwnFolder({ dir, prefix: 'views' })
    } catch (error) {
      const found = await makeOwnFolder({ dir: spare, prefix: 'posthaste-views' }).catch(() => null)
      if (found !== null) return found
      folder = null
      throw new CoreError('StorageError', 'store', `The folder ${dir} cannot be written: ${messageOf(error)}`, { cause: error })
    }
  }
  /** Those whose folder is being looked after: it is not removed under them, nor made again by them. */
  const making = new Set<Promise<string>>()
  const next = async (): Promise<string> => {
    const into = await (folder ??= make())
    await makeFolder(into, 0o700) // it may have been cleaned away by now
    if (closed) throw closing()
    count += 1
    return join(into, `${count}.txt`)
  }
  return {
    next: async () => {
      if (closed) throw closing()
      const path = next()
      making.add(path)
      return path.finally(() => making.delete(path))
    },
    remove: (path) => rm(path, { force: true }),
    close: async () => {
      closed = true
      await Promise.allSettled(making)
      const made = await folder?.catch(() => null)
      if (made) await rm(made, { recursive: true, force: true })
    },
  }
}

function closing(): CoreError {
  return new CoreError('Cancelled', 'call', 'Posthaste is closing.')
}
