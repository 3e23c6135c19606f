/** Ctrl-C for a command that has something under way. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Aborts at the first Ctrl-C or `SIGTERM`, so that what is under way ends as cancelled. The second one, whichever it is, does
 * what it does to any program: `process.exit` would wait for the disk, which may be what hangs.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  const cancel = (): void => {
    for (const name of ENDING_SIGNALS) process.off(name, cancel)
    controller.abort()
  }
  for (const name of ENDING_SIGNALS) process.on(name, cancel)
  return controller.signal
}
