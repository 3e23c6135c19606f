/** WebSockets over real connections: the handshake as it was previewed, messages both ways, closing, and every way to fail. */
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { SocketEvent, SocketMessage } from '#contract/model/websocket.ts'
import { runCli } from '../support/cli.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import type { TlsFiles } from '../support/http-server.ts'
import { proxyServer } from '../support/proxy-server.ts'
import { rawServer } from '../support/raw-server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { makeAuthority } from '../support/tls.ts'

interface SocketServer {
  readonly port: number
  readonly asked: IncomingMessage[]
}

interface ServerOptions {
  readonly tls?: TlsFiles
  readonly onOpen?: (socket: WebSocket) => void
  readonly isCompressed?: boolean
  readonly answer?: (request: IncomingMessage) => string | null
}

/** Echoes every message; `answer` may refuse the handshake with the text of a whole reply. */
async function socketServer({ tls, onOpen = echo, isCompressed = false, answer = () => null }: ServerOptions = {}): Promise<SocketServer> {
  const asked: IncomingMessage[] = []
  const server = tls ? createTlsServer(tls) : createServer()
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: isCompressed && { threshold: 0 },
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  })
  sockets.on('connection', onOpen)
  sockets.on('headers', (headers) => headers.push('Set-Cookie: seen=1; Path=/'))
  server.on('upgrade', (request, socket, head) => {
    asked.push(request)
    const refusal = answer(request)
    // It must be read to notice that the client has gone.
    if (refusal !== null) socket.end(refusal).resume()
    else sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const client of sockets.clients) client.terminate()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, asked } // it listens on a port, not a pipe
}

function echo(socket: WebSocket): void {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
}

interface Connected {
  readonly exchangeId: string
  readonly steps: ExchangeStep[]
  /** What went to and fro until now. */
  readonly log: () => Promise<SocketEvent[]>
  readonly until: (condition: () => boolean) => Promise<void>
  readonly done: Promise<Exchange>
  readonly send: (type: SocketMessage['type'], data: string) => Promise<unknown>
  readonly close: (code?: number, reason?: string) => Promise<unknown>
}

const SEED = 'seed-of-a-test'

function socketRequest(url: string, changes: Partial<RequestDocument> = {}): RequestDocument {
  return { ...emptyRequest(), url, body: { kind: 'websocket', messages: [] }, ...changes }
}

async function connect(kit: CoreKit, document: RequestDocument, context?: object): Promise<Connected> {
  const steps: ExchangeStep[] = []
  const waiting = new Set<() => void>()
  const { promise: done, resolve } = Promise.withResolvers<Exchange>()
  kit.core.on((event) => {
    if (event.name !== 'exchange.progressed') return
    const { step } = event.payload
    steps.push(step)
    if (step.kind === 'done') resolve(step.exchange)
    for (const check of waiting) check()
  })
  const subject = { document, nodeId: null, seed: SEED, ...(context && { context }) }
  const { exchangeId } = (await kit.call('exchange.send', { ...subject, draftId: null })) as { exchangeId: string }
  return {
    exchangeId,
    steps,
    log: async () => {
      const head = steps.find((step) => step.kind === 'responseHead')
      return head ? eventsOf(kit, head.arrivingId) : []
    },
    until: (condition) =>
      new Promise((met) => {
        const check = (): void => {
          if (!condition()) return
          waiting.delete(check)
          met()
        }
        waiting.add(check)
        check()
      }),
    done,
    send: (type, data) => kit.call('socket.send', { ...subject, exchangeId, type, data }),
    close: (code, reason) =>
      kit.call('socket.close', { exchangeId, ...(code !== undefined && { code }), ...(reason !== undefined && { reason }) }),
  }
}

const isOpen =
  ({ steps }: Connected) =>
  (): boolean =>
    steps.some(({ kind }) => kind === 'opened')

async function eventsOf(kit: CoreKit, id: unknown): Promise<SocketEvent[]> {
  const { viewId } = (await kit.call('records.open', { bodyId: id, kind: 'lines' })) as { viewId: string }
  const { total } = (await kit.call('records.status', { viewId })) as { total: number }
  const { rows } = (await kit.call('records.rows', { viewId, from: 0, count: Math.max(1, total) })) as { rows: { number: number }[] }
  return Promise.all(
    rows.map(async ({ number }) => {
      const { text } = (await kit.call('records.read', { viewId, number })) as { text: string }
      return JSON.parse(text) as SocketEvent
    }),
  )
}

