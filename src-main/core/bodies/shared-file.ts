/**
 * A file of the store that also is a file of the user's: a large body that is wanted in a file is written once, and gets a
 * second name there. Whoever writes into that file writes into the store's, so how it was is noted beside it, and once it
 * is no more so the body counts as gone. To move, remove or replace the user's file changes nothing here.
 */
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { systemCode } from '../lib/core-error.ts'

/**
 * Give a file of the store a second name.
 *
 * @returns false where that cannot be, such as on another disk: it is to be copied then
 */
export async function shareFile(path: string, to: string): Promise<boolean> {
  try {
    // Noted first: a name without a note could be written through. Who has one already may have been.
    await writeFile(noteOf(path), await stampOf(path), { flag: 'wx', mode: 0o600 })
  } catch {
    return false
  }
  try {
    await link(path, to)
    return true
  } catch {
    await forgetShared(path).catch(() => undefined) // a note too many does no harm
    return false
  }
}

/** Whether a file of the store got a second name. */
export async function isShared(path: string): Promise<boolean> {
  return (await readNote(path)) !== null
}

/** Whether a file of the store still is as it was when it got a second name, if it got one. Fails where it is not there. */
export async function isAsItWas(path: string): Promise<boolean> {
  const note = await readNote(path)
  return note === null || note === (await stampOf(path))
}

/** Leave a file to the user, if it is theirs too; and the note goes last, as without it the file would be trusted. */
export async function letGo(path: string): Promise<void> {
  await rm(path, { force: true })
  await forgetShared(path)
}

/** For a file that is no longer there. */
async function forgetShared(path: string): Promise<void> {
  await rm(noteOf(path), { force: true })
}

function noteOf(path: string): string {
  return `${path}.shared`
}

async function readNote(path: string): Promise<string | null> {
  return readFile(noteOf(path), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null
    throw error
  })
}

/** Its size and when it was last written to; not when it was last changed otherwise, which a removal of its other name is. */
async function stampOf(path: string): Promise<string> {
  const { size, mtimeNs } = await stat(path, { bigint: true })
  return `${size} ${mtimeNs}`
}
