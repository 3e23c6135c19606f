/** One connection that carries one request at a time: what a transport gives, and what a hop asks of it. */
import type { Readable } from 'node:stream'
import type { SocketTee } from './socket-tee.ts'

/** The connection had been closed before anything was written: the request can go over another one without harm. */
export const UNSENT = new Error('The connection was closed before the request was written.')

export type BodyStream = Readable

export interface WireRequest {
  readonly method: string
  /** The request-target, as it stands in the request line. */
  readonly target: string
  /** All lines of the head in their order, `host`, `connection` and `content-length` included. */
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** Null where it has no bytes. */
  readonly body: BodyStream | Buffer | null
}

export interface WireHead {
  readonly status: number
  readonly reason: string
  readonly httpVersion: string
  /** In wire order and case, with duplicates; each character is a byte. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** Called in this order, each at most once but for `bodySent`, `informational` and `data`; `ended` or `failed` is the last. */
export interface WireEvents {
  /** The head is about to be written. */
  readonly started: () => void
  readonly bodySent: (bytes: number) => void
  /** The last byte was given to the socket. May come after `head`, or never, where the server answers early. */
  readonly sent: () => void
  readonly informational: (status: number) => void
  readonly head: (head: WireHead) => void
  /** A promise asks for a pause until it settles; more may come all the same where the other side has closed. */
  readonly data: (chunk: Buffer) => void | Promise<void>
  readonly ended: () => void
  readonly failed: (error: unknown) => void
}

export interface Wire {
  readonly tee: SocketTee
  /** Whether it can carry another request, as far as is known. */
  readonly isAlive: () => boolean
  readonly onceClosed: (listener: () => void) => void
  readonly send: (request: WireRequest, events: WireEvents) => void
  /** Ends the connection, and the request on it, at once. */
  readonly destroy: (reason: Error) => void
}
