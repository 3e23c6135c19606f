// Bodies as they arrive, over real sockets: the head first, what has come while more is on its way, torn and stopped streams.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import type { BodyId, ViewId } from '#contract/model/ids.ts'
import { createRecordViews } from '#core/bodies/record-views.ts'
import { coreKit } from '../support/core-kit.ts'
import { httpServer, type HttpServer } from '../support/http-server.ts'
import { rawServer } from '../support/raw-server.ts'
import { sendKit, type SendKit } from '../support/send-kit.ts'

type Head = Extract<ExchangeStep, { kind: 'responseHead' }>

/** A server that answers with a stream, which the test writes. */
async function streamServer(headers: Record<string, string>): Promise<{ server: HttpServer; stream: Promise<ServerResponse> }> {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>()
  const server = await httpServer((_request, response) => {
    response.writeHead(200, headers)
    response.flushHeaders()
    resolve(response)
  })
  return { server, stream: promise }
}

/** Sends, and hands out the head of the answer as soon as it is told. */
function begin(
  kit: SendKit,
  document: Parameters<SendKit['send']>[0],
  signal?: AbortSignal,
): { head: Promise<Head>; done: Promise<Exchange> } {
  const { promise: head, resolve } = Promise.withResolvers<Head>()
  const done = kit.send(document, { ...(signal && { signal }), onStep: (step) => step.kind === 'responseHead' && resolve(step) })
  return { head, done }
}

function looker(kit: SendKit) {
  const views = createRecordViews(kit.bodies)
  const total = async (viewId: ViewId): Promise<number> => (await views.status(viewId, '', Infinity)).total
  return {
    views,
    total,
    open: (bodyId: BodyId, arrivalsId: BodyId | null = null) => views.open({ bodyId, kind: 'sse', encoding: null, arrivalsId }),
    texts: async (viewId: ViewId) => (await views.rows(viewId, 0, 100)).map(({ text }) => text),
  }
}

const SSE = { 'content-type': 'text/event-stream' }

describe('the head of an answer', () => {
  test('is told with its headers before anything of the body has come', async () => {
    const { server, stream } = await streamServer({ ...SSE, 'x-mine': 'yes' })
    const kit = await sendKit()

    const { head, done } = begin(kit, { url: server.url, options: { timeout: { read: 5, total: 60 } } })

    expect(await head).toMatchObject({ status: 200, httpVersion: '1.1', limits: { read: 5000, total: 60_000 } })
    expect((await head).headers).toContainEqual(['x-mine', 'yes'])
    expect(await kit.bodies.stat((await head).arrivingId)).toEqual({ bytes: 0 })
    ;(await stream).end('data: a\n\n')
    expect(await done).toMatchObject({ ok: true })
  })
})

