/** A server that keeps the bytes of every request, by case, and answers with what the case says. */
import { createServer, type AddressInfo, type Socket } from 'node:net'

const PLAIN_REPLY = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'

export interface Recorder {
  readonly port: number
  /** A Unix socket, for clients that go there whatever the host. */
  readonly path: string
  /** Begin a case, from whose first request on everything is its. */
  readonly begin: (id: number) => void
  /** Requests recorded since `clear`, by case; each character is a byte. */
  readonly recorded: (id: number) => readonly string[]
  readonly clear: () => void
  readonly close: () => Promise<void>
}

/** @param repliesOf replies of a case, in order; after the last come plain ones */
export async function startRecorder(path: string, repliesOf: (id: number) => readonly string[]): Promise<Recorder> {
  const byCase = new Map<number, string[]>()
  let current = -1
  const take = (text: string): string => {
    const list = byCase.get(current) ?? []
    byCase.set(current, [...list, text])
    return repliesOf(current)[list.length] ?? PLAIN_REPLY
  }
  const begin = (id: number): void => {
    current = id
  }
  const onConnection = (socket: Socket): void => {
    let pending = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1')
      const named = /^CASE (\d+)\n/.exec(pending)
      if (named) {
        begin(Number(named[1]))
        socket.end('ok')
        return
      }
      for (let end = requestEnd(pending); end !== null; end = requestEnd(pending)) {
        socket.write(take(pending.slice(0, end)), 'latin1')
        pending = pending.slice(end)
      }
    })
  }
  const sockets = new Set<Socket>()
  const servers = [0, path].map((place) => {
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      onConnection(socket)
    })
    return typeof place === 'number' ? server.listen(place, '127.0.0.1') : server.listen(place)
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))))
  return {
    port: (servers[0]?.address() as AddressInfo).port, // the first of them listens on a port
    path,
    begin,
    recorded: (id) => byCase.get(id) ?? [],
    clear: () => byCase.clear(),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

/** Where the first request of some text ends; null while it is not all there. */
export function requestEnd(text: string): number | null {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return null
  const lines = text.slice(0, head).toLowerCase()
  if (/\r\ntransfer-encoding: chunked/.test(lines)) {
    const last = text.indexOf('0\r\n\r\n', head + 4)
    return last < 0 ? null : last + 5
  }
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(lines)?.[1] ?? 0)
  return text.length >= head + 4 + length ? head + 4 + length : null
}
