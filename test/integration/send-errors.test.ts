import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Exchange } from '#contract/model/exchange.ts'
import { httpServer } from '../support/http-server.ts'
import { rawServer, replyWith, type RawExchange } from '../support/raw-server.ts'
import { sendKit, type SendKit } from '../support/send-kit.ts'

const nothing = (): undefined => undefined

/** Sends a GET to a server that answers so, and gives back the exchange. */
async function answered(
  reply: (exchange: RawExchange) => void,
  kit?: SendKit,
): Promise<{ exchange: Exchange; port: number; kit: SendKit }> {
  const server = await rawServer(reply)
  const used = kit ?? (await sendKit())
  return { exchange: await used.send({ url: `${server.url}/x` }), port: server.port, kit: used }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // it listens on a port, not a pipe
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('no connection', () => {
  test('a refused connection names host and port', async () => {
    const port = await freePort()
    const exchange = await (await sendKit()).send({ url: `http://127.0.0.1:${port}/` })

    expect(exchange).toMatchObject({ ok: false, request: null, response: null, connection: null })
    expect(exchange.error).toMatchObject({
      kind: 'ConnectionError',
      stage: 'connect',
      message: `127.0.0.1:${port} refused the connection.`,
      hint: expect.stringContaining('server runs') as string,
      details: { code: 'ECONNREFUSED' },
    })
  })

  test('so does one refused on each address of a name', async () => {
    const port = await freePort()
    const exchange = await (await sendKit()).send({ url: `http://localhost:${port}/` })

    expect(exchange.error).toMatchObject({ kind: 'ConnectionError', message: `localhost:${port} refused the connection.` })
  })

  test('an unknown host is named', async () => {
    const exchange = await (await sendKit()).send({ url: 'http://nohost.invalid/' })

    expect(exchange.error?.kind).toBe('ConnectionError')
    expect(exchange.error?.message).toContain('nohost.invalid')
    expect(exchange.error?.message).toMatch(/not found|looked up/)
  })

  test('a server that never speaks TLS runs into the connect timeout', async () => {
    const server = await rawServer(nothing)
    const exchange = await (await sendKit()).send({ url: `https://127.0.0.1:${server.port}/`, options: { timeout: { connect: 0.3 } } })

    expect(exchange.error).toMatchObject({
      kind: 'ConnectTimeout',
      message: `Connect timed out after 0.3 s: 127.0.0.1:${server.port}.`,
      hint: expect.stringContaining('TLS') as string,
    })
  })
})

describe('a reply that is none', () => {
  test('closing without a reply is a ConnectionError', async () => {
    const { exchange, port } = await answered(({ socket }) => void socket.end())

    expect(exchange.error).toMatchObject({ kind: 'ConnectionError', message: `127.0.0.1:${port} closed the connection without a reply.` })
    expect(exchange.request?.head).toContain('GET /x HTTP/1.1')
  })

  test('so is a reset', async () => {
    const { exchange } = await answered(({ socket }) => void socket.resetAndDestroy())

    expect(exchange.error?.kind).toBe('ConnectionError')
  })

  test('what is not HTTP is shown', async () => {
    const { exchange, port } = await answered(({ socket }) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'))

    expect(exchange.error).toMatchObject({
      kind: 'ConnectionError',
      message: `127.0.0.1:${port} answered with something that is not HTTP.`,
      details: { received: 'SSH-2.0-OpenSSH_9.2\r\n', receivedBase64: Buffer.from('SSH-2.0-OpenSSH_9.2\r\n').toString('base64') },
    })
  })

  test('a port that speaks TLS is named as such', async () => {
    const { exchange, port } = await answered(({ socket }) => void socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 10])))

    expect(exchange.error).toMatchObject({
      kind: 'ConnectionError',
      message: `127.0.0.1:${port} answered by an alert of TLS: it does not speak plain HTTP on this port.`,
      hint: 'Ask it by https:// in place of http://.',
    })
  })

  test('a banner that comes before the request is shown too', async () => {
    const server = await rawServer(nothing, (socket) => void socket.write('220 mail.test ESMTP\r\n'))
    const exchange = await (await sendKit()).send({ url: server.url })

    expect(exchange.error).toMatchObject({ kind: 'ConnectionError', details: { received: '220 mail.test ESMTP\r\n' } })
  })

  const malformed: [string, string][] = [['a header without a colon', 'HTTP/1.1 200 OK\r\nNo colon here\r\n\r\n']]
  for (const [name, reply] of malformed) {
    test(`${name} is refused, and the bytes are shown`, async () => {
      const { exchange, port } = await answered(replyWith(reply))

      expect(exchange.error?.kind).toBe('ConnectionError')
      expect(exchange.error?.message).toContain(`127.0.0.1:${port} sent a reply that does not follow HTTP/1.1`)
      expect(exchange.error?.details?.received).toBe(reply)
    })
  }

  test('two lengths of one body are named, and no reader is offered that could tell where it ends', async () => {
    const reply = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'
    const { exchange, port } = await answered(replyWith(reply))

    expect(exchange.error).toMatchObject({
      kind: 'ConnectionError',
      message: `127.0.0.1:${port} says more than one length of the body of its reply: 3, 4.`,
      details: { received: reply },
    })
    expect(exchange.error?.hint).not.toContain('Lenient')
    expect(exchange.error?.details?.mayBeLenient).toBeUndefined()
  })

  test('a 101 that nobody asked for is called that, and the bytes are shown', async () => {
    const reply = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'

    const { exchange, port } = await answered(replyWith(reply))

    expect(exchange.error).toMatchObject({
      kind: 'ConnectionError',
      message: `127.0.0.1:${port} answered 101 Switching Protocols, though it was asked for no other protocol.`,
      hint: expect.stringContaining('WebSocket'),
      details: { received: reply },
    })
    expect(exchange.error?.hint).not.toContain('Lenient')
  })

  test('a head cut off is told from no reply at all', async () => {
    const { exchange } = await answered(({ socket }) => void socket.end('HTTP/1.1 200 OK\r\nX-A: 1\r\n'))

    expect(exchange.error?.message).toContain('in the middle of the head')
    expect(exchange.error?.details?.received).toBe('HTTP/1.1 200 OK\r\nX-A: 1\r\n')
  })

  test('a head without end is too large', async () => {
    const { exchange } = await answered(({ socket, received }) => {
      if (received.includes('\r\n\r\n')) socket.write(`HTTP/1.1 200 OK\r\n${`X-Bomb: ${'x'.repeat(10_000)}\r\n`.repeat(200)}`)
    })

    expect(exchange.error?.kind).toBe('TooLarge')
    expect(exchange.error?.details?.receivedBytes).toBe(65_536)
  })

  test('a large head that ends is taken', async () => {
    const { exchange } = await answered(replyWith(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(500_000)}\r\nContent-Length: 0\r\n\r\n`))

    expect(exchange.error).toBeNull()
    expect(exchange.response?.headers[0]?.[1].length).toBe(500_000)
  })
})

describe('a body that breaks off', () => {
  test('short of its Content-Length keeps what came', async () => {
    const { exchange, port, kit } = await answered(replyWith('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', { close: true }))

    expect(exchange.error).toMatchObject({
      kind: 'ChunkedEncodingError',
      message: `127.0.0.1:${port} broke off the body of its reply after 3 of 10 bytes.`,
    })
    expect(exchange.response).toMatchObject({ status: 200, wireBytes: 3, bodyBytes: 3 })
    expect(await kit.text(exchange.response?.bodyId)).toBe('abc')
  })

  test('in the middle of a chunk keeps what came', async () => {
    const { exchange, kit } = await answered(
      replyWith('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n9\r\ndef', { close: true }),
    )

    expect(exchange.error?.kind).toBe('ChunkedEncodingError')
    expect(await kit.text(exchange.response?.bodyId)).toBe('abcdef')
  })

  test('with a chunk size that is none keeps what came', async () => {
    const { exchange, kit } = await answered(replyWith('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\ndef'))

    expect(exchange.error?.kind).toBe('ChunkedEncodingError')
    expect(exchange.error?.message).toContain('framed wrongly after 3 bytes')
    expect(await kit.text(exchange.response?.bodyId)).toBe('abc')
  })

  test('by a reset is told as such', async () => {
    const { exchange } = await answered(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', () => setImmediate(() => socket.resetAndDestroy()))
    })

    expect(exchange.error?.kind).toMatch(/ChunkedEncodingError|ConnectionError/)
  })
})

describe('time', () => {
  test('no answer within the read timeout', async () => {
    const server = await rawServer(nothing)
    const exchange = await (await sendKit()).send({ url: server.url, options: { timeout: { read: 0.2 } } })

    expect(exchange.error).toMatchObject({ kind: 'ReadTimeout', message: `127.0.0.1:${server.port} did not answer within 0.2 s.` })
    expect(exchange.request).not.toBeNull()
  })

  test('silence in the middle of the body keeps what came', async () => {
    const server = await rawServer(replyWith('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'))
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url, options: { timeout: { read: 0.2 } } })

    expect(exchange.error).toMatchObject({
      kind: 'ReadTimeout',
      message: `127.0.0.1:${server.port} sent nothing for 0.2 s, after 3 bytes of the body.`,
    })
    expect(await kit.text(exchange.response?.bodyId)).toBe('abc')
  })

  test.each([false, true])('a head that comes slowly is no silence, lenient: %s', async (lenient) => {
    const server = await rawServer(({ socket, received }) => {
      if (!received.includes('\r\n\r\n')) return
      const head = [...'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n']
      const drip = setInterval(() => (head.length > 0 ? void socket.write(head.shift() ?? '') : clearInterval(drip)), 20)
      socket.on('close', () => clearInterval(drip))
    })
    const exchange = await (await sendKit()).send({ url: server.url, options: { lenient, timeout: { read: 0.4 } } })

    expect(exchange.error).toBeNull()
  })

  test('an address where nothing answers', async () => {
    const listen =
      "const s = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port))"
    const child = spawn(process.execPath, ['-e', listen])
    onTestFinished(() => void child.kill('SIGKILL'))
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const port = Number(line.toString())
    // Stopped, it accepts no more than its queue holds; what comes then is dropped.
    child.kill('SIGSTOP')
    const queue = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
    onTestFinished(() => queue.forEach((socket) => socket.destroy()))
    await Promise.any(queue.map((socket) => once(socket, 'connect')))
    const exchange = await (await sendKit()).send({ url: `http://127.0.0.1:${port}/`, options: { timeout: { connect: 0.3 } } })

    expect(exchange.error).toMatchObject({
      kind: 'ConnectTimeout',
      message: `Connect timed out after 0.3 s: 127.0.0.1:${port}.`,
      hint: expect.stringMatching(/^Nothing answered at that address.*raise the connect timeout in Options\.$/) as string,
      details: { phase: 'tcp', option: 'timeout.connect', origin: { layer: 'request' } },
    })
  })

  test('an upload that is not taken', async () => {
    const server = await rawServer(nothing, (socket) => void socket.pause())
    const exchange = await (
      await sendKit()
    ).send({
      url: server.url,
      method: 'POST',
      body: { kind: 'text', text: 'x'.repeat(32 * 1024 * 1024) },
      options: { timeout: { read: 0.3 } },
    })

    expect(exchange.error?.kind).toBe('ReadTimeout')
    expect(exchange.error?.message).toContain('took nothing of the body for 0.3 s')
  })

  test('the total timeout ends a body that drips for ever', async () => {
    const server = await httpServer((_request, response) => {
      response.write('drop')
      const drip = setInterval(() => response.write('drop'), 20)
      response.on('close', () => clearInterval(drip))
    })
    const kit = await sendKit()
    const exchange = await kit.send({ url: server.url, options: { timeout: { read: 5, total: 0.4 } } })

    expect(exchange.error).toMatchObject({
      kind: 'TotalTimeout',
      message: `The exchange with 127.0.0.1:${server.port} was not over after 0.4 s.`,
      hint: expect.stringMatching(
        /^What had come until then is kept\. \d+ bytes of the body had come\. To wait longer, raise the total timeout in Options\.$/,
      ),
    })
    expect(await kit.text(exchange.response?.bodyId)).toContain('dropdrop')
  })

  test('the total timeout counts over redirects', async () => {
    const server = await httpServer((_request, response) => {
      setTimeout(() => response.writeHead(302, { Location: '/again' }).end(), 50)
    })
    const exchange = await (await sendKit()).send({ url: server.url, options: { timeout: { total: 0.4 } } })

    expect(exchange.error?.kind).toBe('TotalTimeout')
    expect(exchange.history.length).toBeGreaterThan(1)
  })
})
