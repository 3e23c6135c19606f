/**
 * The files that writes go to first. Their names begin with a dot, so that trees and watchers pass them by, and hold the
 * number of the process, so that what a killed one left behind can be told and removed: git would list it.
 */
import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isProcessAlive } from '../lib/is-process-alive.ts'

const OWN = /^\.posthaste-(\d+)-[0-9a-f]{12}\.tmp$/
/** No write takes so long: what is older is of a process that is gone, whoever has its number now. */
const STALE_MS = 60_000
/** Of a folder, to which thousands of files may be written before they are moved into place. */
const STALE_FOLDER_MS = 24 * 3_600_000
const MAX_DEPTH = 32

/** A new name, as short for every file: a long one must still have room. */
export function temporaryName(): string {
  return `.posthaste-${process.pid}-${randomBytes(6).toString('hex')}.tmp`
}

/** Remove what killed processes left behind in a collection's folder and below; what cannot be removed stays. */
export async function removeTemporaries(root: string, nowMs: number): Promise<void> {
  await removeIn(root, nowMs, 0)
}

async function removeIn(folder: string, nowMs: number, depth: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (await isLeft(path, entry.name, nowMs, STALE_FOLDER_MS)) await rm(path, { recursive: true, force: true }).catch(() => undefined)
      const isOurs = !entry.name.startsWith('.') && entry.name !== 'node_modules' && depth < MAX_DEPTH
      if (isOurs) await removeIn(path, nowMs, depth + 1)
    } else if (entry.isFile() && (await isLeft(path, entry.name, nowMs))) await rm(path, { force: true }).catch(() => undefined)
  }
}

async function isLeft(path: string, name: string, nowMs: number, staleMs = STALE_MS): Promise<boolean> {
  const pid = OWN.exec(name)?.[1]
  if (pid === undefined) return false
  if (!isProcessAlive(Number(pid))) return true
  const found = await stat(path).catch(() => null)
  return found !== null && nowMs - found.mtimeMs > staleMs
}
