/**
 * The folder that holds the text of large views while they are open: one of its own for each process, gone with it. What
 * a killed process left behind is removed when the next one makes its first view.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'

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

/** @param dir made if missing; may be shared with other processes */
export function createViewFiles(dir: string): ViewFiles {
  let folder: Promise<string> | null = null
  let count = 0
  let closed = false
  const make = async (): Promise<string> => {
    try {
      await mkdir(dir, { recursive: true })
      await removeLeftovers(dir)
      return await mkdtemp(join(dir, `views-${process.pid}-`))
    } catch (error) {
      folder = null
      throw new CoreError('StorageError', 'store', `The folder ${dir} cannot be written: ${messageOf(error)}`, { cause: error })
    }
  }
  return {
    next: async () => {
      if (closed) throw new CoreError('Cancelled', 'call', 'Posthaste is closing.')
      const into = await (folder ??= make())
      await mkdir(into, { recursive: true }) // it may have been cleaned away by now
      count += 1
      return join(into, `${count}.txt`)
    },
    remove: (path) => rm(path, { force: true }),
    close: async () => {
      closed = true
      const made = await folder?.catch(() => null)
      if (made) await rm(made, { recursive: true, force: true })
    },
  }
}

async function removeLeftovers(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const pid = /^views-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid)))
      await rm(join(dir, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}
