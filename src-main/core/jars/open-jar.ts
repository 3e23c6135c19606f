/**
 * One cookie jar that several processes share by its file. Cookies are used from memory; before that the file is read
 * again where it is another. Own changes are written soon after, under a lock and into what the file then holds, so
 * that neither process loses a cookie of the other.
 */
import type { JarKey } from '#contract/model/cookie.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { createCookieJar, type CookieBox, type CookieChange } from '../send/cookie-jar.ts'
import type { Log } from '../storage/json-file.ts'
import type { Locks } from '../storage/lock.ts'
import { fileSignature, readJarFile, writeJarFile } from './jar-file.ts'
import { changedId, joined, mergeChanges } from './merge-changes.ts'

/** Cookies of one answer and those of the next hop are written together. */
const WRITE_AFTER_MS = 200
/** That a cookie was used is no hurry. */
const WRITE_USES_AFTER_MS = 5000
/** What could not be written is tried again. */
const WRITE_AGAIN_AFTER_MS = 30_000

export interface OpenJar {
  readonly key: JarKey
  readonly cookies: CookieBox
  /** Takes in what another process wrote; a file that cannot be read is told of, and what is known of it holds. */
  readonly refresh: () => Promise<void>
  /**
   * Writes what is not yet written.
   *
   * @throws {CoreError} `StorageError`; the changes are then still to be written
   */
  readonly flush: () => Promise<void>
}

export interface JarPlace {
  readonly key: JarKey
  readonly path: string
  readonly locks: Locks
  readonly log: Log
  /** Told where changes cannot be written, until they are: they hold in this process all the same. */
  readonly onUnwritten: (error: unknown) => void
  /** Told after each change to the cookies themselves, own or of another process. */
  readonly onChanged: () => void
}

export function openJar({ key, path, locks, log, onUnwritten, onChanged }: JarPlace): OpenJar {
  const pending = new Map<string, CookieChange>()
  let seen = 'none'
  let refreshing = Promise.resolve()
  let writing = Promise.resolve()
  let isTold = false
  const timer = createTimer(() => {
    flush().catch((error: unknown) => {
      if (!isTold) onUnwritten(withHint(error))
      isTold = true
      timer.within(WRITE_AGAIN_AFTER_MS)
    })
  })

  const cookies = createCookieJar((change) => {
    const id = changedId(change)
    pending.set(id, joined(pending.get(id), change))
    timer.within(change.kind === 'used' ? WRITE_USES_AFTER_MS : WRITE_AFTER_MS)
    if (change.kind !== 'used') onChanged()
  })

  const readAgain = async (): Promise<void> => {
    // The signature first: where the file is replaced in between, it is read once too often rather than too rarely.
    const signature = await fileSignature(path)
    if (signature === seen) return
    const file = await readJarFile(path, log)
    cookies.reset(mergeChanges(file?.cookies ?? [], pending))
    seen = signature
    onChanged()
  }
  /** One after the other, so that an older content never comes after a newer one. */
  const refresh = (): Promise<void> => {
    const done = refreshing.then(readAgain)
    refreshing = done.catch(() => undefined)
    return done
  }
  const write = async (): Promise<void> => {
    if (pending.size === 0) return
    await locks.hold(path, async () => {
      await refresh()
      const written = new Map(pending)
      await writeJarFile(path, { key, cookies: cookies.all() })
      seen = await fileSignature(path)
      // What has changed meanwhile is for the next time.
      isTold = false
      for (const [id, change] of written) if (pending.get(id) === change) pending.delete(id)
    })
  }
  const flush = (): Promise<void> => {
    timer.stop()
    const done = writing.then(write)
    writing = done.catch(() => undefined)
    return done
  }
  return { key, cookies, refresh: () => refresh().catch((error: unknown) => log(messageOf(error))), flush }
}

function withHint(error: unknown): unknown {
  if (!(error instanceof CoreError)) return error
  const hint = 'The cookies hold as long as Posthaste runs, and are written once that is possible.'
  return new CoreError(error.kind, error.stage, error.message, { ...error.parts, hint })
}

interface Timer {
  /** Rings at the latest in so many milliseconds. */
  readonly within: (ms: number) => void
  readonly stop: () => void
}

function createTimer(ring: () => void): Timer {
  let timer: NodeJS.Timeout | null = null
  let at = Infinity
  const stop = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    at = Infinity
  }
  return {
    stop,
    within: (ms) => {
      if (performance.now() + ms >= at) return
      stop()
      at = performance.now() + ms
      timer = setTimeout(() => {
        stop()
        ring()
      }, ms)
    },
  }
}
