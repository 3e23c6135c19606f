/** HTTP/2 and interim answers in the window, against a real server of HTTP/2. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createSecureServer, type Http2SecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'
import { expect, test } from './support/fixtures.ts'

async function http2Server(): Promise<Http2SecureServer> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-h2-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = ['req', '-newkey', 'rsa:2048', '-nodes', '-x509', '-days', '2', '-subj', '/CN=localhost', '-keyout', key, '-out', cert]
  await promisify(execFile)('openssl', made)
  const server = createSecureServer({ key: await readFile(key), cert: await readFile(cert), allowHTTP1: true })
  await rm(folder, { recursive: true })
  server.on('stream', (stream) => {
    stream.additionalHeaders({ ':status': 103, link: '</style.css>; rel=preload' })
    stream.respond({ ':status': 200, 'content-type': 'text/plain' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-checksum': '42' }))
    stream.end('over HTTP/2')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

test('a server that speaks HTTP/2 is spoken to in it, and everything it sent is shown', async ({ window }) => {
  const server = await http2Server()
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(`https://127.0.0.1:${(server.address() as AddressInfo).port}/hello`)
  await editor.section('Options')
  await window.getByRole('switch', { name: /Verify/ }).click()
  await window.getByRole('button', { name: /^Connection/ }).click()
  await window.getByRole('switch', { name: 'HTTP/2' }).click()
  await editor.send.click()

  await expect(response.status).toHaveText(/200 OK/)
  await response.section('Headers')
  await expect(window.getByRole('table', { name: 'Interim answer 103' })).toContainText('</style.css>')
  await expect(window.getByRole('table', { name: 'Trailers' })).toContainText('x-checksum')
  await response.section('Request')
  const pseudo = window.getByRole('region', { name: 'Sent pseudo-headers' })
  await expect(pseudo).toContainText(/:method: GET\n:scheme: https\n:authority: 127\.0\.0\.1:\d+\n:path: \/hello/)
  await response.section('Timing')
  await expect(response.region).toContainText(/103 Early Hints came .+ after the request began/)
  await expect(response.region).toContainText('HTTP/2, chosen by the server (ALPN h2)')
  server.close()
})
