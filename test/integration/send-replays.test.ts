/** A body that has to go out again, for a redirect, a challenge or a retry, while its file changes in between. */
import { appendFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RequestDocument } from '#contract/model/request.ts'
import { bodyOf, httpServer, type HttpServer } from '../support/http-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'

/** Small bodies are read before they are sent, large ones meanwhile. */
const SIZES = [
  ['a small file', 1000],
  ['a large file', 300_000],
] as const

interface Asking {
  readonly name: string
  readonly ask: Readonly<{ status: number; headers: Record<string, string> }>
  readonly document: Partial<RequestDocument>
}

const ASKING: readonly Asking[] = [
  { name: 'a 307', ask: { status: 307, headers: { location: '/again' } }, document: {} },
  { name: 'a 308', ask: { status: 308, headers: { location: '/again' } }, document: {} },
  {
    name: 'a challenge',
    ask: { status: 401, headers: { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' } },
    document: { auth: { kind: 'digest', username: 'u', password: 'p' } },
  },
  { name: 'a retry', ask: { status: 503, headers: {} }, document: { options: { retry: { total: 2, statusForcelist: [503] } } } },
]

/** Asks for the body once more, after doing something to its file; then takes it. */
async function askingAgain(
  { ask }: Asking,
  between: () => Promise<unknown> = async () => undefined,
): Promise<HttpServer & { bodies: Buffer[] }> {
  const bodies: Buffer[] = []
  const server = await httpServer((request, response) => {
    void bodyOf(request).then(
      async (body) => {
        const isFirst = bodies.push(body) === 1
        if (isFirst) await between()
        response.writeHead(isFirst ? ask.status : 200, isFirst ? ask.headers : {}).end()
      },
      () => undefined, // broken off by the sender
    )
  })
  return { ...server, bodies }
}

async function fileOf(bytes: number): Promise<{ path: string; content: Buffer }> {
  const path = join(await tempDir(), 'report.bin')
  const content = Buffer.alloc(bytes, 'abcdefghij')
  await writeFile(path, content)
  return { path, content }
}

describe.each(ASKING)('after $name', (asking) => {
  describe.each(SIZES)('%s', (_size, bytes) => {
    const documentOf = (url: string, path: string): Partial<RequestDocument> => ({
      url,
      method: 'PUT',
      body: { kind: 'file', path, contentType: '' },
      ...asking.document,
    })

    test('is sent whole again', async () => {
      const { path, content } = await fileOf(bytes)
      const server = await askingAgain(asking)
      const kit = await sendKit()

      const exchange = await kit.send(documentOf(server.url, path))

      expect(exchange).toMatchObject({ ok: true, response: { status: 200 }, request: { bodyBytes: bytes } })
      expect(server.bodies.map((body) => body.equals(content))).toEqual([true, true])
    })

    const changes: readonly (readonly [how: string, change: (path: string) => Promise<void>])[] = [
      ['was written anew with as many bytes', (path) => writeFile(path, Buffer.alloc(bytes, 'x'))],
      ['has grown', (path) => appendFile(path, 'more')],
      ['has shrunk to nothing', (path) => writeFile(path, '')],
      ['was touched', (path) => utimes(path, new Date(), new Date(Date.now() + 5000))],
    ]
    test.each(changes)('that %s is refused, and nothing is sent in its place', async (_how, change) => {
      const { path } = await fileOf(bytes)
      const server = await askingAgain(asking, () => change(path))
      const kit = await sendKit()

      const exchange = await kit.send(documentOf(server.url, path))

      expect(exchange).toMatchObject({ ok: false, response: null, error: { kind: 'InvalidBody', where: { section: 'body' } } })
      expect(exchange.error?.message).toBe(`The file "report.bin" changed since the request was prepared: ${path}.`)
      expect([...exchange.history, ...exchange.attempts].map(({ response }) => response?.status)).toEqual([asking.ask.status])
      expect(server.bodies).toHaveLength(1)
    })

    test('that has gone is refused, and nothing is sent in its place', async () => {
      const { path } = await fileOf(bytes)
      const server = await askingAgain(asking, () => rm(path))
      const kit = await sendKit()

      const exchange = await kit.send(documentOf(server.url, path))

      expect(exchange).toMatchObject({ ok: false, response: null, error: { kind: 'FileNotFound' } })
      expect(exchange.error?.message).toContain('"report.bin" is not there')
      expect(server.bodies).toHaveLength(1)
    })
  })
})
