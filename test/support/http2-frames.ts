/** A server that speaks frames of HTTP/2, for what Node's own will not send: a reset in the middle, a connection cut. */
import type { AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { Authority } from './tls.ts'

const TYPES = { data: 0, headers: 1, reset: 3, settings: 4, goaway: 7 } as const
const PREFACE_BYTES = 24
const HEAD_BYTES = 9
export const END_STREAM = 1
const END_HEADERS = 4
const ACK = 1

/** One frame (RFC 9113 §4.1). */
export function frame(type: keyof typeof TYPES, stream: number, payload: Buffer = Buffer.alloc(0), flags = 0): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = TYPES[type]
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

/** The head of an answer of 200, of so many bytes where it says. */
export function okFrame(stream: number, length?: number): Buffer {
  const digits = String(length)
  // `:status: 200` of the static table, and content-length by its index there, as it is (RFC 7541 §6.1, §6.2.2).
  const fields = length === undefined ? [0x88] : [0x88, 0x0f, 0x0d, digits.length, ...Buffer.from(digits)]
  return frame('headers', stream, Buffer.from(fields), END_HEADERS)
}

export function resetFrame(stream: number, code: number): Buffer {
  return frame('reset', stream, numbers(code))
}

/** @param lastStream the last that the server has looked at */
export function goawayFrame(lastStream: number, code: number): Buffer {
  return frame('goaway', 0, numbers(lastStream, code))
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4))
  return bytes
}

/**
 * Listens on 127.0.0.1, until the test is over.
 *
 * @param onRequest called for each request, by the number of its stream
 * @returns the port
 */
export async function http2FrameServer(authority: Authority, onRequest: (socket: TLSSocket, stream: number) => void): Promise<number> {
  const { key, cert } = await authority.issue('DNS:localhost')
  const sockets = new Set<TLSSocket>()
  const server = createServer({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.write(frame('settings', 0))
    let bytes = Buffer.alloc(0)
    let isPrefaced = false
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      if (!isPrefaced && bytes.length >= PREFACE_BYTES) {
        isPrefaced = true
        bytes = bytes.subarray(PREFACE_BYTES)
      }
      while (isPrefaced && bytes.length >= HEAD_BYTES) {
        const length = HEAD_BYTES + bytes.readUIntBE(0, 3)
        if (bytes.length < length) return
        const [type, flags, stream] = [bytes[3], bytes[4], bytes.readUInt32BE(5)]
        bytes = bytes.subarray(length)
        if (type === TYPES.settings && flags !== ACK) socket.write(frame('settings', 0, Buffer.alloc(0), ACK))
        if (type === TYPES.headers) onRequest(socket, stream)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port // it listens on a port, not a pipe
}
