import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { coreKit } from '../support/core-kit.ts'
import { sendKit } from '../support/send-kit.ts'

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

interface Seen {
  readonly authorization: string | undefined
  readonly cookie: string | undefined
  readonly body: string
}

/** A server that lets `u` with the password `p` in by Digest, and sets a cookie with its challenge. */
async function digestServer(): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { authorization, cookie } = request.headers
      seen.push({ authorization, cookie, body: body.toString() })
      if (isAnswer(request)) return response.end('in')
      response.writeHead(401, { 'www-authenticate': 'Digest realm="r", nonce="n1", qop="auth"', 'set-cookie': 'seat=7' })
      response.end('who are you?')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

function isAnswer({ headers, method, url }: IncomingMessage): boolean {
  const field = (name: string): string => new RegExp(`${name}="?([^",]+)`).exec(headers.authorization ?? '')?.[1] ?? ''
  const expected = md5(`${md5('u:r:p')}:n1:${field('nc')}:${field('cnonce')}:auth:${md5(`${method}:${url}`)}`)
  return field('response') === expected
}

describe('Digest', () => {
  test('the challenge and its answer are two hops, and the body goes with both', async () => {
    const { url, seen } = await digestServer()
    const kit = await sendKit()

    const exchange = await kit.send({
      method: 'POST',
      url: `${url}/a?b=c`,
      auth: { kind: 'digest', username: 'u', password: 'p' },
      body: { kind: 'text', text: 'hello' },
    })

    expect(exchange.response?.status).toBe(200)
    expect(exchange.history.map((hop) => [hop.response.status, hop.because])).toEqual([[401, '401: answered the Digest challenge of "r"']])
    expect(seen.map(({ body, cookie }) => [body, cookie])).toEqual([
      ['hello', undefined],
      ['hello', 'seat=7'],
    ])
    expect(kit.steps.some((step) => step.kind === 'challenge')).toBe(true)
  })

  test('a wrong password ends with the 401 after one answer, with a warning', async () => {
    const { url, seen } = await digestServer()
    const kit = await sendKit()

    const exchange = await kit.send({ url, auth: { kind: 'digest', username: 'u', password: 'wrong' } })

    expect([exchange.ok, exchange.response?.status, seen.length]).toEqual([true, 401, 2])
    expect(exchange.warnings.join()).toContain('did not accept')
  })

  test('a typed Authorization header wins, and nothing is answered', async () => {
    const { url, seen } = await digestServer()
    const kit = await sendKit()

    const exchange = await kit.send({
      url,
      auth: { kind: 'digest', username: 'u', password: 'p' },
      headers: [{ name: 'Authorization', value: 'Mine', enabled: true }],
    })

    expect([exchange.response?.status, seen.map(({ authorization }) => authorization)]).toEqual([401, ['Mine']])
  })

  test('the password is in no message, warning or hop', async () => {
    const { url } = await digestServer()
    const kit = await sendKit()

    const exchange = await kit.send({ url, auth: { kind: 'digest', username: 'u', password: 'hunter2-secret' } })

    expect(JSON.stringify(exchange)).not.toContain('hunter2-secret')
  })

  test('a later request goes out with its credentials at once, counted up', async () => {
    const { url, seen } = await digestServer()
    const kit = await sendKit()
    const auth = { kind: 'digest', username: 'u', password: 'p' } as const

    await kit.send({ url: `${url}/first`, auth })
    const second = await kit.send({ url: `${url}/second`, auth })
    const third = await kit.send({ url: `${url}/third`, auth })

    expect([second, third].map(({ response, history }) => [response?.status, history.length])).toEqual([
      [200, 0],
      [200, 0],
    ])
    expect(seen.map(({ authorization }) => /nc=(\d+)/.exec(authorization ?? '')?.[1])).toEqual([
      undefined,
      '00000001',
      '00000002',
      '00000003',
    ])
  })

  test('requests sent at once never share a count', async () => {
    const { url, seen } = await digestServer()
    const kit = await sendKit()
    const auth = { kind: 'digest', username: 'u', password: 'p' } as const
    await kit.send({ url, auth })

    await Promise.all(Array.from({ length: 8 }, () => kit.send({ url, auth })))

    const counts = seen.flatMap(({ authorization }) => /nc=(\w+)/.exec(authorization ?? '')?.[1] ?? [])
    expect(new Set(counts).size).toBe(9)
  })

  test('sessions share no nonce: the first request of each is asked', async () => {
    const { url, seen } = await digestServer()
    const kit = await coreKit()
    const dir = join(kit.dataDir, 'shop')
    await mkdir(dir)
    const sessions = 'extensions: { posthaste: { sessions: [ { name: alice }, { name: bob } ] } }'
    await writeFile(join(dir, 'opencollection.yml'), `opencollection: "1.0.0"\ninfo: { name: Shop }\n${sessions}\n`)
    const document = { ...emptyRequest(), url, auth: { kind: 'digest' as const, username: 'u', password: 'p' } }
    const sendAs = (session: string): ReturnType<typeof kit.core.sendOnce> =>
      kit.core.sendOnce({
        document,
        root: dir,
        file: join(dir, 'get.yml'),
        choice: { environment: null, session, sessionWins: true, given: {} },
        overrides: {},
        signal: new AbortController().signal,
      })

    const hops: number[] = []
    for (const session of ['alice', 'alice', 'bob', 'bob']) hops.push((await sendAs(session)).exchange.history.length)

    expect(hops).toEqual([1, 0, 1, 0])
    expect(seen.map(({ authorization }) => /nc=(\d+)/.exec(authorization ?? '')?.[1])).toEqual([
      undefined,
      '00000001',
      '00000002',
      undefined,
      '00000001',
      '00000002',
    ])
  })
})
