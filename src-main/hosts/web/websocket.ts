/**
 * Calls and events over a WebSocket: one connection is one window. The handshake is where a foreign page is refused,
 * for browsers let any page open a WebSocket to anywhere.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import type { AnyEvent } from '#contract/events.ts'
import { MAX_FRAME_BYTES, type ServerFrame } from '#contract/wire.ts'
import { createCallSession, type Call } from '../shell/call-session.ts'
import { stackOf, UNCAUGHT } from '../shell/bug-net.ts'
import { clientIdOf, isOwnHost, isOwnOrigin, ownUrl } from './guard.ts'

export interface WebSocketOptions {
  readonly port: number
  readonly admits: (cookieHeader: string | undefined) => boolean
  readonly call: Call
  readonly log: (line: string) => void
}

export interface WebSockets {
  /** Answers an upgrade, of `/ws` by taking it. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly broadcast: (event: AnyEvent) => void
  readonly close: () => void
}

/** A page so far behind that this much waits for it is not reading: it is cut off, and connects anew. In bytes. */
const MAX_BACKLOG_BYTES = 2 * MAX_FRAME_BYTES
/** How long a window has to answer our closing. */
const FAREWELL_MS = 300

export function createWebSockets(options: WebSocketOptions): WebSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false })
  return {
    upgrade: (request, socket, head) => {
      const url = ownUrl(request)
      const clientId = url && clientIdOf(url)
      const refusal = refusalOf(request, url, clientId, options)
      if (refusal !== null) return refuse(socket, refusal)
      sockets.handleUpgrade(request, socket, head, (webSocket) => attach(webSocket, clientId ?? '', options))
    },
    broadcast: (event) => {
      const frame: ServerFrame = { type: 'event', name: event.name, payload: event.payload }
      const text = JSON.stringify(frame)
      for (const client of sockets.clients) send(client, text)
    },
    close: () => {
      for (const client of sockets.clients) {
        client.close(1001)
        setTimeout(() => client.terminate(), FAREWELL_MS)
      }
      sockets.close()
    },
  }
}

function refusalOf(request: IncomingMessage, url: URL | null, clientId: string | null, options: WebSocketOptions): string | null {
  if (!isOwnHost(request, options.port)) return '421 Misdirected Request'
  if (!isOwnOrigin(request)) return '403 Forbidden'
  if (!options.admits(request.headers.cookie)) return '401 Unauthorized'
  if (url?.pathname !== '/ws') return '404 Not Found'
  return clientId === null ? '400 Bad Request' : null
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function attach(webSocket: WebSocket, clientId: string, options: WebSocketOptions): void {
  const session = createCallSession(clientId, options.call, (error) => {
    options.log(stackOf(error))
    return UNCAUGHT
  })
  webSocket.on('message', (data, isBinary) => {
    const raw = isBinary ? undefined : parse(data)
    void session.receive(raw).then((reply) => reply && send(webSocket, JSON.stringify(reply)))
  })
  webSocket.on('error', (error) => options.log(`Window ${clientId}: ${error.message}`))
  webSocket.on('close', session.close)
}

/** The frame's JSON; undefined where it is none, which the session refuses as it does any other non-frame. */
function parse(data: RawData): unknown {
  try {
    // Of text messages `ws` hands over one Buffer, since `binaryType` is left at its default.
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '')
  } catch {
    return undefined
  }
}

function send(webSocket: WebSocket, text: string): void {
  if (webSocket.readyState !== webSocket.OPEN) return
  if (webSocket.bufferedAmount > MAX_BACKLOG_BYTES) return webSocket.terminate()
  webSocket.send(text)
}
