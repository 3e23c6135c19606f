import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Around } from '../support/code-kit.ts'
import { judgeCode, type CodeCase, type CodeVerdict } from './support/python-code.ts'
import { anyCodeCase } from './support/python-code-arbitraries.ts'
import { findPython } from './support/python.ts'
import { meaningOf } from './support/same-request.ts'

const RUNS = Number(process.env.REFEREE_RUNS ?? 800)
const SEED = Number(process.env.REFEREE_SEED ?? 2026)
const AT_LEAST = 500

let dir: string
let python: string
const files = { some: '', none: '' }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-code-'))
  python = await findPython()
  files.some = join(dir, 'фото.bin')
  files.none = join(dir, 'empty.txt')
  await writeFile(files.some, Buffer.from([0, 1, 0xff, 0x0d, 0x0a, 0x41]))
  await writeFile(files.none, '')
})
afterAll(() => rm(dir, { recursive: true }))

function isSame({ ours, theirs }: CodeVerdict): boolean {
  return ours.error === theirs.error && JSON.stringify(ours.requests) === JSON.stringify(theirs.requests)
}

function saysTheSame({ ours, theirs, notes }: CodeVerdict): boolean {
  const targets = !notes.some((note) => /address/.test(note))
  return JSON.stringify(meaningOf(ours, targets)) === JSON.stringify(meaningOf(theirs, targets))
}

describe(`code of requests made at random (REFEREE_SEED=${SEED})`, () => {
  test('sends what Posthaste sends, to the byte', async () => {
    const verdicts = await judgeCode(fc.sample(anyCodeCase(files), { numRuns: RUNS, seed: SEED }), python, dir)
    const compared = verdicts.filter(({ code }) => code !== null)

    expect(compared.filter((verdict) => !isSame(verdict)).slice(0, 5)).toEqual([])
    expect(compared.length).toBeGreaterThanOrEqual(Math.min(AT_LEAST, RUNS / 2))
  })

  test.each(['posthaste', 'curl', 'browser'] as const)('says what Posthaste says by the rules of %s', async (behaviour) => {
    const verdicts = await judgeCode(fc.sample(anyCodeCase(files, behaviour), { numRuns: RUNS / 4, seed: SEED }), python, dir)
    const compared = verdicts.filter(({ code, lost }) => code !== null && lost.length === 0)

    expect(compared.filter((verdict) => !saysTheSame(verdict)).slice(0, 5)).toEqual([])
    expect(compared.length).toBeGreaterThanOrEqual(RUNS / 8)
  })
})

