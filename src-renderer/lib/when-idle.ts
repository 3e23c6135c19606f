/** Work that can wait until nothing else goes on. Safari does not tell when that is: there it is done a moment later. */
const A_MOMENT_MS = 200

/**
 * @param longestMs it is done after so long, whatever goes on; left out: however long it takes
 * @returns gives the work up
 */
export function whenIdle(work: () => void, longestMs?: number): () => void {
  if ('requestIdleCallback' in globalThis) {
    const handle = requestIdleCallback(() => work(), longestMs === undefined ? {} : { timeout: longestMs })
    return () => cancelIdleCallback(handle)
  }
  const timer = setTimeout(work, A_MOMENT_MS)
  return () => clearTimeout(timer)
}
