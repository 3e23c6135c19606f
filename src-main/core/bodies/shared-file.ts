/**
 * A file of the store that also is a file of the user's: a large body that is wanted in a file is written once, and gets a
 * second name there. Whoever writes into that file writes into the store's, so how it was is noted beside it: once it looks
 * other, what it holds is hashed, and where that is no more the body that it is named for, the body counts as gone. To move,
 * remove, replace or touch the user's file changes nothing here.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
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

/** Whether a file of the store still holds what it did when it got a second name, if it got one. Fails where it is not there. */
export async function isAsItWas(path: string): Promise<boolean> {
  const note = await readNote(path)
  if (note === null) return true
  const [good = '', bad = ''] = note.split('\n')
  const stamp = await stampOf(path)
  if (stamp === good || stamp === bad) return stamp === good
  const [size] = stamp.split(' ')
  return size === good.split(' ')[0] && hashedOnce(path, good, stamp)
}

const underWay = new Map<string, Promise<boolean>>()

/** To hash a large file takes a second for each GiB: once for all that ask meanwhile, and what it came to is noted. */
function hashedOnce(path: string, good: string, stamp: string): Promise<boolean> {
  const known = underWay.get(path)
  if (known) return known
  const asked = isNamesake(path, good, stamp).finally(() => underWay.delete(path))
  underWay.set(path, asked)
  return asked
}

/** Whether a file holds the body that it is named for, by its hash. */
async function isNamesake(path: string, good: string, stamp: string): Promise<boolean> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: CHUNK_BYTES }), digest)
  // Written to meanwhile: asked again, it is hashed again.
  if ((await stampOf(path)) !== stamp) return false
  const isSame = digest.digest('hex') === basename(path)
  await replaceNote(path, isSame ? stamp : `${good}\n${stamp}`).catch(() => undefined) // it is found out anew the next time
  return isSame
}

const CHUNK_BYTES = 1024 * 1024

async function replaceNote(path: string, note: string): Promise<void> {
  const next = nextNoteOf(path)
  await writeFile(next, note, { mode: 0o600 })
  await rename(next, noteOf(path))
}

/** Leave a file to the user, if it is theirs too; and the note goes last, as without it the file would be trusted. */
export async function letGo(path: string): Promise<void> {
  await rm(path, { force: true })
  await forgetShared(path)
}

/** For a file that is no longer there. */
async function forgetShared(path: string): Promise<void> {
  await rm(nextNoteOf(path), { force: true })
  await rm(noteOf(path), { force: true })
}

function noteOf(path: string): string {
  return `${path}.shared`
}

function nextNoteOf(path: string): string {
  return `${noteOf(path)}.next`
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
