import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { rows, sendKit } from '../support/send-kit.ts'
import { startRecorder, type Recorder } from './support/recorder.ts'

const run = promisify(execFile)
const TO_OTHER = (status: number): string =>
  `HTTP/1.1 ${status} F\r\nLocation: http://other.test/b?x#y\r\nSet-Cookie: s=1\r\nContent-Length: 0\r\n\r\n`

let dir: string
let file: string
let emptyFile: string
let jsonFile: string
let recorder: Recorder
let replies: readonly string[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-curl-'))
  file = join(dir, 'note.txt')
  await writeFile(file, 'abc')
  emptyFile = join(dir, 'nothing.PNG')
  await writeFile(emptyFile, '')
  jsonFile = join(dir, 'data.json')
  await writeFile(jsonFile, '{}')
  recorder = await startRecorder(join(dir, 'wire'), () => replies)
})
afterAll(async () => {
  await recorder.close()
  await rm(dir, { recursive: true })
})

/** A request without curl's version and the boundary, whose length differs from one version of curl to another. */
function plain(request: string): string {
  return request
    .replace(/^User-Agent: curl\/.*$/m, 'User-Agent: curl')
    .replace(/-{24}[0-9A-Za-z]{16,22}/g, 'BOUNDARY')
    .replace(/^Content-Length: \d{3,}$/m, 'Content-Length: of a multipart body')
}

interface Case {
  readonly name: string
  readonly url?: string
  readonly args: () => readonly string[]
  readonly document: () => Partial<RequestDocument>
  readonly replies?: readonly string[]
}

const form = (...pairs: readonly (readonly [string, string])[]): Partial<RequestDocument> => ({
  method: 'POST',
  body: { kind: 'form', rows: rows(...pairs) },
})
const MIXED = rows(['X-B', '2'], ['Accept', 'a/b'], ['user-agent', 'x'], ['Host', 'me'], ['X-B', '3'])

