import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Output } from '#contract/commands.ts'
import type { EncodingFrom, Exchange } from '#contract/model/exchange.ts'
import type { BodyKind } from '../../src-renderer/features/response-viewer/body-kind.ts'
import { natureOf } from '../../src-renderer/features/response-viewer/body-kind.ts'
import { headerValue } from '../../src-renderer/features/response-viewer/media-type.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import { ANSWER_TYPES, WORDS, writeAnswerFiles } from './support/answer-files.ts'
import type { RunningServer } from './support/process.ts'
import { runCli, sendYaml } from './support/send-file.ts'
import { startNginx } from './support/servers.ts'
import { startTearingRelay, type TearingRelay } from './support/tearing-relay.ts'

let folder: string
let nginx: RunningServer
let relay: TearingRelay
let files: Readonly<Record<string, Buffer>>
const big = randomBytes(6 * 1024 * 1024)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-nginx-bodies-'))
  const html = join(folder, 'html')
  files = await writeAnswerFiles(html)
  await writeFile(join(html, 'big.bin'), big)
  nginx = await startNginx({
    folder,
    server: `${ANSWER_TYPES}
      location /declared/euc-jp.txt { charset euc-jp; alias ${html}/euc-jp.txt; }
      location /declared/koi8-r.txt { charset KOI8-R; alias ${html}/koi8-r.txt; }
      location /declared/utf8-bom.txt { charset iso-8859-1; alias ${html}/utf8-bom.txt; }
      location /declared/nonsense.html { charset x-no-such; alias ${html}/meta.html; }
      location = /packed.json { gzip_static on; }
      location = /squeezed.json { gzip on; gzip_types application/json; gzip_min_length 1; }`,
  })
  relay = await startTearingRelay(nginx.port)
})
afterAll(async () => {
  await relay.stop()
  await nginx.stop()
  await rm(folder, { recursive: true })
})

interface Answer {
  readonly kit: CoreKit
  readonly exchange: Exchange
  readonly contentType: string
  readonly open: (format: 'pretty' | 'raw' | 'text' | 'table', encoding?: string) => Promise<Output<'body.open'>>
  readonly tree: () => Promise<{ readonly opened: Output<'tree.open'>; readonly children: Output<'tree.children'>['nodes'] }>
  readonly bytes: () => Promise<Buffer>
}

/** Gets a file and looks at it as the window does: by the id of its body and its Content-Type. */
async function get(path: string): Promise<Answer> {
  const kit = await coreKit()
  const exchange = await kit.send({ url: `${nginx.url}/${path}` })
  const id = exchange.response?.bodyId
  const contentType = headerValue(exchange.response?.headers ?? [], 'content-type') ?? ''
  return {
    kit,
    exchange,
    contentType,
    open: async (format, encoding) =>
      (await kit.call('body.open', { id, contentType, format, encoding: encoding ?? null })) as Output<'body.open'>,
    tree: async () => {
      const opened = (await kit.call('tree.open', { id, contentType, encoding: null })) as Output<'tree.open'>
      const asked = { treeId: opened.treeId, start: opened.root?.start ?? -1, from: 0, count: 10 }
      const { nodes } = (await kit.call('tree.children', asked)) as Output<'tree.children'>
      return { opened, children: nodes }
    },
    bytes: async () => {
      const { base64 } = (await kit.call('body.bytes', { id, offset: 0, length: 262_144 })) as Output<'body.bytes'>
      return Buffer.from(base64, 'base64')
    },
  }
}

interface Case {
  readonly path: string
  readonly type: string
  readonly kind: BodyKind
  readonly encoding: string
  readonly from: EncodingFrom
  readonly language: string
  /** How Pretty begins. */
  readonly pretty: string
  /** Stands somewhere in Raw, decoded. */
  readonly has: string
}

const of = (
  path: string,
  [type, kind, language]: readonly [type: string, kind: BodyKind, language: string],
  [encoding, from]: readonly [encoding: string, from: EncodingFrom],
  pretty: string,
  has: string,
): Case => ({ path, type, kind, language, encoding, from, pretty, has })

const JSON_FILE = ['application/json', 'json', 'json'] as const
const XML_FILE = ['text/xml', 'xml', 'xml'] as const
const HTML_FILE = ['text/html', 'html', 'html'] as const
const TEXT_FILE = ['text/plain', 'text', 'plaintext'] as const
const PEOPLE = `{\n  "people": [\n    {\n      "name": "${WORDS.german}",\n      "id": 12345678901234567890`

