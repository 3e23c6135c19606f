import type { ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Exchange } from '#contract/model/exchange.ts'
import { httpServer, type HttpServer } from '../support/http-server.ts'
import { rawServer } from '../support/raw-server.ts'
import { rows, sendKit } from '../support/send-kit.ts'

describe('connections', () => {
  for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
    test(`five ${method} in a row go over one`, async () => {
      const server = await httpServer((_request, response) => response.writeHead(200, { 'Content-Length': 2 }).end('ok'))
      const kit = await sendKit()
      const reused: boolean[] = []
      for (let count = 0; count < 5; count += 1) reused.push((await kit.send({ method, url: server.url })).timings.reusedConnection)

      expect(server.connections()).toBe(1)
      expect(reused).toEqual([false, true, true, true, true])
    })
  }

  test('are not kept after Connection: close', async () => {
    const server = await httpServer((_request, response) => response.end('ok'))
    const kit = await sendKit()
    for (let count = 0; count < 3; count += 1) await kit.send({ url: server.url, headers: rows(['Connection', 'close']) })

    expect(server.connections()).toBe(3)
  })

  test('are at most ten; the others wait their turn', async () => {
    const held: ServerResponse[] = []
    const full = Promise.withResolvers<void>()
    const server = await httpServer((_request, response) => {
      if (held.length >= 10) response.end('later')
      else if (held.push(response) === 10) full.resolve()
    })
    const kit = await sendKit()
    const sends = Array.from({ length: 25 }, () => kit.send({ url: server.url }))
    await full.promise
    const queued = kit.steps.filter((step) => step.kind === 'queued').length
    held.forEach((response) => response.end('first'))
    const exchanges = await Promise.all(sends)

    expect(queued).toBe(15)
    expect(server.connections()).toBe(10)
    expect(exchanges.every((exchange) => exchange.ok)).toBe(true)
    expect(exchanges.filter((exchange) => exchange.timings.queued > 0 && exchange.timings.reusedConnection)).toHaveLength(15)
  })

  test('wait no longer once cancelled', async () => {
    const server = await rawServer(() => undefined)
    const kit = await sendKit()
    const cancelAll = new AbortController()
    const busy = Array.from({ length: 10 }, () => kit.send({ url: server.url }, { signal: cancelAll.signal }))
    await server.connections(10)
    const cancel = new AbortController()
    const waiting = kit.send(
      { url: server.url },
      { signal: cancel.signal, onStep: (step) => step.kind === 'queued' && setImmediate(() => cancel.abort()) },
    )
    const exchange = await waiting
    cancelAll.abort()
    await Promise.all(busy)

    expect(exchange.error?.kind).toBe('Cancelled')
  })

  test('to a server that fails make room for those that wait', async () => {
    const server = await rawServer(({ socket, connection }) => {
      if (connection < 10) socket.destroy()
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
    const kit = await sendKit()
    const exchanges = await Promise.all(Array.from({ length: 12 }, () => kit.send({ url: server.url, method: 'POST' })))

    expect(exchanges.map((exchange) => exchange.ok)).toEqual([...Array<boolean>(10).fill(false), true, true])
  })

  test('that the server closed unseen are replaced, and the attempt is told', async () => {
    const server = await rawServer(({ socket, connection, received }) => {
      // The first connection answers once and is gone when the second request comes.
      const count = received.toString('latin1').split('\r\n\r\n').length - 1
      if (connection === 0 && count > 1) socket.destroy()
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
    const kit = await sendKit()
    await kit.send({ url: server.url })
    const exchange = await kit.send({ url: server.url })

    expect(exchange).toMatchObject({ ok: true, response: { status: 200 }, timings: { reusedConnection: false } })
    const reason = `127.0.0.1:${server.port} had closed the kept connection; sent again on a new one.`
    expect(exchange.attempts).toMatchObject([{ number: 1, reason, waited: 0, response: null, error: { kind: 'ConnectionError' } }])
  })

  test('are not replaced for a POST that may have arrived', async () => {
    const server = await rawServer(({ socket, received }) => {
      const count = received.toString('latin1').split('\r\n\r\n').length - 1
      if (count > 1) socket.destroy()
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
    const kit = await sendKit()
    await kit.send({ url: server.url })
    const exchange = await kit.send({ method: 'POST', url: server.url })

    expect(exchange).toMatchObject({ ok: false, attempts: [], error: { kind: 'ConnectionError' } })
    expect(server.sockets).toHaveLength(1)
  })

  test('end with the pool, and so do requests under way', async () => {
    const server = await rawServer(() => undefined)
    const kit = await sendKit()
    const send = kit.send({ url: server.url })
    await server.connections(1)
    await kit.pool.close()

    expect((await send).ok).toBe(false)
    expect((await kit.send({ url: server.url })).error?.kind).toBe('Cancelled')
  })

  test('use an IPv6 address in brackets', async () => {
    const server = await httpServer((request, response) => response.end(request.headers.host), { host: '::1' })
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url })

    expect(await kit.text(exchange.response?.bodyId)).toBe(`[::1]:${server.port}`)
    expect(exchange.connection?.remoteAddress).toBe('::1')
  })

  test('tell the times and steps of what they did', async () => {
    const server = await httpServer((_request, response) => response.end('ok'))
    const kit = await sendKit()
    const exchange = await kit.send({ url: `http://localhost:${server.port}/` })

    expect(kit.steps.map(({ kind }) => kind)).toEqual([
      'connecting',
      'dns',
      'connected',
      'requestHead',
      'responseHead',
      'bodyReceived',
      'done',
    ])
    expect(exchange.timings.dns).toBeGreaterThan(0)
    expect(exchange.timings.connect).toBeGreaterThan(0)
    expect(exchange.timings.tls).toBe(0)
    expect(exchange.connection).toMatchObject({ remotePort: server.port, tls: null })
  })
})

describe('a connection that is idle', () => {
  /** How long after an answer another request goes over its connection, and whether it does. */
  const later = async (pauses: readonly number[], said: string | null, keepAliveMs: number | null): Promise<[boolean[], number]> => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const header = said === null ? '' : `Keep-Alive: ${said}\r\n`
    const server = await rawServer(({ socket }) => socket.write(`HTTP/1.1 200 OK\r\n${header}Content-Length: 2\r\n\r\nok`))
    const kit = await sendKit()
    const send = async (): Promise<Exchange> =>
      kit.send(
        { url: server.url },
        {
          change: ({ policy, ...rest }) => ({ ...rest, policy: { ...policy, pool: { ...policy.pool, keepAliveMs } } }),
        },
      )
    const exchanges = [await send()]
    for (const pause of pauses) {
      vi.advanceTimersByTime(pause)
      exchanges.push(await send())
    }
    return [exchanges.slice(1).map(({ timings }) => timings.reusedConnection), exchanges.flatMap(({ attempts }) => attempts).length]
  }

  test.each([
    ['is used again for four seconds', 3_900, true, null, null],
    ['is given up then, before it is used and the server closes it', 4_000, false, null, null],
    ['is kept for as long as the server says, but a second', 28_900, true, 'timeout=30, max=5', null],
    ['is given up sooner where the server says so', 2_000, false, 'timeout=3', null],
    ['is kept for a minute at most by what a server says', 60_000, false, 'timeout=86400', null],
    ['is kept for as long as its adapter says', 50_000, true, null, 60_000],
    ['but not longer than the server says', 9_000, false, 'timeout=10', 60_000],
    ['is given up sooner where its adapter says so', 1_000, false, 'timeout=10', 1_000],
  ])('%s', async (_, pause, isReused, said, keepAliveMs) => {
    expect(await later([pause], said, keepAliveMs)).toEqual([[isReused], 0])
  })

  test('is idle from its last answer on, not from the first', async () => {
    expect(await later([900, 900, 900, 1_000], null, 1_000)).toEqual([[true, true, true, false], 0])
  })

  test('ends by itself', async () => {
    const server = await rawServer(({ socket }) => socket.write('HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok'))
    const kit = await sendKit()
    await kit.send({ url: server.url })

    await expect.poll(() => server.sockets[0]?.readableEnded === true || server.sockets[0]?.destroyed).toBe(true)
  })
})

describe('a machine that sleeps, and a clock that is set', () => {
  // The clock on the wall alone: it is what tells sleep and a setting from time that passed.
  const clock = (): void => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
  }
  const HOUR = 3_600_000
  const answering = (): Promise<HttpServer> =>
    httpServer((_request, response) => response.writeHead(200, { 'Content-Length': 2, 'Set-Cookie': 'a=b; Max-Age=60' }).end('ok'))

  test('a connection from before the sleep is not used, for a POST neither', async () => {
    clock()
    const server = await answering()
    const kit = await sendKit()
    await kit.send({ method: 'POST', url: server.url })

    vi.setSystemTime(Date.now() + HOUR)
    const exchange = await kit.send({ method: 'POST', url: server.url })

    expect([server.connections(), exchange.timings.reusedConnection, exchange.attempts]).toEqual([2, false, []])
  })

  test('nor after the host has told of it', async () => {
    const server = await answering()
    const kit = await sendKit()
    await kit.send({ url: server.url })

    kit.pool.wake()
    const exchange = await kit.send({ url: server.url })

    expect([server.connections(), exchange.timings.reusedConnection]).toEqual([2, false])
  })

  test.each([-HOUR, HOUR])('a clock set by %i ms during a request changes none of its times', async (by) => {
    clock()
    const server = await httpServer((_request, response) => {
      vi.setSystemTime(Date.now() + by)
      response.end('ok')
    })
    const kit = await sendKit()
    const { timings, ok } = await kit.send({ url: server.url, options: { timeout: { read: 20, total: 20 } } })

    expect(ok).toBe(true)
    expect(Object.values(timings).filter((time) => typeof time === 'number' && (time < 0 || time > 20_000))).toEqual([])
  })

  test('a clock set back keeps the connection, and a cookie for as long as the wall says', async () => {
    clock()
    const server = await answering()
    const kit = await sendKit()
    await kit.send({ url: server.url })

    vi.setSystemTime(Date.now() - HOUR)
    const early = await kit.send({ url: server.url })
    vi.setSystemTime(Date.now() + 2 * HOUR)
    const late = await kit.send({ url: server.url })

    expect(early.timings.reusedConnection).toBe(true)
    expect([early, late].map(({ request }) => request?.headers.some(([name]) => name === 'Cookie'))).toEqual([true, false])
  })

  test('a wait before a retry is no longer or shorter for it', async () => {
    clock()
    let asked = 0
    const server = await httpServer((_request, response) => {
      asked += 1
      if (asked === 1) response.writeHead(503, { 'Retry-After': '1' }).end()
      else response.end('ok')
    })
    const kit = await sendKit()
    const exchange = await kit.send(
      { url: server.url, options: { retry: { total: 2, statusForcelist: [503] } } },
      { onStep: (step) => step.kind === 'retryWait' && vi.setSystemTime(Date.now() + HOUR) },
    )

    expect([asked, exchange.ok, exchange.attempts.length]).toEqual([2, true, 1])
    expect(exchange.timings.total).toBeGreaterThan(900)
  })
})
