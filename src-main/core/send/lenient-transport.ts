/**
 * HTTP/1.1 over an open socket by Node's own client with its lenient parser, for servers that break the rules: header
 * lines that are folded or end in LF alone, both a length and chunks, a length with a 204, a 100 that nobody asked for.
 * A lenient reader can be made to see another message than a strict one between it and the server (request smuggling),
 * so it is used where it is asked for.
 */
import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { headerText } from '../lib/header-text.ts'
import { teeSocket, type SocketTee } from './socket-tee.ts'
import { tlsFaultOf } from './tls-handshake.ts'
import { announcedLength, headerPairs, headText, isLast, UNSENT, type Wire, type WireEvents, type WireRequest } from './wire.ts'

const MAX_HEAD_BYTES = 1024 * 1024
/** How long an idle connection is kept where the server does not say. */
const IDLE_MS = 4_000

/** Make an open socket ready to carry requests. */
export function openLenientWire(socket: Socket): Wire {
  const tee = teeSocket(socket)
  const agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: IDLE_MS })
  // It is asked for once: a socket that has closed is not replaced, see `send`.
  agent.createConnection = () => socket
  let current: ClientRequest | null = null
  const isAlive = (): boolean => !socket.destroyed && !socket.readableEnded && socket.writable
  return {
    record: tee,
    httpVersion: '1.1',
    isAlive,
    keptMs: () => null,
    onceClosed: (listener) => void (socket.closed ? queueMicrotask(listener) : socket.once('close', listener)),
    fault: () => tlsFaultOf(socket),
    afterHead: tee.mender.afterHead,
    afterChunks: tee.mender.afterChunks,
    send: (request, events) => {
      if (!isAlive()) {
        events.failed(UNSENT)
        return
      }
      tee.begin(headText(request), events)
      current = exchange(request, { agent, socket, tee, events })
    },
    destroy: (reason) => {
      current?.destroy(reason)
      socket.destroy()
    },
  }
}

interface Course {
  readonly agent: Agent
  readonly socket: Socket
  readonly tee: SocketTee
  readonly events: WireEvents
}

/** Node needs of the head what frames the message; the tee writes the whole of it, as prepared. */
function exchange(request: WireRequest, { agent, socket, tee, events }: Course): ClientRequest {
  const { method, body } = request
  const length = body === null ? null : announcedLength(request)
  const client = httpRequest({
    agent,
    method,
    path: '/',
    setHost: false,
    insecureHTTPParser: true,
    maxHeaderSize: MAX_HEAD_BYTES,
    headers: {
      ...(length !== null && { 'content-length': length }),
      ...(body !== null && length === null && { 'transfer-encoding': 'chunked' }),
      ...(isLast(request) && { connection: 'close' }),
    },
  })
  client.on('socket', () => events.started())
  client.on('finish', () => events.sent())
  client.on('information', ({ statusCode, rawHeaders }) => events.informational(statusCode, headerPairs(rawHeaders)))
  // The socket is no longer the client's then, so an error of the client would not be told.
  client.on('upgrade', () => events.failed(new Error('bad upgrade')))
  let answer: IncomingMessage | null = null
  let fault: Error | null = null
  client.on('error', (error) => {
    fault = error
    // What of the body is still on its way comes first, then the response fails too. A whole one has nothing to fear.
    if (answer === null) events.failed(error)
  })
  client.on('response', (response) => {
    answer = response
    takeResponse(response, tee, events)
    response.on('error', (error) => events.failed(fault ?? error))
    // The server has answered before it had all: what it would take for the next request is the rest of this one.
    response.on('end', () => (client.writableFinished && !tee.mender.isDoubtful()) || socket.destroy())
  })
  if (body === null) client.end()
  else if (Buffer.isBuffer(body)) client.end(body, () => events.bodySent(body.length))
  else {
    body.on('data', (chunk: Buffer) => {
      if (!client.write(chunk, () => events.bodySent(chunk.length))) body.pause()
    })
    client.on('drain', () => body.resume())
    body.on('end', () => client.end())
    body.on('error', (error) => client.destroy(error))
  }
  return client
}

function takeResponse(response: IncomingMessage, tee: SocketTee, events: WireEvents): void {
  tee.headCame()
  for (const fault of tee.mender.faults()) events.warned(fault)
  events.head({
    status: response.statusCode ?? 0,
    reason: headerText(response.statusMessage ?? ''),
    httpVersion: response.httpVersion,
    headers: tee.mender.asReceived() ?? headerPairs(response.rawHeaders),
  })
  let waits = 0
  response.on('data', (chunk: Buffer) => {
    const wait = events.data(chunk)
    if (!wait) return
    waits += 1
    response.pause()
    const goOn = (): void => {
      waits -= 1
      if (waits === 0) response.resume()
    }
    wait.then(goOn, goOn)
  })
  response.on('end', () => events.ended(headerPairs(response.rawTrailers)))
}
