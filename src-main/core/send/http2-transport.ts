/**
 * HTTP/2 over an open TLS connection on which it was agreed by ALPN (RFC 9113), by Node's own client. One stream at a
 * time: a connection serves one request, as with HTTP/1.1, so it is always certain what belongs to which hop. The head
 * is recorded as the list of fields that it is: pseudo-headers in place of a request line, names in lower case.
 */
import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { tlsFaultOf } from './tls-handshake.ts'
import { headerPairs, isChunked, isOfHttp1, UNSENT, type BodyStream, type Wire, type WireEvents, type WireRequest } from './wire.ts'
import { createWireRecorder, type WireRecorder } from './wire-record.ts'

/** How long an idle connection is kept. */
const IDLE_MS = 4_000
const MAX_HEAD_BYTES = 1024 * 1024
/** Node takes 128 fields at most if it is not told otherwise. */
const MAX_FIELDS = 20_000
/** So large that a fast line to a far server need not wait for more to be allowed. */
const STREAM_WINDOW_BYTES = 4 * 1024 * 1024
const SESSION_WINDOW_BYTES = 16 * 1024 * 1024

/** Make an open socket ready to carry requests. */
export function openHttp2Wire(socket: TLSSocket, scheme: 'http' | 'https'): Wire {
  const record = createWireRecorder()
  // The authority is that of each request; the one given here is never looked at.
  const session = connect(`${scheme}://connection.invalid`, {
    createConnection: () => socket,
    maxHeaderListPairs: MAX_FIELDS,
    // As much as HTTP/1.1 carries here; Node takes 64 KiB if it is not told otherwise.
    maxSendHeaderBlockLength: MAX_HEAD_BYTES,
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES, maxHeaderListSize: MAX_HEAD_BYTES },
  })
  session.once('connect', () => {
    if (!session.destroyed) session.setLocalWindowSize(SESSION_WINDOW_BYTES)
  })
  let stream: ClientHttp2Stream | null = null
  const course: Course = { session, socket, scheme, record, served: 0, isLeaving: false, farewell: null }
  session.on('error', () => undefined) // the stream is told, and who opens the next one finds it closed
  session.on('goaway', (code: number, _lastStream: number, words?: Uint8Array) => {
    if (code === constants.NGHTTP2_NO_ERROR) course.isLeaving = true
    else course.farewell = farewellOf(code, words)
    session.close()
  })
  session.setTimeout(IDLE_MS, () => {
    if (!stream) session.close()
  })
  const isAlive = (): boolean => !session.closed && !session.destroyed && !socket.destroyed
  return {
    record,
    httpVersion: '2',
    isAlive,
    keptMs: () => null,
    onceClosed: (listener) => void (session.destroyed ? queueMicrotask(listener) : session.once('close', listener)),
    fault: () => tlsFaultOf(socket),
    // Frames say what is of the answer.
    afterHead: () => null,
    afterChunks: () => null,
    send: (request, events) => {
      record.forget()
      if (!isAlive()) {
        events.failed(UNSENT)
        return
      }
      try {
        stream = exchange(course, request, events)
      } catch (error) {
        events.failed(error) // a head that HTTP/2 cannot have, such as one with two Content-Types
        return
      }
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

interface Course {
  readonly session: ClientHttp2Session
  readonly socket: TLSSocket
  readonly scheme: string
  readonly record: WireRecorder
  /** How many requests the connection has brought to their end. */
  served: number
  /** The server said that it takes no more requests. */
  isLeaving: boolean
  /** Why the server ended the connection, in its own words too; null where it did not say. */
  farewell: Error | null
}

function exchange(course: Course, request: WireRequest, events: WireEvents): ClientHttp2Stream {
  const { session, scheme, record } = course
  const { method, target } = request
  // The framing of chunks is HTTP/1.1's: a body of none has no bytes here.
  const body = isChunked(request) ? null : request.body
  const lines = request.headers.filter((header) => !isOfHttp1(header)).map(({ name, value }) => [name.toLowerCase(), value] as const)
  const authority = lines.find(([name]) => name === 'host')?.[1] ?? ''
  const rest = lines.filter(([name]) => name !== 'host')
  const pseudo = [
    [':method', method],
    [':scheme', scheme],
    [':authority', authority],
    [':path', target],
  ] as const
  // As a flat list, so that the order stays, of duplicates too.
  const stream = session.request([...pseudo, ...rest].flat(), { endStream: body === null })
  record.wroteHead([...pseudo, ...rest].map(([name, value]) => `${name}: ${value}`).join('\r\n'))
  events.started()
  listen(stream, course, events)
  if (body === null) events.sent()
  else send(stream, body, record, events)
  return stream
}

function send(stream: ClientHttp2Stream, body: NonNullable<WireRequest['body']>, record: WireRecorder, events: WireEvents): void {
  const write = (chunk: Buffer): boolean => {
    record.wroteBody(chunk)
    return stream.write(chunk, (error) => {
      if (!error) events.bodySent(chunk.length)
    })
  }
  stream.once('finish', () => events.sent())
  if (Buffer.isBuffer(body)) {
    write(body)
    stream.end()
  } else pour(body, stream, write)
}

function pour(body: BodyStream, stream: ClientHttp2Stream, write: (chunk: Buffer) => boolean): void {
  body.on('data', (chunk: Buffer) => {
    if (!stream.destroyed && !write(chunk)) body.pause()
  })
  stream.on('drain', () => body.resume())
  body.on('end', () => stream.end())
  body.on('error', (error) => stream.destroy(error))
}

function listen(stream: ClientHttp2Stream, course: Course, events: WireEvents): void {
  let trailers: [string, string][] = []
  let hasHead = false
  let fault: Error | null = null
  let isTooLarge = false
  stream.on('headers', (headers: IncomingHttpHeaders, _flags, raw) => events.informational(Number(headers[':status']), withoutPseudo(raw)))
  stream.on('response', (headers, _flags, raw) => {
    hasHead = true
    events.head({ status: headers[':status'] ?? 0, reason: '', httpVersion: '2', headers: withoutPseudo(raw) })
  })
  // Node's types leave the last argument out here.
  stream.on('trailers', (_headers: object, _flags: number, raw: string[]) => {
    trailers = withoutPseudo(raw)
  })
  takeData(stream, events)
  const isCutShort = watchEnd(stream)
  stream.on('error', (error: Error) => {
    fault = error
  })
  // Ours, not the server's: the stream is then reset with a code that says nothing of it.
  stream.on('frameError', () => {
    if (!hasHead) isTooLarge = true
  })
  stream.on('end', () => {
    // A stream that is reset while its body is on the way ends too.
    if (stream.rstCode !== constants.NGHTTP2_NO_ERROR || stream.aborted || isCutShort()) return
    // The server has answered before it had all: the rest of the body has nowhere to go.
    if (!stream.writableEnded) stream.close(constants.NGHTTP2_CANCEL)
    course.served += 1
    events.ended(trailers)
  })
  stream.on('close', () => {
    // The server has not looked at the request (RFC 9113 §8.7), so it may go over another connection.
    const isUnseen = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM && !hasHead && course.served > 0
    events.failed(isTooLarge ? TOO_LARGE : isUnseen ? UNSENT : (course.farewell ?? endOf(course, stream) ?? fault ?? resetBy(stream)))
  })
}

/** Whether it was the reset of a stream that ended what can be read: one by the code for "no error" ends like a whole body. */
function watchEnd(stream: ClientHttp2Stream): () => boolean {
  const push = stream.push.bind(stream)
  let cutShort: boolean | null = null
  // Node hands on the end as `null`; it has closed the stream by then only where it was reset.
  stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk === null) cutShort ??= stream.closed
    return push(chunk, encoding)
  }
  return () => cutShort === true
}

