/** Makes a folder and those above it. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from './core-error.ts'

/**
 * Make a folder where it is missing. Node's own recursive `mkdir` never returns where the system denies that a folder
 * exists which does, as below `/proc`; this one asks once for each level.
 *
 * @param mode permissions of the folders that are made
 * @throws the system's error
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EEXIST' && (await isFolder(path))) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path), mode)
    await mkdir(path, { mode }).catch(async (again: unknown) => {
      // Someone else was quicker.
      if (systemCode(again) !== 'EEXIST' || !(await isFolder(path))) throw again
    })
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory()
}
