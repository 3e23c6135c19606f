/**
 * Has V8 hold on to less in a process that runs requests. By what it sees in the first seconds of many at once it grows its heap
 * to several times of what lives there, and what is called a few hundred times it compiles with compilers that take tens of MiB
 * for a moment. Nearly all settings of it are fixed once a process runs; these it looks up each time (docs/decisions/0010).
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

const FLAGS = [
  // How much the heap may grow between two collections of all of it, in percent of what lives; by default as suits speed.
  '--heap-growing-percent=100',
  // How often a function is called before it is compiled for speed; by default 400 and 3,000 times.
  '--invocation-count-for-maglev=1000',
  '--invocation-count-for-turbofan=10000',
]
/** The place for what is new: two halves of 8 MiB. By default it grows to four times that. */
const YOUNG_BYTES = 16 * 1024 * 1024
/**
 * Of many requests at once, some 3 MiB are under way at any moment, and each collection copies them; half as many are worth a
 * tenth of the time.
 */
const YOUNG_BYTES_OF_MANY = 2 * YOUNG_BYTES
const LOOK_MS = 25
/** Of V8, those of Node 22 to 26: one that does not know a flag says so on standard error. */
const TRIED: readonly [oldest: number, newest: number] = [12, 14]

/**
 * To be called before compiled code is kept: what is kept is good for the flags that it was made with alone.
 *
 * @param isMany whether many requests are sent at once
 */
export function spareMemory(isMany: boolean): void {
  const major = Number.parseInt(process.versions.v8, 10)
  if (major < TRIED[0] || major > TRIED[1]) return
  for (const flag of FLAGS) setFlagsFromString(flag)
  const looking = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
    if (young !== undefined && young.space_size < (isMany ? YOUNG_BYTES_OF_MANY : YOUNG_BYTES)) return
    setFlagsFromString('--semi-space-growth-factor=1')
    clearInterval(looking)
  }, LOOK_MS)
  looking.unref()
  // As it was at first, so that the code that is kept at the end is good for the next time.
  process.once('exit', () => setFlagsFromString('--semi-space-growth-factor=2'))
}
