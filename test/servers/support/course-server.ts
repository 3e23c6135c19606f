/** A server that does to each try what the course of its case says: answer, close, reset, be silent, not be there at all. */
import { once } from 'node:events'
import { renameSync, symlinkSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { selfSigned } from '../../support/tls.ts'
import { requestEnd } from './recorder.ts'

export type Step =
  /** Bytes in Latin-1; the connection is closed behind them where another try is not to find it. */
  | { readonly kind: 'reply'; readonly bytes: string; readonly closes: boolean }
  /** Once the request has come. */
  | { readonly kind: 'close' | 'reset' | 'silence' }
  | { readonly kind: 'refused' }

/** `distrusted`: a certificate that only vouches for itself. The others are what becomes of the handshake. */
export type Handshake = 'none' | 'distrusted' | 'closed' | 'reset'

export interface Course {
  readonly handshake: Handshake
  readonly steps: readonly Step[]
}

export interface CourseServer {
  readonly port: number
  /** Where such handshakes are: a Unix socket cannot be reset. */
  readonly portOf: (handshake: Handshake) => number
  /** A Unix socket that leads to the server, or to nothing where the course has the next try refused. */
  readonly path: string
  readonly begin: (id: number) => void
  /** A try has failed to connect. */
  readonly wasRefused: () => void
  /** Requests and refusals of a case since `clear`; each character is a byte. */
  readonly recorded: (id: number) => readonly string[]
  readonly clear: () => void
  readonly close: () => Promise<void>
}

const PLAIN_STEP: Step = { kind: 'reply', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', closes: false }

/**
 * @param dir an empty folder
 * @param courseOf what happens in a case; after its last step come plain answers
 */
export async function startCourseServer(dir: string, courseOf: (id: number) => Course): Promise<CourseServer> {
  const byCase = new Map<number, string[]>()
  const sockets = new Set<Socket>()
  let current = -1
  let taken = 0
  const path = join(dir, 'wire')
  const next = (): Step => courseOf(current).steps[taken] ?? PLAIN_STEP
  const point = (): void => {
    const to = next().kind === 'refused' ? 'nobody' : 'server'
    symlinkSync(join(dir, to), `${path}.new`)
    renameSync(`${path}.new`, path)
  }
  const record = (text: string): void => void byCase.set(current, [...(byCase.get(current) ?? []), text])
  const take = (text: string): Step => {
    const step = next()
    record(text)
    taken += 1
    point()
    return step
  }
  const begin = (id: number): void => {
    current = id
    taken = 0
    point()
  }
  const ports = new Map<Handshake, number>()
  const portOf = (handshake: Handshake): number => ports.get(handshake) ?? 0
  const answerControl = (line: string): string => {
    const named = /^CASE (\d+)$/.exec(line)
    if (named) begin(Number(named[1]))
    if (line !== 'CONNECT') return 'ok'
    if (next().kind === 'refused') {
      take('refused')
      return 'refused'
    }
    return String(portOf(courseOf(current).handshake))
  }
  const onConnection = (socket: Socket): void => {
    let pending = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1')
      const line = /^((?:CASE|CONNECT)[ \d]*)\n/.exec(pending)?.[1]
      if (line !== undefined) {
        socket.end(answerControl(line))
        return
      }
      for (let end = requestEnd(pending); end !== null; end = requestEnd(pending)) {
        act(socket, take(pending.slice(0, end)))
        pending = pending.slice(end)
      }
    })
  }
  const tcp = await serversByHandshake(onConnection, record)
  const unix = createServer(onConnection)
  const servers = [...tcp.values(), unix]
  for (const server of servers) {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
  }
  for (const [handshake, server] of tcp) {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    ports.set(handshake, (server.address() as AddressInfo).port) // it listens on a port
  }
  await once(unix.listen(join(dir, 'server')), 'listening')
  return {
    port: portOf('none'),
    portOf,
    path,
    begin,
    wasRefused: () => void (next().kind === 'refused' && take('refused')),
    recorded: (id) => byCase.get(id) ?? [],
    clear: () => byCase.clear(),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

async function serversByHandshake(
  onConnection: (socket: Socket) => void,
  record: (text: string) => void,
): Promise<ReadonlyMap<Handshake, Server>> {
  const broken = (end: (socket: Socket) => void): Server =>
    createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        record('handshake')
        end(socket)
      })
    })
  const distrusted = createTlsServer(await selfSigned('DNS:h.test'), onConnection)
  distrusted.on('tlsClientError', () => undefined)
  distrusted.on('connection', () => record('handshake'))
  return new Map([
    ['none', createServer(onConnection)],
    ['distrusted', distrusted],
    ['closed', broken((socket) => void socket.end())],
    ['reset', broken((socket) => void socket.resetAndDestroy())],
  ])
}

function act(socket: Socket, step: Step): void {
  switch (step.kind) {
    case 'reply':
      if (step.closes) socket.end(step.bytes, 'latin1')
      else socket.write(step.bytes, 'latin1')
      return
    case 'close':
      socket.end()
      return
    case 'reset':
      // A Unix socket has no reset; closed at once comes to the same, once the request was sent.
      if (socket.remoteAddress === undefined) socket.destroy()
      else socket.resetAndDestroy()
      return
    case 'silence':
    case 'refused':
      return
  }
}
