import { describe, expect, test } from 'vitest'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { createGate } from '#core/send/gate.ts'
import { httpServer, type HttpServer } from '../support/http-server.ts'
import { sendKit } from '../support/send-kit.ts'

type Paused = Extract<ExchangeStep, { kind: 'paused' }>

/** `/n` redirects to `/n-1`; `/0` is there. */
function countdown(): Promise<HttpServer> {
  return httpServer((request, response) => {
    const left = Number(request.url?.slice(1))
    response.writeHead(left === 0 ? 200 : 302, left === 0 ? {} : { location: `/${left - 1}` }).end(`at ${left}`)
  })
}

const STEPPING = { options: { stepRedirects: true } }

describe('step by step', () => {
  test('each redirect stands, with the request that it leads to, until it is told to go on', async () => {
    const server = await countdown()
    const kit = await sendKit()
    const gate = createGate()
    const seen: [Paused, number][] = []

    const exchange = await kit.send(
      { url: `${server.url}/2`, method: 'POST', body: { kind: 'text', text: 'hi' }, ...STEPPING },
      {
        gate,
        onStep: (step) => {
          if (step.kind !== 'paused') return
          seen.push([step, server.requests.length])
          setImmediate(() => gate.open(false))
        },
      },
    )

    expect(exchange).toMatchObject({ ok: true, response: { status: 200 }, history: [{ kind: 'redirect' }, { kind: 'redirect' }] })
    expect(seen.map(([{ status, url, next }, requests]) => [status, url, next.method, next.url, next.bodyBytes, requests])).toEqual([
      [302, `${server.url}/2`, 'GET', `${server.url}/1`, null, 1],
      [302, `${server.url}/1`, 'GET', `${server.url}/0`, null, 2],
    ])
    expect(seen[0]?.[0].next.headers.map(([name]) => name)).not.toContain('content-length')
  })

  test('follow all does not ask again', async () => {
    const server = await countdown()
    const kit = await sendKit()
    const gate = createGate()

    await kit.send(
      { url: `${server.url}/3`, ...STEPPING },
      { gate, onStep: (step) => step.kind === 'paused' && setImmediate(() => gate.open(true)) },
    )

    expect(kit.steps.filter(({ kind }) => kind === 'paused')).toHaveLength(1)
    expect(server.requests).toHaveLength(4)
  })

  test('Cancel lets the redirect stand as the answer, and that is no failure', async () => {
    const server = await countdown()
    const kit = await sendKit()
    const cancel = new AbortController()

    const exchange = await kit.send(
      { url: `${server.url}/2`, ...STEPPING },
      { gate: createGate(), signal: cancel.signal, onStep: (step) => step.kind === 'paused' && setImmediate(() => cancel.abort()) },
    )

    expect(exchange).toMatchObject({ ok: true, error: null, response: { status: 302 }, history: [], warnings: [] })
    expect(await kit.text(exchange.response?.bodyId)).toBe('at 2')
    expect(server.requests).toHaveLength(1)
  })

  test('where nobody is there to ask, the first redirect is the answer, and that is said', async () => {
    const server = await countdown()
    const kit = await sendKit()

    const exchange = await kit.send({ url: `${server.url}/2`, ...STEPPING })

    expect(exchange).toMatchObject({ ok: true, response: { status: 302 } })
    expect(exchange.warnings).toEqual([`Redirects are followed step by step: stopped at the 302 to ${server.url}/1.`])
  })

  test('the timeouts stand still meanwhile, and so does the time of the exchange', async () => {
    const server = await countdown()
    const kit = await sendKit()
    const gate = createGate()
    const began = performance.now()
    let stood = 0

    const exchange = await kit.send(
      { url: `${server.url}/1`, options: { stepRedirects: true, timeout: { total: 0.4, read: 0.4 } } },
      {
        gate,
        onStep: (step) => {
          if (step.kind !== 'paused') return
          const since = performance.now()
          setTimeout(() => {
            stood = performance.now() - since
            gate.open(false)
          }, 500)
        },
      },
    )

    expect(exchange).toMatchObject({ ok: true, response: { status: 200 } })
    expect(stood).toBeGreaterThan(450)
    expect(exchange.timings.total).toBeLessThan(performance.now() - began - 450)
  })

  test('a redirect that is followed by itself asks nothing', async () => {
    const server = await countdown()
    const kit = await sendKit()

    await kit.send({ url: `${server.url}/2` }, { gate: createGate() })

    expect(kit.steps.some(({ kind }) => kind === 'paused')).toBe(false)
  })
})
