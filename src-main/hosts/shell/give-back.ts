/**
 * Gives memory back while nothing happens. V8 collects when room is asked for, never because there is time: what starting took,
 * or many requests at once, stays taken for as long as a host then rests.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Longer than threads are kept that nobody asks. */
const REST_MS = 45_000
const LOOK_MS = 5000

export interface GiveBack {
  /** To be called with whatever happens; costs nothing. */
  readonly stir: () => void
  readonly stop: () => void
}

/** Collects once whenever nothing has happened for a while. */
export function giveBackAtRest(collect: () => void = collectAll, restMs: number = REST_MS): GiveBack {
  let stirredAt = performance.now()
  let isDone = false
  const look = (): void => {
    if (isDone || performance.now() - stirredAt < restMs) return
    isDone = true
    collect()
  }
  const timer = setInterval(look, Math.min(LOOK_MS, restMs)).unref()
  return {
    stir: () => {
      stirredAt = performance.now()
      isDone = false
    },
    stop: () => clearInterval(timer),
  }
}

/** Takes 40 ms to a tenth of a second. Where this V8 has no way to be asked, nothing is done. */
function collectAll(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('globalThis.gc')
  // As it was: compiled code is kept for the flags that it was made with.
  setFlagsFromString('--no-expose-gc')
  // Of all ways this is the one that gives back the room for what is new, too.
  if (typeof collect === 'function') Reflect.apply(collect, undefined, [{ type: 'major', execution: 'sync', flavor: 'last-resort' }])
}
