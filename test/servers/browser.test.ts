import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { rows, sendKit } from '../support/send-kit.ts'
import { startRecorder, type Recorder } from './support/recorder.ts'

let dir: string
let recorder: Recorder
let browser: Browser
let page: Page
let replies: readonly string[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-browser-'))
  await writeFile(join(dir, 'é"\\.txt'), 'ab\nc')
  await writeFile(join(dir, 'noext'), 'x')
  await writeFile(EMPTY, '')
  recorder = await startRecorder(join(dir, 'wire'), () => replies)
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('This test needs a Chromium: apt-get install -y chromium')
  // Both origins are the recorder, whatever their port.
  const args = [`--host-resolver-rules=MAP *.test 127.0.0.1:${recorder.port}`]
  browser = await chromium.launch({ executablePath, args })
  page = await browser.newPage()
})
afterAll(async () => {
  await browser.close()
  await recorder.close()
  await rm(dir, { recursive: true })
  await rm(EMPTY)
})

/** A request without what a page adds of itself, the browser's version and the boundary. */
function plain(request: string): string {
  return request
    .replace(/^(?:Origin|Referer): .*\r\n/gm, '')
    .replace(/^User-Agent: Mozilla.*$/m, 'User-Agent: a browser')
    .replace(/WebKitFormBoundary\w{16}/g, 'BOUNDARY')
}

interface Case {
  readonly name: string
  /** Arguments of `fetch`, as JavaScript. */
  readonly fetch: string
  readonly document: Partial<RequestDocument>
  readonly replies?: readonly string[]
}

const MULTIPART = `(() => {
  const data = new FormData()
  data.append('a"\\n', 'v\\n1')
  data.append('f', new File(['ab\\nc'], 'é"\\\\.txt', { type: 'text/plain' }))
  data.append('g', new File(['x'], 'noext'))
  return data
})()`
const POST = 'http://h.test/p'
const EMPTY = join(tmpdir(), `posthaste-empty-${process.pid}`)
/** Without an icon of its own the browser would ask for one in between. */
const HTML = '<link rel="icon" href="data:,">'
const PAGE = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${HTML.length}\r\n\r\n${HTML}`
const LED_ON = (status: number): string => `HTTP/1.1 ${status} F\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n`

const CASES: readonly Case[] = [
  {
    name: 'a URL',
    fetch: `'http://h.test:80/x\\ty/../[z]\\\\w?a={1}|^\\'"é#f'`,
    document: { url: `http://h.test:80/x\ty/../[z]\\w?a={1}|^'"é#f` },
  },
  { name: 'a | in path and query', fetch: `'http://h.test/a|b?c|d'`, document: { url: 'http://h.test/a|b?c|d' } },
  { name: 'an empty query', fetch: `'http://h.test/?#f'`, document: { url: 'http://h.test/?#f' } },
  {
    name: 'a PATCH of an empty file',
    fetch: `'${POST}', { method: 'PATCH', headers: { 'Content-Type': 'a/b' }, body: new Blob([]) }`,
    document: { url: POST, method: 'PATCH', headers: rows(['Content-Type', 'a/b']), body: { kind: 'file', path: EMPTY, contentType: '' } },
  },
  {
    name: 'typed headers and a text',
    fetch: `'${POST}', { method: 'POST', headers: { 'X-B': '2', 'X-A': '1', Accept: 'a/b', Authorization: 'z' }, body: 'té' }`,
    document: {
      url: POST,
      method: 'POST',
      headers: rows(['X-B', '2'], ['X-A', '1'], ['Accept', 'a/b'], ['Authorization', 'z']),
      body: { kind: 'text', text: 'té' },
    },
  },
  {
    name: 'a form',
    fetch: `'${POST}', { method: 'POST', body: new URLSearchParams([['k', "a b+~*'()!é\\n"], ['k', '']]) }`,
    document: { url: POST, method: 'POST', body: { kind: 'form', rows: rows(['k', "a b+~*'()!é\n"], ['k', '']) } },
  },
  {
    name: 'JSON',
    fetch: `'${POST}', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' }`,
    document: { url: POST, method: 'PUT', body: { kind: 'json', text: '{"a":1}', asTyped: false } },
  },
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((method) => ({
    name: `${method} of nothing`,
    fetch: `'${POST}', { method: '${method}' }`,
    document: { url: POST, method },
  })),
  ...[301, 303, 307].map((status) => ({
    name: `a POST that is led on by ${status}`,
    fetch: `'${POST}', { method: 'POST', headers: { 'X-A': '1' }, body: 'b' }`,
    document: { url: POST, method: 'POST', headers: rows(['X-A', '1']), body: { kind: 'text' as const, text: 'b' } },
    replies: [LED_ON(status)],
  })),
]

/** What both put on the wire. */
async function both(given: Case, document: Partial<RequestDocument>): Promise<{ readonly ours: string[]; readonly theirs: string[] }> {
  const kit = await sendKit()
  replies = [PAGE]
  recorder.clear()
  recorder.begin(0)
  await page.goto('http://h.test/')
  recorder.clear()
  replies = given.replies ?? []
  recorder.begin(1)
  await page.evaluate(`fetch(${given.fetch}).then(() => undefined)`)
  recorder.begin(2)
  const exchange = await kit.send({ ...emptyRequest(), ...document, options: { behaviour: 'browser', unixSocket: recorder.path } })
  expect(exchange.error).toBeNull()
  return { ours: recorder.recorded(2).map(plain), theirs: recorder.recorded(1).map(plain) }
}

test.for(CASES)('Chromium and Posthaste send the same: $name', async (given) => {
  const { ours, theirs } = await both(given, given.document)

  expect(theirs.length).toBeGreaterThan(0)
  expect(ours).toEqual(theirs)
})

test('Chromium and Posthaste send the same: a multipart body', async () => {
  const base = { enabled: true, contentType: '', headers: [] }
  const { ours, theirs } = await both(
    { name: '', fetch: `'${POST}', { method: 'POST', body: ${MULTIPART} }`, document: {} },
    {
      url: POST,
      method: 'POST',
      body: {
        kind: 'multipart',
        parts: [
          { kind: 'text', ...base, name: 'a"\n', value: 'v\n1' },
          { kind: 'file', ...base, name: 'f', files: [join(dir, 'é"\\.txt')], filename: 'é"\\.txt' },
          { kind: 'file', ...base, name: 'g', files: [join(dir, 'noext')], filename: '' },
        ],
      },
    },
  )

  expect(ours).toEqual(theirs)
})
