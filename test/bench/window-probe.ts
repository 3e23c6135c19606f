/** What a window costs: the longest task of its thread, and the memory that it and its host take beyond what they had. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from '@playwright/test'

const SAMPLE_MS = 50

export interface Pauses {
  /** The longest task since the last time of asking, in milliseconds; 0 where none took 50. */
  readonly longest: () => Promise<number>
}

/** To be called before the page is opened. */
export async function watchPauses(page: Page): Promise<Pauses> {
  await page.addInitScript(() => {
    const tasks: number[] = []
    Object.assign(globalThis, { benchTasks: tasks })
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
  })
  return {
    longest: () =>
      page.evaluate(async () => {
        // A task is told of after it has ended.
        await new Promise((resolve) => setTimeout(resolve, 100))
        const tasks = Reflect.get(globalThis, 'benchTasks') as number[]
        return Math.max(0, ...tasks.splice(0))
      }),
  }
}

export interface Memory {
  /** The most that was held beyond what was held at the start, in bytes; null where the system does not tell. */
  readonly stop: () => number | null
}

/** Samples the browser's pages and the other processes given. */
export async function watchMemory(browser: Browser, others: readonly number[]): Promise<Memory> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const ids = [...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id), ...others]
  const held = (): number => ids.reduce((sum, id) => sum + residentBytes(id), 0)
  const before = held()
  let most = before
  const sampling = setInterval(() => (most = Math.max(most, held())), SAMPLE_MS)
  return {
    stop: () => {
      clearInterval(sampling)
      return before === 0 ? null : most - before
    },
  }
}

function residentBytes(id: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
