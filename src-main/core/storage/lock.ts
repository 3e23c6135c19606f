/**
 * One writer at a time, across processes: the window, a second window's host and the command line may all have a
 * collection open. A lock is a file that only one can create, holding who did; one left behind by a process that died
 * is taken over. Kept in the private data folder, so that nothing of it enters the collection.
 */
import { createHash, randomUUID } from 'node:crypto'
import { unlinkSync } from 'node:fs'
import { open, readFile, stat, unlink } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { storageError } from './atomic-write.ts'
import { createKeyedQueue } from './keyed-queue.ts'
import { ownMark, runs, type ProcessMark } from './process-runs.ts'
import { makeFolder } from '../lib/make-folder.ts'

export interface Locks {
  /**
   * Run work while nobody else holds the lock of this subject.
   *
   * @param subject what is locked, such as the real path of a collection's folder
   * @throws {CoreError} `StorageError` where another process does not let go
   */
  readonly hold: <T>(subject: string, work: () => Promise<T>) => Promise<T>
}

export interface LockTiming {
  /** How long to wait for another process. */
  readonly patienceMs: number
  /** A lock this old is left over, whoever holds it: work under a lock takes a moment. */
  readonly staleMs: number
}

const TIMING: LockTiming = { patienceMs: 10_000, staleMs: 60_000 }
const FIRST_WAIT_MS = 5
const LONGEST_WAIT_MS = 100
/** A lock without content is being made right now, or its maker died in between. */
const EMPTY_STALE_MS = 5000

interface Owner extends ProcessMark {
  readonly host: string
  readonly token: string
  /** Seconds that the machine ran when it was made, which no setting of the clock changes; null: an older version made it. */
  readonly uptime: number | null
}

const held = new Set<string>()
/** Of the locks that this process holds. */
const ownTokens = new Set<string>()
let removesOnExit = false

/** Locks of a data folder. */
export function createLocks(dataDir: string, timing: LockTiming = TIMING): Locks {
  const folder = join(dataDir, 'locks')
  const queue = createKeyedQueue()
  return {
    // Within the process they queue, so that only one of them waits at the file.
    hold: (subject, work) => queue.run(subject, () => holdFile(lockPath(folder, subject), subject, timing, work)),
  }
}

function lockPath(folder: string, subject: string): string {
  return join(folder, `${createHash('sha256').update(subject).digest('hex').slice(0, 32)}.lock`)
}

async function holdFile<T>(path: string, subject: string, timing: LockTiming, work: () => Promise<T>): Promise<T> {
  const token = await acquire(path, subject, timing)
  try {
    return await work()
  } finally {
    held.delete(path)
    if (token !== null) {
      ownTokens.delete(token)
      await release(path, token)
    }
  }
}

/** The token of the lock; null where the data folder can hold no lock: better a write without one than none. */
async function acquire(path: string, subject: string, { patienceMs, staleMs }: LockTiming): Promise<string | null> {
  const owner: Owner = { ...(await ownMark()), host: hostname(), token: randomUUID(), uptime: uptime() }
  const giveUpAt = performance.now() + patienceMs
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const created = await create(path, JSON.stringify(owner))
    if (created === 'impossible') return null
    if (created === 'made') {
      held.add(path)
      ownTokens.add(owner.token)
      removeOnExit()
      return owner.token
    }
    if (await takeAway(path, staleMs)) continue
    if (performance.now() > giveUpAt) {
      throw new CoreError('StorageError', 'store', `Another Posthaste has been writing to ${subject} for a while and has not finished.`, {
        hint: 'Close the other one, or wait, and try again.',
      })
    }
    await delay(wait)
  }
}

async function create(path: string, content: string): Promise<'made' | 'taken' | 'impossible'> {
  try {
    await makeFolder(dirname(path), 0o700)
  } catch {
    return 'impossible'
  }
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(content)
    } catch (error) {
      await unlink(path)
      throw error
    } finally {
      await file.close()
    }
    return 'made'
  } catch (error) {
    return systemCode(error) === 'EEXIST' ? 'taken' : 'impossible'
  }
}

/** Remove a lock that its owner left behind. Only one process at a time looks, so that none removes a fresh lock. */
async function takeAway(path: string, staleMs: number): Promise<boolean> {
  if (!(await isLeftOver(path, staleMs))) return false
  const guard = `${path}.guard`
  if ((await create(guard, '')) !== 'made') {
    if (await isOlderThan(guard, EMPTY_STALE_MS)) await remove(guard)
    return false
  }
  try {
    if (!(await isLeftOver(path, staleMs))) return false
    await remove(path)
    return true
  } finally {
    await remove(guard)
  }
}

async function isLeftOver(path: string, staleMs: number): Promise<boolean> {
  const owner = await readOwner(path)
  if (owner === 'gone') return false
  if (owner === 'empty') return isOlderThan(path, EMPTY_STALE_MS)
  if (owner.host !== hostname()) return isOlderThan(path, staleMs)
  if (!(await isAlive(owner))) return true
  // Where the clock on the wall is set forward, work that has just begun must not look old.
  return owner.uptime === null ? isOlderThan(path, staleMs) : (uptime() - owner.uptime) * 1000 > staleMs
}

async function readOwner(path: string): Promise<Owner | 'gone' | 'empty'> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('host' in value) || !('token' in value)) return 'empty'
    const { pid, host, token } = value
    const made = 'uptime' in value && typeof value.uptime === 'number' ? value.uptime : null
    const started = 'started' in value && typeof value.started === 'string' ? value.started : null
    return typeof pid === 'number' && typeof host === 'string' && typeof token === 'string'
      ? { pid, started, host, token, uptime: made }
      : 'empty'
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? 'gone' : 'empty'
  }
}

/** Whether the very process that made the lock still runs. */
async function isAlive(owner: Owner): Promise<boolean> {
  return (await runs(owner)) ?? (owner.pid !== process.pid || ownTokens.has(owner.token))
}

async function isOlderThan(path: string, ms: number): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  // One from a time that is yet to come is no younger: the clock was set back since.
  return found !== null && Math.abs(Date.now() - found.mtimeMs) > ms
}

/** Let go, unless someone took the lock over in the meantime. */
async function release(path: string, token: string): Promise<void> {
  const owner = await readOwner(path)
  if (typeof owner === 'object' && owner.token === token) await remove(path)
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw storageError(error, path, 'removed')
  })
}

function removeOnExit(): void {
  if (removesOnExit) return
  removesOnExit = true
  process.on('exit', () => {
    for (const path of held) {
      try {
        unlinkSync(path)
      } catch {
        // The next one to come finds this process gone and takes the lock away.
      }
    }
  })
}