const CASES: readonly Case[] = [
  of('people.json', JSON_FILE, ['utf-8', 'json'], PEOPLE, WORDS.german),
  of('people-utf16.json', JSON_FILE, ['utf-16le', 'json'], PEOPLE, WORDS.german),
  of('people-utf32.json', JSON_FILE, ['utf-32be', 'json'], PEOPLE, WORDS.german),
  of('people.ndjson', ['application/x-ndjson', 'json', 'json'], ['utf-8', 'json'], `{\n  "name": "${WORDS.german}"\n}\n`, '\n[1,2]'),
  of('plain.json.txt', ['text/plain', 'json', 'json'], ['utf-8', 'guess'], PEOPLE, WORDS.german),
  of('untyped', ['', 'json', 'json'], ['utf-8', 'guess'], PEOPLE, WORDS.german),
  of('untyped-wide', ['', 'json', 'json'], ['utf-16le', 'json'], PEOPLE, WORDS.german),
  of('lie.json', ['application/json', 'html', 'html'], ['utf-8', 'json'], '<!doctype html>\n<html>', '502 Bad Gateway'),
  of('lie.png', ['image/png', 'json', 'json'], ['utf-8', 'guess'], '{\n  "error": "no such picture"\n}', 'no such'),
  of('books.xml', XML_FILE, ['utf-8', 'guess'], '<?xml version="1.0"?>\n<books>\n  <book id="1">\n    <title>Käthe', WORDS.german),
  of(
    'books-cp1251.xml',
    XML_FILE,
    ['windows-1251', 'xml'],
    '<?xml version="1.0" encoding="windows-1251"?>\n<a>\n  <b>Широка',
    WORDS.russian,
  ),
  of('books-utf16.xml', XML_FILE, ['utf-16be', 'bom'], '<?xml version="1.0" encoding="UTF-16"?>\n<a>\n  <b>春眠', WORDS.chinese),
  of('meta.html', HTML_FILE, ['gbk', 'meta'], '<!doctype html>\n<html>\n', WORDS.chinese),
  of('meta-http-equiv.html', HTML_FILE, ['shift_jis', 'meta'], '<!doctype html>\n<html>\n', WORDS.japanese),
  of('declared/nonsense.html', HTML_FILE, ['gbk', 'meta'], '<!doctype html>\n<html>\n', WORDS.chinese),
  of('untyped-page', ['', 'html', 'html'], ['utf-8', 'guess'], '<!doctype html>\n<p>hello', '<p>hello'),
  of(
    'style.css',
    ['text/css', 'text', 'css'],
    ['windows-1252', 'css'],
    '@charset "windows-1252";\n\na:before {\n  content: "Käthe',
    WORDS.german,
  ),
  of(
    'script.js',
    ['text/javascript', 'text', 'javascript'],
    ['utf-8', 'guess'],
    'function f(a) {\n  if (a) {\n    return "K',
    WORDS.german,
  ),
  of('settings.yaml', ['application/yaml', 'text', 'yaml'], ['utf-8', 'guess'], `name: ${WORDS.german}\nlist: [ a, b ]`, 'list: [a,   b]'),
  of('table.csv', ['text/csv', 'table', 'plaintext'], ['utf-8', 'guess'], 'name;town\r\n', '"Müller; Anna";Zürich'),
  of('table-cp1252.csv', ['text/csv', 'table', 'plaintext'], ['windows-1252', 'default'], 'name,town', 'Müller,Zürich'),
  of('table.tsv', ['text/tab-separated-values', 'table', 'plaintext'], ['utf-8', 'guess'], 'a\tb', '1\t2'),
  of('gbk.txt', TEXT_FILE, ['gb18030', 'guess'], '春眠不觉晓', WORDS.chinese),
  of('shift_jis.txt', TEXT_FILE, ['shift_jis', 'guess'], '吾輩は猫である', WORDS.japanese),
  of('declared/euc-jp.txt', TEXT_FILE, ['euc-jp', 'header'], '吾輩は猫である', WORDS.japanese),
  of('declared/koi8-r.txt', TEXT_FILE, ['koi8-r', 'header'], 'Широка страна', WORDS.russian),
  of('declared/utf8-bom.txt', TEXT_FILE, ['utf-8', 'bom'], WORDS.german, WORDS.german),
  of('utf8-bom.txt', TEXT_FILE, ['utf-8', 'bom'], WORDS.german, WORDS.german),
  of('utf16le-bom.txt', TEXT_FILE, ['utf-16le', 'bom'], '春眠', WORDS.chinese),
  of('utf16be.txt', TEXT_FILE, ['utf-16be', 'guess'], 'Käthe', WORDS.german),
  of('utf32le-bom.txt', TEXT_FILE, ['utf-32le', 'bom'], '吾輩', WORDS.japanese),
  of('drawing.svg', ['image/svg+xml', 'svg', 'xml'], ['utf-8', 'guess'], '<?xml version="1.0"?>\n<svg', '<circle r="4"/>'),
  of('squeezed.json', JSON_FILE, ['utf-8', 'json'], '[\n  {\n    "id": 0,', WORDS.german),
  of('packed.json', JSON_FILE, ['utf-8', 'json'], '[\n  {\n    "id": 0,', WORDS.german),
]