const logOf = (kit: CoreKit, { response }: Exchange): Promise<SocketEvent[]> => eventsOf(kit, response?.bodyId)

describe('a WebSocket', () => {
  test('is opened as previewed, carries text and binary both ways, and is closed', async () => {
    const server = await socketServer()
    const kit = await coreKit()
    const document = socketRequest(`ws://127.0.0.1:${server.port}/chat?room=1`, {
      method: 'POST',
      headers: [{ name: 'X-Mine', value: '1', enabled: true }],
      cookies: [{ name: 'a', value: 'b', enabled: true }],
      auth: { kind: 'bearer', token: 'abc' },
    })
    const preview = (await kit.call('request.prepare', { document, nodeId: null, seed: SEED })) as {
      headers: { name: string; value: string }[]
      url: string
    }
    const socket = await connect(kit, document)
    await socket.until(isOpen(socket))
    await socket.send('text', 'Grüße')
    await socket.send('json', '{"a":1}')
    await socket.send('binary', Buffer.from([0, 255, 7]).toString('base64'))
    await vi.waitFor(async () => expect((await socket.log()).filter(({ from }) => from === 'server')).toHaveLength(3))
    await socket.close(1000, 'bye')
    const exchange = await socket.done

    expect(exchange).toMatchObject({ ok: true, error: null, response: { status: 101, reason: 'Switching Protocols' } })
    expect(exchange.request?.url).toBe(`ws://127.0.0.1:${server.port}/chat?room=1`)
    expect(exchange.request?.headers).toEqual(preview.headers.map(({ name, value }) => [name, value]))
    expect(preview.url).toBe(exchange.request?.url)
    expect(server.asked[0]).toMatchObject({
      method: 'GET',
      url: '/chat?room=1',
      headers: { 'x-mine': '1', cookie: 'a=b', authorization: 'Bearer abc', 'sec-websocket-version': '13' },
    })
    const plain = ({ from, type, data }: SocketEvent): string => `${from} ${type} ${data}`
    const log = await logOf(kit, exchange)
    expect(log.map(plain)).toEqual([
      'client text Grüße',
      expect.any(String),
      expect.any(String),
      expect.any(String),
      expect.any(String),
      expect.any(String),
      'client close bye',
      'server close bye',
    ])
    expect(log.map(plain).toSorted()).toEqual(
      [
        'client text Grüße',
        'server text Grüße',
        'client text {"a":1}',
        'server text {"a":1}',
        'client binary AP8H',
        'server binary AP8H',
        'client close bye',
        'server close bye',
      ].toSorted(),
    )
    expect(log.at(-1)).toMatchObject({ code: 1000 })
    expect(exchange.response?.cookies).toMatchObject([{ name: 'seen', value: '1' }])
  })

  test('fills in the variables of a message when it is sent, and refuses one without a value', async () => {
    const server = await socketServer()
    const kit = await coreKit()
    const variables = [{ name: 'who', value: 'Ada', enabled: true }]
    const socket = await connect(kit, socketRequest(`ws://127.0.0.1:${server.port}/`, { variables }))
    await socket.until(isOpen(socket))
    await socket.send('text', 'Hello {{who}}')
    await expect(socket.send('text', '{{nobody}}')).rejects.toThrow(/UndefinedVariable/)
    await expect(socket.send('binary', 'not base64!')).rejects.toThrow(/InvalidBody/)
    await vi.waitFor(async () => expect(await socket.log()).toContainEqual(expect.objectContaining({ from: 'server', data: 'Hello Ada' })))
    await socket.close()
    await socket.done
    await expect(socket.send('text', 'late')).rejects.toThrow(/Unavailable/)
  })

  test('keeps the value of a secret variable out of its log', async () => {
    const server = await socketServer({ onOpen: (socket) => socket.on('message', () => socket.close(1000)) })
    const kit = await coreKit()
    const collection = (await kit.call('collection.create', { name: 'Mine' })) as { id: string }
    const variables = [{ name: 'token', value: '', enabled: true, secret: true }]
    const place = { collectionId: collection.id, origin: { layer: 'collection', id: collection.id, name: 'Mine' } }
    const parent = { collectionId: collection.id, folderId: null }
    const { defaults, revision } = (await kit.call('defaults.read', { parent })) as { defaults: object; revision: string | null }
    await kit.call('defaults.save', { parent, defaults: { ...defaults, variables }, revision })
    await kit.call('secret.set', { ...place, name: 'token', value: 's3cret-value' })
    const context = { collectionId: collection.id, environment: null, session: null }
    const document = socketRequest(`ws://127.0.0.1:${server.port}/`)
    const socket = await connect(kit, document, context)
    await socket.until(isOpen(socket))
    await socket.send('text', 'auth {{token}}')
    const [sent] = await logOf(kit, await socket.done)
    expect(sent).toMatchObject({ from: 'client', bytes: 'auth s3cret-value'.length })
    expect(sent?.data).toMatch(/^auth /)
    expect(sent?.data).not.toContain('s3cret')
  })

  test('goes over TLS and through a proxy, compressed, with the subprotocol that the server chose', async () => {
    const authority = await makeAuthority()
    const server = await socketServer({ tls: await authority.issue('IP:127.0.0.1'), isCompressed: true })
    const proxy = await proxyServer()
    const kit = await coreKit()
    const socket = await connect(
      kit,
      socketRequest(`wss://127.0.0.1:${server.port}/`, {
        headers: [{ name: 'Sec-WebSocket-Protocol', value: 'v1, v2', enabled: true }],
        options: { verify: authority.caPath, proxies: { all: proxy.url }, http2: true },
      }),
    )
    await socket.until(isOpen(socket))
    const text = 'again and '.repeat(10_000)
    await socket.send('text', text)
    await vi.waitFor(async () => expect(await socket.log()).toContainEqual(expect.objectContaining({ from: 'server', type: 'text' })))
    await socket.close()
    const exchange = await socket.done

    expect(socket.steps.find(({ kind }) => kind === 'opened')).toEqual({ kind: 'opened', protocol: 'v2', isCompressed: true })
    expect(proxy.asked[0]?.line).toMatch(/^CONNECT /)
    const log = await logOf(kit, exchange)
    expect(log.filter(({ type }) => type === 'text').map(({ data }) => data === text)).toEqual([true, true])
    expect(exchange.connection?.tls?.authorized).toBe(true)
  })

  test('shows what the server closes with, and its pings', async () => {
    const server = await socketServer({
      onOpen: (socket) => {
        socket.ping('are you there')
        socket.once('pong', () => socket.close(4001, 'go away'))
      },
    })
    const kit = await coreKit()
    const socket = await connect(kit, socketRequest(`ws://127.0.0.1:${server.port}/`))
    const exchange = await socket.done
    expect(exchange.ok).toBe(true)
    expect(await logOf(kit, exchange)).toMatchObject([
      { from: 'server', type: 'ping', data: Buffer.from('are you there').toString('base64') },
      { from: 'server', type: 'close', code: 4001, data: 'go away' },
    ])
  })

  test('keeps what came where the connection breaks off', async () => {
    const server = await socketServer({
      onOpen: (socket) => socket.send('first', () => socket.terminate()),
    })
    const kit = await coreKit()
    const socket = await connect(kit, socketRequest(`ws://127.0.0.1:${server.port}/`))
    const exchange = await socket.done
    expect(exchange).toMatchObject({ ok: false, error: { kind: 'ConnectionError' }, response: { status: 101 } })
    expect(await logOf(kit, exchange)).toMatchObject([{ data: 'first' }, { type: 'close', code: 1006 }])
  })

  test('is no failure where the server answers otherwise: the answer is shown', async () => {
    const server = await socketServer({ answer: () => 'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno' })
    const kit = await coreKit()
    const exchange = await kit.send(socketRequest(`ws://127.0.0.1:${server.port}/`))
    expect(exchange).toMatchObject({ ok: true, response: { status: 403, bodyBytes: 2 } })
    expect(exchange.warnings).toContain('The server did not open a WebSocket: it answered 403.')
  })

  test('is opened where a redirect and a challenge lead to', async () => {
    const server = await socketServer({
      answer: ({ url, headers }) =>
        url === '/old'
          ? 'HTTP/1.1 307 Temporary Redirect\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n'
          : headers.authorization === undefined
            ? 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\nContent-Length: 0\r\n\r\n'
            : null,
    })
    const kit = await coreKit()
    const auth = { kind: 'digest', username: 'ada', password: 'x' } as const
    const socket = await connect(kit, socketRequest(`ws://127.0.0.1:${server.port}/old`, { auth }))
    await socket.until(isOpen(socket))
    await socket.close()
    const exchange = await socket.done
    expect(exchange.history.map(({ kind }) => kind)).toEqual(['redirect', 'challenge'])
    expect(exchange.response?.status).toBe(101)
  })

  test('is refused where the proof of the server is wrong', async () => {
    const server = await rawServer(({ socket }) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n'),
    )
    const kit = await coreKit()
    const exchange = await kit.send(socketRequest(`ws://127.0.0.1:${server.port}/`))
    expect(exchange.error).toMatchObject({ kind: 'ConnectionError' })
    expect(exchange.error?.message).toContain('Sec-WebSocket-Accept')
  })

  test('ends with Cancel, and what came is kept', async () => {
    const server = await socketServer({ onOpen: (socket) => socket.send('hello') })
    const kit = await coreKit()
    const socket = await connect(kit, socketRequest(`ws://127.0.0.1:${server.port}/`))
    await vi.waitFor(async () => expect(await socket.log()).toHaveLength(1))
    await kit.call('exchange.cancel', { exchangeId: socket.exchangeId })
    const exchange = await socket.done
    expect(exchange.error?.kind).toBe('Cancelled')
    expect(await logOf(kit, exchange)).toMatchObject([{ data: 'hello' }])
  })
})

