/** Long work on the thread that also answers everybody else: a few milliseconds at a time. */
import { setImmediate, setTimeout } from 'node:timers/promises'

/** Work that can be left between two of its steps, each of them short. */
export type Work<T> = Generator<void, T, void>

const TURN_MS = 4

/** Does the work, with the others' turns in between. */
export function inTurns<T>(work: Work<T>): Promise<T> {
  return through(work, () => setImmediate())
}

/** The same, left undone once somebody else is to go first: null then. */
export async function inTurnsWhile<T>(work: Work<T>, goesOn: () => boolean): Promise<T | null> {
  const pause = async (): Promise<void> => {
    await setImmediate()
    if (!goesOn()) throw GAVE_WAY
  }
  try {
    return await through(work, pause)
  } catch (error) {
    if (error === GAVE_WAY) return null
    throw error
  }
}

const GAVE_WAY = new Error('Somebody else goes first.')

/** The same for what nobody waits for: most of the time is left to others. */
export function inSpareTurns<T>(work: Work<T>): Promise<T> {
  return through(work, () => setTimeout(3 * TURN_MS))
}

async function through<T>(work: Work<T>, pause: () => Promise<void>): Promise<T> {
  for (let until = performance.now() + TURN_MS; ;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (performance.now() < until) continue
    await pause()
    until = performance.now() + TURN_MS
  }
}
