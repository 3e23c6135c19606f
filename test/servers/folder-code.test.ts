// A folder as code, run by the real tools: it sends what a run of the folder sends, to the byte.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CodeLanguageId } from '#contract/model/code-languages.ts'
import { RunOptionsSchema } from '#contract/model/run.ts'
import { coreKit } from '../support/core-kit.ts'
import { parsedMultipart } from './support/parsed-multipart.ts'
import { findPython } from './support/python.ts'

const run = promisify(execFile)

interface Recorded {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

/** What a request gives to the next: a token that needs quoting, a number, and cookies. */
const ANSWER = JSON.stringify({ token: `t'1 $x "y" %41`, user: { ids: [42] } })

let server: Server
let url: string
let root: string
let recorded: Recorded[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { method = '', url: target = '', rawHeaders } = request
      const headers = Array.from(
        { length: rawHeaders.length / 2 },
        (_, at) => [(rawHeaders[2 * at] ?? '').toLowerCase(), rawHeaders[2 * at + 1] ?? ''] as const,
      )
      recorded.push({ method, target, headers, body })
      if (target.startsWith('/login')) response.setHeader('Set-Cookie', ['sid=abc; Path=/', 'lang=en'])
      response.setHeader('Content-Type', 'application/json').end(ANSWER)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  root = await mkdtemp(join(tmpdir(), 'posthaste-folder-code-'))
  for (const [name, text] of Object.entries(filesOf())) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), text)
  }
})
afterAll(async () => {
  server.close()
  await rm(root, { recursive: true })
})

function capture(name: string, expression: string): string {
  return `    - { type: set-variable, phase: after-response, selector: { expression: "${expression}", method: jsonq }, variable: { name: ${name}, scope: runtime } }\n`
}

function filesOf(): Readonly<Record<string, string>> {
  return {
    'opencollection.yml': `opencollection: "1.0.0"
info: { name: Shop }
request:
  headers: [{ name: X-App, value: "it's a \\"shop\\" $HOME" }]
  variables: [{ name: base, value: "${url}" }, { name: secret, secret: true }]
`,
    'login.yml': `info: { name: Log in, type: http, seq: 1 }
http:
  method: POST
  url: "{{base}}/login?a=b%20c"
  auth: { type: basic, username: ada, password: "p:w $x é" }
  body: { type: json, data: "{\\"a\\": \\"it's\\", \\"n\\": 1}" }
runtime:
  actions:
${capture('token', 'res.body.token')}${capture('id', 'res.body.user.ids[0]')}`,
    'Users/folder.yml': 'info: { name: People, type: folder, seq: 2 }\nrequest: { headers: [{ name: X-Folder, value: f }] }\n',
    'Users/me.yml': `info: { name: "It's $(me) \`x\` # \\" %PATH%", type: http, seq: 1 }
http: { method: GET, url: "{{base}}/users/{{id}}", auth: { type: bearer, token: "{{token}}" } }
`,
    'Users/secret.yml': `info: { name: Secret, type: http, seq: 2 }
http: { method: PUT, url: "{{base}}/secret", headers: [{ name: X-Key, value: "{{secret}}" }], body: { type: text, data: "id={{id}} {{secret}}\\n" } }
`,
    'Users/upload.yml': `info: { name: Upload, type: http, seq: 3 }
http:
  method: POST
  url: "{{base}}/upload"
  body:
    type: multipart-form
    data:
      - { name: note, type: text, value: "one 'two'" }
      - { name: up, type: file, value: [ ./a file.bin ], contentType: application/x-bin }
`,
    'a file.bin': 'abc\u0000\r\n',
    'Users/cookie.yml': `info: { name: Cookie, type: http, seq: 4 }
http: { method: DELETE, url: "{{base}}/cookie" }
posthaste: { cookies: [{ name: own, value: "1" }] }
`,
  }
}

