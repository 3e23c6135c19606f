import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningServer } from './support/process.ts'
import { runCli, sendYaml } from './support/send-file.ts'
import { startNginx } from './support/servers.ts'

let folder: string
let plain: RunningServer
let secure: RunningServer
const big = randomBytes(24 * 1024 * 1024)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-nginx-'))
  const html = join(folder, 'plain/html')
  await mkdir(html, { recursive: true })
  await writeFile(join(html, 'page.html'), `<!doctype html><p>${'grüezi '.repeat(500)}</p>`)
  await writeFile(join(html, 'big.bin'), big)
  await mkdir(join(folder, 'secure/html'), { recursive: true })
  await writeFile(join(folder, 'secure/html/big.bin'), big)
  plain = await startNginx({
    folder: join(folder, 'plain'),
    server: `gzip on; gzip_types text/html; client_max_body_size 1m;
      location /old { return 301 /page.html; }
      location /put { return 200 "stored"; }`,
  })
  certificates(folder)
  secure = await startNginx({
    folder: join(folder, 'secure'),
    server: 'client_max_body_size 1m; location / { return 200 "over TLS"; } location = /big.bin { }',
    tls: { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key') },
  })
})
afterAll(async () => {
  await plain.stop()
  await secure.stop()
  await rm(folder, { recursive: true })
})

/** A CA and a certificate for 127.0.0.1 signed by it. */
function certificates(into: string): void {
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: into, stdio: 'pipe' })
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test CA')
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
    '-subj',
    '/CN=server',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  )
  openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'server.pem',
    '-days',
    '2',
    '-copy_extensions',
    'copy',
  )
}

describe('nginx over plain HTTP', () => {
  test('a page compressed on the fly and chunked is decoded', async () => {
    const { exchange } = await sendYaml(folder, `http:\n  method: GET\n  url: ${plain.url}/page.html\n`)

    expect(exchange.response.bodyText).toContain('grüezi')
    expect(exchange.response.headers.map(([name]) => name)).toContain('Content-Encoding')
    expect(exchange.response.wireBytes).toBeLessThan(exchange.response.bodyBytes)
  })

  test('a redirect is followed', async () => {
    const { exchange } = await sendYaml(folder, `http:\n  method: GET\n  url: ${plain.url}/old\n`)
    expect([exchange.response.url, exchange.history.length]).toEqual([`${plain.url}/page.html`, 1])
  })

  test('a large file is streamed to --output unchanged', async () => {
    const output = join(folder, 'saved.bin')
    const { exchange, code } = await sendYaml(folder, `http:\n  method: GET\n  url: ${plain.url}/big.bin\n`, ['--output', output])

    expect(code).toBe(0)
    expect(exchange.response.savedTo).toBe(output)
    expect(
      createHash('sha256')
        .update(await readFile(output))
        .digest('hex'),
    ).toBe(createHash('sha256').update(big).digest('hex'))
  })

  test('an answer of 413 that comes while the upload runs is shown, not lost', async () => {
    await writeFile(join(folder, 'upload.bin'), big)
    const { exchange } = await sendYaml(
      folder,
      `http:\n  method: POST\n  url: ${plain.url}/put\n  body:\n    type: file\n    data:\n      - { filePath: upload.bin, contentType: application/octet-stream, selected: true }\n`,
    )

    expect(exchange.response.status).toBe(413)
  })

  test('the body alone goes to stdout', async () => {
    const file = join(folder, 'page.yml')
    await writeFile(file, `info: { name: p, type: http }\nhttp: { method: GET, url: "${plain.url}/page.html" }\n`)
    const { stdout, code } = await runCli(['send', file, '--data-dir', join(folder, 'data')])

    expect(code).toBe(0)
    expect(stdout).toMatch(/^<!doctype html><p>grüezi/)
  })
})

describe('nginx over TLS', () => {
  test('a certificate of an unknown authority is refused with what to do', async () => {
    const { exchange, code } = await sendYaml(folder, `http:\n  method: GET\n  url: ${secure.url}/\n`)

    expect(code).toBe(3)
    expect(exchange.error).toMatchObject({ kind: 'SSLError', hint: expect.any(String) })
  })

  test('the CA file makes it trusted', async () => {
    const { exchange } = await sendYaml(folder, `http:\n  method: GET\n  url: ${secure.url}/\nposthaste:\n  verify: ./ca.pem\n`)

    expect(exchange.response.bodyText).toBe('over TLS')
    expect(exchange.connection.tls?.authorized).toBe(true)
  })

  test('verification can be switched off, with a warning', async () => {
    const { exchange } = await sendYaml(folder, `http:\n  method: GET\n  url: ${secure.url}/\n`, ['--insecure'])

    expect(exchange.response.bodyText).toBe('over TLS')
    expect(exchange.warnings.join()).not.toBe('')
  })
})

describe('nginx over HTTP/2', () => {
  const http2 = 'posthaste:\n  http2: true\n  verify: ./ca.pem\n'

  test('is chosen, and the head is what it was sent', async () => {
    const { exchange } = await sendYaml(folder, `http:\n  method: GET\n  url: ${secure.url}/\n${http2}`)

    expect(exchange.response).toMatchObject({ status: 200, httpVersion: '2', bodyText: 'over TLS' })
    expect(exchange.request.headers[0]).toEqual([':method', 'GET'])
    expect(exchange.connection.tls?.alpn).toBe('h2')
  })

  test('a large file is streamed to --output unchanged', async () => {
    const output = join(folder, 'saved-2.bin')
    const { exchange, code } = await sendYaml(folder, `http:\n  method: GET\n  url: ${secure.url}/big.bin\n${http2}`, ['--output', output])

    expect(code).toBe(0)
    expect(exchange.response.httpVersion).toBe('2')
    expect(big.equals(await readFile(output))).toBe(true)
  })

  test('an answer of 413 that comes while the upload runs is shown, not lost', async () => {
    await writeFile(join(folder, 'upload.bin'), big)
    const { exchange } = await sendYaml(
      folder,
      `http:\n  method: POST\n  url: ${secure.url}/put\n  body:\n    type: file\n    data:\n      - { filePath: upload.bin, contentType: application/octet-stream, selected: true }\n${http2}`,
    )

    expect(exchange.response.status).toBe(413)
  })
})
