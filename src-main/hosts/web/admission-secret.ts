/**
 * The secret from which admission cookies are made. It outlives the host, so that a browser that was let in is let in
 * again by the next host on the same data folder: one that crashed and was started anew has its windows back. To shut
 * every browser out, remove the file. The launch token is another with each launch (`one-host.ts`).
 */
import { randomBytes } from 'node:crypto'
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const FILE = 'web-admission.key'
/** 256 bits as base64url. */
const FORM = /^[\w-]{43}$/

/** 256 random bits, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The secret of a data folder, made where there is none. A file that is damaged, or that others could read, is replaced.
 * Where nothing can be kept, the secret is of this launch only: the core tells of such a folder.
 *
 * @param folderMade asked for where there is none; settles when the folder was made, or could not be
 */
export async function admissionSecret(dataDir: string, folderMade: () => Promise<unknown>): Promise<string> {
  const path = join(dataDir, FILE)
  try {
    const kept = await readSecret(path)
    if (kept !== null) return kept
    await folderMade().catch(() => undefined)
    return await keepSecret(path, newSecret())
  } catch {
    return newSecret()
  }
}

/** Null where there is none to be trusted. */
async function readSecret(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile() || found.size > 100) return null
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) return null
  const text = (await readFile(path, 'utf8').catch(() => '')).trim()
  return FORM.test(text) ? text : null
}

/** Puts a secret in place, whole or not at all; of two hosts that start at once, the second takes the first one's. */
async function keepSecret(path: string, secret: string): Promise<string> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(`${secret}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    // Unlike renaming, linking never puts a file over another.
    const isMade = await link(temporary, path).then(
      () => true,
      () => false,
    )
    const theirs = isMade ? null : await readSecret(path)
    if (theirs !== null) return theirs
    if (!isMade) await rename(temporary, path)
    return secret
  } finally {
    await rm(temporary, { force: true })
  }
}
