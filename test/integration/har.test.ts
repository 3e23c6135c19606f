/** An exchange as a HAR: sent over real sockets, with a redirect, cookies, bodies of several kinds, and secrets. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { RequestDocument } from '#contract/model/request.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const pair = z.object({ name: z.string(), value: z.string() })
const size = z.number()
/** As strict as the format: what a reader of it would refuse is refused here. */
const HarSchema = z.object({
  log: z.object({
    version: z.literal('1.2'),
    creator: z.object({ name: z.string(), version: z.string() }),
    entries: z.array(
      z.object({
        startedDateTime: z.iso.datetime(),
        time: z.number().min(0),
        request: z.object({
          method: z.string(),
          url: z.string(),
          httpVersion: z.string(),
          cookies: z.array(pair),
          headers: z.array(pair),
          queryString: z.array(pair),
          postData: z.object({ mimeType: z.string(), text: z.string(), comment: z.string().optional() }).optional(),
          headersSize: size,
          bodySize: size,
        }),
        response: z.object({
          status: z.number().int(),
          statusText: z.string(),
          httpVersion: z.string(),
          cookies: z.array(pair),
          headers: z.array(pair),
          content: z.object({
            size,
            mimeType: z.string(),
            text: z.string().optional(),
            encoding: z.literal('base64').optional(),
            comment: z.string().optional(),
          }),
          redirectURL: z.string(),
          headersSize: size,
          bodySize: size,
        }),
        cache: z.object({}),
        timings: z.object({ blocked: size, dns: size, connect: size, ssl: size, send: size, wait: size, receive: size }),
        serverIPAddress: z.string().optional(),
        connection: z.string().optional(),
        comment: z.string().optional(),
      }),
    ),
  }),
})
type Entry = z.infer<typeof HarSchema>['log']['entries'][number]

async function entriesOf(kit: CoreKit, document: Partial<RequestDocument>, reveal = false): Promise<readonly Entry[]> {
  const exchange = await kit.send(document)
  const { text } = z.object({ text: z.string() }).parse(await kit.call('exchange.har', { exchange, secrets: ['very-secret'], reveal }))
  return HarSchema.parse(JSON.parse(text)).log.entries
}

describe('exchange.har', () => {
  test('is kept as a body where it is to be saved, and is the same text', async () => {
    const kit = await coreKit()
    const exchange = await kit.send({ url: await serve((_request, response) => response.end('ok')) })
    const asked = { exchange, secrets: [], reveal: false }

    const { text } = z.object({ text: z.string() }).parse(await kit.call('exchange.har', asked))
    const kept = z.object({ text: z.literal(''), bodyId: z.string() }).parse(await kit.call('exchange.har', { ...asked, keep: true }))

    const read = await kit.call('body.bytes', { id: kept.bodyId, offset: 0, length: 100_000 })
    const { base64 } = z.object({ base64: z.string() }).parse(read)
    expect(Buffer.from(base64, 'base64').toString()).toBe(text)
  })

  test('has every hop with its own request, answer and times, in their order', async () => {
    const kit = await coreKit()
    const url = await serve((request, response) => {
      if (request.url?.startsWith('/start')) response.writeHead(302, { location: '/end', 'set-cookie': 'sid=1; Path=/' }).end('moved')
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
    })

    const [first, last, ...others] = await entriesOf(kit, { url: `${url}/start?a=1&b=x%20y` })

    expect(others).toEqual([])
    expect(first?.request).toMatchObject({ method: 'GET', url: `${url}/start?a=1&b=x%20y`, httpVersion: 'HTTP/1.1', bodySize: 0 })
    expect(first?.request.queryString).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x y' },
    ])
    expect(first?.response).toMatchObject({ status: 302, statusText: 'Found', redirectURL: '/end' })
    expect(first?.response.cookies).toMatchObject([{ name: 'sid', value: '••••••••' }])
    expect(first?.comment).toContain('302 to')
    expect(last?.request.cookies).toEqual([{ name: 'sid', value: '••••••••' }])
    expect(last?.response.content).toMatchObject({ size: 11, mimeType: 'application/json', text: '{"ok":true}' })
    expect(last?.serverIPAddress).toBe('127.0.0.1')
    expect(Date.parse(last?.startedDateTime ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.startedDateTime ?? ''))
    for (const { time, timings } of [first, last].filter((entry) => entry !== undefined)) {
      const { ssl: _inConnect, ...phases } = timings
      const sum = Object.values(phases).reduce((total, ms) => total + Math.max(0, ms), 0)
      expect(Math.abs(sum - time)).toBeLessThan(0.01)
    }
  })

  test('hides what is secret, unless it is asked for', async () => {
    const kit = await coreKit()
    const url = await serve((_request, response) => response.setHeader('Content-Type', 'text/plain').end('holds very-secret'))
    const document: Partial<RequestDocument> = {
      method: 'POST',
      url: `${url}/?token=abc`,
      headers: [{ name: 'Authorization', value: 'Bearer abc', enabled: true }],
      body: { kind: 'text', text: 'sends very-secret' },
    }

    const [hidden] = await entriesOf(kit, document)
    const [shown] = await entriesOf(kit, document, true)

    expect(JSON.stringify(hidden)).not.toMatch(/very-secret|abc/)
    expect(shown?.request.url).toBe(`${url}/?token=abc`)
    expect(shown?.request.postData?.text).toBe('sends very-secret')
    expect(shown?.response.content.text).toBe('holds very-secret')
  })

  test('has bytes in base64, and says how long what it leaves out is', async () => {
    const kit = await coreKit()
    const url = await serve((request, response) => {
      const bytes = request.url === '/long' ? Buffer.alloc(1024 * 1024 + 1, 'a') : Buffer.from([0, 255, 1])
      response.setHeader('Content-Type', 'image/png').end(bytes)
    })
    const [small] = await entriesOf(kit, { url })
    const [long] = await entriesOf(kit, { url: `${url}/long` })
    expect(small?.response.content).toMatchObject({ size: 3, text: 'AP8B', encoding: 'base64' })
    expect(long?.response.content).toMatchObject({ size: 1_048_577, comment: 'The body of 1048577 bytes was left out.' })
    expect(long?.response.content.text).toBeUndefined()
  })

  test('has an entry for what got no answer', async () => {
    const kit = await coreKit()
    const url = await serve((request) => request.socket.destroy())
    const entries = await entriesOf(kit, { url })
    expect(entries.at(-1)?.response.status).toBe(0)
    expect(entries.at(-1)?.comment).toBeTruthy()
  })
})
