import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import type { Options } from '#contract/model/request.ts'
import { createGate } from '#core/send/gate.ts'
import { bodyOf, httpServer, type HttpServer } from '../support/http-server.ts'
import { rawServer } from '../support/raw-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { selfSigned } from '../support/tls.ts'

type Retry = NonNullable<Options['retry']>

/** Answers with each status in turn, and the last for ever. */
async function answering(statuses: readonly number[], headers: Record<string, string> = {}): Promise<HttpServer & { bodies: string[] }> {
  const bodies: string[] = []
  const server = await httpServer((request, response) => {
    void bodyOf(request).then((body) => {
      const status = statuses[Math.min(bodies.length, statuses.length - 1)] ?? 200
      bodies.push(body.toString())
      response.writeHead(status, status < 400 ? {} : headers).end(`answer ${bodies.length}`)
    })
  })
  return { ...server, bodies }
}

/** A port that nothing listens on, and what is needed to listen on it later. */
async function closedPort(): Promise<{ port: number; open: () => Promise<Server> }> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  holder.close()
  await once(holder, 'close')
  return {
    port,
    open: async () => {
      const server = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'))
      onTestFinished(() => void server.close())
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      return server
    },
  }
}

function waits(steps: readonly ExchangeStep[]): (readonly [attempt: number, of: number, waitMs: number])[] {
  return steps.flatMap((step) => (step.kind === 'retryWait' ? [[step.attempt, step.of, step.waitMs] as const] : []))
}

const retried = (retry: Retry): { options: Options } => ({ options: { retry } })

describe('a status in the list', () => {
  test('is tried again after the scheduled waits until it is another, and every attempt is kept', async () => {
    const server = await answering([503, 502, 200])
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, ...retried({ total: 4, backoffFactor: 0.01, statusForcelist: [502, 503] }) })

    expect(exchange).toMatchObject({ ok: true, response: { status: 200 }, history: [] })
    expect(exchange.attempts).toMatchObject([
      { number: 1, reason: '503 Service Unavailable', waited: 0, response: { status: 503 }, error: null },
      { number: 2, reason: '502 Bad Gateway', waited: 20, response: { status: 502 }, error: null },
    ])
    expect(await kit.text(exchange.attempts[1]?.response?.bodyId)).toBe('answer 2')
    expect(exchange.attempts.map(({ request }) => request?.head.split('\r\n')[0])).toEqual(['GET / HTTP/1.1', 'GET / HTTP/1.1'])
    expect(waits(kit.steps)).toEqual([
      [2, 5, 0],
      [3, 5, 20],
    ])
  })

  test('that stays ends with RetryError, its last answer kept', async () => {
    const server = await answering([503])
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, ...retried({ total: 2, statusForcelist: [503] }) })

    expect(exchange).toMatchObject({
      ok: false,
      response: { status: 503 },
      error: { kind: 'RetryError', details: { status: 503, attempts: 3, option: 'retry.total', origin: { layer: 'request' } } },
    })
    expect(exchange.error?.message).toBe(`127.0.0.1:${server.port} answered 503 Service Unavailable, the last of 3 attempts too.`)
    expect(exchange.error?.hint).toContain('turn off Fail when used up (raise_on_status) there')
    expect(await kit.text(exchange.response?.bodyId)).toBe('answer 3')
    expect(server.requests).toHaveLength(3)
  })

  test('that stays stands as the answer where raise_on_status is off', async () => {
    const server = await answering([503])
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, ...retried({ total: 1, statusForcelist: [503], raiseOnStatus: false }) })

    expect(exchange).toMatchObject({ ok: true, response: { status: 503 }, error: null })
    expect(server.requests).toHaveLength(2)
  })

  test('costs the retries of statuses as well as the total', async () => {
    const server = await answering([503])
    const kit = await sendKit()

    await kit.send({ url: server.url, ...retried({ total: 9, status: 1, statusForcelist: [503] }) })

    expect(server.requests).toHaveLength(2)
    expect(waits(kit.steps)).toEqual([[2, 2, 0]])
  })

  test('is not tried again for POST, unless POST is allowed', async () => {
    const server = await answering([503, 503, 200])
    const kit = await sendKit()
    const post = { url: server.url, method: 'POST', body: { kind: 'text', text: 'once' } } as const

    const first = await kit.send({ ...post, ...retried({ total: 3, statusForcelist: [503] }) })
    const again = await kit.send({ ...post, ...retried({ total: 3, statusForcelist: [503], allowedMethods: null }) })

    expect(first).toMatchObject({ ok: true, attempts: [], response: { status: 503 } })
    expect(again).toMatchObject({ ok: true, attempts: [{ number: 1 }], response: { status: 200 } })
    expect(server.bodies).toEqual(['once', 'once', 'once'])
  })

  test('sends the cookie on that came with it', async () => {
    const cookies: (string | undefined)[] = []
    const server = await httpServer((request, response) => {
      cookies.push(request.headers.cookie)
      response.writeHead(cookies.length === 1 ? 503 : 200, { 'set-cookie': 'seat=7' }).end()
    })
    const kit = await sendKit()

    await kit.send({ url: server.url, ...retried({ total: 1, statusForcelist: [503] }) })

    expect(cookies).toEqual([undefined, 'seat=7'])
  })
})

