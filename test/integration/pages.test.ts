/** Going through the pages of an answer, over real sockets: what is sent, where it ends, and what becomes of the bodies. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { PagesSchema, type Pages } from '#contract/model/pages.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { HistoryPageSchema } from '#contract/model/history.ts'
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

const pageOf = (request: IncomingMessage): number => Number(new URL(request.url ?? '', 'http://h').searchParams.get('page') ?? '1')

/** Sends the first page, and then asks for the others. */
async function collect(kit: CoreKit, document: Partial<RequestDocument>, limit = 10): Promise<Pages> {
  const { response } = await kit.send(document)
  const asked = { document: { ...emptyRequest(), ...document }, nodeId: null, seed: 'seed-seed', draftId: null }
  return PagesSchema.parse(await kit.call('pages.collect', { ...asked, pagesId: 'pages-1', first: response, limit }))
}

async function textOf(kit: CoreKit, id: BodyId | undefined): Promise<string> {
  const { base64 } = (await kit.call('body.bytes', { id, offset: 0, length: 10_000 })) as { base64: string }
  return Buffer.from(base64, 'base64').toString()
}

/** Pages of two items each; the last names no next one. */
function pager(last: number, seen: IncomingMessage[] = []): RequestListener {
  return (request, response) => {
    seen.push(request)
    const page = pageOf(request)
    response.setHeader('Content-Type', 'application/json')
    if (page < last) response.setHeader('Link', `<?page=${page + 1}>; rel="next"`)
    response.setHeader('Set-Cookie', `page=${page}`)
    response.end(JSON.stringify([page * 2 - 1, page * 2]))
  }
}

describe('pages.collect', () => {
  test('sends the same request for each next page, and makes one list of them', async () => {
    const seen: IncomingMessage[] = []
    const kit = await coreKit()
    const url = await serve(pager(3, seen))

    const { pages, end, merged } = await collect(kit, {
      url: `${url}/items?page=1`,
      headers: [{ name: 'X-Mine', value: 'yes', enabled: true }],
    })

    expect(pages.map((page) => [page.url, page.status, page.exchangeId === null])).toEqual([
      [`${url}/items?page=1`, 200, true],
      [`${url}/items?page=2`, 200, false],
      [`${url}/items?page=3`, 200, false],
    ])
    expect(end.kind).toBe('last')
    expect(await textOf(kit, merged?.bodyId)).toBe('[1,2,\n3,4,\n5,6]')
    expect(merged?.items).toBe(6)
    expect(seen.map(({ headers }) => headers['x-mine'])).toEqual(['yes', 'yes', 'yes'])
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, 'page=1', 'page=2'])
    const history = HistoryPageSchema.parse(await kit.call('history.list', { filter: {}, limit: 10 }))
    expect(history.entries.map((entry) => entry.url)).toEqual([3, 2, 1].map((page) => `${url}/items?page=${page}`))
  })

  test('ends at as many as were asked for', async () => {
    const kit = await coreKit()
    const { pages, end } = await collect(kit, { url: await serve(pager(100)) }, 3)
    expect(pages).toHaveLength(3)
    expect(end.kind).toBe('limit')
  })

  test('ends where the next page was there before, and where it is the same again', async () => {
    const kit = await coreKit()
    const ring = await serve((request, response) => {
      const page = pageOf(request)
      response.setHeader('Link', `</?page=${page === 2 ? 1 : 2}>; rel=next`).end(`page ${page}`)
    })
    const { pages, end } = await collect(kit, { url: `${ring}/?page=1` })
    expect([pages.length, end.kind]).toEqual([2, 'loop'])

    const stuck = await serve((request, response) => {
      response.setHeader('Link', `</?page=${pageOf(request) + 1}>; rel=next`).end('always the same')
    })
    const same = await collect(kit, { url: stuck })
    expect([same.pages.length, same.end.message]).toEqual([1, 'Page 2 is the same as page 1, byte for byte.'])
  })

  test('sends nothing to another server, nor where a redirect has led away', async () => {
    const kit = await coreKit()
    const strangers: IncomingMessage[] = []
    const stranger = await serve(pager(5, strangers))
    const url = await serve((_request, response) => response.setHeader('Link', `<${stranger}/?page=2>; rel=next`).end('one'))
    expect((await collect(kit, { url })).end.kind).toBe('elsewhere')
    expect(strangers).toHaveLength(0)

    const moved = await serve((_request, response) => response.writeHead(302, { location: `${stranger}/?page=1` }).end())
    const away = await collect(kit, { url: moved, headers: [{ name: 'Authorization', value: 'Bearer x', enabled: true }] })
    expect(away.end.kind).toBe('elsewhere')
    expect(strangers.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  test('keeps what came where a page fails', async () => {
    const kit = await coreKit()
    const url = await serve((request, response) => {
      if (pageOf(request) === 2) response.writeHead(500).end('broken')
      else pager(3)(request, response)
    })
    const { pages, end, merged } = await collect(kit, { url })
    expect(pages).toHaveLength(1)
    expect(end).toEqual({ kind: 'failed', message: 'Page 2 answered 500 Internal Server Error' })
    expect(merged?.items).toBe(2)
  })

  test('stops in the middle of a page, with those before it', async () => {
    const kit = await coreKit()
    const url = await serve((request, response) => {
      if (pageOf(request) < 3) pager(9)(request, response)
      else void kit.call('pages.stop', { pagesId: 'pages-1' })
    })
    const told: number[] = []
    kit.core.on((event) => event.name === 'pages.progressed' && told.push(event.payload.number))
    const { pages, end, merged } = await collect(kit, { url })
    expect([pages.length, end.kind, merged?.items]).toEqual([2, 'stopped', 4])
    expect(told).toEqual([2])
  })

  test('does not repeat what may change something', async () => {
    const kit = await coreKit()
    await expect(collect(kit, { method: 'POST', url: await serve(pager(3)) })).rejects.toThrow('not asked for by POST')
  })
})
