// The clock on the wall is set by hours or years, forth and back, while something goes on: what takes a while takes as long
// as before, and what names a time is held against the clock as it is then. Only `Date` is moved; timers are real.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { EventPayload } from '#contract/events.ts'
import type { HistoryPage } from '#contract/model/history.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { RunOptionsSchema } from '#contract/model/run.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import { httpServer, type HttpServer } from '../support/http-server.ts'
import { requestFile, scriptKit } from '../support/script-kit.ts'

const HOUR_MS = 3600_000
const YEAR_MS = 365 * 24 * HOUR_MS
/** More than anything here takes, and less than any of the jumps. */
const MINUTE_MS = 60_000
const JUMPS = [
  ['back by five hours', -5 * HOUR_MS],
  ['forth by three years', 3 * YEAR_MS],
] as const

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
})

function set(kit: CoreKit, ms: number): void {
  kit.clock.now += ms
  vi.setSystemTime(kit.clock.now)
}

/** Sets the clock in the middle of each answer. */
async function jumping(kit: () => CoreKit, ms: number): Promise<HttpServer> {
  return httpServer((_request, response) => {
    response.write('first')
    set(kit(), ms)
    setImmediate(() => response.end('second'))
  })
}

describe.each(JUMPS)('where the clock is set %s', (_how, ms) => {
  test('a send, its steps and its total timeout take as long as they do, and the history has the last one first', async () => {
    const kit = await coreKit()
    const server = await jumping(() => kit, ms)
    const told: EventPayload<'exchange.progressed'>[] = []
    kit.core.on((event) => event.name === 'exchange.progressed' && told.push(event.payload))
    const urls = ['/1', '/2', '/3'].map((path) => server.url + path)

    for (const [index, url] of urls.entries()) {
      const document = { ...emptyRequest(), url, options: { timeout: { total: 30, read: 20 } } }
      await kit.call('exchange.send', { document, nodeId: null, seed: 'seed-of-a-test', draftId: null })
      await expect.poll(() => told.filter(({ step }) => step.kind === 'done'), { timeout: 10_000 }).toHaveLength(index + 1)
    }

    for (const { step } of told) {
      if (step.kind !== 'done') continue
      expect(step.exchange).toMatchObject({ ok: true, error: null, response: { bodyBytes: 11 } })
      for (const time of Object.values(step.exchange.timings)) expect(Number(time)).toBeLessThan(MINUTE_MS)
      for (const time of Object.values(step.exchange.timings)) expect(Number(time)).toBeGreaterThanOrEqual(0)
    }
    for (const [index, { at, exchangeId }] of told.entries()) {
      const before = told[index - 1]
      expect(at).toBeGreaterThanOrEqual(before?.exchangeId === exchangeId ? before.at : 0)
      expect(at).toBeLessThan(MINUTE_MS)
    }
    const page = (await kit.call('history.list', { filter: {}, cursor: null })) as HistoryPage
    expect(page.entries.map(({ url }) => url)).toEqual(urls.toReversed())
  })

  test('a silence ends by the read timeout, and neither at once nor after hours', async () => {
    const kit = await coreKit()
    const server = await httpServer(() => set(kit, ms))

    const { error, timings } = await kit.send({ url: server.url, options: { timeout: { read: 0.3 } } })

    expect(error?.kind).toBe('ReadTimeout')
    expect(timings.total).toBeGreaterThan(290)
    expect(timings.total).toBeLessThan(MINUTE_MS)
  })

  test('a run lasts as long as it does, with the delay between its requests', async () => {
    const kit = await coreKit()
    const server = await jumping(() => kit, ms)
    const file = join(kit.dataDir, 'r.yml')
    await writeFile(file, `info: { name: R, type: http }\nhttp: { method: GET, url: "${server.url}" }\n`)
    const options = RunOptionsSchema.parse({ iterations: 2, delayMs: 200 })

    const ran = await kit.core.runOnce({ paths: [file], overrides: {}, options })
    if (!ran.ok) throw new Error(ran.error.message)
    expect(await ran.value.finished).toMatchObject({ error: null })

    const { elapsedMs } = await ran.value.summary()
    expect(elapsedMs).toBeGreaterThan(190)
    expect(elapsedMs).toBeLessThan(MINUTE_MS)
  })
})

test('a cookie is sent by the clock as it is then', async () => {
  const kit = await coreKit()
  const seen: (string | undefined)[] = []
  const server = await httpServer((request, response) => {
    seen.push(request.headers.cookie)
    if (request.url === '/set')
      response.setHeader('Set-Cookie', ['a=1; Max-Age=3600', `b=2; Expires=${new Date(Date.now() + YEAR_MS).toUTCString()}`])
    response.end()
  })

  await kit.send({ url: `${server.url}/set` })
  for (const ms of [2 * HOUR_MS, -2 * HOUR_MS, -5 * HOUR_MS, 3 * YEAR_MS]) {
    set(kit, ms)
    await kit.send({ url: `${server.url}/get` })
  }

  expect(seen).toEqual([undefined, 'b=2', 'a=1; b=2', 'a=1; b=2', undefined])
})

test.each([-5 * HOUR_MS, 5 * HOUR_MS, 0])(
  'a date in Retry-After is as far away as the server meant, with a clock here that is off by %d ms',
  async (ms) => {
    const kit = await coreKit()
    const theirs = Date.now()
    let answers = 0
    const server = await httpServer((_request, response) => {
      answers += 1
      const date = (at: number): string => new Date(at).toUTCString()
      if (answers === 1) response.writeHead(503, { date: date(theirs), 'retry-after': date(theirs + 1000) })
      response.end()
    })
    set(kit, ms)

    const { attempts, ok } = await kit.send({ url: server.url, options: { retry: { total: 1, statusForcelist: [503] } } })

    expect([ok, attempts.map(({ waited }) => waited)]).toEqual([true, [1000]])
  },
)

test('timers of a script and what it measures go by no clock that can be set, by itself or by others', async () => {
  const server = await httpServer((_request, response) => response.end())
  const kit = await scriptKit()
  const code = `
    const real = Date.now
    console.time('all')
    for (const ms of [-3600e3, 3600e3]) {
      const began = real()
      const waited = new Promise((resolve) => setTimeout(resolve, 120))
      Date.now = () => real() + ms
      await waited
      Date.now = real
      console.log(real() - began >= 119)
    }
    Date.now = () => real() - 3600e3
    console.timeEnd('all')`
  await kit.write('a.yml', requestFile(server.url, { 'before-request': code }))

  const { error, checks } = await kit.sendFile('a.yml')

  expect(error).toBeNull()
  const [first, second, all] = checks?.console.map(({ text }) => text) ?? []
  expect([first, second]).toEqual(['true', 'true'])
  expect(Number(/^all: (\d+) ms$/.exec(all ?? '')?.[1])).toBeGreaterThan(230)
  expect(Number(/^all: (\d+) ms$/.exec(all ?? '')?.[1])).toBeLessThan(MINUTE_MS)
})
