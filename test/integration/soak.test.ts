// The short form of `npm run soak`: what a host holds does not grow with what it has sent.
import { expect, onTestFinished, test, vi } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { startHost } from '../bench/host-process.ts'
import { startServer } from '../bench/measure.ts'
import { openWindow, sendAll } from '../bench/soak.ts'
import { tempDir } from '../support/temp-dir.ts'

/** What is made once: code is compiled, connections are opened, the thread of the history starts. */
const WARM_UP = 400
const SENDS = 2000
const AT_ONCE = 32
/** A tenth of what would come of keeping the record of each send, some 10 KiB. */
const MAY_GROW_BYTES = 2 * 1024 * 1024
/** The pool of connections and the history's files come when they come; what one send in a hundred leaves behind is more. */
const MAY_COME = SENDS / 100

test(`${SENDS} sends through the host of a window leave no memory, socket, file, timer or thread behind`, async () => {
  const server = await startServer()
  onTestFinished(server.stop)
  const host = await startHost(await tempDir())
  onTestFinished(host.stop)
  const socket = await openWindow(host.url)
  const problems: (string | null)[] = []
  const send = async (sends: number): Promise<void> =>
    sendAll(socket, { ...emptyRequest('Soak'), url: `${server.url}/small` }, sends, AT_ONCE, (problem) => problems.push(problem))

  await send(WARM_UP)
  const before = await host.held()
  await send(SENDS)

  expect(problems.filter((problem) => problem !== null)).toEqual([])
  expect(problems).toHaveLength(WARM_UP + SENDS)
  // The history is written behind the back of whoever sends.
  await vi.waitFor(
    async () => {
      const after = await host.held()
      expect(after.heapBytes + after.buffersBytes - before.heapBytes - before.buffersBytes).toBeLessThan(MAY_GROW_BYTES)
      expect(after.workers).toBeLessThanOrEqual(1)
      expect((after.descriptors ?? 0) - (before.descriptors ?? 0)).toBeLessThan(MAY_COME)
      for (const [kind, count] of Object.entries(after.handles)) expect(count - (before.handles[kind] ?? 0), kind).toBeLessThan(MAY_COME)
    },
    { timeout: 20_000, interval: 200 },
  )
  socket.terminate()
})
