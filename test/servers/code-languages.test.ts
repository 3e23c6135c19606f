// The code of each language whose tools are here, run for real: it sends what Posthaste sends.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { SAVING_LANGUAGES, type CodeLanguageId } from '#contract/model/code-languages.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { coreKit } from '../support/core-kit.ts'
import { parsedMultipart } from './support/parsed-multipart.ts'

const run = promisify(execFile)

interface Runner {
  readonly language: CodeLanguageId
  readonly file: string
  /** What runs the file; where that is not on this machine, the language is not tried here. */
  readonly command: readonly [program: string, ...args: string[]]
  /** A command that ends well where everything that it needs is here. */
  readonly needs?: readonly [program: string, ...args: string[]]
}

const RUNNERS: readonly Runner[] = [
  { language: 'curl', file: 'code.sh', command: ['bash'], needs: ['curl', '--version'] },
  { language: 'wget', file: 'code.sh', command: ['bash'], needs: ['wget', '--version'] },
  { language: 'httpie', file: 'code.sh', command: ['bash'], needs: ['http', '--version'] },
  { language: 'fetch', file: 'code.mjs', command: [process.execPath] },
  { language: 'typescript', file: 'code.mts', command: [process.execPath] },
  { language: 'undici', file: 'code.mjs', command: [process.execPath] },
  { language: 'node-http', file: 'code.mjs', command: [process.execPath] },
  { language: 'http-client', file: 'code.py', command: ['/usr/bin/python3'] },
  { language: 'httpx', file: 'code.py', command: ['/usr/bin/python3'], needs: ['/usr/bin/python3', '-c', 'import httpx'] },
  { language: 'aiohttp', file: 'code.py', command: ['/usr/bin/python3'], needs: ['/usr/bin/python3', '-c', 'import aiohttp'] },
  { language: 'go', file: 'main.go', command: ['go', 'run'], needs: ['go', 'version'] },
  { language: 'java', file: 'Main.java', command: ['java'], needs: ['javac', '-version'] },
  { language: 'php', file: 'code.php', command: ['php'], needs: ['php', '-r', 'curl_init();'] },
  { language: 'ruby', file: 'code.rb', command: ['ruby'], needs: ['ruby', '--version'] },
]

interface Recorded {
  readonly method: string
  readonly target: string
  readonly headers: readonly string[]
  readonly body: Buffer
}

let server: Server
let url: string
let folder: string
let recorded: Recorded[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-code-'))
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'a file.bin'), Buffer.from([0, 1, 2, 13, 10, 255]))
  server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const headers = Array.from(
        { length: request.rawHeaders.length / 2 },
        (_, at) => `${request.rawHeaders[2 * at]?.toLowerCase()}: ${request.rawHeaders[2 * at + 1]}`,
      )
      recorded.push({ method: request.method ?? '', target: request.url ?? '', headers, body })
      if (request.url === '/moved') response.writeHead(302, { location: '/end' })
      response.end('ok')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

const SECRET = 's3"cr/et? &$x'
/** Typed in clear, so that the code reads it from its environment. */
const PASSWORD = `p:w "q" 'a' $x é`
const QUOTES = `"double" 'single' \`tick\` $HOME \${x} %PATH% \\n \\ #{y} é “ü” 日本 😀`
const row = (name: string, value: string) => ({ name, value, enabled: true })

/** Requests that go wrong where anything is quoted wrongly. */
const CASES: Readonly<Record<string, () => Partial<RequestDocument>>> = {
  'a query as it is typed': () => ({ url: `${url}/a%20b/x;y?q=a+b&q=%2F&e=&n={n}&t=~*()` }),
  'headers of every character': () => ({
    url: `${url}/`,
    headers: [row('X-A', `"q" 'a' $HOME \`x\` \\ %PATH% #{y}`), row('Accept', 'text/plain')],
  }),
  'a header that repeats': () => ({
    url: `${url}/`,
    headers: [row('X-B', '1'), row('X-B', '2')],
  }),
  'JSON with every kind of quote': () => ({
    method: 'POST',
    url: `${url}/json`,
    body: { kind: 'json', text: JSON.stringify({ text: `${QUOTES}\n\t`, n: 1 }).replace('1}', '12345678901234567890}'), asTyped: false },
  }),
  'text over several lines': () => ({
    method: 'PUT',
    url: `${url}/text`,
    body: { kind: 'text', text: `first\nsecond ${QUOTES}\r\n\r\nlast\n` },
  }),
  'a form': () => ({ method: 'POST', url: `${url}/form`, body: { kind: 'form', rows: [row('a b', 'c&d=é~*'), row('a b', '')] } }),
  'a secret in a header and in the body': () => ({
    method: 'POST',
    url: `${url}/secret`,
    headers: [row('X-Key', 'pre {{process.env.PH_SECRET}} post'), row('X-Only', '{{process.env.PH_SECRET}}')],
    body: { kind: 'text', text: 'a={{process.env.PH_SECRET}}&"b"' },
  }),
  'a secret in the URL': () => ({ url: `${url}/secret/{{process.env.PH_SECRET}}/x?k={{process.env.PH_SECRET}}&l=1` }),
  'name and password': () => ({ url: `${url}/`, auth: { kind: 'basic', username: 'me', password: PASSWORD } }),
  'another method': () => ({ method: 'PROPFIND', url: `${url}/`, headers: [row('Depth', '1')] }),
  'a file': () => ({
    method: 'PUT',
    url: `${url}/file`,
    body: { kind: 'file', path: join(folder, 'a file.bin'), contentType: 'application/x-bin' },
  }),
  'a form with files': () => ({
    method: 'POST',
    url: `${url}/multi`,
    body: {
      kind: 'multipart',
      parts: [
        { kind: 'text', name: 'note', value: `one "two" 'three' é $x`, enabled: true, contentType: '', headers: [] },
        {
          kind: 'file',
          name: 'up',
          files: [join(folder, 'a file.bin')],
          filename: '',
          enabled: true,
          contentType: 'application/x-bin',
          headers: [],
        },
      ],
    },
  }),
  'a redirect that is followed': () => ({ url: `${url}/moved` }),
  'a redirect that is not': () => ({ url: `${url}/moved`, options: { followRedirects: false } }),
}

