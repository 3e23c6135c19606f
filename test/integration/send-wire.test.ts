import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RequestDocument } from '#contract/model/request.ts'
import { rawServer, type RawExchange } from '../support/raw-server.ts'
import { rows, sendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'

/** Answers each request once all of it has come, and keeps the connection. */
function answerWhole({ socket, received }: RawExchange): void {
  const head = received.indexOf('\r\n\r\n')
  const length = Number(/content-length: (\d+)/i.exec(received.toString('latin1'))?.[1] ?? 0)
  if (head < 0 || received.length < head + 4 + length) return
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
}

describe('the bytes on the wire', () => {
  const big = JSON.stringify({ text: 'é'.repeat(200_000) })
  const cases: [string, Partial<RequestDocument>][] = [
    ['GET without a body', {}],
    ['DELETE without a body', { method: 'DELETE' }],
    ['OPTIONS without a body', { method: 'OPTIONS' }],
    ['POST without a body', { method: 'POST' }],
    ['PUT without a body', { method: 'PUT' }],
    ['PATCH without a body', { method: 'PATCH' }],
    ['HEAD', { method: 'HEAD' }],
    ['a verb of the user', { method: 'PURGE' }],
    ['POST with JSON', { method: 'POST', body: { kind: 'json', text: '{"a": 1}', asTyped: false } }],
    ['POST with a body larger than one write', { method: 'POST', body: { kind: 'json', text: big, asTyped: false } }],
    ['GET with a body', { body: { kind: 'text', text: 'hello' } }],
    ['DELETE with a body', { method: 'DELETE', body: { kind: 'text', text: 'hello' } }],
    ['DELETE with a large body', { method: 'DELETE', body: { kind: 'text', text: 'x'.repeat(100_000) } }],
    ['a form', { method: 'POST', body: { kind: 'form', rows: rows(['a', '1 2'], ['a', 'é']) } }],
    ['a typed Host', { headers: rows(['Host', 'other.test:99']) }],
    ['duplicates and case', { headers: rows(['X-A', '1'], ['x-a', '2'], ['X-A', '1']) }],
    ['a Latin-1 value', { headers: rows(['X-Name', 'Zoë ÿ']) }],
    ['an empty value', { headers: rows(['X-Empty', '']) }],
    ['Connection: close', { headers: rows(['Connection', 'close']) }],
    ['an overridden default in its place', { headers: rows(['ACCEPT', 'text/html'], ['User-Agent', 'me']) }],
    ['cookies and Basic', { cookies: rows(['a', '1'], ['b', '"2"']), auth: { kind: 'basic', username: 'u', password: 'p' } }],
  ]
  const bothTransports = cases.flatMap(([name, document]) => [
    { name, document, lenient: false },
    { name: `${name}, lenient`, document, lenient: true },
  ])
  for (const { name, document, lenient } of bothTransports) {
    test(`are those of the prepared request: ${name}`, async () => {
      const server = await rawServer(answerWhole)
      const kit = await sendKit()
      const path = "/p%20q/a'b?x=1&y=[2]#fragment"
      const typed = { url: server.url + path, ...document, options: { lenient } }
      const prepared = await kit.prepare(typed)
      const exchange = await kit.send(typed)

      const lines = [
        `${prepared.method} ${prepared.url.target} HTTP/1.1`,
        ...prepared.headers.map(({ name, value }) => `${name}: ${value}`),
      ]
      const head = lines.join('\r\n')
      const wire = server.received[0]?.toString('latin1') ?? ''
      expect(exchange.error).toBeNull()
      expect(wire.slice(0, wire.indexOf('\r\n\r\n'))).toBe(head)
      expect(exchange.request?.head).toBe(head)
      expect(exchange.request?.headers).toEqual(prepared.headers.map(({ name, value }) => [name, value]))
      expect(wire.length - head.length - 4).toBe(prepared.body?.bytes ?? 0)
      expect(exchange.request?.bodyBytes).toBe(prepared.body?.bytes ?? 0)
    })
  }

  test('keep the sent body, as far as its first MiB', async () => {
    const server = await rawServer(answerWhole)
    const kit = await sendKit()
    const path = join(await tempDir(), 'big.bin')
    await writeFile(path, Buffer.alloc(3 * 1024 * 1024, 'abcdefg'))
    const other = await rawServer(answerWhole)
    const small = await kit.send({ url: other.url, method: 'POST', body: { kind: 'text', text: 'Grüße' } })
    const large = await kit.send({ url: server.url, method: 'POST', body: { kind: 'file', path, contentType: '' } })

    expect(await kit.text(small.request?.bodyId)).toBe('Grüße')
    expect(large.request?.bodyBytes).toBe(3 * 1024 * 1024)
    const kept = large.request?.bodyId ? await kit.bodies.read(large.request.bodyId, 0, 4 * 1024 * 1024) : null
    expect(kept?.equals(Buffer.alloc(1024 * 1024, 'abcdefg'))).toBe(true)
  })

  test('a body of no bytes is no body', async () => {
    const server = await rawServer(answerWhole)
    const kit = await sendKit()
    const path = join(await tempDir(), 'empty.bin')
    await writeFile(path, '')
    const exchange = await kit.send({ url: server.url, method: 'POST', body: { kind: 'file', path, contentType: '' } })

    expect(exchange.ok).toBe(true)
    expect(server.received[0]?.toString('latin1')).toContain('Content-Length: 0\r\n\r\n')
  })
})

describe('the response', () => {
  test('keeps its headers in wire order and case, with duplicates and in UTF-8 or Latin-1', async () => {
    const head = Buffer.concat([
      Buffer.from(
        'HTTP/1.1 200 Völlig gut\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Utf8: é\r\nX-Latin: ',
        'utf8',
      ),
      Buffer.from('é', 'latin1'),
      Buffer.from('\r\nContent-Length: 2\r\n\r\nok'),
    ])
    const server = await rawServer(({ socket }) => void socket.write(head))
    const exchange = await (await sendKit()).send({ url: server.url })

    expect(exchange.response).toMatchObject({ status: 200, reason: 'Völlig gut', httpVersion: '1.1' })
    expect(exchange.response?.headers).toEqual([
      ['X-B', '1'],
      ['x-a', '2'],
      ['X-B', '3'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-Utf8', 'é'],
      ['X-Latin', 'é'],
      ['Content-Length', '2'],
    ])
    expect(exchange.response?.cookies.map(({ name, value }) => [name, value])).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
  })

  test('has a reason in Latin-1 too, and the version of HTTP/1.0', async () => {
    const server = await rawServer(({ socket }) => socket.end(Buffer.from('HTTP/1.0 200 Völlig gut\r\n\r\nto the end', 'latin1')))
    const kit = await sendKit()
    const { response } = await kit.send({ url: server.url })

    expect(response).toMatchObject({ reason: 'Völlig gut', httpVersion: '1.0', wireBytes: 10, bodyBytes: 10 })
    expect(await kit.text(response?.bodyId)).toBe('to the end')
  })

  test.each([false, true])('an empty body in chunks has no bytes, lenient: %s', async (lenient) => {
    const server = await rawServer(({ socket, received }) => {
      if (received.toString().endsWith('\r\n\r\n0\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    })
    const path = join(await tempDir(), 'empty.bin')
    await writeFile(path, '')
    const kit = await sendKit()
    const options = { behaviour: 'requests', lenient } as const
    const exchange = await kit.send({ url: server.url, method: 'POST', options, body: { kind: 'file', path, contentType: '' } })

    expect(exchange.error).toBeNull()
    expect(exchange.request?.headers.map(([name]) => name)).toContain('Transfer-Encoding')
    expect(exchange.request).toMatchObject({ bodyBytes: 0, bodyId: null })
    expect(kit.steps.filter(({ kind }) => kind === 'bodySent')).toEqual([])
  })

  test('tells of interim responses', async () => {
    const server = await rawServer(
      ({ socket }) => void socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n'),
    )
    const exchange = await (await sendKit()).send({ url: server.url })

    expect(exchange.response?.status).toBe(204)
    expect(exchange.response?.informational).toMatchObject([{ status: 103 }])
    expect(exchange.warnings).toEqual([])
  })
})
