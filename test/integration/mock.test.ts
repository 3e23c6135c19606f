// The mock server over real sockets, and the command that starts it.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startMock } from '#core/create-core.ts'
import { exitOf, runCli, startCli } from '../support/cli.ts'
import { tempDir } from '../support/temp-dir.ts'

const USER = `info: { name: Get user, type: http }
http: { method: GET, url: "{{base}}/users/:id" }
examples:
  - name: Found
    request: { method: GET, url: "{{base}}/users/1" }
    response:
      status: 200
      statusText: Very well
      headers:
        - { name: Content-Type, value: application/json; charset=iso-8859-1 }
        - { name: Content-Encoding, value: gzip }
        - { name: Content-Length, value: "3" }
        - { name: Transfer-Encoding, value: chunked }
        - { name: X-Twice, value: a }
        - { name: X-Twice, value: b }
        - { name: "Not a header", value: x }
        - { name: Access-Control-Allow-Origin, value: "https://then.test" }
      body: { type: json, data: '{"name":"Zoë","id":12345678901234567890}' }
  - name: Gone für immer
    response: { status: 404, body: { type: text, data: gone } }
`

async function shop(): Promise<string> {
  const dir = await tempDir()
  await mkdir(join(dir, 'Users'))
  await writeFile(join(dir, 'opencollection.yml'), 'opencollection: "1.0.0"\ninfo: { name: Shop API }\n')
  await writeFile(join(dir, 'Users', 'Get user.yml'), USER)
  await writeFile(
    join(dir, 'Delete.yml'),
    'info: { name: Del, type: http }\nhttp: { method: DELETE, url: "{{base}}/users/:id" }\nexamples: [ { name: Done, response: { status: 204 } } ]\n',
  )
  return dir
}

async function mock(folder: string, cors = false): Promise<{ url: string; summary: string; logged: string[] }> {
  const logged: string[] = []
  const started = await startMock({ folder, port: 0, cors, log: (line) => void logged.push(line) })
  if (!started.ok) throw new Error(started.error.message)
  onTestFinished(started.value.close)
  return { ...started.value, logged }
}

/** What came, with the header lines as they were written. */
async function ask(url: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { ...options, agent: false }, resolve)
      .on('error', reject)
      .end()
  })
  return {
    status: response.statusCode,
    reason: response.statusMessage,
    headers: response.headers,
    raw: response.rawHeaders,
    body: await text(response),
  }
}

test('examples are served with status, headers and body; what belongs to the wire is made anew', async () => {
  const { url, summary } = await mock(await shop())
  expect(summary).toBe('Shop API: 3 examples of 2 requests')

  const found = await ask(`${url}/users/1`)

  expect(found).toMatchObject({ status: 200, reason: 'Very well', body: '{"name":"Zoë","id":12345678901234567890}' })
  expect(found.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-length': '41',
    'x-mock-example': 'Found',
  })
  expect(found.headers['content-encoding']).toBeUndefined()
  expect(found.headers['transfer-encoding']).toBeUndefined()
  expect(found.raw.filter((part) => part === 'X-Twice')).toHaveLength(2)
  expect(await ask(`${url}/v2/users/33`, { method: 'DELETE' })).toMatchObject({ status: 204, body: '' })
  expect(await ask(`${url}/users/1`, { method: 'HEAD' })).toMatchObject({ status: 200, body: '', headers: { 'content-length': '41' } })
})

test('one is asked for by name or by status', async () => {
  const { url } = await mock(await shop())
  const gone = {
    status: 404,
    body: 'gone',
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-mock-example': 'Gone%20f%C3%BCr%20immer' },
  }

  expect(await ask(`${url}/users/9`, { headers: { 'X-Mock-Example': 'Gone%20f%C3%BCr%20immer' } })).toMatchObject(gone)
  expect(await ask(`${url}/users/9?__example=gone+f%C3%BCr+immer`)).toMatchObject(gone)
  expect(await ask(`${url}/users/9`, { headers: { Prefer: 'wait=3, code=404' } })).toMatchObject(gone)
  expect(await ask(`${url}/users/9`, { headers: { Prefer: 'example="Found"' } })).toMatchObject({ status: 200 })
})

test('what nothing answers gets a list of what there is', async () => {
  const { url } = await mock(await shop())

  const none = await ask(`${url}/orders?x=1`, { method: 'PUT', headers: { Prefer: 'code=500' } })

  expect(none).toMatchObject({ status: 404, headers: { 'content-type': 'application/json' } })
  expect(JSON.parse(none.body)).toEqual({
    error: 'No example with status 500 answers PUT /orders.',
    examples: [
      { request: 'Get user', example: 'Found', method: 'GET', path: '/users/1', status: 200 },
      { request: 'Get user', example: 'Gone für immer', method: 'GET', path: '/users/:id', status: 404 },
      { request: 'Del', example: 'Done', method: 'DELETE', path: '/users/:id', status: 204 },
    ],
  })
})

test('pages may read the answers only where that was asked for', async () => {
  const dir = await shop()
  const origin = { Origin: 'http://page.test' }
  const closed = await ask(`${(await mock(dir)).url}/users/2`, { headers: { ...origin, Prefer: 'code=404' } })
  expect(closed.headers['access-control-allow-origin']).toBeUndefined()

  const { url } = await mock(dir, true)
  expect((await ask(`${url}/users/1`, { headers: origin })).headers).toMatchObject({ 'access-control-allow-origin': 'http://page.test' })
  const preflight = { ...origin, 'Access-Control-Request-Method': 'DELETE', 'Access-Control-Request-Headers': 'x-a' }
  expect(await ask(`${url}/users/1`, { method: 'OPTIONS', headers: preflight })).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-methods': 'DELETE', 'access-control-allow-headers': 'x-a' },
  })
})

test('changed files are followed, and one that cannot be read is told of', async () => {
  const dir = await shop()
  const { url, logged } = await mock(dir)

  await writeFile(
    join(dir, 'Users', 'Get user.yml'),
    (await readFile(join(dir, 'Users', 'Get user.yml'), 'utf8')).replace('data: gone', 'data: away'),
  )
  await vi.waitFor(async () => expect((await ask(`${url}/users/9`, { headers: { Prefer: 'code=404' } })).body).toBe('away'), {
    timeout: 10_000,
  })
  await writeFile(join(dir, 'Bad.yml'), 'examples: [\n')
  await vi.waitFor(() => expect(logged.join('\n')).toMatch(/Bad\.yml cannot be read/), { timeout: 10_000 })
  await rm(join(dir, 'Delete.yml'))
  await vi.waitFor(() => expect(logged.join('\n')).toContain('Shop API: 2 examples of 1 request'), { timeout: 10_000 })
  expect((await ask(`${url}/users/1`)).status).toBe(200)
})

test('posthaste mock says one line when it is ready, and ends at a signal', async () => {
  const child = startCli(['mock', await shop(), '--port', '0'])
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(String(data))))
  const url = /^Posthaste mocks Shop API: 3 examples of 2 requests at (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line)?.[1] ?? ''

  expect((await ask(`${url}/users/1`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await exitOf(child)).toBe(0)
})

test('posthaste mock says why it cannot start', async () => {
  const missing = await runCli(['mock', '/no/such/folder'])
  expect(missing).toMatchObject({ code: 2 })
  expect(missing.stderr).toContain('/no/such/folder is no collection')

  const dir = await shop()
  const port = new URL((await mock(dir)).url).port
  const taken = await runCli(['mock', dir, '--port', port])
  expect(taken.code).toBe(3)
  expect(taken.stderr).toContain(`Port ${port} cannot be had: another program has it.`)
})
