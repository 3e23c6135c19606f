/**
 * A folder of this process alone, beside those of others. What a killed process left behind is removed when the next one
 * makes its own.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isProcessAlive } from '../lib/is-process-alive.ts'
import { makeFolder } from '../lib/make-folder.ts'

/** A folder to make the process's own in. */
export interface Place {
  /** Made if missing; may be shared with other processes. */
  readonly dir: string
  /** What the names of the folders begin with; the process's number follows. */
  readonly prefix: string
}

/** Make a folder that only this user can enter. @throws the system's error */
export async function makeOwnFolder({ dir, prefix }: Place): Promise<string> {
  await makeFolder(dir)
  await removeLeftovers({ dir, prefix })
  return mkdtemp(join(dir, `${prefix}-${process.pid}-`))
}

/** The path of a folder as `makeOwnFolder` makes them, for whoever makes it when there is something to put there: nobody can guess it. */
export function ownFolderPath({ dir, prefix }: Place): string {
  return join(dir, `${prefix}-${process.pid}-${randomUUID()}`)
}

/** Removes the folders of processes that are no more. */
export async function removeLeftovers({ dir, prefix }: Place): Promise<void> {
  // Another user's may lie in a folder that is everybody's; they are not ours to remove.
  for (const name of await readdir(dir).catch(() => [])) {
    const pid = name.startsWith(`${prefix}-`) ? /^(\d+)-/.exec(name.slice(prefix.length + 1))?.[1] : undefined
    if (pid !== undefined && Number(pid) !== process.pid && !isProcessAlive(Number(pid)))
      await rm(join(dir, name), { recursive: true, force: true }).catch(() => undefined)
  }
}