/** What a client cannot do, as its notes say. */
const CANNOT: Readonly<Partial<Record<CodeLanguageId, readonly string[]>>> = {
  'node-http': ['a redirect that is followed'],
  'http-client': ['a redirect that is followed', 'a form with files'],
  ruby: ['a redirect that is followed'],
  java: ['a form with files'],
  // A shell has no way of encoding a value.
  curl: ['a secret in the URL'],
  httpie: ['a secret in the URL'],
  wget: ['a secret in the URL', 'a form with files'],
}

const installed = await Promise.all(
  RUNNERS.map(async (runner) => {
    const [program, ...args] = runner.needs ?? [...runner.command, '--version']
    return run(program, args).then(
      () => [runner],
      () => [],
    )
  }),
)

describe.each(installed.flat())('$language', ({ language, file, command: [program, ...args] }) => {
  const cannot = CANNOT[language] ?? []
  test.each(Object.keys(CASES).filter((name) => !cannot.includes(name)))('%s', { timeout: 120_000 }, async (name) => {
    const document = { ...emptyRequest(), ...CASES[name]?.() }
    const input = { document, nodeId: null, seed: 'seed-of-the-test', language }
    const kit = await coreKit({ PH_SECRET: SECRET })
    const { text } = z.object({ text: z.string() }).parse(await kit.call('code.generate', input))
    const place = join(folder, language)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, file), text)
    recorded = []

    await run(program, [...args, join(place, file)], {
      cwd: folder,
      env: { ...process.env, PH_SECRET: SECRET, PASSWORD, GOCACHE: join(folder, 'go-cache'), GOFLAGS: '-mod=mod' },
    }).catch((error: unknown) => {
      // Some end badly for an answer that they do not like; what does not run sends nothing.
      if (recorded.length === 0) throw new Error(`It does not run:\n${text}`, { cause: error })
    })
    const theirs = recorded
    recorded = []
    await kit.core.sendOnce({
      document,
      root: folder,
      file: join(folder, 'x.yml'),
      choice: { environment: null, session: null, given: {} },
      overrides: {},
      signal: new AbortController().signal,
    })

    expect(
      theirs.map((one) => comparable(one, document)),
      text,
    ).toEqual(recorded.map((one) => comparable(one, document)))
  })
})

describe.each(installed.flat().filter(({ language }) => SAVING_LANGUAGES.has(language)))('$language', ({ language, file, command }) => {
  test('writes the answer to a file, whose name is quoted', async () => {
    const [program, ...args] = command
    const document = { ...emptyRequest(), method: 'POST', url: `${url}/moved`, body: { kind: 'text', text: 'a' } as const }
    const to = `it's "the" answer of ${language}.txt`
    const kit = await coreKit()
    const asked = { document, nodeId: null, seed: 'seed-of-the-test', language, save: { to } }
    const { text } = z.object({ text: z.string() }).parse(await kit.call('code.generate', asked))
    await writeFile(join(folder, file), text)

    await run(program, [...args, join(folder, file)], { cwd: folder })

    expect(await readFile(join(folder, to), 'utf8'), text).toBe('ok')
  })
})

/** Without what a client says of itself, and with the parts of a form in place of its boundaries. */
function comparable({ method, target, headers, body }: Recorded, document: RequestDocument): unknown {
  const typed = new Set(document.headers.map(({ name }) => name.toLowerCase()))
  const ofRequest = headers.filter((line) => {
    const name = line.slice(0, line.indexOf(':'))
    return typed.has(name) || name === 'authorization' || (name === 'content-type' && document.body.kind !== 'multipart')
  })
  const type = headers.find((line) => line.startsWith('content-type:')) ?? ''
  // Values are encoded by each language's own means.
  const asked = target.startsWith('/secret') ? decodeURIComponent(target.replaceAll('+', ' ')) : target
  return {
    method,
    target: asked,
    headers: joinedLines(ofRequest),
    body: document.body.kind === 'multipart' ? parsedMultipart(type, body) : body.toString('latin1'),
  }
}

/** Lines of one name as one, which HTTP takes for the same (RFC 9110 §5.3) and some clients make of them. */
function joinedLines(lines: readonly string[]): string[] {
  const byName = Map.groupBy(lines, (line) => line.slice(0, line.indexOf(':')))
  return [...byName].map(([name, all]) => `${name}: ${all.map((line) => line.slice(name.length + 2)).join(', ')}`).sort()
}