interface Runner {
  readonly language: CodeLanguageId
  readonly program: () => Promise<string>
  readonly needs: readonly (readonly [program: string, ...args: string[]])[]
  /** Whether the requests share cookies. */
  readonly cookies: boolean
  /** Whether an answer's values are handed on by the code itself. */
  readonly captures: boolean
}

const sh = async (): Promise<string> => 'sh'
const RUNNERS: readonly Runner[] = [
  { language: 'python', program: findPython, needs: [], cookies: true, captures: true },
  {
    language: 'curl',
    program: sh,
    needs: [
      ['curl', '--version'],
      ['jq', '--version'],
    ],
    cookies: true,
    captures: true,
  },
  {
    language: 'httpie',
    program: sh,
    needs: [
      ['http', '--version'],
      ['jq', '--version'],
    ],
    cookies: false,
    captures: true,
  },
  { language: 'fetch', program: async () => process.execPath, needs: [], cookies: false, captures: false },
  { language: 'http-client', program: findPython, needs: [], cookies: false, captures: false },
]

const installed = await Promise.all(
  RUNNERS.map(async (runner) =>
    Promise.all(runner.needs.map(async ([program, ...args]) => run(program, args))).then(
      () => [runner],
      () => [],
    ),
  ),
)
const SECRET = `s'3 "c" $r`
const { token, user } = JSON.parse(ANSWER) as { readonly token: string; readonly user: { readonly ids: readonly number[] } }

describe('a folder as code sends what a run of it sends', () => {
  test.each(installed.flat())('$language', async ({ language, program, cookies, captures }) => {
    const kit = await coreKit()
    const exported = await kit.core.exportOnce({ path: root, format: language, environment: null, credentials: 'reference', load: {} })
    if (!exported.ok) throw new Error(exported.error.message)
    const place = await mkdtemp(join(root, '.code-'))
    const env = { ...process.env, PASSWORD: 'p:w $x é', SECRET, ...(!captures && { TOKEN: token, ID: String(user.ids[0]) }) }
    recorded = []

    for (const [index, { text }] of exported.value.files.entries()) {
      const file = join(place, `${index}${language === 'fetch' ? '.mjs' : ''}`)
      await writeFile(file, text)
      await run(await program(), [file], { cwd: root, env })
    }
    const theirs = recorded
    recorded = []
    const ran = await kit.core.runOnce({ paths: [root], overrides: {}, options: RunOptionsSchema.parse({ given: { secret: SECRET } }) })
    if (!ran.ok) throw new Error(ran.error.message)
    await ran.value.finished

    const cannot = language === 'http-client' ? '/upload' : ''
    const compared = (all: readonly Recorded[]): unknown[] =>
      all.filter(({ target }) => target !== cannot).map((one) => comparable(one, cookies))
    expect(recorded).toHaveLength(5)
    expect(compared(theirs), exported.value.files.map(({ text }) => text).join('\n')).toEqual(compared(recorded))
  })
})

/** What the request says; not what a client says of itself, nor the boundary that it chooses. */
const SAID = new Set(['authorization', 'x-app', 'x-folder', 'x-key', 'content-type', 'cookie'])

function comparable({ method, target, headers, body }: Recorded, cookies: boolean): unknown {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  const isForm = type.startsWith('multipart/')
  const said = headers
    .filter(([name]) => SAID.has(name) && !(isForm && name === 'content-type'))
    .map(([name, value]) => [name, name === 'cookie' ? cookiesIn(value, cookies) : value])
  return {
    method,
    target,
    headers: said.filter(([, value]) => value !== '').sort(),
    body: isForm ? parsedMultipart(`content-type: ${type}`, body) : body.toString('latin1'),
  }
}

/** Their order is nobody's promise. @param isShared else only the request's own are compared */
function cookiesIn(value: string, isShared: boolean): string {
  const all = value.split('; ').sort()
  return (isShared ? all : all.filter((one) => one === 'own=1')).join('; ')
}