function takeData(stream: ClientHttp2Stream, events: WireEvents): void {
  let waits = 0
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
}

/** What ended the connection, of which Node only says by a code of its own that the stream ended; null: the stream did by itself. */
function endOf({ session, socket, isLeaving }: Course, { rstCode }: ClientHttp2Stream): Error | null {
  if (isLeaving && (rstCode === constants.NGHTTP2_CANCEL || rstCode === constants.NGHTTP2_REFUSED_STREAM)) return LEFT
  const isGone = session.destroyed || socket.destroyed || socket.readableEnded
  return isGone && rstCode === constants.NGHTTP2_CANCEL ? CLOSED : null
}

/** Node does not call every code an error, but a stream that closed before its end is broken all the same. */
function resetBy({ rstCode }: ClientHttp2Stream): Error {
  return coded('ERR_HTTP2_STREAM_ERROR', `Stream closed with error code ${nameOf(rstCode ?? 0)}`)
}

function farewellOf(code: number, words: Uint8Array | undefined): Error {
  const text = words ? Buffer.from(words).toString('utf8').slice(0, 200) : ''
  return coded('ERR_HTTP2_SESSION_ERROR', `Session closed with error code ${nameOf(code)}${text === '' ? '' : `: ${text}`}`)
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}

const CLOSED = coded('ERR_SOCKET_CLOSED', 'The connection was closed')
const LEFT = coded('ERR_HTTP2_GOAWAY_SESSION', 'Session closed')
const TOO_LARGE = coded('ERR_HTTP2_INVALID_HEADER_VALUE', 'it is larger than 1 MiB')

/** By number, as RFC 9113 §7 has them. */
const REASONS = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]

/** As Node names them in its own errors. */
function nameOf(code: number): string {
  return `NGHTTP2_${REASONS[code] ?? String(code)}`
}

function withoutPseudo(raw: readonly string[] | undefined): [name: string, value: string][] {
  return headerPairs(raw ?? []).filter(([name]) => !name.startsWith(':'))
}
