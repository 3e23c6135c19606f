/** A small SOCKS proxy for both versions, with or without a user name, that keeps where it was asked to go. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface SocksServer {
  readonly port: number
  /** `5 name h.test:80 user:pass`, `4 address 127.0.0.1:80 user`: version, kind of address, target, who asked. */
  readonly asked: string[]
}

export interface SocksOptions {
  /** `user:password`, which SOCKS 5 clients must give. */
  readonly login?: string
  /** Reply code of SOCKS 5 to answer with (RFC 1928 §6). */
  readonly reply?: number
  /** Connections to any host go there instead. */
  readonly leadsTo?: number
  /** Says nothing at all. */
  readonly isSilent?: boolean
}

/** Listen on 127.0.0.1, until the test is over. */
export async function socksServer(options: SocksOptions = {}): Promise<SocksServer> {
  const asked: string[] = []
  const open = new Set<Socket>()
  const server = createServer((client) => {
    open.add(client)
    client.on('error', () => undefined)
    if (options.isSilent === true) return void client.resume()
    const session = createSession(client, options, asked, open)
    const onData = (chunk: Buffer): void => {
      if (session(chunk)) client.off('data', onData)
    }
    client.on('data', onData)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo // it listens on a port, not a pipe
  return { port, asked }
}

/** Takes one message of the client at a time, and says whether it was the last before the tunnel. */
function createSession(
  client: Socket,
  { login, reply = 0, leadsTo }: SocksOptions,
  asked: string[],
  open: Set<Socket>,
): (chunk: Buffer) => boolean {
  let stage: 'greeting' | 'login' | 'request' = 'greeting'
  let who = ''
  const tunnel = (host: string, port: number, granted: Buffer): true => {
    const upstream = connect(leadsTo ?? port, leadsTo === undefined ? host : '127.0.0.1')
    open.add(upstream)
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    upstream.once('connect', () => {
      client.write(granted)
      client.pipe(upstream).pipe(client)
    })
    return true
  }
  return (chunk) => {
    if (stage === 'greeting' && chunk[0] === 4) {
      const [user = '', name = ''] = chunk.subarray(8).toString('latin1').split('\0')
      const address = [...chunk.subarray(4, 8)].join('.')
      const isNamed = name !== ''
      const port = chunk.readUInt16BE(2)
      asked.push(`4 ${isNamed ? 'name' : 'address'} ${isNamed ? name : address}:${port} ${user}`.trim())
      if (reply !== 0) {
        client.end(Buffer.from([0, 91, 0, 0, 0, 0, 0, 0]))
        return true
      }
      return tunnel(isNamed ? name : address, port, Buffer.from([0, 90, 0, 0, 0, 0, 0, 0]))
    }
    if (stage === 'greeting') {
      const methods = chunk.subarray(2)
      const method = login === undefined ? 0 : methods.includes(2) ? 2 : 0xff
      client.write(Buffer.from([5, method]))
      stage = method === 2 ? 'login' : 'request'
      return false
    }
    if (stage === 'login') {
      const length = chunk[1] ?? 0
      who = `${chunk.toString('utf8', 2, 2 + length)}:${chunk.toString('utf8', 3 + length)}`
      client.write(Buffer.from([1, who === login ? 0 : 1]))
      stage = 'request'
      return false
    }
    const { kind, host, port } = targetOf(chunk)
    asked.push(`5 ${kind} ${host}:${port} ${who}`.trim())
    if (reply !== 0) {
      client.end(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]))
      return true
    }
    return tunnel(host, port, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
  }
}

function targetOf(chunk: Buffer): { kind: 'name' | 'address'; host: string; port: number } {
  if (chunk[3] === 1) return { kind: 'address', host: [...chunk.subarray(4, 8)].join('.'), port: chunk.readUInt16BE(8) }
  if (chunk[3] === 4) return { kind: 'address', host: chunk.toString('hex', 4, 20), port: chunk.readUInt16BE(20) }
  const length = chunk[4] ?? 0
  return { kind: 'name', host: chunk.toString('latin1', 5, 5 + length), port: chunk.readUInt16BE(5 + length) }
}
