/**
 * HTTP/2 over an open TLS connection on which it was agreed by ALPN (RFC 9113), by Node's own client. One stream at a
 * time: a connection serves one request, as with HTTP/1.1, so it is always certain what belongs to which hop. The head
 * is shown as other programs show it: a request line, `:authority` for Host, names in lower case.
 */
import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { headerPairs, isOfHttp1, UNSENT, type Wire, type WireEvents, type WireRequest } from './wire.ts'
import { createWireRecorder, type WireRecorder } from './wire-record.ts'

/** How long an idle connection is kept. */
const IDLE_MS = 4_000

/** Make an open socket ready to carry requests. */
export function openHttp2Wire(socket: TLSSocket, scheme: 'http' | 'https'): Wire {
  const record = createWireRecorder()
  // The authority is that of each request; the one given here is never looked at.
  const session = connect(`${scheme}://connection.invalid`, { createConnection: () => socket })
  let stream: ClientHttp2Stream | null = null
  session.on('error', () => undefined) // the stream is told, and who opens the next one finds it closed
  session.on('goaway', () => session.close())
  session.setTimeout(IDLE_MS, () => {
    if (!stream) session.close()
  })
  const isAlive = (): boolean => !session.closed && !session.destroyed && !socket.destroyed
  return {
    record,
    httpVersion: '2',
    isAlive,
    onceClosed: (listener) => void (session.destroyed ? queueMicrotask(listener) : session.once('close', listener)),
    send: (request, events) => {
      record.forget()
      if (!isAlive()) {
        events.failed(UNSENT)
        return
      }
      stream = exchange(session, scheme, request, record, events)
      stream.once('close', () => {
        stream = null
      })
    },
    destroy: (reason) => {
      stream?.destroy(reason)
      session.destroy()
      socket.destroy()
    },
  }
}

type Head = Record<string, string | string[]>

function exchange(
  session: ClientHttp2Session,
  scheme: string,
  request: WireRequest,
  record: WireRecorder,
  events: WireEvents,
): ClientHttp2Stream {
  const { method, target, body } = request
  const lines = request.headers.filter((header) => !isOfHttp1(header)).map(({ name, value }) => [name.toLowerCase(), value] as const)
  const authority = lines.find(([name]) => name === 'host')?.[1] ?? ''
  const rest = lines.filter(([name]) => name !== 'host')
  const stream = session.request(
    { ':method': method, ':scheme': scheme, ':authority': authority, ':path': target, ...headOf(rest) },
    { endStream: body === null },
  )
  const shown = [`${method} ${target} HTTP/2`, `:authority: ${authority}`, ...rest.map(([name, value]) => `${name}: ${value}`)]
  record.wroteHead(shown.join('\r\n'))
  events.started()
  listen(stream, events)
  if (body === null) events.sent()
  else send(stream, body, record, events)
  return stream
}

/** Lines of one name become one list: Node takes no other duplicates. */
function headOf(lines: readonly (readonly [name: string, value: string])[]): Head {
  const head: Head = {}
  for (const [name, value] of lines) {
    const known = head[name]
    head[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value]
  }
  return head
}

function send(stream: ClientHttp2Stream, body: NonNullable<WireRequest['body']>, record: WireRecorder, events: WireEvents): void {
  const write = (chunk: Buffer): boolean => {
    record.wroteBody(chunk)
    return stream.write(chunk, () => events.bodySent(chunk.length))
  }
  stream.once('finish', () => events.sent())
  if (Buffer.isBuffer(body)) {
    write(body)
    stream.end()
    return
  }
  body.on('data', (chunk: Buffer) => {
    if (!stream.destroyed && !write(chunk)) body.pause()
  })
  stream.on('drain', () => body.resume())
  body.on('end', () => stream.end())
  body.on('error', (error) => stream.destroy(error))
}

function listen(stream: ClientHttp2Stream, events: WireEvents): void {
  let trailers: [string, string][] = []
  let waits = 0
  stream.on('headers', (headers, _flags, raw) => events.informational(headers[':status'] ?? 0, withoutPseudo(raw)))
  stream.on('response', (headers, _flags, raw) => {
    events.head({ status: headers[':status'] ?? 0, reason: '', httpVersion: '2', headers: withoutPseudo(raw) })
  })
  // Node's types leave the last argument out here.
  stream.on('trailers', (_headers: object, _flags: number, raw: string[]) => {
    trailers = withoutPseudo(raw)
  })
  stream.on('data', (chunk: Buffer) => {
    const wait = events.data(chunk)
    if (!wait) return
    waits += 1
    stream.pause()
    const goOn = (): void => {
      waits -= 1
      if (waits === 0) stream.resume()
    }
    wait.then(goOn, goOn)
  })
  stream.on('error', (error) => events.failed(error))
  stream.on('end', () => {
    // The server has answered before it had all: the rest of the body has nowhere to go.
    if (!stream.writableEnded) stream.close(constants.NGHTTP2_CANCEL)
    // A stream that is reset while its body is on the way ends too, and says so by its code.
    if (stream.rstCode === constants.NGHTTP2_NO_ERROR) events.ended(trailers)
  })
  stream.on('close', () => events.failed(Object.assign(new Error('The stream was closed.'), { code: 'ERR_HTTP2_STREAM_ERROR' })))
}

function withoutPseudo(raw: readonly string[] | undefined): [name: string, value: string][] {
  return headerPairs(raw ?? []).filter(([name]) => !name.startsWith(':'))
}
