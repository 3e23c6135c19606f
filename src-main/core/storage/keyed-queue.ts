/** Work that must not overlap: one after the other for each key, in the order it was asked for. */
export interface KeyedQueue {
  readonly run: <T>(key: string, work: () => Promise<T>) => Promise<T>
  /** Resolves when nothing is left to do; failures were their askers'. */
  readonly idle: () => Promise<void>
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<void>>()
  return {
    run: (key, work) => {
      const done = (tails.get(key) ?? Promise.resolve()).then(work)
      const tail: Promise<void> = done.then(
        () => undefined,
        () => undefined,
      )
      tails.set(key, tail)
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
      return done
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
