/**
 * The web host's server: the same window as in Electron, for a browser on the same machine. It listens on 127.0.0.1
 * only, lets in whoever has the launch token, and knows nothing of requests: calls go to the core as they come.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AnyEvent } from '#contract/events.ts'
import type { Core } from '#core/create-core.ts'
import { COMMON_HEADERS } from '../shell/content-security-policy.ts'
import { stackOf } from '../shell/bug-net.ts'
import { createAccess, type Access } from './access.ts'
import { isForeignUse, isOwnHost, ownUrl } from './guard.ts'
import { answerPage, answerWelcome } from './pages.ts'
import { sendAsset } from './assets.ts'
import type { WebSocketOptions, WebSockets } from './websocket.ts'

export interface WebServerOptions {
  /** 0: any free port. */
  readonly port: number
  /** Folder of the built page. */
  readonly rendererDir: string
  /** Asked for by the first call: files of the page are served without it. */
  readonly core: () => Promise<Core>
  /** Called with each request, whoever makes it. */
  readonly onRequest?: () => void
  /** What the cookies that admit a browser are made from. */
  readonly secret: string
  readonly log: (line: string) => void
}

export interface WebServer {
  readonly port: number
  /** Address that lets a browser in, launch token included. */
  readonly url: string
  /** As `url`, but good for one use. */
  readonly issueUrl: () => string
  readonly broadcast: (event: AnyEvent) => void
  /** Stops listening and lets go of every window. */
  readonly close: () => Promise<void>
}

/**
 * Start listening.
 *
 * @throws the system's error, with `code`, where the port cannot be had (`EADDRINUSE`, `EACCES`)
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const server = createServer()
  // An upload may take longer than Node's five minutes for a whole request.
  server.requestTimeout = 0
  const port = await listen(server, options.port)
  const access = createAccess(options.secret)
  server.on('request', (request, response) => {
    options.onRequest?.()
    handle(request, response, { ...options, port, access }).catch((error: unknown) => {
      if (!isHangUp(error)) options.log(stackOf(error))
      response.destroy()
    })
  })
  const windows = windowsOf(server, {
    port,
    admits: (cookie) => access.admits(cookie, port),
    call: async (name, input, context) => (await options.core()).call(name, input, context),
    log: options.log,
  })
  return {
    port,
    url: addressWith(port, access.token),
    issueUrl: () => addressWith(port, access.issueTicket()),
    broadcast: windows.broadcast,
    close: () => closeServer(server, windows),
  }
}

/** WebSockets, their code loaded with the first: by then the page is served. */
function windowsOf(server: Server, options: WebSocketOptions): Pick<WebSockets, 'broadcast' | 'close'> {
  let opened: Promise<WebSockets> | null = null
  const open = async (): Promise<WebSockets> => (await import('./websocket.ts')).createWebSockets(options)
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    void (opened ??= open()).then((windows) => windows.upgrade(request, socket, head))
  })
  return {
    broadcast: (event) => void opened?.then((windows) => windows.broadcast(event)),
    close: () => void opened?.then((windows) => windows.close()),
  }
}

function addressWith(port: number, token: string): string {
  return `http://127.0.0.1:${port}/?token=${token}`
}

interface Scope extends WebServerOptions {
  readonly access: Access
}

async function handle(request: IncomingMessage, response: ServerResponse, scope: Scope): Promise<void> {
  if (!isOwnHost(request, scope.port)) return answerPage(request, response, 'otherAddress')
  if (isForeignUse(request)) return answerPage(request, response, 'foreignPage')
  const url = ownUrl(request)
  if (!url) return answerPage(request, response, 'malformed')
  if (url.pathname === '/ticket' && request.method === 'POST') return answerTicket(request, response, scope)
  const token = url.pathname === '/' ? url.searchParams.get('token') : null
  if (token !== null && request.method === 'GET' && scope.access.accepts(token)) {
    return answerWelcome(request, response, scope.access.setCookie(scope.port))
  }
  if (!scope.access.admits(request.headers.cookie, scope.port)) return answerPage(request, response, 'unknownBrowser')
  return route(request, response, scope, url)
}

/** For another start of `posthaste serve` on the same data folder, which knows the token: an address to open in a browser. */
function answerTicket(request: IncomingMessage, response: ServerResponse, { access, port }: Scope): void {
  const token = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined || !access.accepts(token)) return answerPage(request, response, 'unknownBrowser')
  const body = JSON.stringify({ url: addressWith(port, access.issueTicket()) })
  response.writeHead(200, { ...COMMON_HEADERS, 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body)
}

async function route(request: IncomingMessage, response: ServerResponse, scope: Scope, url: URL): Promise<void> {
  if (url.pathname === '/upload' && request.method === 'POST') {
    return (await import('./streams.ts')).receiveFile(request, response, await scope.core(), url)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return void response.writeHead(405, { ...COMMON_HEADERS, allow: 'GET, HEAD', 'content-length': '0' }).end()
  }
  if (url.pathname.startsWith('/body/')) {
    return (await import('./streams.ts')).sendBody(request, response, await scope.core(), url)
  }
  return sendAsset(request, response, scope.rendererDir, url.pathname)
}

const HANG_UPS = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE', 'ECONNRESET', 'EPIPE'])

/** A browser that goes away before or in the middle of an answer is no fault of ours. */
function isHangUp(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  return typeof code === 'string' && HANG_UPS.has(code)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

async function closeServer(server: Server, windows: Pick<WebSockets, 'close'>): Promise<void> {
  windows.close()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
