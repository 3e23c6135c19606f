/** A small HTTP proxy that really proxies, by absolute-form requests and by CONNECT, and keeps what it was asked. */
import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { TlsFiles } from './http-server.ts'

export interface ProxyServer {
  readonly port: number
  readonly url: string
  /** Of each request: its request line and the headers that concern proxies, `CONNECT h:1 host=h:1 auth=…`. */
  readonly asked: ProxyRequest[]
  readonly connections: () => number
}

export interface ProxyRequest {
  readonly line: string
  readonly host: string | undefined
  readonly authorization: string | undefined
  readonly headers: readonly string[]
}

export interface ProxyOptions {
  readonly tls?: TlsFiles
  /** What to answer in place of serving; null: serve. */
  /** A line that goes with each answer to who was let in. */
  readonly info?: (request: IncomingMessage) => readonly [name: string, value: string]
  readonly refuse?: (request: IncomingMessage) => { readonly status: string; readonly headers?: string; readonly body?: string } | null
  /** Connections to any host go there instead. */
  readonly leadsTo?: number
}

/** Listen on 127.0.0.1, until the test is over. */
export async function proxyServer({ tls, refuse = () => null, info, leadsTo }: ProxyOptions = {}): Promise<ProxyServer> {
  const asked: ProxyRequest[] = []
  const open = new Set<Duplex>()
  let connections = 0
  const server: Server = tls ? createTlsServer(tls) : createServer()
  const keep = (request: IncomingMessage): void => {
    const { headers, rawHeaders, method, url, httpVersion } = request
    const names = rawHeaders.filter((_text, index) => index % 2 === 0)
    asked.push({
      line: `${method} ${url} HTTP/${httpVersion}`,
      host: headers.host,
      authorization: headers['proxy-authorization'],
      headers: names,
    })
  }
  server.on('connection', (socket: Socket) => {
    connections += 1
    open.add(socket)
    socket.on('error', () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  server.on('request', (request, response) => {
    keep(request)
    const refusal = refuse(request)
    if (refusal) {
      response.sendDate = false
      response.writeHead(Number(refusal.status.slice(0, 3)), refusal.status.slice(4), headersOf(refusal.headers))
      response.end(refusal.body ?? '')
      return
    }
    const { hostname, port, pathname, search } = new URL(request.url ?? '')
    const { 'proxy-authorization': _own, ...headers } = request.headers
    const onward = forward({
      host: leadsTo === undefined ? hostname : '127.0.0.1',
      port: leadsTo ?? port,
      path: pathname + search,
      method: request.method,
      headers,
    })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(info && Object.fromEntries([info(request)])) })
      answer.pipe(response)
    })
    onward.on('error', () => response.writeHead(502).end('no way'))
    request.pipe(onward)
  })
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    keep(request)
    const refusal = refuse(request)
    if (refusal) {
      const body = refusal.body ?? ''
      client.end(`HTTP/1.1 ${refusal.status}\r\n${refusal.headers ?? ''}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      return
    }
    const [host = '', port = ''] = (request.url ?? '').split(/:(?=\d+$)/)
    const upstream = connect(leadsTo ?? Number(port), leadsTo === undefined ? host : '127.0.0.1')
    open.add(upstream)
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    upstream.once('connect', () => {
      client.write(`HTTP/1.1 200 Connection established\r\n${info ? `${info(request).join(': ')}\r\n` : ''}\r\n`)
      client.pipe(upstream).pipe(client)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of open) socket.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo // it listens on a port, not a pipe
  return { port, url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, asked, connections: () => connections }
}

function headersOf(lines = ''): Record<string, string> {
  return Object.fromEntries(lines.split('\r\n').flatMap((line) => (line === '' ? [] : [line.split(': ') as [string, string]]))) // name and value
}
