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

/** The most that was held beyond what was held at the start, in bytes. */
export interface AddedMemory {
  readonly page: number
  readonly host: number
  /** Of both at the same time. */
  readonly both: number
}

export interface Memory {
  /** Null where the system does not tell. */
  readonly stop: () => AddedMemory | null
}

/** Samples the browser's pages and the host, where there is one. */
export async function watchMemory(browser: Browser, hostId: number | null): Promise<Memory> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  const held = (): AddedMemory => {
    const page = pages.reduce((sum, id) => sum + residentBytes(id), 0)
    const host = hostId === null ? 0 : residentBytes(hostId)
    return { page, host, both: page + host }
  }
  const before = held()
  let most = before
  const sampling = setInterval(() => {
    const now = held()
    most = { page: Math.max(most.page, now.page), host: Math.max(most.host, now.host), both: Math.max(most.both, now.both) }
  }, SAMPLE_MS)
  return {
    stop: () => {
      clearInterval(sampling)
      if (before.both === 0) return null
      return { page: most.page - before.page, host: most.host - before.host, both: most.both - before.both }
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
