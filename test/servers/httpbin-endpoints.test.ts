/**
 * Every endpoint of httpbin, asked through the core as a window would ask it. What httpbin declares is asked of httpbin
 * itself, so a new endpoint of a later version fails here until it has a case.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Exchange } from '#contract/model/exchange.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { createCore, type Core } from '#core/create-core.ts'
import type { RunningServer } from './support/process.ts'
import { startHttpbin } from './support/servers.ts'

interface Answer {
  readonly status: number
  readonly text: string
  readonly json: () => Record<string, unknown>
  readonly header: (name: string) => string | undefined
  readonly exchange: Exchange
}

interface Case {
  /** The rule as httpbin declares it. */
  readonly rule: string
  readonly path: string
  readonly request?: Partial<RequestDocument>
  readonly check: (answer: Answer) => void
}

const json = (path: string, rule: string, expected: object, request: Partial<RequestDocument> = {}): Case => ({
  rule,
  path,
  request,
  check: (answer) => {
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject(expected)
  },
})
const status = (path: string, rule: string, expected: number, request: Partial<RequestDocument> = {}): Case => ({
  rule,
  path,
  request,
  check: (answer) => expect(answer.status).toBe(expected),
})
const body = (path: string, rule: string, contains: string): Case => ({
  rule,
  path,
  check: (answer) => {
    expect(answer.status).toBe(200)
    expect(answer.text).toContain(contains)
  },
})
const bytes = (path: string, rule: string, length: number): Case => ({
  rule,
  path,
  check: (answer) => {
    expect(answer.status).toBe(200)
    expect(answer.exchange.response?.bodyBytes).toBe(length)
  },
})
const image = (path: string, rule: string, contentType: string): Case => ({
  rule,
  path,
  request: { headers: [{ name: 'Accept', value: contentType, enabled: true }] },
  check: (answer) => {
    expect(answer.header('content-type')).toBe(contentType)
    expect(answer.exchange.response?.bodyBytes).toBeGreaterThan(1000)
  },
})
const redirected = (path: string, rule: string, hops: number, request: Partial<RequestDocument> = {}): Case => ({
  rule,
  path,
  request,
  check: (answer) => {
    expect(answer.status).toBe(200)
    expect(answer.exchange.history).toHaveLength(hops)
  },
})
const credentials = { username: 'us', password: 'pw' }
const basic = { auth: { kind: 'basic', ...credentials } } as const
const digest = { auth: { kind: 'digest', ...credentials } } as const
const jsonBody = { body: { kind: 'json', text: '{"n": 1.0}', asTyped: false } } as const

