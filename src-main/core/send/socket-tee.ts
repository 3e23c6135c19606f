/**
 * Stands between an HTTP library and its socket. It has the head of the request written exactly as it was prepared, in
 * its order and case, in place of the library's own; and it records what goes over the socket both ways, which the
 * libraries do not tell, least of all of a reply they refuse.
 */
import type { Socket } from 'node:net'
import { createWireRecorder, type WireRecorder } from './wire-record.ts'

export interface SocketTee extends WireRecorder {
  /**
   * Begin an exchange; of the one before nothing is left.
   *
   * @param head request line and header lines, without the empty line; each character is a byte
   */
  readonly begin: (head: string) => void
}

export function teeSocket(socket: Socket): SocketTee {
  const record = createWireRecorder()
  let prepared: string | null = null
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean
  socket.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    // Libraries write the head as text and the body as bytes; text after the head is the framing of chunks.
    if (typeof chunk !== 'string') record.wroteBody(chunk)
    else if (prepared !== null) {
      const head = prepared
      prepared = null
      record.wroteHead(head)
      // The empty line may come later, with the size of the first chunk.
      const end = chunk.endsWith('\r\n\r\n') ? '\r\n\r\n' : '\r\n'
      return write(head + end, 'latin1', ...rest.filter((argument) => typeof argument === 'function'))
    }
    return write(chunk, ...rest)
  }
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null
  socket.read = (size?: number): Buffer | null => {
    const chunk = read(size)
    if (chunk) record.cameIn(chunk)
    return chunk
  }
  return {
    ...record,
    begin: (head) => {
      record.forget()
      prepared = head
    },
  }
}
