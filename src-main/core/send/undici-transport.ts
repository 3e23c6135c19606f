/* eslint-disable-next-line @typescript-eslint/triple-slash-reference -- an ambient module cannot be imported, and tests include this file without its folder */
/// <reference path="./undici-client.d.ts" />
/**
 * HTTP/1.1 over an open socket: the only file that imports undici. One client is one connection and carries one request
 * at a time, so it is always certain which bytes belong to which hop. Connecting, timeouts, redirects, decoding and the
 * meaning of errors are for others.
 */
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import type Client from 'undici/lib/dispatcher/client.js'
import { announcedLength, headerPairs, headText, isLast, UNSENT, type Wire, type WireEvents, type WireRequest } from './wire.ts'
import { headerText } from '../lib/header-text.ts'
import { keptMsBy } from './idle-time.ts'
import { teeSocket, type SocketTee } from './socket-tee.ts'
import { tlsFaultOf } from './tls-handshake.ts'

/** No request goes to this origin: the socket is given, and so is the Host header. */
const ORIGIN = 'http://connection.invalid'
const MAX_HEAD_BYTES = 1024 * 1024
const DAY_MS = 24 * 3600 * 1000
const OPTIONS = {
  allowH2: false,
  pipelining: 1,
  maxHeaderSize: MAX_HEAD_BYTES,
  // Our own timers are exact, and say what they waited for.
  headersTimeout: 0,
  bodyTimeout: 0,
  // Nor is an idle connection closed here: the pool would not know (`idle-time.ts`).
  keepAliveTimeout: DAY_MS,
  keepAliveMaxTimeout: DAY_MS,
  keepAliveTimeoutThreshold: 0,
  strictContentLength: true,
} as const

let loading: Promise<typeof Client> | null = null

/** Loads undici, which takes a while; best called while a connection is being opened. */
export function loadTransport(): Promise<typeof Client> {
  return (loading ??= import('undici/lib/dispatcher/client.js').then((module) => module.default))
}

/** Make an open socket ready to carry requests. */
export async function openWire(socket: Socket): Promise<Wire> {
  const ClientClass = await loadTransport()
  const tee = teeSocket(socket)
  let given = false
  const last: LastAnswer = { headers: [] }
  const client = new ClientClass(ORIGIN, {
    ...OPTIONS,
    connect: (_options: unknown, callback: (error: Error | null, socket: Socket | null) => void) => {
      const isFirst = !given
      given = true
      // Called back at once, the client would not notice. A second time, the connection has gone: it is not replaced.
      queueMicrotask(() => (isFirst && !socket.destroyed ? callback(null, socket) : callback(UNSENT, null)))
    },
  })
  return {
    record: tee,
    httpVersion: '1.1',
    isAlive: () => !socket.destroyed && !socket.readableEnded && socket.writable,
    keptMs: () => keptMsBy(last.headers),
    onceClosed: (listener) => void (socket.closed ? queueMicrotask(listener) : socket.once('close', listener)),
    fault: () => tlsFaultOf(socket),
    afterHead: tee.mender.afterHead,
    afterChunks: tee.mender.afterChunks,
    send: (request, events) => {
      const { body } = request
      tee.begin(headText(request), events, Buffer.isBuffer(body) ? undefined : body?.released)
      client.dispatch(dispatchOptions(request), new Handler(events, tee, socket, last))
    },
    destroy: (reason) => {
      client.destroy(reason).catch(() => undefined) // whoever asked for it is told by its request
      socket.destroy()
    },
  }
}

/** undici needs of the head what frames the message; the tee writes the whole of it, as prepared. */
function dispatchOptions(request: WireRequest): Dispatcher.DispatchOptions {
  const { method, target, body, isUpgrade } = request
  const length = body === null ? null : announcedLength(request)
  // `reset` is always said: left out, undici closes the connection after every HEAD and after bodies it does not expect.
  return {
    path: target,
    method,
    headers: length === null ? [] : ['content-length', length],
    body,
    reset: isLast(request),
    ...(isUpgrade && { upgrade: 'websocket' }),
  }
}

interface LastAnswer {
  headers: readonly (readonly [name: string, value: string])[]
}

/** Turns undici's callbacks into ours, and our waits into its pauses. */
class Handler implements Dispatcher.DispatchHandler {
  readonly #events: WireEvents
  readonly #tee: SocketTee
  readonly #socket: Socket
  readonly #last: LastAnswer
  #waits = 0

  constructor(events: WireEvents, tee: SocketTee, socket: Socket, last: LastAnswer) {
    this.#events = events
    this.#tee = tee
    this.#socket = socket
    this.#last = last
  }

  onRequestStart(): void {
    this.#events.started()
  }

  onBodySent(chunk: Buffer): void {
    this.#events.bodySent(chunk.length)
  }

  onRequestSent(): void {
    this.#events.sent()
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, _headers: unknown, reason = ''): void {
    if (status < 200) {
      this.#events.informational(status, pairsOf(controller))
      return
    }
    const { mender } = this.#tee
    this.#tee.headCame()
    for (const fault of mender.faults()) this.#events.warned(fault)
    const headers = mender.asReceived() ?? pairsOf(controller)
    this.#last.headers = headers
    this.#events.head({
      status,
      reason: reason.includes('\ufffd') ? reasonIn(mender.statusLine()) : reason,
      httpVersion: /^HTTP\/(\d\.\d)/.exec(mender.statusLine())?.[1] ?? '1.1',
      headers,
    })
  }

  onRequestUpgrade(controller: Dispatcher.DispatchController, status: number, _headers: unknown, socket: Duplex): void {
    const { mender } = this.#tee
    this.#tee.headCame()
    const reason = headerText(reasonIn(mender.statusLine()))
    this.#events.upgraded({ status, reason, httpVersion: '1.1', headers: mender.asReceived() ?? pairsOf(controller) }, socket)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // Where nothing has come yet after a pause, undici tells of no bytes. Another pause for them would lead straight to the
    // next, for ever, and nothing else in this process would have its turn.
    if (chunk.length === 0) return
    const wait = this.#events.data(chunk)
    if (!wait) return
    this.#waits += 1
    controller.pause()
    const goOn = (): void => {
      this.#waits -= 1
      if (this.#waits === 0) controller.resume()
    }
    wait.then(goOn, goOn)
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    if (this.#tee.mender.isDoubtful()) this.#socket.destroy()
    this.#events.ended(Array.isArray(controller.rawTrailers) ? headerPairs(controller.rawTrailers) : [])
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#events.failed(error)
  }
}

function pairsOf({ rawHeaders }: Dispatcher.DispatchController): [name: string, value: string][] {
  return Array.isArray(rawHeaders) ? headerPairs(rawHeaders) : []
}

/** undici reads the reason as UTF-8 and loses what is not; the line itself still has it. */
function reasonIn(statusLine: string): string {
  return headerText(statusLine.split(' ').slice(2).join(' '))
}
