/** Work that must not overlap: one after the other for each key, in the order it was asked for. */
export interface KeyedQueue {
  readonly run: <T>(key: string, work: () => Promise<T>) => Promise<T>
  /** The same for what nobody waits for. It is told whether to go on: not once somebody else waits, whom it then gives way to. */
  readonly runBehind: <T>(key: string, work: (goesOn: () => boolean) => Promise<T>) => Promise<T>
  /** Resolves when nothing is left to do; failures were their askers'. */
  readonly idle: () => Promise<void>
}

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<void>>()
  /** How many wait for work of theirs. */
  const awaited = new Map<string, number>()
  const inTurn = <T>(key: string, work: () => Promise<T>): Promise<T> => {
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
  }
  return {
    run: async (key, work) => {
      awaited.set(key, (awaited.get(key) ?? 0) + 1)
      try {
        return await inTurn(key, work)
      } finally {
        const others = (awaited.get(key) ?? 1) - 1
        if (others > 0) awaited.set(key, others)
        else awaited.delete(key)
      }
    },
    runBehind: (key, work) => inTurn(key, () => work(() => !awaited.has(key))),
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
