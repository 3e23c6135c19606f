/** At most so many pieces of work at once. */
export interface Limiter {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
}

export function createLimiter(limit: number): Limiter {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    run: async (work) => {
      if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
      running += 1
      try {
        return await work()
      } finally {
        running -= 1
        waiting.shift()?.()
      }
    },
  }
}
