/** P8: from the start of the web host's process to the first paint of its page, and to its saved requests, in a tab of a browser that runs already. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHost } from './host-process.ts'
import { median, type Row } from './measure.ts'
import { inBrowser, treeShown } from './window-drive.ts'

const ROUNDS = 7

export async function benchStart(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  try {
    const rounds = await inBrowser(async (browser) => {
      const all: { ready: number; painted: number; filled: number }[] = []
      for (let round = 0; round <= ROUNDS; round += 1) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
        const started = Date.now()
        const host = await startHost(folder, { isProbed: false })
        const ready = Date.now() - started
        await page.goto(host.url, { waitUntil: 'commit' })
        const painted = (await page.evaluate(firstPaint)) - started
        all.push({ ready, painted, filled: (await treeShown(page)) - started })
        await page.close()
        await host.stop()
      }
      // The first fills the data folder, and the caches of the system.
      return all.slice(1)
    })
    const rowOf = (name: string, ms: readonly number[]): Row => ({
      work: 'start of posthaste serve',
      name,
      ms: median(ms),
      ratio: NaN,
      peakBytes: null,
    })
    return [
      rowOf(
        'until it is ready',
        rounds.map(({ ready }) => ready),
      ),
      rowOf(
        'until the first paint of the page',
        rounds.map(({ painted }) => painted),
      ),
      rowOf(
        'until the saved requests are there',
        rounds.map(({ filled }) => filled),
      ),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** When something of the page was drawn for the first time, in milliseconds of the clock. */
function firstPaint(): Promise<number> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName('first-contentful-paint')
      if (!entry) return
      observer.disconnect()
      resolve(performance.timeOrigin + entry.startTime)
    })
    observer.observe({ type: 'paint', buffered: true })
  })
}
