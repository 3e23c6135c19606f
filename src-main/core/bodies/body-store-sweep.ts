/**
 * Keeps the body store from growing for ever; what the history refers to is kept by the history's own limits. Safe beside other processes on the same folder: a file that is already
 * gone is no failure, a file used since it was listed is left alone, and a temp file goes only once its writer cannot
 * come back to it.
 */
import type { Stats } from 'node:fs'
import { readdir, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { BodyIdSchema, type BodyId } from '#contract/model/ids.ts'
import { systemCode } from '../lib/core-error.ts'
import { isProcessAlive } from '../lib/is-process-alive.ts'
import type { BodyFiles } from './body-store-files.ts'
import { letGo } from './shared-file.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const HOUR_MS = 60 * 60 * 1000
const JUST_USED_MS = 60_000
const ASKED_AT_ONCE = 500

export interface SweepLimits {
  /** Bodies last used longer ago than this go. Milliseconds. */
  readonly olderThanMs: number
  /** Then the oldest go, until no more than this many bytes are left. */
  readonly maxBytes: number
}

/** Which of these bodies are to stay whatever the limits. They count for nothing in them. */
export type KeptBodies = (ids: readonly BodyId[]) => Promise<ReadonlySet<string>>

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

export async function sweepBodies(files: BodyFiles, limits: SweepLimits, now: number, kept: KeptBodies): Promise<SweepResult> {
  const isBeyond = (body: Found, bytes: number): boolean => now - body.usedAt > limits.olderThanMs || bytes > limits.maxBytes
  try {
    await sweepTemp(files.tempDir, now)
    const all = (await listBodies(files)).sort((a, b) => a.usedAt - b.usedAt)
    const [oldest] = all
    // Mostly nothing is to go, and then nobody need be asked.
    const bodies = oldest && isBeyond(oldest, bytesOf(all)) ? await withoutKept(all, kept) : []
    let keptBytes = bytesOf(oldest && bodies.length === 0 ? all : bodies)
    let removed = 0
    let removedBytes = 0
    for (const body of bodies) {
      if (!isBeyond(body, keptBytes)) break
      if (!(await removeUnlessUsed(body))) continue
      files.forget(idOf(body))
      removed += 1
      removedBytes += body.bytes
      keptBytes -= body.bytes
    }
    return { removed, removedBytes, keptBytes }
  } catch (error) {
    throw files.problem(error)
  }
}

/**
 * Remove bodies that nothing refers to any more, but those that were used a moment ago: a send under way may have made
 * the same one anew.
 */
export async function discardBodies(files: BodyFiles, ids: readonly BodyId[], now: number): Promise<void> {
  for (const id of ids) {
    const path = files.pathOf(id)
    const info = await statOrNull(path)
    if (info === null || now - info.mtimeMs < JUST_USED_MS) continue
    await letGo(path)
    files.forget(id)
  }
}

function bytesOf(bodies: readonly Found[]): number {
  return bodies.reduce((sum, { bytes }) => sum + bytes, 0)
}

function idOf({ path }: Found): BodyId {
  return BodyIdSchema.parse(path.slice(-64))
}

async function withoutKept(bodies: readonly Found[], kept: KeptBodies): Promise<Found[]> {
  const loose: Found[] = []
  for (let at = 0; at < bodies.length; at += ASKED_AT_ONCE) {
    const some = bodies.slice(at, at + ASKED_AT_ONCE)
    const stay = await kept(some.map(idOf))
    loose.push(...some.filter((body) => !stay.has(idOf(body))))
  }
  return loose
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
    if (age > DAY_MS || (age > HOUR_MS && !isProcessAlive(pid))) await unlinkIfThere(path)
  }
}

async function removeUnlessUsed(body: Found): Promise<boolean> {
  const info = await statOrNull(body.path)
  if (info === null || info.mtimeMs !== body.usedAt) return false
  await letGo(body.path)
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
