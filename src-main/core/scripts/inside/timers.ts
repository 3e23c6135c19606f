/** `setTimeout` and its kin: a list that the thread around asks for what is due. */

import { elapsed, isFunction } from './host.ts'

interface Timer {
  readonly id: number
  readonly due: number
  readonly every: number | null
  readonly run: () => void
}

const timers = new Map<number, Timer>()
let lastId = 0

function add(run: unknown, ms: unknown, repeats: boolean, values: readonly unknown[]): number {
  if (!isFunction(run)) throw new TypeError('A timer needs a function; texts are not run.')
  const wait = Math.max(0, Number(ms) || 0)
  lastId += 1
  timers.set(lastId, { id: lastId, due: elapsed() + wait, every: repeats ? Math.max(1, wait) : null, run: () => void run(...values) })
  return lastId
}

export const timerFunctions = {
  setTimeout: (run: unknown, ms?: unknown, ...values: unknown[]) => add(run, ms, false, values),
  setInterval: (run: unknown, ms?: unknown, ...values: unknown[]) => add(run, ms, true, values),
  setImmediate: (run: unknown, ...values: unknown[]) => add(run, 0, false, values),
  clearTimeout: (id: unknown) => void timers.delete(Number(id)),
  clearInterval: (id: unknown) => void timers.delete(Number(id)),
  clearImmediate: (id: unknown) => void timers.delete(Number(id)),
  queueMicrotask: (run: () => void) => void Promise.resolve().then(run),
}

export function sleep(ms: unknown): Promise<void> {
  return new Promise((resolve) => add(resolve, ms, false, []))
}

/**
 * Runs the next timer that is due.
 *
 * @returns 0 where one ran, the milliseconds until the next is due, or -1 where there is none
 */
export function runDue(failed: (error: unknown) => void): number {
  let next: Timer | null = null
  for (const timer of timers.values()) if (next === null || timer.due < next.due) next = timer
  if (next === null) return -1
  const now = elapsed()
  const wait = Math.ceil(next.due - now)
  if (wait > 0) return wait
  if (next.every === null) timers.delete(next.id)
  else timers.set(next.id, { ...next, due: now + next.every })
  try {
    next.run()
  } catch (error) {
    failed(error)
  }
  return 0
}
