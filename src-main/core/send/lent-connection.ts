/**
 * Lends an open connection to the WebSocket library. The handshake was made by the exchange, byte for byte as it was
 * prepared; the library insists on making its own, so it makes one here, and is told what the server said.
 */
import { Duplex } from 'node:stream'
import { acceptOf } from '../prepare/websocket.ts'

const END_OF_HEAD = '\r\n\r\n'

/** What the server agreed to; null: it said nothing of it. */
export interface Agreed {
  readonly protocol: string | null
  readonly extensions: string | null
}

/** The connection behind the handshake, as the library wants it: one on which that is still to be made. */
export class LentConnection extends Duplex {
  readonly #socket: Duplex
  readonly #agreed: Agreed
  /** The library's request as far as it has come; null once it was answered. */
  #head: string | null = ''

  constructor(socket: Duplex, agreed: Agreed) {
    super()
    this.#socket = socket
    this.#agreed = agreed
    socket.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) socket.pause()
    })
    socket.once('end', () => this.push(null))
    socket.once('error', (error: Error) => this.destroy(error))
    socket.once('close', () => this.destroy())
    // Nothing is read before the library has its answer.
    socket.pause()
  }

  override _read(): void {
    if (this.#head === null) this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#head === null) {
      this.#socket.write(chunk, done)
      return
    }
    this.#head += chunk.toString('latin1')
    if (this.#head.includes(END_OF_HEAD)) this.#answer(this.#head)
    done()
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }

  /** Called by the library as if this were a socket of `node:net`. */
  setTimeout(): this {
    return this
  }

  setNoDelay(): this {
    return this
  }

  #answer(request: string): void {
    const key = /\r\nsec-websocket-key: *(\S+)/i.exec(request)?.[1] ?? ''
    const { protocol, extensions } = this.#agreed
    const lines = [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${acceptOf(key)}`,
      ...(protocol === null ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
      ...(extensions === null ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]),
    ]
    this.#head = null
    this.push(lines.join('\r\n') + END_OF_HEAD, 'latin1')
    this.#socket.resume()
  }
}
