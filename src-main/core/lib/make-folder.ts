/** Makes a folder and those above it, and takes them back. */
import { mkdir, rmdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from './core-error.ts'

/**
 * Make a folder where it is missing. Node's own recursive `mkdir` never returns where the system denies that a folder
 * exists which does, as below `/proc`; this one asks once for each level.
 *
 * @param mode permissions of the folders that are made
 * @returns the outermost that was made; null where all were there
 * @throws the system's error
 */
export async function makeFolder(path: string, mode = 0o777): Promise<string | null> {
  try {
    await mkdir(path, { mode })
    return path
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EEXIST' && (await isFolder(path))) return null
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    const above = await makeFolder(dirname(path), mode)
    await mkdir(path, { mode }).catch(async (again: unknown) => {
      // Someone else was quicker.
      if (systemCode(again) !== 'EEXIST' || !(await isFolder(path))) throw again
    })
    return above ?? path
  }
}

/**
 * Remove what `makeFolder` made, from the inside out, as far as the folders are empty.
 *
 * @param outermost what it returned
 */
export async function removeMadeFolder(path: string, outermost: string | null): Promise<void> {
  if (outermost === null) return
  const isGone = await rmdir(path).then(
    () => true,
    () => false, // it stays where it holds something
  )
  if (isGone && path !== outermost) await removeMadeFolder(dirname(path), outermost)
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory()
}
