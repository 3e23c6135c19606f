import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPython } from './support/python.ts'
import { ACCEPTED } from './support/accepted-differences.ts'
import { refereeCase, type RefereeCase } from './support/referee-case.ts'
import { differs, judge, type Verdict } from './support/referee.ts'
import { anyCase, anyChallenged, anyJourney } from './support/referee-arbitraries.ts'

const RUNS = Number(process.env.REFEREE_RUNS ?? 1000)
const SEED = Number(process.env.REFEREE_SEED ?? 2026)

let dir: string
let python: string
const files = { some: '', none: '' }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-referee-'))
  python = await findPython()
  files.some = join(dir, 'фото.bin')
  files.none = join(dir, 'empty.txt')
  await writeFile(files.some, Buffer.from([0, 1, 0xff, 0x0d, 0x0a, 0x41]))
  await writeFile(files.none, '')
})
afterAll(() => rm(dir, { recursive: true }))

/** What no row of the document of differences explains, in a form that can be read. */
async function unexplained(cases: readonly RefereeCase[]): Promise<Verdict[]> {
  const verdicts = await judge(cases, python, dir)
  return verdicts.filter((verdict) => differs(verdict) && !ACCEPTED.some(({ explains }) => explains(verdict)))
}

describe(`requests made at random (REFEREE_SEED=${SEED})`, () => {
  test('are the same to the byte', async () => {
    expect(await unexplained(fc.sample(anyCase(files), { numRuns: RUNS, seed: SEED }))).toEqual([])
  })

  test('and so is every hop of one that is redirected', async () => {
    expect(await unexplained(fc.sample(anyJourney(files), { numRuns: RUNS / 2, seed: SEED }))).toEqual([])
  })
})

describe('Digest', () => {
  test('challenges made at random are answered in the same text, the body with it', async () => {
    expect(await unexplained(fc.sample(anyChallenged(files), { numRuns: RUNS / 4, seed: SEED }))).toEqual([])
  })
})

describe('what people write', () => {
  const long = 'x'.repeat(300_000)
  const json = (text: string): Partial<RefereeCase> => ({ method: 'POST', body: { kind: 'json', text } })
  const redirect = (status: number, location: string): string =>
    `HTTP/1.1 ${status} F\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`
  const cases: readonly Partial<RefereeCase>[] = [
    ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'foo'].map((method) => ({ method })),
    { url: 'http://h.test/?q=requests+language:python' },
    {
      params: [
        ['key1', 'value1'],
        ['key2', ''],
        ['key1', 'é +:/?&'],
      ],
    },
    { url: 'http://h.test/p?a=1&', params: [['b', '2']] },
    { url: 'http://user:p%40@h.test/' },
    { url: 'http://user@h.test/' },
    {
      headers: [
        ['User-Agent', 'my-app/0.0.1'],
        ['Accept-Encoding', 'identity'],
        ['Content-Type', 'text/xml'],
      ],
    },
    { headers: [['Authorization', 'Bearer t']], url: 'http://u:p@h.test/' },
    {
      cookies: [
        ['cillian', '123'],
        ['a', 'b c'],
      ],
      jar: [['http://h.test/', 'a=1; Path=/']],
    },
    { headers: [['Cookie', 'typed=1']], cookies: [['a', '1']], jar: [['http://h.test/', 'b=2']] },
    { auth: { kind: 'basic', username: 'usér', password: 'pass' } },
    { auth: { kind: 'header', name: 'X-TokenAuth', value: '12345abcde-token' } },
    ...['{}', '[]', '0', '""', 'false', 'null', '{"k": "é😀", "n": [1, 2.0, 1e100, true, null]}', '1'.repeat(400), `"${long}"`].map(json),
    { method: 'POST', body: { kind: 'raw', text: '{"a":1.0}', as: 'json' }, headers: [['content-type', 'application/json']] },
    { method: 'POST', body: { kind: 'raw', text: `<a>${long}</a>`, as: 'xml' } },
    {
      method: 'POST',
      body: {
        kind: 'form',
        rows: [
          ['k', "a b*'(!\n~"],
          ['k', ''],
          ['', 'v'],
        ],
      },
      headers: [['Content-Length', '99']],
    },
    { method: 'GET', body: { kind: 'raw', text: 'abc', as: 'text' } },
    ...[301, 302, 303, 307, 308].flatMap((status) =>
      ['POST', 'PUT', 'DELETE'].map((method) => ({
        method,
        headers: [
          ['X-Token', 't'],
          ['Authorization', 'z'],
          ['Host', 'me'],
        ] as const,
        cookies: [['a', '1']] as const,
        body: { kind: 'raw', text: 'abc', as: 'text' } as const,
        replies: [redirect(status, 'http://other.test/b')],
      })),
    ),
    { replies: Array.from({ length: 31 }, () => redirect(302, '/again')) },
  ]

  test('is the same to the byte', async () => {
    const parts = [
      { kind: 'file', name: 'image', path: files.some, filename: 'фото.png', type: '', headers: [] },
      { kind: 'plain', name: 'a"b', value: '1\n2' },
      { kind: 'text', name: 'meta', value: '{}', type: 'application/json', headers: [['X-Part', '1']] },
      { kind: 'file', name: 'image', path: files.none, filename: 'a"\\.png', type: 'image/png', headers: [] },
    ] as const
    const withFiles: readonly Partial<RefereeCase>[] = [
      { method: 'POST', body: { kind: 'multipart', parts: parts } },
      { method: 'POST', headers: [['Content-Type', 'multipart/form-data']], body: { kind: 'multipart', parts: parts } },
      { method: 'POST', body: { kind: 'file', path: files.some } },
      { method: 'PUT', body: { kind: 'file', path: files.none } },
    ]

    expect(await unexplained([...cases, ...withFiles].map(refereeCase))).toEqual([])
  })
})

describe('the differences that are accepted', () => {
  test('are all there still, and are what they are said to be', async () => {
    const verdicts = await judge(
      ACCEPTED.map(({ example }) => example),
      python,
      dir,
    )
    const stale = ACCEPTED.filter(({ explains }, at) => {
      const verdict = verdicts[at]
      return !verdict || !differs(verdict) || !explains(verdict)
    })
    expect(stale.map(({ id }) => id)).toEqual([])
  })

  test('are the rows of the document', async () => {
    const text = await readFile(join(import.meta.dirname, '../../docs/requests-differences.md'), 'utf8')
    const named = [...text.matchAll(/^\| `([a-z0-9-]+)` +\|/gm)].map((match) => match[1])
    expect(named).toEqual(ACCEPTED.map(({ id }) => id))
  })
})
