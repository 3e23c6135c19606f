/** One connection that carries one request at a time: what a transport gives, and what a hop asks of it. */
import type { Duplex } from 'node:stream'
import type { BodyReadable } from '../prepare/prepared-request.ts'
import type { WireRecord } from './wire-record.ts'

/** The connection had been closed before anything was written: the request can go over another one without harm. */
export const UNSENT = new Error('The connection was closed before the request was written.')

export type BodyStream = BodyReadable

export interface WireRequest {
  readonly method: string
  /** The request-target, as it stands in the request line. */
  readonly target: string
  /** All lines of the head, exactly as they are to be written, `Host` and the length of the body included. */
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** Null where it has no bytes. */
  readonly body: BodyStream | Buffer | null
  /** Asks to go on in another protocol. */
  readonly isUpgrade: boolean
}

export interface WireHead {
  readonly status: number
  readonly reason: string
  readonly httpVersion: string
  /** In wire order and case, with duplicates; each character is a byte. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Called in this order, each at most once but for `heard`, `warned`, `bodySent`, `informational` and `data`; `ended` or `failed` is the last. */
export interface WireEvents {
  /** The head is about to be written. */
  readonly started: () => void
  readonly bodySent: (bytes: number) => void
  /** The last byte was given to the socket. May come after `head`, or never, where the server answers early. */
  readonly sent: () => void
  /** Bytes came, whether they can be understood yet or not. */
  readonly heard: (bytes: number) => void
  /** Something that is not as it should be, to be said: a sentence. */
  readonly warned: (text: string) => void
  readonly informational: (status: number, headers: WireHead['headers']) => void
  readonly head: (head: WireHead) => void
  /** A promise asks for a pause until it settles; more may come all the same where the other side has closed. */
  readonly data: (chunk: Buffer) => void | Promise<void>
  /** Trailers as they came after a chunked body. */
  readonly ended: (trailers: WireHead['headers']) => void
  readonly failed: (error: unknown) => void
  /** In place of `head` and all after it: the server goes on in the protocol asked for, and the connection is no more this wire's. */
  readonly upgraded: (head: WireHead, socket: Duplex) => void
}

export interface Wire {
  readonly record: WireRecord
  readonly httpVersion: '1.1' | '2'
  /** Whether it can carry another request, as far as is known. */
  readonly isAlive: () => boolean
  readonly onceClosed: (listener: () => void) => void
  /** Milliseconds that it may be idle, by what its last answer said; null: it said nothing. */
  readonly keptMs: () => number | null
  readonly send: (request: WireRequest, events: WireEvents) => void
  /** What TLS said as it ended the connection, of which an HTTP library only knows that it closed; null where it said nothing. */
  readonly fault: () => Error | null
  /** How many bytes came behind the head of the answer, framing and all; null where nobody can say. */
  readonly afterHead: () => number | null
  /** How many of them came behind the end of a body in chunks; null where it is none, or nobody can say. */
  readonly afterChunks: () => number | null
  /** Ends the connection, and the request on it, at once. */
  readonly destroy: (reason: Error) => void
}

/** The head as it goes over the wire, without the empty line; each character is a byte. */
export function headText({ method, target, headers }: WireRequest): string {
  let text = `${method} ${target} HTTP/1.1`
  for (const { name, value } of headers) text += `\r\n${name}: ${value}`
  return text
}

/** Whether a header has a name, which is given in lower case. */
export function isNamed(name: string, lowerName: string): boolean {
  return name.length === lowerName.length && name.toLowerCase() === lowerName
}

/** Whether the head says that the connection ends with this exchange. */
export function isLast({ headers }: WireRequest): boolean {
  return headers.some(({ name, value }) => isNamed(name, 'connection') && /(?:^|,)\s*close\s*(?:,|$)/i.test(value))
}

/** The length of the body as the library is to frame it; null where it goes in chunks. A body in hand frames itself. */
export function announcedLength({ headers, body }: WireRequest): string | null {
  if (Buffer.isBuffer(body)) return String(body.length)
  return headers.find(({ name }) => isNamed(name, 'content-length'))?.value ?? null
}

/** Whether the head says that the body comes in chunks. */
export function isChunked({ headers }: Pick<WireRequest, 'headers'>): boolean {
  return headers.some(({ name, value }) => isNamed(name, 'transfer-encoding') && value.toLowerCase() === 'chunked')
}

/** Names and values of a flat list, as Node's parsers give them. */
export function headerPairs(raw: readonly (string | Buffer)[]): [name: string, value: string][] {
  const text = (part: string | Buffer | undefined): string => (typeof part === 'string' ? part : (part?.toString('latin1') ?? ''))
  const list: [string, string][] = []
  for (let at = 0; at + 1 < raw.length; at += 2) list.push([text(raw[at]), text(raw[at + 1])])
  return list
}

/** Headers of an HTTP/1.1 connection, which must not be sent (RFC 9113 §8.2.2); `te` may only say `trailers`. */
const OF_THE_CONNECTION = new Set(['connection', 'proxy-connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'http2-settings'])

/** Whether a header line has no place in HTTP/2. */
export function isOfHttp1({ name, value }: { readonly name: string; readonly value: string }): boolean {
  const lower = name.toLowerCase()
  return OF_THE_CONNECTION.has(lower) || (lower === 'te' && value.trim().toLowerCase() !== 'trailers')
}
