/**
 * Replies that break the rules of HTTP/1.1 (table B12 of the parity notes), by each reader. The strict one refuses what
 * two readers could understand differently and shows the bytes; the lenient one takes what Python requests takes.
 */
import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Exchange } from '#contract/model/exchange.ts'
import { rawServer, replyWith } from '../support/raw-server.ts'
import { sendKit, type SendKit } from '../support/send-kit.ts'

/** Status and body, or the kind of the error. */
type Outcome = readonly [status: number, body: string] | string

interface Case {
  readonly name: string
  readonly reply: string
  /** Whether the server closes after it. */
  readonly ends?: boolean
  readonly strict: Outcome
  readonly lenient: Outcome
}

const OK = 'HTTP/1.1 200 OK\r\n'
const CASES: readonly Case[] = [
  { name: 'no length, to the end', reply: `${OK}\r\nto the end`, ends: true, strict: [200, 'to the end'], lenient: [200, 'to the end'] },
  { name: 'HTTP/1.0', reply: 'HTTP/1.0 200 OK\r\n\r\nold', ends: true, strict: [200, 'old'], lenient: [200, 'old'] },
  {
    name: 'chunks and a length',
    reply: `${OK}Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  {
    name: 'two equal lengths',
    reply: `${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  {
    name: 'two equal lengths in one line',
    reply: `${OK}content-length: 2, 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  {
    name: 'two different lengths in one line',
    reply: `${OK}Content-Length: 2, 4\r\n\r\nokok`,
    strict: 'ConnectionError',
    lenient: 'ConnectionError',
  },
  {
    name: 'the coding identity beside a length',
    reply: `${OK}Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  { name: 'a status below 100', reply: 'HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\nok', strict: 'ConnectionError', lenient: [99, 'ok'] },
  {
    name: 'two different lengths',
    reply: `${OK}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
    strict: 'ConnectionError',
    lenient: 'ConnectionError',
  },
  {
    name: 'a 100 that nobody asked for',
    reply: `HTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  {
    name: 'early hints',
    reply: `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  {
    name: 'a 101 that nobody asked for',
    reply: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    strict: 'ConnectionError',
    lenient: 'ConnectionError',
  },
  {
    name: 'a 101 that says nothing of a connection',
    reply: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n',
    strict: 'ConnectionError',
    lenient: [101, ''],
  },
  {
    name: '204 with a length',
    reply: 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n',
    strict: [204, ''],
    lenient: [204, ''],
  },
  {
    name: 'a folded header',
    reply: `${OK}X-A: 1\r\n 2\r\nContent-Length: 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  { name: 'lines that end in LF', reply: 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', strict: 'ConnectionError', lenient: [200, 'ok'] },
  {
    name: 'a space before the colon',
    reply: `${OK}X-A : 1\r\nContent-Length: 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  {
    name: 'a space before the colon of the length',
    reply: `${OK}Content-Length : 2\r\n\r\nok`,
    strict: 'ConnectionError',
    lenient: [200, 'ok'],
  },
  { name: 'a line without a colon', reply: `${OK}nothing\r\n\r\n`, strict: 'ConnectionError', lenient: 'ConnectionError' },
  {
    name: 'two hundred headers',
    reply: `${OK}${Array.from({ length: 200 }, (_, index) => `X-${index}: 1\r\n`).join('')}Content-Length: 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  {
    name: 'a header line of 100 kB',
    reply: `${OK}X: ${'x'.repeat(100_000)}\r\nContent-Length: 2\r\n\r\nok`,
    strict: [200, 'ok'],
    lenient: [200, 'ok'],
  },
  {
    name: 'a head of more than 1 MiB',
    reply: `${OK}${`X: ${'x'.repeat(10_000)}\r\n`.repeat(110)}\r\n`,
    strict: 'TooLarge',
    lenient: 'TooLarge',
  },
  { name: 'a version of another protocol', reply: 'HTTP/2 200\r\n\r\n', strict: 'ConnectionError', lenient: 'ConnectionError' },
  { name: 'garbage', reply: 'hello\r\n', strict: 'ConnectionError', lenient: 'ConnectionError' },
  {
    name: 'a length that is not reached',
    reply: `${OK}Content-Length: 10\r\n\r\nabc`,
    ends: true,
    strict: 'ChunkedEncodingError',
    lenient: 'ChunkedEncodingError',
  },
  {
    name: 'chunks that break off',
    reply: `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nabc`,
    ends: true,
    strict: 'ChunkedEncodingError',
    lenient: 'ChunkedEncodingError',
  },
  {
    name: 'a chunk size that is none',
    reply: `${OK}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n`,
    strict: 'ChunkedEncodingError',
    lenient: 'ChunkedEncodingError',
  },
]

async function send(reply: string, ends: boolean, lenient: boolean): Promise<{ exchange: Exchange; body: string }> {
  const server = await rawServer(({ socket, received }) => {
    if (!received.includes('\r\n\r\n')) return
    if (ends) socket.end(reply)
    else socket.write(reply)
  })
  const kit = await sendKit()
  const exchange = await kit.send({ url: server.url, options: { lenient } })
  return { exchange, body: await kit.text(exchange.response?.bodyId) }
}

describe.each([
  ['strict', false],
  ['lenient', true],
] as const)('the %s reader', (reader, lenient) => {
  test.each(CASES)('$name', async (one) => {
    const { exchange, body } = await send(one.reply, one.ends === true, lenient)

    const expected = one[reader]
    if (typeof expected !== 'string') {
      expect(exchange.error).toBeNull()
      expect([exchange.response?.status, body]).toEqual(expected)
      return
    }
    expect(exchange.error?.kind).toBe(expected)
    if (expected === 'ConnectionError') expect(exchange.error?.details?.received).toBe(one.reply)
  })

  test.each([
    ['at once', 4],
    ['in many pieces', 4_000_000],
  ])('takes a body for whole that comes %s and has still to be decoded when the connection closes', async (_how, size) => {
    const coded = gzipSync(randomBytes(size))
    const head = Buffer.from(`${OK}Content-Encoding: gzip\r\nContent-Length: ${coded.length}\r\n\r\n`)
    const server = await rawServer(replyWith(Buffer.concat([head, coded]), { close: true }))
    const exchange = await (await sendKit()).send({ url: server.url, options: { lenient } })

    expect(exchange.error).toBeNull()
    expect(exchange.response?.bodyBytes).toBe(size)
  })

  test.each([
    ['the length', (bytes: number) => `Content-Length: ${bytes}\r\n`],
    ['the end of the connection', () => ''],
  ])('waits for the rest of a body in gzip whose end %s tells', async (_what, framing) => {
    const coded = gzipSync(randomBytes(100_000))
    const start = coded.subarray(0, 50_000)
    const server = await rawServer(
      replyWith(Buffer.concat([Buffer.from(`${OK}Content-Encoding: gzip\r\n${framing(coded.length)}\r\n`), start])),
    )
    const kit = await sendKit()
    const sent = kit.send({ url: server.url, options: { lenient } })
    // All of the start is decoded before the rest comes.
    await expect.poll(async () => (await arrived(kit)).length).toBeGreaterThan(49_000)
    server.sockets[0]?.end(coded.subarray(start.length))
    const exchange = await sent

    expect(exchange.error).toBeNull()
    expect(exchange.response?.bodyBytes).toBe(100_000)
  })

  test('undoes a coding of the transfer, too', async () => {
    const coded = gzipSync('packed for the way')
    const head = Buffer.from(`${OK}Transfer-Encoding: gzip, chunked\r\n\r\n${coded.length.toString(16)}\r\n`)
    const server = await rawServer(replyWith(Buffer.concat([head, coded, Buffer.from('\r\n0\r\n\r\n')])))
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url, options: { lenient } })

    expect(exchange.warnings).toEqual([])
    expect(await kit.text(exchange.response?.bodyId)).toBe('packed for the way')
  })

  test('says what it mended, and shows the header lines as they came', async () => {
    const reply = `${OK}X-A: 1\r\n\t2\r\nX-B : b\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok`
    const { exchange } = await send(reply, false, lenient)

    expect(exchange.warnings).toEqual([
      expect.stringContaining('folded'),
      expect.stringContaining('space before its colon'),
      expect.stringContaining('Content-Length more than once'),
    ])
    expect(exchange.response?.headers).toEqual([
      ['X-A', '1 2'],
      ['X-B', 'b'],
      ['Content-Length', '2'],
      ['Content-Length', '2'],
    ])
  })

  test.each([
    ['Content-Length: 2\r\n\r\nokokay', 'GET', 'ok', /sent 4 bytes more than the 2 that its Content-Length says; they were left out/],
    ['Connection: close\r\nContent-Length: 2\r\n\r\nokokay', 'GET', 'ok', /sent 4 bytes more than the 2/],
    ['Content-Length: 0\r\n\r\nok', 'GET', '', /sent 2 bytes more than the 0/],
    ['Content-Length: 2\r\n\r\nok', 'HEAD', '', /sent 2 bytes after an answer that has no body/],
    [`Content-Length: 2\r\n\r\nok${OK}Content-Length: 2\r\n\r\nno`, 'GET', 'ok', /sent 40 bytes more than the 2/],
    ['Content-Length: 2\r\n\r\nok', 'GET', 'ok', null],
    ['Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', 'GET', 'ok', null],
    [
      'Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nmore',
      'GET',
      'ok',
      /sent 4 bytes after the last chunk of its answer; they were left out/,
    ],
    ['Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX-Sum: 1\r\n\r\nmore', 'GET', 'ok', /sent 4 bytes after the last chunk/],
    ['Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nmore', 'GET', '', /sent 4 bytes after the last chunk/],
    ['Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'GET', '', null],
    ['Transfer-Encoding: chunked\r\n\r\nno', 'HEAD', '', /sent 2 bytes after an answer that has no body/],
    ['Connection: close\r\n\r\nto the end', 'GET', 'to the end', null],
  ])('says what came beyond the end of an answer: %j to %s', async (rest, method, body, warning) => {
    const ends = rest.startsWith('Connection')
    const server = await rawServer(({ socket, received }) => {
      if (!received.toString('latin1').endsWith('\r\n\r\n')) return
      socket[ends ? 'end' : 'write'](`HTTP/1.1 103 Early Hints\r\n\r\n${OK}${rest}`)
    })
    const kit = await sendKit()

    const exchange = await kit.send({ url: server.url, method, options: { lenient } })

    expect([exchange.error, await kit.text(exchange.response?.bodyId)]).toEqual([null, body])
    expect(exchange.warnings).toEqual(warning === null ? [] : [expect.stringMatching(warning)])
  })

  test('does not use a connection again on which a length stood beside chunks', async () => {
    const server = await rawServer(({ socket, received }) => {
      if (received.toString('latin1').endsWith('\r\n\r\n')) {
        socket.write(`${OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`)
      }
    })
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url, options: { lenient } })
    await kit.send({ url: server.url, options: { lenient } })

    expect(exchange.warnings.join()).toContain('both a Content-Length and chunks')
    expect(exchange.response?.headers[0]).toEqual(['Content-Length', '3'])
    expect(server.sockets).toHaveLength(2)
  })

  test('keeps a 100 that nobody asked for among the interim responses', async () => {
    const { exchange } = await send(`HTTP/1.1 100 Continue\r\nX-A: 1\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`, false, lenient)

    expect(exchange.response?.informational).toMatchObject([{ status: 100, headers: [['X-A', '1']] }])
  })

  test('keeps trailers and interim responses', async () => {
    const reply = `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: é1\r\n\r\n`
    const { exchange } = await send(reply, false, lenient)

    expect(exchange.response?.informational).toMatchObject([{ status: 103, headers: [['Link', '</a>']] }])
    expect(exchange.response?.trailers).toEqual([['X-Sum', 'é1']])
  })

  test('goes on over the same connection', async () => {
    const server = await rawServer(({ socket, received }) => {
      if (received.toString('latin1').endsWith('\r\n\r\n')) socket.write(`${OK}Content-Length: 2\r\n\r\nok`)
    })
    const kit = await sendKit()
    for (let count = 0; count < 3; count += 1) {
      const exchange = await kit.send({ url: server.url, options: { lenient } })
      expect(exchange.timings.reusedConnection).toBe(count > 0)
    }

    expect(server.sockets).toHaveLength(1)
  })
})

/** What has come of the body of the answer, decoded. */
async function arrived({ bodies, steps }: SendKit): Promise<Buffer> {
  const head = steps.find((step) => step.kind === 'responseHead')
  return head ? bodies.read(head.arrivingId, 0, 1 << 20) : Buffer.alloc(0)
}

test('a status that HTTP does not have is named', async () => {
  const { exchange } = await send('HTTP/1.1 007 Odd\r\nContent-Length: 0\r\n\r\n', false, false)

  expect(exchange.error?.message).toContain('answered with the status 007')
})

test.each([
  ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n', 'answered 101 Switching Protocols, though'],
  ['HTTP/2.0 101 Switching Protocols\r\n\r\n', 'answered 101 Switching Protocols, though'],
  ['HTTP/0.9 000 Nothing\r\nX: y\r\n\r\n', 'answered with the status 000'],
])('what undici only asserts of a reply is said in words of ours: %j', async (reply, words) => {
  const { exchange } = await send(reply, false, false)

  expect(exchange.error?.message).toContain(words)
})

test('the reader that refused names the other one', async () => {
  const { exchange } = await send('HTTP/1.1 200 OK\nContent-Length: 2\n\nok', false, false)

  expect(exchange.error?.hint).toContain('Lenient')
  expect(exchange.error?.details?.mayBeLenient).toBe(true)
})
