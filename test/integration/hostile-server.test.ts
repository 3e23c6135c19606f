// Servers that mean harm, or die at the worst moment: each ends in an error that says what happened, with what had come
// kept, and takes no more memory or time than it is given.
import { stat, writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PreparedRequest } from '#core/prepare/prepared-request.ts'
import { httpServer } from '../support/http-server.ts'
import { rawServer, type RawExchange } from '../support/raw-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'

const MIB = 1024 * 1024

function withConnections(request: PreparedRequest, maxConnections: number): PreparedRequest {
  return { ...request, policy: { ...request.policy, pool: { ...request.policy.pool, maxConnections } } }
}

/** Writes a piece again and again, for as long as it is taken. */
function endlessly(head: string, piece: string): (exchange: RawExchange) => void {
  return ({ socket, received }) => {
    if (!received.includes('\r\n\r\n')) return
    socket.write(head)
    const batch = piece.repeat(Math.ceil(16_384 / piece.length))
    const write = (): void => {
      while (!socket.destroyed && socket.write(batch));
    }
    socket.on('drain', write)
    write()
  }
}

describe('a reply without end', () => {
  test.each<[of: string, head: string, piece: string, kind: string, lenientKind?: string]>([
    ['of header lines', 'HTTP/1.1 200 OK\r\n', 'a: b\r\n', 'TooLarge'],
    ['of one header line', 'HTTP/1.1 200 OK\r\nA: ', 'x', 'TooLarge'],
    ['of a status line', 'HTTP/1.1 200 ', 'x', 'TooLarge'],
    ['of interim responses', '', 'HTTP/1.1 102 Processing\r\n\r\n', 'TooLarge'],
    ['of interim responses with headers', '', 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n', 'TooLarge'],
    ['of trailers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n', 'a: b\r\n', 'TooLarge'],
    ['of a chunk’s extension', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'x', 'TooLarge', 'ChunkedEncodingError'],
  ])('%s is refused at a bound', async (_of, head, piece, kind, lenientKind = kind) => {
    const server = await rawServer(endlessly(head, piece))
    for (const [lenient, expected] of [
      [false, kind],
      [true, lenientKind],
    ] as const) {
      const { error } = await (await sendKit()).send({ url: server.url, options: { lenient, timeout: { read: null } } })

      expect([lenient, error?.kind]).toEqual([lenient, expected])
      expect(error?.message).toContain(`127.0.0.1:${server.port}`)
    }
  })
})

describe('a redirect that leads out of HTTP', () => {
  test.each([
    'file:///etc/passwd',
    'javascript:alert(document.domain)',
    'data:text/html,<script>alert(1)</script>',
    'blob:http://127.0.0.1/x',
    'app://posthaste/',
    'ws://127.0.0.1:9/',
  ])('to %s is not followed: the address is named, the answer kept', async (location) => {
    const server = await httpServer((_request, response) => response.writeHead(302, { Location: location }).end('see there'))
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url })

    expect(exchange.error).toMatchObject({ kind: 'InvalidSchema', message: expect.stringContaining(location.slice(0, 20)) })
    expect([exchange.response?.status, exchange.history.length]).toEqual([302, 0])
    expect(await kit.text(exchange.response?.bodyId)).toBe('see there')
    expect(server.requests).toHaveLength(1)
  })
})

describe('a server that dies', () => {
  test.each([
    ['at once', (socket: Socket) => socket.destroy()],
    ['by a reset', (socket: Socket) => socket.resetAndDestroy()],
    ['half-way through its own hello', (socket: Socket) => socket.end(Buffer.from('16030300', 'hex'))],
    ['with an alert', (socket: Socket) => socket.end(Buffer.from('15030300020228', 'hex'))],
  ])('in the middle of the handshake of TLS, %s', async (_how, die) => {
    const server = await rawServer(({ socket }) => die(socket))
    const { error, response } = await (await sendKit()).send({ url: `https://127.0.0.1:${server.port}/` })

    expect(error?.kind).toMatch(/^(?:SSLError|ConnectionError)$/)
    expect(error?.message).toContain(`127.0.0.1:${server.port}`)
    expect(error?.hint).toBeTruthy()
    expect(response).toBeNull()
  })

  test.each([
    ['closes', (socket: Socket) => socket.destroy()],
    ['resets', (socket: Socket) => socket.resetAndDestroy()],
  ])('in the middle of an upload: it %s, the file stays, and the next send goes through', async (_how, die) => {
    const file = join(await tempDir(), 'large.bin')
    await writeFile(file, Buffer.alloc(32 * MIB, 7))
    let asked = 0
    const server = await rawServer(({ socket, received, connection }) => {
      if (connection === 0 && received.length > MIB) return void die(socket)
      if (connection === 0 || !received.includes('\r\n\r\n') || (asked += 1) > 1) return
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
    const kit = await sendKit()
    const dead = await kit.send({ method: 'POST', url: server.url, body: { kind: 'file', path: file, contentType: '' } })
    const alive = await kit.send({ url: server.url })

    expect(dead.error).toMatchObject({
      kind: 'ConnectionError',
      message: expect.stringMatching(
        new RegExp(
          `^127\\.0\\.0\\.1:${server.port} closed the connection after \\d+\\.\\d of 32\\.0 MiB of the body that was being sent\\.$`,
        ),
      ),
      hint: expect.stringContaining('take no body as large as this'),
    })
    expect(dead.request?.bodyBytes).toBeGreaterThan(0)
    expect((await stat(file)).size).toBe(32 * MIB)
    expect(await kit.text(alive.response?.bodyId)).toBe('ok')
  })
})

test('500 requests at once are all answered, each with its own answer', async () => {
  const server = await httpServer((request, response) => setImmediate(() => response.end(request.url)))
  const kit = await sendKit()
  const exchanges = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      kit.send({ url: `${server.url}/${index}` }, { change: (request) => withConnections(request, 500) }),
    ),
  )
  const texts = await Promise.all(exchanges.map(({ response }) => kit.text(response?.bodyId)))

  expect(texts).toEqual(Array.from({ length: 500 }, (_, index) => `/${index}`))
  expect(exchanges.filter(({ ok }) => !ok)).toEqual([])
  expect(server.connections()).toBeGreaterThan(10)
})