test('an address of a WebSocket is no address of an ordinary request, which says what to do', async () => {
  const kit = await coreKit()
  const { error } = await kit.send({ url: 'wss://example.test/' })
  expect(error).toMatchObject({ kind: 'InvalidSchema', hint: 'To open a WebSocket, choose it as the body type.' })
})

test('a run opens it, sends its messages, listens until nothing more comes, and looks at the log', async () => {
  const server = await socketServer()
  const dir = await tempDir()
  await writeFile(
    join(dir, 'chat.yml'),
    `info: { name: Chat, type: websocket }
websocket:
  url: ws://127.0.0.1:${server.port}/
  message:
    - { title: hello, message: { type: text, data: "Hello {{who}}" } }
    - { title: bytes, message: { type: binary, data: AP8H } }
runtime:
  assertions:
    - { expression: res.status, operator: eq, value: "101" }
    - { expression: "res.jsonpath('$[?@.from==\\"server\\" && @.type!=\\"close\\"].data')", operator: eq, value: '["Hello Ada", "AP8H"]' }
    - { expression: "res.body[4]", operator: contains, value: '{"from": "client", "type": "close", "code": 1000}' }
`,
  )

  const args = [join(dir, 'chat.yml'), '--var', 'who=Ada', '--json', '--data-dir', join(dir, 'data')]
  const { code, stdout } = await runCli(['run', ...args])

  expect(JSON.parse(stdout.toString())).toMatchObject({ results: [{ outcome: 'passed', status: 101, problem: null }] })
  expect(code).toBe(0)
})

