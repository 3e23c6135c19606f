/** Where an exchange stands until a person lets it go on: at a redirect in step mode, and in the wait before a retry. */

export interface Gate {
  /** Lets on what stands there; nothing where nothing does. With `all`, what comes later is not to stand any more. */
  readonly open: (all: boolean) => void
  /**
   * Stands until the gate opens.
   *
   * @param ms     the longest it stands; null: no limit
   * @param signal ends it with its reason
   * @returns what opened it, and how
   */
  readonly stand: (ms: number | null, signal: AbortSignal) => Promise<'time' | 'opened' | 'openedForAll'>
}

/** The gate of one exchange. */
export function createGate(): Gate {
  let onOpen: ((all: boolean) => void) | null = null
  return {
    open: (all) => onOpen?.(all),
    stand: (ms, signal) =>
      new Promise((resolve, reject) => {
        const leave = (settle: () => void): void => {
          onOpen = null
          if (timer) clearTimeout(timer)
          signal.removeEventListener('abort', onAbort)
          settle()
        }
        const onAbort = (): void => leave(() => reject(signal.reason as Error)) // aborted with an Error by all who do
        const timer = ms === null ? null : setTimeout(() => leave(() => resolve('time')), ms)
        if (signal.aborted) return onAbort()
        signal.addEventListener('abort', onAbort, { once: true })
        onOpen = (all) => leave(() => resolve(all ? 'openedForAll' : 'opened'))
      }),
  }
}
