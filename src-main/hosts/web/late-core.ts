/**
 * The core of a host that serves its page first. Loading it keeps the process from all else for a tenth of a second, so that
 * waits until the page has what it draws with, or calls; the page has its own scripts to run meanwhile.
 */
import type { Core } from '#core/create-core.ts'

/** No page has been asked for. */
const ALONE_MS = 150
/** A page has been, and calls once it has run its scripts. */
const QUIET_MS = 400
/** Whoever goes on asking for files does not keep it away. */
const LATEST_MS = 2000

export interface LateCore {
  /** It is there; rejects where it cannot be. */
  readonly loaded: Promise<Core>
  /** Loads it now. */
  readonly load: () => Promise<Core>
  /** Loads it once this was not called for a while: first by the host itself, then with each file of a page. */
  readonly loadInQuiet: () => void
  /** Closes it, if it was loaded. */
  readonly close: () => Promise<void>
}

export function createLateCore(open: () => Promise<Core>): LateCore {
  const { promise: loaded, resolve } = Promise.withResolvers<Core>()
  loaded.catch(() => undefined) // whoever waits for it is told
  let isBegun = false
  let timer: NodeJS.Timeout | undefined
  let firstPutOff = Infinity
  const load = (): Promise<Core> => {
    clearTimeout(timer)
    if (!isBegun) resolve(open())
    isBegun = true
    return loaded
  }
  return {
    loaded,
    load,
    loadInQuiet: () => {
      const now = performance.now()
      firstPutOff = Math.min(firstPutOff, now)
      if (isBegun || now - firstPutOff > LATEST_MS - QUIET_MS) return
      clearTimeout(timer)
      timer = setTimeout(() => void load().catch(() => undefined), timer === undefined ? ALONE_MS : QUIET_MS)
    },
    close: async () => {
      clearTimeout(timer)
      if (isBegun) await (await loaded).close()
    },
  }
}
