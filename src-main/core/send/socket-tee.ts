/**
 * Sees what really goes over a socket, both ways: the head of a request as it was written, the start of its body, and
 * what came back until that could be understood. undici tells none of this, and of a reply it refuses it keeps nothing.
 */
import type { Socket } from 'node:net'

const SENT_BODY_BYTES = 1024 * 1024
const RECEIVED_BYTES = 64 * 1024

export interface SocketTee {
  /** Watch an exchange; of the one before nothing is left. */
  readonly begin: () => void
  /** Forget what was seen: an idle connection should hold no memory. */
  readonly forget: () => void
  /** Request line and header block as written, without the empty line; each character is a byte. */
  readonly sentHead: () => string
  /** How many bytes of body were given to the socket. */
  readonly sentBodyBytes: () => number
  /** The first MiB of them. */
  readonly sentBodyStart: () => readonly Uint8Array[]
  /** What came since `begin`, up to 64 KiB, and no further than `headCame`. */
  readonly received: () => Buffer
  readonly hasReceived: () => boolean
  readonly headCame: () => void
}

export function teeSocket(socket: Socket): SocketTee {
  let head = ''
  let sent: Uint8Array[] = []
  let sentBytes = 0
  let keptBytes = 0
  let received: Buffer[] = []
  let receivedBytes = 0
  let isReading = false

  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean
  socket.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
    // The head is written as text, the body as bytes.
    if (typeof chunk === 'string') head += chunk
    else {
      sentBytes += chunk.byteLength
      if (keptBytes < SENT_BODY_BYTES) {
        const kept = chunk.subarray(0, SENT_BODY_BYTES - keptBytes)
        sent.push(kept)
        keptBytes += kept.byteLength
      }
    }
    return write(chunk, ...rest)
  }
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null
  socket.read = (size?: number): Buffer | null => {
    const chunk = read(size)
    if (isReading && chunk && receivedBytes < RECEIVED_BYTES) {
      received.push(chunk)
      receivedBytes += chunk.length
    }
    return chunk
  }

  const forget = (): void => {
    head = ''
    sent = []
    sentBytes = 0
    keptBytes = 0
    received = []
    receivedBytes = 0
    isReading = false
  }

  return {
    begin: () => {
      forget()
      isReading = true
    },
    forget,
    sentHead: () => (head.endsWith('\r\n\r\n') ? head.slice(0, -4) : head),
    sentBodyBytes: () => sentBytes,
    sentBodyStart: () => sent,
    received: () => Buffer.concat(received).subarray(0, RECEIVED_BYTES),
    hasReceived: () => receivedBytes > 0,
    headCame: () => {
      isReading = false
    },
  }
}
