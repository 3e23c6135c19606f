/**
 * Asks an HTTP proxy for a tunnel. HTTP/1.1 with Host, unlike requests, whose `CONNECT … HTTP/1.0` some proxies refuse.
 * Opening the connection to the proxy, and TLS through the tunnel, are for `open-socket.ts`.
 *
 * @see RFC 9110 §9.3.6; RFC 9112 §3.2.3
 */
import type { Socket } from 'node:net'
import { CoreError } from '../lib/core-error.ts'
import { headerText } from '../lib/header-text.ts'

const MAX_HEAD_BYTES = 64 * 1024
const EXCERPT_BYTES = 2048

/** What a proxy said to CONNECT. */
export interface TunnelAnswer {
  /** What was asked: request line and header block as written, without the empty line. */
  readonly asked: string
  readonly status: number
  readonly reason: string
  readonly httpVersion: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly header: (lowerName: string) => readonly string[]
  /** The beginning of its body, where it refused. */
  readonly excerpt: Buffer
}

/**
 * Send CONNECT and read the answer. After a 2xx the socket is paused, and what came behind the answer is put back.
 *
 * @param target `host:port`
 * @throws the socket's error, or a `ProxyError` where the proxy does not speak HTTP
 */
export function askForTunnel(socket: Socket, target: string, authorization: string | null, proxy: string): Promise<TunnelAnswer> {
  const lines = [
    `CONNECT ${target} HTTP/1.1`,
    `Host: ${target}`,
    ...(authorization === null ? [] : [`Proxy-Authorization: ${authorization}`]),
  ]
  const asked = lines.join('\r\n')
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const settle = (act: () => void): void => {
      socket.off('data', onData).off('error', onError).off('end', onEnd).off('close', onEnd)
      socket.pause()
      act()
    }
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk])
      take(false)
    }
    const onError = (error: Error): void => settle(() => reject(error))
    const onEnd = (): void => take(true)
    const take = (isOver: boolean): void => {
      const reading = readAnswer(received, isOver)
      if (reading.kind === 'answer') {
        settle(() => {
          if (reading.rest.length > 0) socket.unshift(reading.rest)
          resolve({ asked, ...reading.answer })
        })
      } else if (reading.kind === 'fault' || isOver) {
        settle(() => reject(isOver && received.length === 0 ? closed() : notHttp(proxy, received)))
      }
    }
    socket.on('data', onData).on('error', onError).on('end', onEnd).on('close', onEnd)
    socket.write(`${asked}\r\n\r\n`, 'latin1')
  })
}

/** The error of a tunnel that was refused, in words. */
export function refusedTunnel(answer: TunnelAnswer, target: string, proxy: string, hint: string): CoreError {
  const said = `${answer.status} ${answer.reason}`.trim()
  return new CoreError('ProxyError', 'connect', `The proxy ${proxy} refused a connection to ${target}: ${said}.`, {
    hint,
    details: { status: answer.status, reason: answer.reason, ...(answer.excerpt.length > 0 && { body: answer.excerpt.toString('utf8') }) },
  })
}

type Reading =
  | { readonly kind: 'more' }
  | { readonly kind: 'fault' }
  | { readonly kind: 'answer'; readonly answer: Omit<TunnelAnswer, 'asked'>; readonly rest: Buffer }

/** @param isOver nothing more will come */
function readAnswer(received: Buffer, isOver: boolean): Reading {
  const start = received.toString('latin1', 0, 5)
  if (!'HTTP/'.startsWith(start)) return { kind: 'fault' }
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return { kind: received.length > MAX_HEAD_BYTES ? 'fault' : 'more' }
  const [line = '', ...headerLines] = received.toString('latin1', 0, end).split('\r\n')
  const parts = /^HTTP\/(1\.\d) (\d{3})(?: (.*))?$/.exec(line)
  if (!parts) return { kind: 'fault' }
  const status = Number(parts[2])
  const body = received.subarray(end + 4)
  if (status < 200) return readAnswer(body, isOver)
  const headers = headerLines.map(
    (text) => [text.slice(0, text.indexOf(':')), headerText(text.slice(text.indexOf(':') + 1).trim())] as const,
  )
  const header = (name: string): string[] => headers.flatMap(([own, value]) => (own.toLowerCase() === name ? [value] : []))
  const head = { status, reason: headerText(parts[3] ?? ''), httpVersion: parts[1] ?? '1.1', headers, header }
  if (status < 300) return { kind: 'answer', answer: { ...head, excerpt: Buffer.alloc(0) }, rest: body }
  const isChunked = header('transfer-encoding').length > 0
  const length = isChunked ? EXCERPT_BYTES : Number(header('content-length')[0] ?? EXCERPT_BYTES)
  const isWhole = body.length >= Math.min(length, EXCERPT_BYTES) || (isChunked && body.includes('\r\n0\r\n\r\n'))
  if (!isWhole && !isOver) return { kind: 'more' }
  return {
    kind: 'answer',
    answer: { ...head, excerpt: body.subarray(0, EXCERPT_BYTES) },
    rest: Buffer.alloc(0),
  }
}

function closed(): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' })
}

function notHttp(proxy: string, received: Buffer): CoreError {
  const shown = received.subarray(0, EXCERPT_BYTES)
  return new CoreError('ProxyError', 'connect', `The proxy ${proxy} answered with something that is not HTTP.`, {
    hint: 'It may be a proxy of another kind: try socks5:// or https:// in its URL.',
    details: { received: shown.toString('latin1'), receivedBase64: shown.toString('base64'), receivedBytes: received.length },
  })
}