describe('a text that nginx serves', () => {
  test.for(CASES)('is decoded, told for what it is and laid out: $path', async (given) => {
    const { exchange, contentType, open, bytes, kit } = await get(given.path)

    expect(exchange.response?.status).toBe(200)
    expect(contentType.split(';', 1)[0]).toBe(given.type)
    expect(natureOf(contentType, (await bytes()).subarray(0, 4096), given.path).kind).toBe(given.kind)
    const pretty = await open('pretty')
    expect(pretty).toMatchObject({ language: given.language, encoding: given.encoding, encodingFrom: given.from, note: null })
    expect(pretty.text?.slice(0, given.pretty.length)).toBe(given.pretty)
    expect(pretty.lines).toBe(pretty.text?.split(/\r\n|\r|\n/).length)
    expect((await open('raw')).text).toContain(given.has)
    expect(exchange.response).toMatchObject({ encoding: given.encoding, encodingFrom: given.from })
    const { evidence } = (await kit.call('body.encodings', {
      id: exchange.response?.bodyId,
      contentType,
    })) as Output<'body.encodings'>
    expect(evidence.find(({ encoding }) => encoding !== null)).toMatchObject({ from: given.from, encoding: given.encoding })
  })

  test('is read anew in another encoding, without being sent again', async () => {
    const { open } = await get('declared/koi8-r.txt')

    expect(await open('raw', 'windows-1251')).toMatchObject({ encoding: 'windows-1251', encodingFrom: 'override' })
    expect((await open('raw', 'windows-1251')).text).not.toContain(WORDS.russian)
    expect((await open('raw', 'koi8-r')).text).toContain(WORDS.russian)
  })

  test('in an encoding that nobody named is told what each source says of it', async () => {
    const { kit, exchange, contentType } = await get('declared/nonsense.html')

    const { evidence } = (await kit.call('body.encodings', { id: exchange.response?.bodyId, contentType })) as Output<'body.encodings'>

    expect(evidence.slice(0, 5).map(({ from, encoding, label }) => [from, encoding, label])).toEqual([
      ['bom', null, null],
      ['header', null, 'x-no-such'],
      ['json', null, null],
      ['xml', null, null],
      ['meta', 'gbk', 'gbk'],
    ])
  })
})

describe('what is more than a text', () => {
  test('JSON is a tree that keeps every digit, in UTF-32 too', async () => {
    const { tree } = await get('people-utf32.json')

    const { opened, children } = await tree()

    expect(opened).toMatchObject({ format: 'json', encoding: 'utf-32be', problem: null })
    expect(children.map(({ name, kind, count }) => [name, kind, count])).toEqual([
      ['people', 'array', 1],
      ['big', 'number', null],
    ])
    expect(children[0]?.text).toContain('12345678901234567890')
  })

  test('lines of JSON are a tree of values', async () => {
    const { opened, children } = await (await get('people.ndjson')).tree()

    expect(opened.root).toMatchObject({ kind: 'values', count: 3 })
    expect(children.map(({ kind }) => kind)).toEqual(['object', 'object', 'array'])
  })

  test('XML in windows-1251 is a tree', async () => {
    const { opened, children } = await (await get('books-cp1251.xml')).tree()

    expect(opened).toMatchObject({ format: 'xml', encoding: 'windows-1251' })
    expect(children.at(-1)).toMatchObject({ kind: 'element', name: 'a', count: 1 })
  })

  test('CSV is a table, with the separator it has', async () => {
    const { open } = await get('table.csv')

    expect(await open('table')).toMatchObject({
      table: { delimiter: ';', rows: 3, columns: 2, ragged: 0 },
      text: '["name","town"]\n["Müller; Anna","Zürich"]\n["Bo","Oslo"]',
    })
  })

  test('a page is its words', async () => {
    const { open } = await get('meta.html')

    expect((await open('text')).text?.trim()).toContain(WORDS.chinese)
    expect((await open('text')).text).not.toContain('<')
  })

  test.for<[path: string, type: string, kind: BodyKind, note: string | null]>([
    ['pixel.png', 'image/png', 'image', null],
    ['pixel.gif', 'image/gif', 'image', null],
    ['drawing.svg', 'image/svg+xml', 'svg', null],
    ['paper.pdf', 'application/pdf', 'pdf', null],
    ['inter.woff2', 'font/woff2', 'font', null],
    ['beep.wav', 'audio/wav', 'audio', null],
    ['noise.bin', 'application/octet-stream', 'binary', null],
    ['lie.txt', 'text/plain', 'image', 'The header says text/plain; the bytes are a PNG image.'],
    ['untyped-picture', '', 'image', null],
  ])('%s comes byte for byte, and is told by type and bytes', async ([path, type, kind, note]) => {
    const { contentType, bytes } = await get(path)

    const received = await bytes()

    expect(contentType).toBe(type)
    expect(received.equals(files[path] ?? Buffer.alloc(0))).toBe(true)
    expect(natureOf(contentType, received.subarray(0, 4096), path)).toMatchObject({ kind, note })
  })

  test.for(['packed.json', 'squeezed.json'])('%s came packed, and is unpacked', async (path) => {
    const { exchange, bytes } = await get(path)

    expect(headerValue(exchange.response?.headers ?? [], 'content-encoding')).toBe('gzip')
    expect(exchange.response?.wireBytes).toBeLessThan((exchange.response?.bodyBytes ?? 0) / 5)
    expect((await bytes()).equals(files[path] ?? Buffer.alloc(0))).toBe(true)
  })
})

