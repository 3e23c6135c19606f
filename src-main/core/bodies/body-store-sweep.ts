/**
 * Keeps the body store from growing for ever. Safe beside other processes on the same folder: a file that is already
 * gone is no failure, a file used since it was listed is left alone, and a temp file goes only once its writer cannot
 * come back to it.
 */
import type { Stats } from 'node:fs'
import { readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { BodyIdSchema } from '#contract/model/ids.ts'
import { systemCode } from '../lib/core-error.ts'
import type { BodyFiles } from './body-store-files.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const HOUR_MS = 60 * 60 * 1000

export interface SweepLimits {
  /** Bodies last used longer ago than this go. Milliseconds. */
  readonly olderThanMs: number
  /** Then the oldest go, until no more than this many bytes are left. */
  readonly maxBytes: number
}

export interface SweepResult {
  readonly removed: number
  readonly removedBytes: number
  readonly keptBytes: number
}

interface Found {
  readonly path: string
  readonly bytes: number
  readonly usedAt: number
}

export async function sweepBodies(files: BodyFiles, limits: SweepLimits, now: number): Promise<SweepResult> {
  try {
    await sweepTemp(files.tempDir, now)
    const bodies = (await listBodies(files)).sort((a, b) => a.usedAt - b.usedAt)
    let keptBytes = bodies.reduce((sum, body) => sum + body.bytes, 0)
    let removed = 0
    let removedBytes = 0
    for (const body of bodies) {
      if (now - body.usedAt <= limits.olderThanMs && keptBytes <= limits.maxBytes) break
      if (!(await removeUnlessUsed(body))) continue
      files.forget(BodyIdSchema.parse(body.path.slice(-64)))
      removed += 1
      removedBytes += body.bytes
      keptBytes -= body.bytes
    }
    return { removed, removedBytes, keptBytes }
  } catch (error) {
    throw files.problem(error)
  }
}

async function listBodies(files: BodyFiles): Promise<Found[]> {
  const found: Found[] = []
  for (const folder of await names(files.dir)) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue
    for (const name of await names(join(files.dir, folder))) {
      const path = join(files.dir, folder, name)
      const info = BodyIdSchema.safeParse(name).success ? await statOrNull(path) : null
      if (info?.isFile()) found.push({ path, bytes: info.size, usedAt: info.mtimeMs })
    }
  }
  return found
}

async function sweepTemp(dir: string, now: number): Promise<void> {
  for (const name of await names(dir)) {
    const path = join(dir, name)
    const info = await statOrNull(path)
    if (info === null) continue
    const age = now - info.mtimeMs
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? NaN)
    if (age > DAY_MS || (age > HOUR_MS && !isRunning(pid))) await unlinkIfThere(path)
  }
}

/** Whether a process of that number runs; its writer may then still be at work on a slow download. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

async function removeUnlessUsed(body: Found): Promise<boolean> {
  const info = await statOrNull(body.path)
  if (info === null || info.mtimeMs !== body.usedAt) return false
  await unlinkIfThere(body.path)
  return true
}

async function names(dir: string): Promise<string[]> {
  return readdir(dir).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
}

async function statOrNull(path: string): Promise<Stats | null> {
  return stat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  })
}

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error
  })
}