describe('code of a request that takes more than one', () => {
  const reply = (status: number, ...lines: string[]): string => [`HTTP/1.1 ${status} X`, ...lines, 'Content-Length: 0', '', ''].join('\r\n')
  const given = (document: Partial<RequestDocument>, replies: readonly string[], around: Around = {}): CodeCase => {
    const options = { behaviour: 'requests' as const, ...document.options }
    return { document: { ...emptyRequest(), url: 'http://h.test/a', ...document, options }, around, replies }
  }
  const form: Partial<RequestDocument> = { method: 'POST', body: { kind: 'form', rows: [{ name: 'a', value: '1', enabled: true }] } }
  const session: Around = { session: { headers: [{ name: 'X-S', value: '1', enabled: true }] } }
  const retry = { total: 3, statusForcelist: [503], backoffFactor: 0 }
  const unavailable = [reply(503), reply(503)]
  const cases: readonly (readonly [name: string, requests: number, given: CodeCase])[] = [
    ['a redirect', 2, given(form, [reply(302, 'Location: /b', 'Set-Cookie: s=1')])],
    ['a redirect that keeps the method', 2, given(form, [reply(307, 'Location: http://other.test/b')])],
    [
      'one to another host, with credentials',
      2,
      given({ auth: { kind: 'bearer', token: 't' } }, [reply(302, 'Location: http://other.test/')]),
    ],
    ['one in a session', 2, given({}, [reply(302, 'Location: /b')], session)],
    ['one that is not followed', 1, given({ options: { followRedirects: false } }, [reply(302, 'Location: /b')])],
    ['one that HEAD does not follow', 1, given({ method: 'HEAD' }, [reply(302, 'Location: /b')])],
    ['one that HEAD is to follow', 2, given({ method: 'HEAD', options: { followRedirects: true } }, [reply(302, 'Location: /b')])],
    ['too many redirects', 2, given({ options: { maxRedirects: 1 } }, [reply(302, 'Location: /b'), reply(302, 'Location: /c')])],
    ['retries', 3, given({ options: { retry } }, unavailable)],
    ['retries of a method that is not tried again', 1, given({ ...form, options: { retry } }, unavailable)],
    ['retries of every method', 3, given({ ...form, options: { retry: { ...retry, allowedMethods: null } } }, unavailable)],
    ['retries that are used up', 2, given({ options: { retry: { ...retry, total: 1 } } }, unavailable)],
    ['retries of an adapter', 3, given({}, unavailable, { session: { adapters: [{ prefix: 'http://h.test', retry }] } })],
    ['an adapter of another host', 1, given({}, unavailable, { session: { adapters: [{ prefix: 'http://g.test', retry }] } })],
    [
      'Retry-After that is passed over',
      1,
      given({ options: { retry: { total: 3, respectRetryAfter: false } } }, [reply(503, 'Retry-After: 0')]),
    ],
  ]

  test('sends each of them as Posthaste does', async () => {
    const verdicts = await judgeCode(
      cases.map(([, , one]) => one),
      python,
      dir,
    )
    const wrong = verdicts.flatMap(({ code, ours, theirs }, at) => {
      const [name, count] = cases[at] ?? ['', 0]
      const isRight = theirs.requests.length === count && JSON.stringify(ours.requests) === JSON.stringify(theirs.requests)
      return isRight ? [] : [{ name, code, ours, theirs }]
    })
    expect(wrong).toEqual([])
  })

  test('writes the answer to a file as it comes, whatever it was encoded in, and none of one that failed', async () => {
    const words = 'as it comes. '.repeat(400_000)
    const zipped = gzipSync(words).toString('latin1')
    const whole = `HTTP/1.1 200 OK\r\nContent-Length: ${words.length}\r\n\r\n${words}`
    const packed = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n${zipped}`
    const upload = given({ method: 'PUT', body: { kind: 'file', path: files.some, contentType: '' } }, [packed])
    const asked = [
      { ...given({}, [whole]), saveTo: 'plain.txt' },
      { ...given({}, [packed], session), saveTo: 'packed.txt' },
      { ...upload, saveTo: 'uploaded.txt' },
      { ...given({}, [reply(404)]), saveTo: 'missing.txt' },
    ]

    const verdicts = await judgeCode(asked, python, dir)

    for (const { ours, theirs } of verdicts) expect(theirs.requests).toEqual(ours.requests)
    expect(verdicts.map(({ theirs }) => theirs.error?.split(':', 1)[0] ?? null)).toEqual([null, null, null, 'HTTPError'])
    for (const name of ['plain.txt', 'packed.txt', 'uploaded.txt']) expect(await readFile(join(dir, name), 'utf8')).toBe(words)
    await expect(stat(join(dir, 'missing.txt'))).rejects.toThrow('ENOENT')
  })

  test('answers a challenge', async () => {
    const challenge = reply(401, 'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256')
    const [verdict] = await judgeCode([given({ auth: { kind: 'digest', username: 'u', password: 'p' } }, [challenge])], python, dir)
    const fields = (request = ''): string[] =>
      [...request.matchAll(/\b(username|realm|nonce|uri|qop|nc)="?([^",]*)/g)].map(([, name, value]) => `${name}=${value}`)
    expect(verdict?.theirs.requests).toHaveLength(2)
    expect(new Set(fields(verdict?.theirs.requests[1]))).toEqual(
      new Set(['username=u', 'realm=r', 'nonce=n', 'uri=/a', 'qop=auth', 'nc=00000001']),
    )
    expect(new Set(fields(verdict?.ours.requests[1]))).toEqual(new Set(fields(verdict?.theirs.requests[1])))
  })
})
