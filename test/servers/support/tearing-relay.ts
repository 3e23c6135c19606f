/** Stands between a client and a server, and tears each connection that has had as many bytes of answer as it may. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface TearingRelay {
  readonly url: string
  /** How many bytes the next connections may have, one after the other; those behind the last have no limit. */
  readonly tearAfter: (...bytes: readonly number[]) => void
  readonly stop: () => Promise<void>
}

export async function startTearingRelay(port: number): Promise<TearingRelay> {
  const sockets = new Set<Socket>()
  let limits: number[] = []
  const server = createServer((client) => {
    const limit = limits.shift() ?? Infinity
    const upstream = connect(port, '127.0.0.1')
    let given = 0
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (bytes: Buffer) => {
      const rest = bytes.subarray(0, limit - given)
      given += rest.length
      if (given < limit) return void client.write(rest)
      upstream.pause()
      client.end(rest)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tearAfter: (...bytes) => {
      limits = [...bytes]
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
