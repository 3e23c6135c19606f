/**
 * Stands between an HTTP library and its socket. It has the head of the request written exactly as it was prepared, in
 * its order and case, in place of the library's own, and the head of the reply mended where that is certain; and it
 * records what goes over the socket both ways, which the libraries do not tell, least of all of a reply they refuse.
 */
import type { Socket } from 'node:net'
import { createReplyMender, type ReplyMender } from './reply-mender.ts'
import { createWireRecorder, type WireRecorder } from './wire-record.ts'
import type { WireEvents } from './wire.ts'

export interface SocketTee extends WireRecorder {
  /**
   * Begin an exchange; of the one before nothing is left.
   *
   * @param head request line and header lines, without the empty line; each character is a byte
   * @param released told of the bytes of the body that the system has taken; where it is given, their buffers are lent
   */
  readonly begin: (head: string, events: Pick<WireEvents, 'informational' | 'heard'>, released?: (bytes: number) => void) => void
  /** What became of the head of the reply on its way to the library. */
  readonly mender: Pick<ReplyMender, 'faults' | 'statusLine' | 'asReceived' | 'afterHead' | 'afterChunks' | 'isDoubtful'>
}

export function teeSocket(socket: Socket): SocketTee {
  const record = createWireRecorder()
  let prepared: string | null = null
  let released: ((bytes: number) => void) | undefined
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean
  socket.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    // Libraries write the head as text and the body as bytes; text after the head is the framing of chunks.
    if (typeof chunk !== 'string') {
      const release = released
      record.wroteBody(chunk, release !== undefined)
      if (release && rest.length === 0) return write(chunk, (error?: Error | null) => error ?? release(chunk.byteLength))
    } else if (prepared !== null) {
      const head = prepared
      prepared = null
      record.wroteHead(head)
      // The empty line may come later, with the size of the first chunk.
      const end = chunk.endsWith('\r\n\r\n') ? '\r\n\r\n' : '\r\n'
      return write(head + end, 'latin1', ...rest.filter((argument) => typeof argument === 'function'))
    }
    return write(chunk, ...rest)
  }
  const mender = createReplyMender()
  let listener: Pick<WireEvents, 'heard'> | null = null
  const push = socket.push.bind(socket)
  // Node hands what comes to `push`, whether it is TLS or not; who reads it, and how, is the library's affair.
  socket.push = (chunk: Buffer | null): boolean => {
    if (chunk === null) {
      const held = mender.end()
      if (held) push(held)
      return push(null)
    }
    record.cameIn(chunk)
    listener?.heard(chunk.length)
    const bytes = mender.take(chunk)
    return bytes === null || push(bytes)
  }
  return {
    ...record,
    mender,
    begin: (head, events, onReleased) => {
      record.forget()
      prepared = head
      released = onReleased
      listener = events
      mender.begin((headers) => events.informational(100, headers))
      // A server may speak before it is asked, even before there was anyone to listen. A read of nothing has its use, too: it
      // makes the socket look, and a handshake that the server refuses is known before the request is written.
      const early: unknown = socket.readableFlowing === true ? null : socket.read()
      if (Buffer.isBuffer(early)) socket.push(early)
    },
  }
}
