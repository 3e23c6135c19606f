/** A server that speaks bytes, for replies that no real server sends and for requests read as they came. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface RawServer {
  readonly port: number
  readonly url: string
  /** Everything received, by connection, in the order of connecting. */
  readonly received: Buffer[]
  readonly sockets: Socket[]
  readonly server: Server
  /** Resolves when that many connections were made, at once if they were already. */
  readonly connections: (count: number) => Promise<void>
}

export interface RawExchange {
  readonly socket: Socket
  /** Zero-based number of the connection. */
  readonly connection: number
  /** Everything received on it so far. */
  readonly received: Buffer
}

/**
 * Listen on 127.0.0.1, until the test is over.
 *
 * @param onData called for every chunk that comes
 */
export async function rawServer(
  onData: (exchange: RawExchange) => void,
  onConnect?: (socket: Socket, connection: number) => void,
): Promise<RawServer> {
  const received: Buffer[] = []
  const sockets: Socket[] = []
  const watchers = new Set<() => void>()
  const server = createServer((socket) => {
    const connection = sockets.push(socket) - 1
    received.push(Buffer.alloc(0))
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      received[connection] = Buffer.concat([received[connection] ?? Buffer.alloc(0), chunk])
      onData({ socket, connection, received: received[connection] })
    })
    onConnect?.(socket, connection)
    watchers.forEach((check) => check())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo // it listens on a port, not a pipe
  const connections = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (sockets.length < count) return
        watchers.delete(check)
        resolve()
      }
      watchers.add(check)
      check()
    })
  return { port, url: `http://127.0.0.1:${port}`, received, sockets, server, connections }
}

/** Sends the reply once the head of each request has come, and then closes where told to. */
export function replyWith(reply: string | Buffer, options: { readonly close?: boolean } = {}): (exchange: RawExchange) => void {
  return ({ socket, received }) => {
    if (!received.subarray(-4).equals(Buffer.from('\r\n\r\n'))) return
    if (options.close === true) socket.end(reply)
    else socket.write(reply)
  }
}
