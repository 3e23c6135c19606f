/** HTTP/2 by ALPN, against Node's own server. */
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createSecureServer, type Http2SecureServer, type SecureServerOptions, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rows, sendKit, type SendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'
import { makeAuthority } from '../support/tls.ts'

interface Served {
  readonly url: string
  readonly kit: SendKit
  readonly server: Http2SecureServer
  readonly sessions: () => number
  readonly options: { readonly http2: true; readonly verify: string }
}

type Serve = (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>, raw: readonly string[]) => void

const MIB = 1024 * 1024

async function serve(onStream: Serve, own: SecureServerOptions = {}): Promise<Served> {
  const authority = await makeAuthority()
  const { key, cert } = await authority.issue('DNS:localhost')
  const server = createSecureServer({ key, cert, allowHTTP1: true, ...own })
  let sessions = 0
  server.on('session', (session) => {
    sessions += 1
    session.on('error', () => undefined)
  })
  server.on('stream', (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>, _flags: number, raw: string[]) => {
    stream.on('error', () => undefined)
    onStream(stream, headers, raw)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const kit = await sendKit()
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo // it listens on a port, not a pipe
  return { url: `https://localhost:${port}`, kit, server, sessions: () => sessions, options: { http2: true, verify: authority.caPath } }
}

describe('HTTP/2', () => {
  test('is used where the server chooses it, and what went out is shown', async () => {
    let raw: readonly string[] = []
    const { url, kit, options } = await serve((stream, _headers, given) => {
      raw = given
      stream.respond({ ':status': 201, 'x-a': ['1', '2'], 'set-cookie': ['a=1', 'b=2'] })
      stream.end('two')
    })
    const exchange = await kit.send({
      url: `${url}/p?q=1`,
      options,
      headers: rows(['X-Custom', 'one'], ['x-custom', 'two'], ['Connection', 'close'], ['TE', 'trailers']),
    })

    expect(exchange.error).toBeNull()
    expect(exchange.response).toMatchObject({ status: 201, reason: '', httpVersion: '2', bodyBytes: 3 })
    expect(exchange.response?.headers.filter(([name]) => /^x-a|set-cookie/.test(name))).toEqual([
      ['x-a', '1'],
      ['x-a', '2'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ])
    expect(exchange.connection?.tls?.alpn).toBe('h2')
    const pseudo = [':method: GET', ':scheme: https', `:authority: ${new URL(url).host}`, ':path: /p?q=1']
    expect(exchange.request?.head.split('\r\n').slice(0, 4)).toEqual(pseudo)
    expect(exchange.request?.headers.map(([name]) => name)).not.toContain('connection')
    expect(exchange.warnings.join()).toMatch(/HTTP\/2 has no such header: connection was left out/i)
    const sent = exchange.request?.headers.map(([name, value]) => `${name}: ${value}`)
    const arrived = raw.flatMap((part, index) => (index % 2 === 0 ? [`${part}: ${raw[index + 1] ?? ''}`] : []))
    expect(arrived).toEqual(sent)
  })

  test('is not used where it is not asked for, nor where the server does not choose it', async () => {
    const { url, kit, options, server } = await serve((stream) => stream.respond({ ':status': 200 }, { endStream: true }))
    server.on('request', (_request, response) => response.end('one'))
    const unasked = await kit.send({ url, options: { verify: options.verify } })

    expect(unasked.response?.httpVersion).toBe('1.1')
    expect(unasked.connection?.tls?.alpn).toBe('http/1.1')
    expect(await kit.text(unasked.response?.bodyId)).toBe('one')
  })

  test('carries bodies both ways, and several requests over one connection', async () => {
    const { url, kit, options, sessions } = await serve((stream) => {
      void buffer(stream).then((body) => {
        stream.respond({ ':status': 200 })
        stream.end(body)
      })
    })
    const text = 'é'.repeat(500_000)
    for (const body of ['small', text]) {
      const exchange = await kit.send({ url, method: 'POST', options, body: { kind: 'text', text: body } })
      expect(exchange.error).toBeNull()
      expect(exchange.response?.bodyBytes).toBe(Buffer.byteLength(body))
      expect(exchange.request?.bodyBytes).toBe(Buffer.byteLength(body))
    }

    expect(sessions()).toBe(1)
  })

  test('keeps interim responses and trailers', async () => {
    const { url, kit, options } = await serve((stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</a>' })
      stream.respond({ ':status': 200 }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '1' }))
      stream.end('ok')
    })
    const { response } = await kit.send({ url, options })

    expect(response?.informational).toMatchObject([{ status: 103, headers: [['link', '</a>']] }])
    expect(response?.trailers).toEqual([['x-sum', '1']])
  })

  test('a stream that is reset is told as broken, before the head and after it', async () => {
    const { url, kit, options } = await serve((stream, headers) => {
      if (headers[':path'] === '/before') stream.close(2)
      else {
        stream.respond({ ':status': 200 })
        stream.write('abc', () => stream.session?.destroy())
      }
    })
    const before = await kit.send({ url: `${url}/before`, method: 'POST', options })
    const after = await kit.send({ url: `${url}/after`, options })

    expect(before.error?.kind).toBe('ConnectionError')
    expect(after.error?.kind).toBe('ChunkedEncodingError')
    expect(await kit.text(after.response?.bodyId)).toBe('abc')
  })

  test('a server that goes away is asked anew over another connection', async () => {
    let served = 0
    const { url, kit, options, sessions } = await serve((stream) => {
      served += 1
      stream.respond({ ':status': 200 })
      stream.end(String(served))
      if (served === 1) stream.session?.goaway()
    })
    const first = await kit.send({ url, options })
    const second = await kit.send({ url, options })

    expect([first.response?.status, second.response?.status]).toEqual([200, 200])
    expect(sessions()).toBe(2)
  })

  test('can be cancelled while the body comes', async () => {
    const { url, kit, options } = await serve((stream) => {
      stream.respond({ ':status': 200 })
      stream.write('a part')
    })
    const controller = new AbortController()
    const exchange = await kit.send(
      { url, options },
      { signal: controller.signal, onStep: (step) => step.kind === 'bodyReceived' && controller.abort() },
    )

    expect(exchange.error?.kind).toBe('Cancelled')
    expect(await kit.text(exchange.response?.bodyId)).toBe('a part')
  })

  test('the server may answer before it has the whole body', async () => {
    const { url, kit, options } = await serve((stream) => {
      stream.respond({ ':status': 413 })
      stream.end('too much')
    })
    const exchange = await kit.send({ url, method: 'POST', options, body: { kind: 'text', text: 'x'.repeat(5_000_000) } })

    expect(exchange.response?.status).toBe(413)
    expect(exchange.warnings.join()).toContain('before the whole body was sent')
  })

  test('keeps the order of the head, of duplicates too, and bytes beyond ASCII', async () => {
    let raw: readonly string[] = []
    const { url, kit, options } = await serve((stream, _headers, given) => {
      raw = given
      stream.respond({ ':status': 200 }, { endStream: true })
    })
    await kit.send({ url, options, headers: rows(['X-B', '1'], ['X-A', 'é'], ['X-B', '2'], ['Host', 'other.test']) })

    const sent = raw.flatMap((part, index) => (index % 2 === 0 ? [`${part}: ${raw[index + 1] ?? ''}`] : []))
    expect(sent.slice(0, 4)).toEqual([':method: GET', ':scheme: https', ':authority: other.test', ':path: /'])
    expect(sent.filter((line) => line.startsWith('x-'))).toEqual(['x-b: 1', 'x-a: é', 'x-b: 2'])
  })

  test('carries a large file and a large answer, as fast as both sides take them', async () => {
    const { url, kit, options } = await serve((stream) => {
      stream.respond({ ':status': 200 })
      stream.pipe(stream)
    })
    const bytes = randomBytes(12 * 1024 * 1024)
    const path = join(await tempDir(), 'large.bin')
    await writeFile(path, bytes)
    const exchange = await kit.send({ url, method: 'POST', options, body: { kind: 'file', path, contentType: '' } })

    expect(exchange.error).toBeNull()
    expect(exchange.request?.bodyBytes).toBe(bytes.length)
    const id = exchange.response?.bodyId
    expect(id && bytes.equals(await kit.bodies.read(id, 0, bytes.length + 1))).toBe(true)
  })

  test('takes a head of 800 fields', async () => {
    const { url, kit, options } = await serve((stream) => {
      const fields = Object.fromEntries(Array.from({ length: 800 }, (_, index) => [`x-${index}`, String(index)]))
      stream.respond({ ':status': 200, ...fields }, { endStream: true })
    })
    const exchange = await kit.send({ url, options })

    expect(exchange.error).toBeNull()
    expect(exchange.response?.headers.length).toBeGreaterThanOrEqual(800)
  })

  test('carries a head of 120 KiB, and says of one that is too large that it is', async () => {
    // Node's server takes 64 KiB of one field, and few frames for a head.
    const fields = Array.from({ length: 3 }, (_, index): [string, string] => [`X-${index}`, 'x'.repeat(40 * 1024)])
    let seen = 0
    const { url, kit, options } = await serve(
      (stream, headers) => {
        seen = fields.reduce((sum, [name]) => sum + String(headers[name.toLowerCase()]).length, 0)
        stream.respond({ ':status': 200 }, { endStream: true })
      },
      { settings: { maxHeaderListSize: 4 * MIB } },
    )
    const large = await kit.send({ url, options, headers: rows(...fields) })
    const { error } = await kit.send({ url, options, headers: rows(['X-Large', 'x'.repeat(3 * MIB)]) })

    expect(large.error).toBeNull()
    expect(seen).toBe(120 * 1024)
    expect(error).toMatchObject({ kind: 'InvalidHeader', message: 'This head cannot be sent over HTTP/2: it is larger than 1 MiB.' })
  })

  test('a request that a kept connection did not look at goes over a new one, whatever its method', async () => {
    let served = 0
    const { url, kit, options, sessions } = await serve((stream) => {
      served += 1
      if (served === 2) stream.close(7)
      else stream.respond({ ':status': 200 }, { endStream: true })
    })
    await kit.send({ url, method: 'POST', options })
    const exchange = await kit.send({ url, method: 'POST', options })

    expect(exchange.response?.status).toBe(200)
    expect([served, sessions()]).toEqual([3, 2])
  })

  test('the words with which a server ends the connection are told', async () => {
    const { url, kit, options } = await serve((stream) => stream.session?.goaway(11, 0, Buffer.from('too many pings')))
    const { error } = await kit.send({ url, options })

    expect(error).toMatchObject({
      kind: 'ConnectionError',
      message: expect.stringMatching(/ended the HTTP\/2 connection \(ENHANCE_YOUR_CALM: too many pings\)\.$/) as string,
    })
  })

  test('a server that takes its leave without an answer is not said to have reset the stream', async () => {
    const { url, kit, options } = await serve(({ session }) => {
      session?.goaway(0)
      // Answered behind the farewell, so that one has arrived.
      session?.ping(() => session.destroy())
    })
    const { error } = await kit.send({ url, options })

    expect(error).toMatchObject({ kind: 'ConnectionError', message: `${new URL(url).host} ended the HTTP/2 connection.` })
  })

  test.each([
    [8, 'CANCEL'],
    [13, 'HTTP_1_1_REQUIRED'],
  ])('a stream that is reset with the code %i is told as %s', async (code, name) => {
    const { url, kit, options } = await serve((stream) => stream.close(code))
    const { error, response } = await kit.send({ url, method: 'POST', options })

    expect(response).toBeNull()
    expect(error).toMatchObject({ kind: 'ConnectionError', message: expect.stringContaining(`(${name})`) as string })
  })

  test('a body that breaks off by a fault of the server keeps what came', async () => {
    const { url, kit, options } = await serve((stream) => {
      stream.respond({ ':status': 200 })
      stream.write('half', () => stream.destroy(new Error('a fault of the server')))
    })
    const { error, response } = await kit.send({ url, options })

    expect(error).toMatchObject({
      kind: 'ChunkedEncodingError',
      message: expect.stringContaining('broke off the body of its reply after 4 bytes (INTERNAL_ERROR)') as string,
    })
    expect(await kit.text(response?.bodyId)).toBe('half')
  })

  test('a head that HTTP/2 cannot have is refused before anything is sent', async () => {
    const { url, kit, options } = await serve((stream) => stream.respond({ ':status': 200 }, { endStream: true }))
    const exchange = await kit.send({ url, options, headers: rows(['Content-Type', 'a/b'], ['Content-Type', 'c/d']) })

    expect(exchange.error).toMatchObject({ kind: 'InvalidHeader', message: expect.stringContaining('content-type') as string })
    expect(exchange.request).toBeNull()
  })
})