test('posthaste send sends the messages of a file in order and prints what went to and fro', async () => {
  const server = await socketServer({
    onOpen: (socket) =>
      socket.on('message', (data: Buffer, isBinary) => {
        socket.send(data, { binary: isBinary })
        if (isBinary) socket.close(1000)
      }),
  })
  const dir = await tempDir()
  const messages =
    '    - title: hello\n      message:\n        type: text\n        data: Hello {{who}}\n    - title: bytes\n      message:\n        type: binary\n        data: AP8H\n'
  const file = join(dir, 'chat.yml')
  await writeFile(
    file,
    `info:\n  name: Chat\n  type: websocket\nwebsocket:\n  url: ws://127.0.0.1:${server.port}/\n  message:\n${messages}`,
  )

  const { code, stdout } = await runCli(['send', file, '--var', 'who=Ada', '--data-dir', join(dir, 'data')])
  const refused = await runCli(['send', file, '--data-dir', join(dir, 'data')])

  const events = stdout
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SocketEvent)
  expect(code).toBe(0)
  expect(events.filter(({ from, type }) => from === 'client' && type !== 'close')).toMatchObject([{ data: 'Hello Ada' }, { data: 'AP8H' }])
  expect(events.filter(({ from, type }) => from === 'server' && type !== 'close')).toMatchObject([{ data: 'Hello Ada' }, { data: 'AP8H' }])
  expect(refused.code).toBe(3)
  expect(refused.stderr).toContain('UndefinedVariable')
})