describe('ranges and downloads that break off', () => {
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
  const yaml = (url: string, headers = ''): string => `http:\n  method: GET\n  url: ${url}\n${headers}`

  test('a part that is asked for by Range is the part', async () => {
    const range = '  headers:\n    - { name: Range, value: bytes=100-299 }\n'

    const { exchange } = await sendYaml(folder, yaml(`${nginx.url}/big.bin`, range))

    expect(exchange.response).toMatchObject({ status: 206, bodyBytes: 200 })
    expect(Buffer.from(exchange.response.bodyBase64 ?? '', 'base64').equals(big.subarray(100, 300))).toBe(true)
  })

  test('a range that there is not is the 416 that nginx gives', async () => {
    const range = '  headers:\n    - { name: Range, value: bytes=99999999- }\n'

    const { exchange } = await sendYaml(folder, yaml(`${nginx.url}/big.bin`, range))

    expect(exchange.response.status).toBe(416)
    expect(exchange.response.headers).toContainEqual(['Content-Range', `bytes */${big.length}`])
  })

  test('a download that breaks off twice is gone on with until it is whole', async () => {
    const output = join(folder, 'resumed.bin')
    const options = ['--output', output]
    relay.tearAfter(2_000_000, 1_500_000)

    const first = await sendYaml(folder, yaml(`${relay.url}/big.bin`), options)
    const second = await sendYaml(folder, yaml(`${relay.url}/big.bin`), [...options, '--resume'])
    const third = await sendYaml(folder, yaml(`${relay.url}/big.bin`), [...options, '--resume'])

    expect([first, second, third].map(({ code }) => code)).toEqual([3, 3, 0])
    expect(first.exchange.error?.kind).toBe('ChunkedEncodingError')
    expect(third.exchange.response).toMatchObject({ status: 206, bodyBytes: big.length })
    const etag = first.exchange.response.headers.find(([name]) => name === 'ETag')?.[1] ?? 'none'
    const asked = [second, third].map(({ exchange }) => new Map(exchange.request.headers))
    expect(asked.map((headers) => headers.get('If-Range'))).toEqual([etag, etag])
    expect(asked.map((headers) => headers.get('Range'))).toEqual([
      `bytes=${first.exchange.response.bodyBytes}-`,
      `bytes=${second.exchange.response.bodyBytes}-`,
    ])
    expect(sha256(await readFile(output))).toBe(sha256(big))
  })

  test('a file that has changed meanwhile is got whole', async () => {
    const output = join(folder, 'changed.bin')
    const path = join(folder, 'html/changing.bin')
    await writeFile(path, big)
    relay.tearAfter(1_000_000)
    await sendYaml(folder, yaml(`${relay.url}/changing.bin`), ['--output', output])
    const other = randomBytes(big.length + 1)
    await writeFile(path, other)

    const { exchange, code } = await sendYaml(folder, yaml(`${relay.url}/changing.bin`), ['--output', output, '--resume'])

    expect([code, exchange.response.status]).toEqual([0, 200])
    expect(exchange.warnings.join()).toContain('whole body again')
    expect(sha256(await readFile(output))).toBe(sha256(other))
  })

  test('what was whole is not asked for again, and is left as it is', async () => {
    const file = join(folder, 'whole.yml')
    const output = join(folder, 'whole.bin')
    await writeFile(file, `info: { name: whole, type: http }\n${yaml(`${nginx.url}/big.bin`)}`)
    const args = ['send', file, '--data-dir', join(folder, 'data'), '--output', output]
    expect((await runCli(args)).code).toBe(0)

    expect((await runCli([...args, '--resume'])).code).toBe(0)

    expect(sha256(await readFile(output))).toBe(sha256(big))
  })
})
