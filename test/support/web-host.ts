/** Starts the web host's server in this process, and speaks to it as a browser would, or as no browser would. */
import { once } from 'node:events'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import WebSocket from 'ws'
import { ServerFrameSchema, type ClientFrame, type ServerFrame } from '#contract/wire.ts'
import { newSecret } from '../../src-main/hosts/web/admission-secret.ts'
import { startWebServer, type WebServer } from '../../src-main/hosts/web/server.ts'
import { createTestCore, type TestCore } from './web-host-core.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface AskOptions {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: Buffer | string
}

export interface TestWebHost {
  readonly server: WebServer
  readonly core: TestCore
  readonly logged: string[]
  readonly origin: string
  /** One request as it is, without the cookie. */
  readonly ask: (path: string, options?: AskOptions) => Promise<Answer>
  /** `name=value` of the cookie that the launch token buys. */
  readonly cookie: () => Promise<string>
  readonly connect: (headers?: Record<string, string>, path?: string) => Promise<TestSocket>
}

/** A folder that is gone when the test is over. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

/** A built page, as far as a server can tell. */
export async function testRenderer(): Promise<string> {
  const folder = join(await testFolder(), 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Posthaste</title>')
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'document.title = "Posthaste"')
  await writeFile(join(folder, '..', 'secret.txt'), 'not for the page')
  return folder
}

export async function startTestWebHost(): Promise<TestWebHost> {
  const core = createTestCore()
  const logged: string[] = []
  const server = await startWebServer({
    port: 0,
    rendererDir: await testRenderer(),
    core: () => Promise.resolve(core),
    secret: newSecret(),
    log: (line) => logged.push(line),
  })
  core.on(server.broadcast)
  onTestFinished(server.close)
  const origin = `http://127.0.0.1:${server.port}`
  const cookie = async (): Promise<string> => {
    const answer = await askServer(server.port, new URL(server.url).pathname + new URL(server.url).search)
    return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  }
  return {
    server,
    core,
    logged,
    origin,
    ask: (path, options) => askServer(server.port, path, options),
    cookie,
    connect: async (headers, path = '/ws?client=window-1') =>
      connectTo(`ws://127.0.0.1:${server.port}${path}`, headers ?? { cookie: await cookie(), origin }),
  }
}

/** One request over a connection of its own. */
export async function askServer(port: number, path: string, options: AskOptions = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options
  const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false })
  request.end(body)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', reject)
  })
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) }
}

export interface TestSocket {
  readonly send: (frame: ClientFrame) => void
  readonly sendRaw: (text: string | Buffer) => void
  /** The next frame, in order of arrival. */
  readonly next: () => Promise<ServerFrame>
  /** Calls and waits for its reply; events in between are kept for `next`. */
  readonly call: (name: string, input?: unknown) => Promise<ServerFrame>
  readonly close: () => Promise<void>
}

/** @throws with the status of the answer where the handshake is refused */
export async function connectTo(url: string, headers: Record<string, string>): Promise<TestSocket> {
  const socket = new WebSocket(url, { headers })
  const frames: ServerFrame[] = []
  const waiting: ((frame: ServerFrame) => void)[] = []
  socket.on('message', (data) => {
    const frame = ServerFrameSchema.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString() : ''))
    const taker = waiting.shift()
    if (taker) taker(frame)
    else frames.push(frame)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
    socket.once('unexpected-response', (_request, response) => reject(new Error(`refused with ${response.statusCode}`)))
  })
  onTestFinished(() => socket.terminate())
  let lastId = 0
  const next = (): Promise<ServerFrame> => {
    const frame = frames.shift()
    return frame ? Promise.resolve(frame) : new Promise((resolve) => waiting.push(resolve))
  }
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (text) => socket.send(text),
    next,
    call: async (name, input) => {
      lastId += 1
      const id = lastId + 1000
      socket.send(JSON.stringify({ type: 'call', id, name, input }))
      const passed: ServerFrame[] = []
      for (;;) {
        const frame = await next()
        if (frame.type === 'reply' && frame.id === id) {
          frames.unshift(...passed)
          return frame
        }
        passed.push(frame)
      }
    },
    close: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}
