/** A HAR of what was sent, read again: the requests of it send the same once more. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { RequestDocument } from '#contract/model/request.ts'
import { harImporter } from '#core/import/har/har-importer.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { coreKit } from '../support/core-kit.ts'

interface Received {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

async function recorder(): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
    })
  }).listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => server.once('listening', () => resolve()))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

const row = (name: string, value: string): { name: string; value: string; enabled: boolean } => ({ name, value, enabled: true })

describe('a HAR of what was sent', () => {
  test.each<[string, Partial<RequestDocument>]>([
    ['a query and headers', { method: 'GET', url: '/a%20b?x=1&y=%C3%A9+z', headers: [row('X-One', '1'), row('Accept', 'text/html')] }],
    [
      'JSON with cookies',
      {
        method: 'POST',
        url: '/json',
        body: { kind: 'json', text: '{"a": [1, 2]}', asTyped: false },
        cookies: [row('sid', '1'), row('b', 'c=d')],
      },
    ],
    ['a form', { method: 'POST', url: '/form', body: { kind: 'form', rows: [row('a', '1 2'), row('b', '&=')] } }],
    ['Basic credentials', { method: 'DELETE', url: '/x', auth: { kind: 'basic', username: 'user7', password: 'päss' } }],
    ['XML', { method: 'PUT', url: '/xml', body: { kind: 'xml', text: '<a>é</a>' } }],
    [
      'a text of a type of its own',
      { method: 'PATCH', url: '/t', headers: [row('Content-Type', 'text/csv')], body: { kind: 'text', text: 'a,b\r\n1,2' } },
    ],
    ['GraphQL', { method: 'POST', url: '/graphql', body: { kind: 'graphql', query: '{ a }', variables: '' } }],
  ])('gives back a request with %s', async (_, document) => {
    const kit = await coreKit()
    const { url, received } = await recorder()
    const exchange = await kit.send({ ...document, url: `${url}${document.url ?? ''}` })
    const { text } = z.object({ text: z.string() }).parse(await kit.call('exchange.har', { exchange, secrets: [], reveal: true }))

    const { items } = harImporter.read([sourceFile('sent.har', text)], { progress: () => undefined, id: () => 'id' })
    const [item] = items
    if (item?.kind !== 'request') throw new Error('There is no request in it.')
    await kit.send(item.document)

    expect(received).toHaveLength(2)
    expect(received[1]).toEqual(received[0])
    expect(item.examples[0]).toMatchObject({ status: 200, body: '{"ok":true}' })
  })
})