const CASES: readonly Case[] = [
  { name: 'a GET', args: () => [], document: () => ({}) },
  { name: 'a default port', url: 'http://h.test:80/', args: () => [], document: () => ({}) },
  { name: 'characters of a URL', url: 'http://h.test/a/../[b]/%7e%zz/é?x={1}|^"<>`#f', args: () => [], document: () => ({}) },
  { name: 'credentials in the URL', url: 'http://u:p%40@h.test/', args: () => [], document: () => ({}) },
  { name: 'a user in the URL', url: 'http://u@h.test/', args: () => [], document: () => ({}) },
  {
    name: 'headers, cookies and credentials',
    args: () => [...MIXED.flatMap(({ name, value }) => ['-H', `${name}: ${value}`]), '-b', 'a=1; b=2', '-u', 'u:p', '-d', 'x=1'],
    document: () => ({
      ...form(['x', '1']),
      headers: MIXED,
      cookies: rows(['a', '1'], ['b', '2']),
      auth: { kind: 'basic', username: 'u', password: 'p' },
    }),
  },
  {
    name: 'a typed type, Authorization and Cookie',
    args: () => ['-H', 'Content-Type: t/x', '-H', 'Authorization: z', '-H', 'Cookie: q=1', '-u', 'u:p', '-b', 'a=1', '-d', 'x=1'],
    document: () => ({
      ...form(['x', '1']),
      headers: rows(['Content-Type', 't/x'], ['Authorization', 'z'], ['Cookie', 'q=1']),
      cookies: rows(['a', '1']),
      auth: { kind: 'basic', username: 'u', password: 'p' },
    }),
  },
  {
    name: 'JSON',
    args: () => ['-H', 'X-A: 1', '--json', '{"a":1}'],
    document: () => ({ method: 'POST', headers: rows(['X-A', '1']), body: { kind: 'json', text: '{"a":1}', asTyped: false } }),
  },
  { name: 'a form', args: () => ['--data-urlencode', "k=a b+~*'()!é\n"], document: () => form(['k', "a b+~*'()!é\n"]) },
  { name: 'a text', args: () => ['--data-raw', 'abc'], document: () => ({ method: 'POST', body: { kind: 'text', text: 'abc' } }) },
  {
    name: 'a file',
    args: () => ['--data-binary', `@${file}`],
    document: () => ({ method: 'POST', body: { kind: 'file', path: file, contentType: '' } }),
  },
  {
    name: 'an empty file',
    args: () => ['--data-binary', `@${emptyFile}`],
    document: () => ({ method: 'POST', body: { kind: 'file', path: emptyFile, contentType: '' } }),
  },
  {
    name: 'files of types that curl does not know',
    args: () => ['-F', `f=@${jsonFile}`, '-F', `g=@${file};filename=x.json`, '-F', `h=@${emptyFile};filename=x`],
    document: () => ({
      method: 'POST',
      body: {
        kind: 'multipart',
        parts: [
          { kind: 'file', name: 'f', files: [jsonFile], filename: '', enabled: true, contentType: '', headers: [] },
          { kind: 'file', name: 'g', files: [file], filename: 'x.json', enabled: true, contentType: '', headers: [] },
          { kind: 'file', name: 'h', files: [emptyFile], filename: 'x', enabled: true, contentType: '', headers: [] },
        ],
      },
    }),
  },
  { name: 'spaces behind a value', args: () => ['-H', 'X-A: a  '], document: () => ({ headers: rows(['X-A', 'a  ']) }) },
  {
    name: 'JSON that is led on',
    args: () => ['-L', '--json', '{}'],
    document: () => ({ method: 'POST', body: { kind: 'json', text: '{}', asTyped: false } }),
    replies: ['HTTP/1.1 303 F\r\nLocation: /a b?c d#e f\r\nContent-Length: 0\r\n\r\n'],
  },
  { name: 'a PUT of nothing', args: () => ['-X', 'PUT'], document: () => ({ method: 'PUT' }) },
  { name: 'a HEAD', args: () => ['-I'], document: () => ({ method: 'HEAD' }) },
  {
    name: 'a multipart body',
    args: () => ['-F', 'a=v', '-F', `f=@${file}`, '-F', `g=@${file};filename=é"\\x.png`, '-F', 't=x;type=text/csv'],
    document: () => ({
      method: 'POST',
      body: {
        kind: 'multipart',
        parts: [
          { kind: 'text', name: 'a', value: 'v', enabled: true, contentType: '', headers: [] },
          { kind: 'file', name: 'f', files: [file], filename: '', enabled: true, contentType: '', headers: [] },
          { kind: 'file', name: 'g', files: [file], filename: 'é"\\x.png', enabled: true, contentType: '', headers: [] },
          { kind: 'text', name: 't', value: 'x', enabled: true, contentType: 'text/csv', headers: [] },
        ],
      },
    }),
  },
  ...[301, 302, 303, 307].flatMap((status): Case[] =>
    (['POST', 'PUT'] as const).map((method) => ({
      name: `${method} and ${status} to another host`,
      // `-d` alone is a POST; `-X` would name the method of every hop.
      args: () => [
        ...['-L', '-H', 'X-Api-Key: k', '-H', 'Authorization: z', '-b', 'a=1', '-H', 'Host: me', '-d', 'x=1'],
        ...(method === 'POST' ? [] : ['-X', method]),
      ],
      document: () => ({
        ...form(['x', '1']),
        method,
        headers: rows(['X-Api-Key', 'k'], ['Authorization', 'z'], ['Host', 'me']),
        cookies: rows(['a', '1']),
      }),
      replies: [TO_OTHER(status)],
    })),
  ),
]

test.for(CASES)('curl and Posthaste send the same: $name', async ({ url = 'http://h.test/', args, document, replies: given = [] }) => {
  const kit = await sendKit()
  replies = given
  recorder.clear()
  recorder.begin(1)
  await run('curl', ['-sS', '--globoff', '--connect-to', `::127.0.0.1:${recorder.port}`, ...args(), url])
  recorder.begin(2)
  const made = document()
  const exchange = await kit.send({ ...emptyRequest(), url, ...made, options: { behaviour: 'curl', unixSocket: recorder.path } })

  expect(exchange.error).toBeNull()
  expect(recorder.recorded(1).length).toBeGreaterThan(0)
  expect(recorder.recorded(2).map(plain)).toEqual(recorder.recorded(1).map(plain))
})
