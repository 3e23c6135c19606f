/** A real HTTP server on 127.0.0.1 that counts its connections, for as long as the test runs. */
import { createServer, type IncomingMessage, type RequestListener, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface HttpServer {
  readonly port: number
  /** Without a slash at the end. */
  readonly url: string
  readonly connections: () => number
  /** Request lines received, such as `GET /a`. */
  readonly requests: string[]
}

export interface TlsFiles {
  readonly key: string
  readonly cert: string
  readonly ciphers?: string
}

export async function httpServer(
  listener: RequestListener,
  options: { readonly tls?: TlsFiles; readonly server?: ServerOptions; readonly host?: string } = {},
): Promise<HttpServer> {
  const requests: string[] = []
  let connections = 0
  const handle: RequestListener = (request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
    listener(request, response)
  }
  const server = options.tls ? createTlsServer(options.tls, handle) : createServer(options.server ?? {}, handle)
  server.on('connection', () => (connections += 1))
  server.on('tlsClientError', () => undefined)
  const host = options.host ?? '127.0.0.1'
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo // it listens on a port, not a pipe
  const shownHost = host.includes(':') ? `[${host}]` : host
  return { port, url: `${options.tls ? 'https' : 'http'}://${shownHost}:${port}`, connections: () => connections, requests }
}

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