describe('Retry-After', () => {
  test('is waited for, unlisted, in place of the backoff', async () => {
    const server = await answering([429, 200], { 'retry-after': '1' })
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, ...retried({ total: 3, backoffFactor: 50 }) })

    expect(exchange).toMatchObject({
      ok: true,
      attempts: [{ waited: 1000, reason: '429 Too Many Requests; it asks for this wait (Retry-After: 1)' }],
    })
  })

  test('that asks for more than six hours is said to, and Cancel ends the wait', async () => {
    const server = await answering([503], { 'retry-after': '1000000000' })
    const cancel = new AbortController()
    const waits: unknown[] = []
    const kit = await sendKit()

    const exchange = await kit.send(
      { url: server.url, ...retried({ total: 1 }) },
      {
        signal: cancel.signal,
        onStep: (step) => {
          if (step.kind !== 'retryWait') return
          waits.push({ waitMs: step.waitMs, reason: step.reason })
          cancel.abort()
        },
      },
    )

    expect(waits).toEqual([
      {
        waitMs: 6 * 3600 * 1000,
        reason: '503 Service Unavailable; it asks for more than the 6 h that are waited at most (Retry-After: 1000000000)',
      },
    ])
    expect(exchange.error?.kind).toBe('Cancelled')
  })

  test('that makes no sense is passed over, and the backoff is waited for', async () => {
    const server = await answering([503, 503, 200], { 'retry-after': 'soon' })
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, ...retried({ total: 3, backoffFactor: 0.02 }) })

    expect(exchange.attempts.map(({ waited }) => waited)).toEqual([0, 40])
    expect(exchange.ok).toBe(true)
  })
})

describe('a failure', () => {
  test('to connect is tried again for any method', async () => {
    const { port, open } = await closedPort()
    const kit = await sendKit()
    const opened = Promise.withResolvers<Server>()

    const exchange = await kit.send(
      { url: `http://127.0.0.1:${port}/`, method: 'POST', ...retried({ total: 5, backoffFactor: 0.2 }) },
      { onStep: (step) => step.kind === 'retryWait' && step.number === 2 && void open().then(opened.resolve, opened.reject) },
    )

    await opened.promise
    expect(exchange).toMatchObject({ ok: true, response: { status: 200 } })
    expect(exchange.attempts[0]).toMatchObject({
      reason: `127.0.0.1:${port} refused the connection.`,
      request: null,
      error: { kind: 'ConnectionError' },
    })
  })

  test('that stays keeps its kind, and says how often it was tried', async () => {
    const { port } = await closedPort()
    const kit = await sendKit()

    const exchange = await kit.send({ url: `http://127.0.0.1:${port}/`, ...retried({ total: 9, connect: 2 }) })

    expect(exchange.error).toMatchObject({
      kind: 'ConnectionError',
      message: `127.0.0.1:${port} refused the connection. It was tried 3 times.`,
    })
    expect(exchange.attempts).toHaveLength(2)
  })

  test('after the request was sent is tried again only where twice is the same as once', async () => {
    const server = await rawServer(({ socket, connection }) => {
      if (connection % 2 === 0) socket.destroy()
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok')
    })
    const kit = await sendKit()

    const put = await kit.send({ url: server.url, method: 'PUT', ...retried({ total: 1 }) })
    const post = await kit.send({ url: server.url, method: 'POST', ...retried({ total: 1 }) })

    expect(put).toMatchObject({ ok: true, attempts: [{ error: { kind: 'ConnectionError' }, request: { method: 'PUT' } }] })
    expect(post).toMatchObject({ ok: false, attempts: [], error: { kind: 'ConnectionError' } })
  })

  test('of silence counts as one of reading', async () => {
    const server = await rawServer(() => undefined)
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, options: { timeout: { read: 0.05 }, retry: { total: 5, read: 1 } } })

    expect(exchange).toMatchObject({ ok: false, attempts: [{ error: { kind: 'ReadTimeout' } }], error: { kind: 'ReadTimeout' } })
  })

  test('in the middle of a body is none: the answer had come', async () => {
    const server = await rawServer(({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'))
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, ...retried({ total: 3 }) })

    expect(exchange).toMatchObject({ attempts: [], error: { kind: 'ChunkedEncodingError' } })
  })
})