describe('a stream of events', () => {
  test('is read as it comes, cut within line breaks and within a character; its times are kept', async () => {
    const { server, stream } = await streamServer(SSE)
    const kit = await sendKit()
    const { views, total, open, texts } = looker(kit)
    const { head, done } = begin(kit, { url: server.url })
    const { arrivingId } = await head
    const viewId = await open(arrivingId)
    const response = await stream
    response.socket?.setNoDelay(true)
    const euro = Buffer.from('€')

    response.write('data: one\r')
    response.write('\n\r')
    response.write('\ndata: ')
    response.write(euro.subarray(0, 1))
    await expect.poll(() => total(viewId)).toBe(1)
    response.write(euro.subarray(1))
    response.write('\r\n\r\n')
    await expect.poll(() => total(viewId)).toBe(2)
    expect(await texts(viewId)).toEqual(['one', '€'])
    response.end('event: last\ndata: three\n\n')
    const exchange = await done

    expect(exchange).toMatchObject({
      ok: true,
      response: { bodyBytes: Buffer.byteLength('data: one\r\n\r\ndata: €\r\n\r\nevent: last\ndata: three\n\n') },
    })
    await expect.poll(() => total(viewId)).toBe(3)
    const live = await views.rows(viewId, 0, 10)
    const { bodyId, arrivalsId } = exchange.response ?? {}
    const again = await open(bodyId ?? arrivingId, arrivalsId)
    await views.status(again, '', Infinity)
    expect(await views.rows(again, 0, 10)).toEqual(live)
    const times = live.map(({ at }) => at ?? -1)
    expect(times.every((at) => at >= 0)).toBe(true)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('that is compressed is read as it comes, too', async () => {
    const { server, stream } = await streamServer({ ...SSE, 'content-encoding': 'gzip' })
    const kit = await sendKit()
    const { total, open, texts } = looker(kit)
    const { head, done } = begin(kit, { url: server.url })
    const viewId = await open((await head).arrivingId)
    const response = await stream

    response.write(gzipSync('data: one\n\n'))
    await expect.poll(() => total(viewId)).toBe(1)
    response.end(gzipSync('data: two\n\n'))

    expect(await done).toMatchObject({ ok: true })
    expect(await total(viewId)).toBe(2)
    expect(await texts(viewId)).toEqual(['one', 'two'])
  })

  test('that the user stops ends as cancelled, with all that came', async () => {
    const { server, stream } = await streamServer(SSE)
    const kit = await sendKit()
    const { total, open, texts } = looker(kit)
    const stop = new AbortController()
    const { head, done } = begin(kit, { url: server.url }, stop.signal)
    const viewId = await open((await head).arrivingId)
    ;(await stream).write('data: one\n\ndata: two\n\ndata: ha')
    await expect.poll(() => total(viewId)).toBe(2)
    const gone = once(await stream, 'close')

    stop.abort()
    const exchange = await done
    await gone

    expect(exchange).toMatchObject({ ok: false, error: { kind: 'Cancelled' }, response: { status: 200, bodyBytes: 30 } })
    expect(await kit.text(exchange.response?.bodyId)).toBe('data: one\n\ndata: two\n\ndata: ha')
    await expect.poll(() => total(viewId)).toBe(3)
    expect(await texts(viewId)).toEqual(['one', 'two', 'ha'])
  })

  test('that is torn off keeps what came, and says why', async () => {
    const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
    const server = await rawServer(({ socket }) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n${chunk('data: one\n\nda')}`)
      socket.end('20\r\nta: tw')
    })
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url })

    expect(exchange).toMatchObject({ ok: false, error: { kind: 'ChunkedEncodingError' } })
    const { open, texts, total } = looker(kit)
    const viewId = await open(exchange.response?.bodyId ?? noBody())
    await total(viewId)
    expect((await texts(viewId))[0]).toBe('one')
  })

  test('that falls silent ends by the read timeout, which says so', async () => {
    const { server, stream } = await streamServer(SSE)
    const kit = await sendKit()
    const { done } = begin(kit, { url: server.url, options: { timeout: { read: 0.2 } } })
    ;(await stream).write('data: one\n\n')

    const exchange = await done

    expect(exchange).toMatchObject({ ok: false, error: { kind: 'ReadTimeout' }, response: { bodyBytes: 11 } })
    expect(exchange.error?.hint).toContain('stream')
  })
})

test('progress is told ten times a second at most, and the last of a burst too', async () => {
  const { server, stream } = await streamServer({ 'content-type': 'text/plain' })
  const kit = await sendKit()
  const told: { bytes: number; at: number }[] = []
  const done = kit.send(
    { url: server.url },
    { onStep: (step) => step.kind === 'bodyReceived' && told.push({ bytes: step.bytes, at: performance.now() }) },
  )
  const response = await stream
  for (let index = 0; index < 40; index += 1) {
    response.write('x')
    await new Promise(setImmediate)
  }

  // Nothing more comes, and still the last byte is told of.
  await expect.poll(() => told.at(-1)?.bytes).toBe(40)
  const spaces = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0))
  expect(Math.min(...spaces)).toBeGreaterThan(80)
  response.end()
  await done
})

test('a stream of the history is read with its times', async () => {
  const server = await httpServer((_request, response) => response.writeHead(200, SSE).end('data: one\n\ndata: two\n\n'))
  const { call, send } = await coreKit()
  const { id } = await send({ url: server.url })

  const { exchange } = (await call('history.read', { id })) as { exchange: Exchange }
  const { bodyId, arrivalsId } = exchange.response ?? {}
  const { viewId } = (await call('records.open', { bodyId, arrivalsId, kind: 'sse' })) as { viewId: ViewId }
  await call('records.status', { viewId })
  const { rows } = (await call('records.rows', { viewId, from: 0, count: 5 })) as { rows: { at: number | null; text: string }[] }

  expect(rows.map(({ text }) => text)).toEqual(['one', 'two'])
  expect(rows.every(({ at }) => at !== null)).toBe(true)
})

function noBody(): never {
  throw new Error('The answer has no body.')
}
