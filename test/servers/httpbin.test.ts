import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningServer } from './support/process.ts'
import { jsonOf, sendYaml } from './support/send-file.ts'
import { startHttpbin } from './support/servers.ts'

let httpbin: RunningServer
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-httpbin-'))
  httpbin = await startHttpbin()
})
afterAll(async () => {
  await httpbin.stop()
  await rm(folder, { recursive: true })
})

describe('httpbin understands what is sent', () => {
  test('a GET with params and headers', async () => {
    const sent = await sendYaml(
      folder,
      `http:\n  method: GET\n  url: ${httpbin.url}/get?a=x%20y\n  params:\n    - { name: b, value: "é ü&", type: query }\n  headers:\n    - { name: X-Custom, value: one }\n`,
    )

    expect(sent.code).toBe(0)
    expect(jsonOf(sent)).toMatchObject({ args: { a: 'x y', b: 'é ü&' }, headers: { 'X-Custom': 'one' } })
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a JSON body with %s', async (method) => {
    const sent = await sendYaml(
      folder,
      `http:\n  method: ${method}\n  url: ${httpbin.url}/${method.toLowerCase()}\n  body:\n    type: json\n    data: '{"name": "Jané", "n": 1.0}'\n`,
    )

    expect(jsonOf(sent)).toMatchObject({ data: '{"name": "Jané", "n": 1.0}', headers: { 'Content-Type': 'application/json' } })
  })

  test('a form', async () => {
    const sent = await sendYaml(
      folder,
      `http:\n  method: POST\n  url: ${httpbin.url}/post\n  body:\n    type: form-urlencoded\n    data:\n      - { name: a b, value: "c&d=é" }\n      - { name: x, value: "1" }\n      - { name: x, value: "2" }\n`,
    )

    expect(jsonOf(sent)).toMatchObject({ form: { 'a b': 'c&d=é', x: ['1', '2'] } })
  })

  test('multipart with a text and a file', async () => {
    await writeFile(join(folder, 'hello.txt'), 'hello from a file')
    const sent = await sendYaml(
      folder,
      `http:\n  method: POST\n  url: ${httpbin.url}/post\n  body:\n    type: multipart-form\n    data:\n      - { name: meta, type: text, value: '{"a":1}' }\n      - { name: file, type: file, value: [ ./hello.txt ] }\n`,
    )

    expect(jsonOf(sent)).toMatchObject({ form: { meta: '{"a":1}' }, files: { file: 'hello from a file' } })
  })

  test('basic and bearer credentials', async () => {
    const basic = await sendYaml(
      folder,
      `http:\n  method: GET\n  url: ${httpbin.url}/basic-auth/us/pw\n  auth: { type: basic, username: us, password: pw }\n`,
    )
    const bearer = await sendYaml(folder, `http:\n  method: GET\n  url: ${httpbin.url}/bearer\n  auth: { type: bearer, token: t0k }\n`)

    expect(jsonOf(basic)).toEqual({ authenticated: true, user: 'us' })
    expect(jsonOf(bearer)).toEqual({ authenticated: true, token: 't0k' })
  })
})

describe('Digest at httpbin', () => {
  test.each([
    ['auth', 'MD5'],
    ['auth', 'SHA-256'],
    ['auth', 'SHA-512'],
    ['auth-int', 'MD5'],
  ])('qop %s with %s', async (qop, algorithm) => {
    const sent = await sendYaml(
      folder,
      `http:\n  method: GET\n  url: ${httpbin.url}/digest-auth/${qop}/us/pw/${algorithm}\n  auth: { type: digest, username: us, password: pw }\n`,
    )

    expect(jsonOf(sent)).toEqual({ authenticated: true, user: 'us' })
    expect(sent.exchange.history.map((hop) => hop.response.status)).toEqual([401])
  })
})

describe('what httpbin answers is understood', () => {
  test.each(['gzip', 'deflate', 'brotli'])('%s is decoded', async (coding) => {
    const sent = await sendYaml(folder, `http:\n  method: GET\n  url: ${httpbin.url}/${coding}\n`)

    expect(jsonOf(sent)).toMatchObject({ method: 'GET' })
    expect(sent.exchange.response.wireBytes).toBeLessThan(sent.exchange.response.bodyBytes)
  })

  test('redirects are followed and every hop is kept', async () => {
    const sent = await sendYaml(folder, `http:\n  method: GET\n  url: ${httpbin.url}/redirect/3\n`)

    expect(sent.exchange.response.status).toBe(200)
    expect(sent.exchange.history.map((hop) => hop.response.status)).toEqual([302, 302, 302])
  })

  test('a cookie set on the way is sent on the next hop', async () => {
    const sent = await sendYaml(
      folder,
      `http:\n  method: GET\n  url: ${httpbin.url}/cookies/set/flavour/oat\nposthaste:\n  cookies: [ { name: own, value: "1" } ]\n`,
    )

    expect(jsonOf(sent)).toMatchObject({ cookies: { flavour: 'oat', own: '1' } })
  })

  test('too many redirects are an error with all hops kept', async () => {
    const sent = await sendYaml(folder, `http:\n  method: GET\n  url: ${httpbin.url}/redirect/4\nsettings:\n  maxRedirects: 2\n`)

    expect(sent.code).toBe(3)
    expect(sent.exchange.error?.kind).toBe('TooManyRedirects')
    expect(sent.exchange.history.length).toBeGreaterThanOrEqual(2)
  })

  test('a status of 404 is an answer, and with --fail exit 1', async () => {
    const plain = await sendYaml(folder, `http:\n  method: GET\n  url: ${httpbin.url}/status/404\n`)
    const failing = await sendYaml(folder, `http:\n  method: GET\n  url: ${httpbin.url}/status/404\n`, ['--fail'])

    expect([plain.code, plain.exchange.ok, plain.exchange.response.status]).toEqual([0, true, 404])
    expect(failing.code).toBe(1)
  })

  test('an image comes as bytes', async () => {
    const sent = await sendYaml(folder, `http:\n  method: GET\n  url: ${httpbin.url}/image/png\n`)

    expect(
      Buffer.from(sent.exchange.response.bodyBase64 ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  test('a reply that takes longer than the read timeout is a ReadTimeout', async () => {
    const sent = await sendYaml(folder, `http:\n  method: GET\n  url: ${httpbin.url}/delay/5\nposthaste:\n  timeout: { read: 0.5 }\n`)

    expect(sent.code).toBe(3)
    expect(sent.exchange.error?.kind).toBe('ReadTimeout')
  })
})
