/** P13: what memory the host of a window holds at rest, as it was started and after thousands of sends. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { startHost, type HostProcess } from './host-process.ts'
import { startServer, type Row } from './measure.ts'
import { heldBy, openWindow, sendAll } from './soak.ts'
import { inBrowser } from './window-drive.ts'

/** Threads that nobody asks have ended by then, and memory has been given back (`hosts/shell/give-back.ts`). */
const REST_MS = 60_000
const SENDS = 5000
const AT_ONCE = 32

export async function benchRest(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-bench-'))
  const [server, host] = [await startServer(), await startHost(folder, { isProbed: false })]
  try {
    return await inBrowser(async (_browser, page) => {
      await page.goto(host.url)
      await page.getByRole('treeitem').first().waitFor()
      const started = await atRest(host, 'at rest, its page open')
      const window = await openWindow(host.url)
      const document = { ...emptyRequest('Rest'), url: `${server.url}/small` }
      await sendAll(window, document, SENDS, AT_ONCE, (problem) => {
        if (problem !== null) throw new Error(problem)
      })
      window.terminate()
      const busy: Row = { ...started, name: `after ${SENDS} sends, ${AT_ONCE} at once`, ms: 0, peakBytes: heldBy(host.child.pid) }
      return [started, busy, await atRest(host, 'after that, at rest')]
    })
  } finally {
    server.stop()
    await host.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function atRest(host: HostProcess, name: string): Promise<Row> {
  await delay(REST_MS)
  return { work: 'memory of the host', name, ms: REST_MS, ratio: NaN, peakBytes: heldBy(host.child.pid) }
}