describe('with the rules of requests', () => {
  const asRequests = (retry: Retry, timeout: Options['timeout'] = {}): { options: Options } => ({
    options: { behaviour: 'requests', retry, timeout },
  })

  test('the same bytes are sent, and an answer that is tried again sets no cookie', async () => {
    const cookies: (string | undefined)[] = []
    const server = await httpServer((request, response) => {
      cookies.push(request.headers.cookie)
      response.writeHead(cookies.length === 1 ? 503 : 200, { 'set-cookie': `seat=${cookies.length}` }).end()
    })
    const kit = await sendKit()

    await kit.send({ url: server.url, ...asRequests({ total: 1, statusForcelist: [503] }) })

    expect(cookies).toEqual([undefined, undefined])
    expect(kit.cookies.list()).toMatchObject([{ name: 'seat', value: '2' }])
  })

  test('a certificate that is not trusted is tried again, as anything else', async () => {
    const server = await httpServer((_request, response) => response.end(), { tls: await selfSigned('DNS:localhost,IP:127.0.0.1') })
    const kit = await sendKit()
    const attempts = async (options: Options): Promise<number> =>
      (await kit.send({ url: server.url, method: 'POST', options })).attempts.length

    expect(await attempts(asRequests({ total: 3, other: 2 }).options)).toBe(2)
    expect(await attempts({ retry: { total: 3, other: 2 } })).toBe(0)
  })

  test('a Retry-After that makes no sense ends it, its answer kept', async () => {
    const server = await answering([503], { 'retry-after': 'soon' })
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, ...asRequests({ total: 3 }) })

    expect(exchange).toMatchObject({ ok: false, attempts: [], response: { status: 503 }, error: { kind: 'InvalidHeader' } })
    expect(exchange.error?.message).toBe(`127.0.0.1:${server.port} says in no known form when to try again: Retry-After: soon.`)
  })

  test('silence that used up the retries is a ConnectionError', async () => {
    const server = await rawServer(() => undefined)
    const kit = await sendKit()

    const spent = await kit.send({ url: server.url, ...asRequests({ total: 1 }, { read: 0.05 }) })
    const once = await kit.send({ url: server.url, method: 'POST', ...asRequests({ total: 1 }, { read: 0.05 }) })

    expect([spent.error?.kind, once.error?.kind]).toEqual(['ConnectionError', 'ReadTimeout'])
  })
})

test('a status that is retried for its Retry-After alone stands once the retries are used up', async () => {
  const server = await answering([503], { 'retry-after': '0' })
  const kit = await sendKit()

  const exchange = await kit.send({ url: server.url, ...retried({ total: 1 }) })

  expect(exchange).toMatchObject({ ok: true, response: { status: 503 }, attempts: [{ number: 1 }] })
})

describe('the wait', () => {
  const long = { total: 3, backoffFactor: 3000, backoffMax: 3600, statusForcelist: [503] }

  test('ends at once with Cancel, the last answer kept', async () => {
    const server = await answering([503])
    const kit = await sendKit()
    const cancel = new AbortController()

    const exchange = await kit.send(
      { url: server.url, ...retried(long) },
      { signal: cancel.signal, onStep: (step) => step.kind === 'retryWait' && step.waitMs > 0 && cancel.abort() },
    )

    expect(exchange).toMatchObject({ ok: false, response: { status: 503 }, error: { kind: 'Cancelled' } })
    expect(exchange.attempts).toHaveLength(1)
  })

  test('is cut short by whoever lets it go on', async () => {
    const server = await answering([503, 503, 200])
    const kit = await sendKit()
    const gate = createGate()

    const exchange = await kit.send(
      { url: server.url, ...retried(long) },
      { gate, onStep: (step) => step.kind === 'retryWait' && step.waitMs > 0 && setImmediate(() => gate.open(false)) },
    )

    expect(exchange).toMatchObject({ ok: true, response: { status: 200 } })
    expect(exchange.attempts[1]?.waited).toBeLessThan(3_600_000)
  })

  test('is covered by the total timeout', async () => {
    const server = await answering([503])
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, options: { timeout: { total: 0.2 }, retry: long } })

    expect(exchange).toMatchObject({ ok: false, response: { status: 503 }, error: { kind: 'TotalTimeout' } })
  })
})
