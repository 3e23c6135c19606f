/** The loopback server of the benchmarks, in a process of its own: small JSON, large downloads, swallowed uploads. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const SMALL = JSON.stringify({ id: 42, name: 'Jane', tags: ['a', 'b'], text: 'x'.repeat(230) })
const CHUNK = Buffer.alloc(1 << 20, 'x')

const server = createServer((request, response) => {
  const bytes = Number(/^\/bytes\/(\d+)$/.exec(request.url ?? '')?.[1] ?? NaN)
  if (!Number.isNaN(bytes)) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes })
    let left = bytes
    const push = (): void => {
      while (left > 0) {
        const part = left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left)
        left -= part.length
        if (!response.write(part)) return void response.once('drain', push)
      }
      response.end()
    }
    push()
    return
  }
  let received = 0
  request.on('data', (chunk: Buffer) => (received += chunk.length))
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(request.method === 'GET' ? SMALL : JSON.stringify({ received }))
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('disconnect', () => process.exit(0))
