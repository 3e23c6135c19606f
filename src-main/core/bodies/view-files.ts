/**
 * The folder that holds the text of large views while they are open: one of its own for each process, gone with it. What
 * a killed process left behind is removed when the next one makes its first view. Where the data folder cannot be
 * written, the system's folder for temporary files serves: a response is read all the same.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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

/** A folder to make the process's own in. */
interface Place {
  readonly dir: string
  /** What the names of the folders begin with; the process's number follows. */
  readonly prefix: string
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
      return await makeIn({ dir, prefix: 'views' })
    } catch (error) {
      const found = await makeIn({ dir: spare, prefix: 'posthaste-views' }).catch(() => null)
      if (found !== null) return found
      folder = null
      throw new CoreError('StorageError', 'store', `The folder ${dir} cannot be written: ${messageOf(error)}`, { cause: error })
    }
  }
  return {
    next: async () => {
      if (closed) throw new CoreError('Cancelled', 'call', 'Posthaste is closing.')
      const into = await (folder ??= make())
      await mkdir(into, { recursive: true, mode: 0o700 }) // it may have been cleaned away by now
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

async function makeIn({ dir, prefix }: Place): Promise<string> {
  await mkdir(dir, { recursive: true })
  // Another user's may lie in a folder that is everybody's; they are not ours to remove.
  await removeLeftovers({ dir, prefix }).catch(() => undefined)
  // Made so that only this user can enter.
  return mkdtemp(join(dir, `${prefix}-${process.pid}-`))
}

async function removeLeftovers({ dir, prefix }: Place): Promise<void> {
  for (const name of await readdir(dir)) {
    const pid = name.startsWith(`${prefix}-`) ? /^(\d+)-/.exec(name.slice(prefix.length + 1))?.[1] : undefined
    if (pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid)))
      await rm(join(dir, name), { recursive: true, force: true }).catch(() => undefined)
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
