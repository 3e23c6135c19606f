/**
 * An open WebSocket from its handshake to its end: every message, ping, pong and close of either side goes into the log,
 * and what others want to say goes out. How frames are made and read is the library's.
 *
 * @see RFC 6455 §5 (frames), §7 (closing)
 */
import type { createConnection } from 'node:net'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import type { SocketLog } from './websocket-log.ts'
import type { QuietLimits, SocketPort } from './websocket-port.ts'
import { LentConnection, type Agreed } from './lent-connection.ts'

/** How long the other side may take to answer a close. */
const CLOSE_WAIT_MS = 2000
/** A message is whole in memory once; the limit is that of Chromium. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024

export interface SocketRun {
  readonly socket: Duplex
  readonly agreed: Agreed
  /** Whom messages are about, such as `echo.example:443`. */
  readonly peer: string
  /** Gets every event. */
  readonly log: SocketLog
  readonly port: SocketPort
  readonly onStep: (step: ExchangeStep) => void
  /** Something was heard from the other side. */
  readonly onHeard: () => void
}

/**
 * Speak on a connection that has become a WebSocket, until it is over.
 *
 * @returns null where it was closed, an error where it broke off or was misused
 */
export async function runSocket(run: SocketRun): Promise<CoreError | null> {
  const { socket, agreed, log, port, onStep } = run
  // Loaded here: few requests open a WebSocket.
  const { WebSocket } = await import('ws')
  const client = new WebSocket('ws://connection.invalid', agreed.protocol === null ? [] : [agreed.protocol], {
    // What it makes of the connection is what any stream can do.
    createConnection: (() => new LentConnection(socket, agreed)) as unknown as typeof createConnection,
    perMessageDeflate: agreed.extensions !== null,
    maxPayload: MAX_MESSAGE_BYTES,
  })
  const ended = listen(client, run)
  const close = (code: number, reason: string): void => {
    client.close(code, reason)
    setTimeout(() => client.terminate(), CLOSE_WAIT_MS).unref()
    void log.add({ from: 'client', type: 'close', data: reason, bytes: Buffer.byteLength(reason), code })
  }
  // Until the library has read its answer, it takes no message.
  client.once('open', () => {
    port.attach({
      send: (data, shown) => send(client, data, shown, run),
      close,
      closeWhenQuiet: (limits) => closeWhenQuiet(client, limits, () => close(1000, '')),
    })
    onStep({ kind: 'opened', protocol: agreed.protocol, isCompressed: agreed.extensions !== null })
  })
  return ended.finally(() => port.detach())
}

function closeWhenQuiet(client: WebSocket, { quietMs, atMostMs }: QuietLimits, close: () => void): void {
  const end = (): void => {
    clearTimeout(quiet)
    clearTimeout(last)
    if (client.readyState === client.OPEN) close()
  }
  const quiet = setTimeout(end, quietMs)
  const last = setTimeout(end, atMostMs)
  client.on('message', () => quiet.refresh())
  client.once('close', end)
}

function listen(client: WebSocket, { peer, onHeard, log }: SocketRun): Promise<CoreError | null> {
  const { promise, resolve } = Promise.withResolvers<CoreError | null>()
  let failure: CoreError | null = null
  const control = (type: 'ping' | 'pong') => (data: Buffer) => {
    onHeard()
    void log.add({ from: 'server', type, data: data.toString('base64'), bytes: data.length })
  }
  client.on('message', (data, isBinary) => {
    onHeard()
    const bytes = bytesOf(data)
    const wait = log.add({
      from: 'server',
      type: isBinary ? 'binary' : 'text',
      data: bytes.toString(isBinary ? 'base64' : 'utf8'),
      bytes: bytes.length,
    })
    if (!wait) return
    client.pause()
    void wait.finally(() => client.resume())
  })
  client.on('ping', control('ping'))
  client.on('pong', control('pong'))
  client.on('error', (error) => {
    failure ??= new CoreError('ConnectionError', 'receive', `The WebSocket to ${peer} failed: ${messageOf(error)}.`, { cause: error })
  })
  client.once('close', (code, reason) => {
    void log.add({ from: 'server', type: 'close', data: reason.toString('utf8'), bytes: reason.length, code })
    const isBroken = code === 1006 && failure === null
    resolve(isBroken ? new CoreError('ConnectionError', 'receive', `${peer} ended the WebSocket without a close.`) : failure)
  })
  return promise
}

function send(client: WebSocket, data: string | Uint8Array, shown: string, { log, peer }: SocketRun): Promise<void> {
  return new Promise((resolve, reject) => {
    client.send(data, (error) => {
      if (error) {
        reject(new CoreError('ConnectionError', 'send', `The message to ${peer} could not be sent: ${messageOf(error)}.`, { cause: error }))
        return
      }
      void log.add({ from: 'client', type: typeof data === 'string' ? 'text' : 'binary', data: shown, bytes: Buffer.byteLength(data) })
      resolve()
    })
  })
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