const CASES: readonly Case[] = [
  body('/', '/', '<html'),
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'].flatMap((method) => [
    json('/anything', '/anything', { method }, { method }),
    json('/anything/a%20b', '/anything/<path:anything>', { method }, { method }),
    status('/status/418', '/status/<codes>', 418, { method }),
    redirected('/redirect-to?url=/get&status_code=303', '/redirect-to', 1, { method }),
  ]),
  json('/get?a=1', '/get', { args: { a: '1' } }),
  ...['POST', 'PUT', 'PATCH', 'DELETE'].map((method) =>
    json(`/${method.toLowerCase()}`, `/${method.toLowerCase()}`, { data: '{"n": 1.0}', json: { n: 1 } }, { method, ...jsonBody }),
  ),
  redirected('/redirect/3', '/redirect/<int:n>', 3),
  redirected('/absolute-redirect/2', '/absolute-redirect/<int:n>', 2),
  redirected('/relative-redirect/2', '/relative-redirect/<int:n>', 2),
  body('/base64/UG9zdGhhc3Rl', '/base64/<value>', 'Posthaste'),
  json('/basic-auth/us/pw', '/basic-auth/<user>/<passwd>', { authenticated: true }, basic),
  json('/hidden-basic-auth/us/pw', '/hidden-basic-auth/<user>/<passwd>', { authenticated: true }, basic),
  json('/bearer', '/bearer', { token: 't0k' }, { auth: { kind: 'bearer', token: 't0k' } }),
  json('/digest-auth/auth/us/pw', '/digest-auth/<qop>/<user>/<passwd>', { authenticated: true }, digest),
  json('/digest-auth/auth/us/pw/SHA-256', '/digest-auth/<qop>/<user>/<passwd>/<algorithm>', { authenticated: true }, digest),
  json(
    '/digest-auth/auth/us/pw/MD5/never',
    '/digest-auth/<qop>/<user>/<passwd>/<algorithm>/<stale_after>',
    { authenticated: true },
    digest,
  ),
  json('/brotli', '/brotli', { brotli: true }),
  json('/gzip', '/gzip', { gzipped: true }),
  json('/deflate', '/deflate', { deflated: true }),
  bytes('/bytes/1234', '/bytes/<int:n>', 1234),
  bytes('/stream-bytes/70000', '/stream-bytes/<int:n>', 70_000),
  bytes('/range/2048', '/range/<int:numbytes>', 2048),
  {
    rule: '/range/<int:numbytes>',
    path: '/range/100',
    request: { headers: [{ name: 'Range', value: 'bytes=10-19', enabled: true }] },
    check: (answer) => expect([answer.status, answer.text]).toEqual([206, 'klmnopqrst']),
  },
  bytes('/drip?numbytes=5&duration=0.2', '/drip', 5),
  {
    rule: '/stream/<int:n>',
    path: '/stream/3',
    check: (answer) =>
      expect(
        answer.text
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as { id: number }).id),
      ).toEqual([0, 1, 2]),
  },
  json('/delay/0', '/delay/<delay>', { args: {} }),
  status('/cache', '/cache', 304, { headers: [{ name: 'If-None-Match', value: 'x', enabled: true }] }),
  { rule: '/cache/<int:value>', path: '/cache/60', check: (answer) => expect(answer.header('cache-control')).toBe('public, max-age=60') },
  status('/etag/abc', '/etag/<etag>', 304, { headers: [{ name: 'If-None-Match', value: 'abc', enabled: true }] }),
  json('/cookies', '/cookies', { cookies: { own: '1' } }, { cookies: [{ name: 'own', value: '1', enabled: true }] }),
  json('/cookies/set?a=1', '/cookies/set', { cookies: { a: '1' } }),
  json('/cookies/set/b/2', '/cookies/set/<name>/<value>', { cookies: { b: '2' } }),
  {
    rule: '/cookies/delete',
    path: '/cookies/delete?a=&b=&fake=&stale_after=',
    check: (answer) => expect(answer.json()).toEqual({ cookies: {} }),
  },
  body('/deny', '/deny', "YOU SHOULDN'T BE HERE"),
  body('/robots.txt', '/robots.txt', 'Disallow: /deny'),
  // Debian leaves the demonstration text out, for its licence; the header stays.
  {
    rule: '/encoding/utf8',
    path: '/encoding/utf8',
    check: (answer) =>
      expect([answer.header('content-type'), answer.exchange.response?.encoding]).toEqual(['text/html; charset=utf-8', 'utf-8']),
  },
  body('/forms/post', '/forms/post', '<form'),
  body('/html', '/html', 'Herman Melville'),
  body('/xml', '/xml', '<slideshow'),
  body('/links/4/1', '/links/<int:n>/<int:offset>', '/links/4/0'),
  redirected('/links/4', '/links/<int:n>', 1),
  json('/headers', '/headers', { headers: { 'X-One': '1' } }, { headers: [{ name: 'X-One', value: '1', enabled: true }] }),
  json('/ip', '/ip', { origin: '127.0.0.1' }),
  {
    rule: '/user-agent',
    path: '/user-agent',
    check: (answer) =>
      expect(answer.json()).toEqual({
        'user-agent': answer.exchange.request?.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1],
      }),
  },
  { rule: '/uuid', path: '/uuid', check: (answer) => expect(answer.json()['uuid']).toMatch(/^[0-9a-f-]{36}$/) },
  ...['GET', 'POST'].map((method) => json('/response-headers?X-Two=2', '/response-headers', { 'X-Two': '2' }, { method })),
  image('/image', '/image', 'image/webp'),
  image('/image/png', '/image/png', 'image/png'),
  image('/image/jpeg', '/image/jpeg', 'image/jpeg'),
  image('/image/webp', '/image/webp', 'image/webp'),
  image('/image/svg', '/image/svg', 'image/svg+xml'),
]

let httpbin: RunningServer
let core: Core
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-httpbin-'))
  httpbin = await startHttpbin()
  core = await createCore({
    dataDir: folder,
    log: (line) => process.stderr.write(`${line}\n`),
    watch: false,
    now: Date.now,
    env: {},
    capabilities: { realPaths: true, dialogs: false, reveal: false, nativeMenu: false },
  })
})
afterAll(async () => {
  await core.close()
  await httpbin.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function ask({ path, request }: Case): Promise<Answer> {
  const { exchange } = await core.sendOnce({
    document: { ...emptyRequest(), ...request, url: httpbin.url + path },
    root: '/',
    file: null,
    choice: { environment: null, session: null, given: {} },
    overrides: {},
    signal: new AbortController().signal,
  })
  expect(exchange.error).toBeNull()
  const { response } = exchange
  if (!response) throw new Error('There is no response.')
  const opened = response.bodyId === null ? null : await core.openBody(response.bodyId)
  const content = opened ? await text(opened.stream()) : ''
  return {
    status: response.status,
    text: content,
    json: () => JSON.parse(content) as Record<string, unknown>,
    header: (name) => response.headers.find(([found]) => found.toLowerCase() === name)?.[1],
    exchange,
  }
}

describe('httpbin', () => {
  test('declares no endpoint that has no case here', async () => {
    const code = 'from httpbin import app\nfor rule in app.url_map.iter_rules(): print(rule)'
    const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', code])
    const covered = new Set(CASES.map(({ rule }) => rule))
    const declared = stdout
      .trim()
      .split('\n')
      .filter((rule) => !/^\/(?:static|flasgger_static|spec\.json|apidocs|oauth2-redirect)/.test(rule))

    expect(declared.filter((rule) => !covered.has(rule))).toEqual([])
    expect(declared.length).toBeGreaterThan(45)
  })

  test.each(CASES.map((one) => [one.request?.method ?? 'GET', one.path, one] as const))('%s %s', async (_method, _path, one) => {
    one.check(await ask(one))
  })
})
