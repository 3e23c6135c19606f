import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { coreKit } from '../support/core-kit.ts'
import type { RunningServer } from './support/process.ts'
import { findPython } from './support/python.ts'
import { sendYaml, type Sent } from './support/send-file.ts'
import { startMicrosocks, startNginx, startSquid } from './support/servers.ts'

const run = promisify(execFile)
const LOGIN = 'u:secret@'

let folder: string
let plain: RunningServer
let secure: RunningServer
let mutual: RunningServer
const squids: Record<string, RunningServer> = {}
const socks: Record<string, RunningServer> = {}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-proxies-'))
  await chmod(folder, 0o755)
  certificates(folder)
  const tls = { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key') }
  const seen = 'location / { return 200 "proxy-authorization=$http_proxy_authorization;target=$request_uri"; }'
  plain = await startNginx({ folder: join(folder, 'plain'), server: seen })
  secure = await startNginx({ folder: join(folder, 'secure'), server: seen, tls })
  mutual = await startNginx({
    folder: join(folder, 'mutual'),
    server: `ssl_client_certificate ${folder}/ca.pem; ssl_verify_client on; location / { return 200 "hello $ssl_client_s_dn"; }`,
    tls,
  })
  for (const auth of ['none', 'basic', 'digest'] as const) squids[auth] = await startSquid({ folder: join(folder, `squid-${auth}`), auth })
  socks.none = await startMicrosocks()
  socks.login = await startMicrosocks({ user: 'u', password: 'secret' })
})
afterAll(async () => {
  for (const server of [plain, secure, mutual, ...Object.values(squids), ...Object.values(socks)]) await server.stop()
  await rm(folder, { recursive: true })
})

/** A CA, a certificate for 127.0.0.1 and localhost, and one for a client in PEM, encrypted PEM and PFX. */
function certificates(into: string): void {
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: into, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test CA')
  for (const [name, extra] of [
    ['server', ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']],
    ['client', []],
  ] as const) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, ...extra)
    const signed = ['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2']
    openssl(...signed, '-out', `${name}.pem`, '-copy_extensions', 'copy')
  }
  openssl('pkcs8', '-topk8', '-in', 'client.key', '-out', 'locked.key', '-passout', 'pass:open')
  openssl('pkcs12', '-export', '-in', 'client.pem', '-inkey', 'client.key', '-out', 'client.pfx', '-passout', 'pass:open')
}

function send(url: string, options: readonly string[], env: Record<string, string> = {}): Promise<Sent> {
  const block = ['verify: ./ca.pem', ...options].map((line) => `  ${line}\n`).join('')
  return sendYaml(folder, `http:\n  method: GET\n  url: ${url}/a?b=c\nposthaste:\n${block}`, [], env)
}

function at(server: RunningServer | undefined, login = '', scheme = 'http'): string {
  return `${scheme}://${login}127.0.0.1:${server?.port ?? 0}`
}

describe('squid', () => {
  test('is asked for plain http in absolute form, and passes nothing of ours on', async () => {
    const { exchange } = await send(plain.url, [`proxies: { http: "${at(squids.none)}" }`])

    expect(exchange.response.bodyText).toBe('proxy-authorization=;target=/a?b=c')
    expect(exchange.connection.proxy).toEqual({ url: at(squids.none), mode: 'forward', why: 'proxy rule http of this request' })
    expect(await readFile(join(folder, 'squid-none', 'access.log'), 'utf8')).toContain(`GET ${plain.url}/a?b=c`)
  })

  test('opens a tunnel for https', async () => {
    const { exchange } = await send(secure.url, [`proxies: { all: "${at(squids.none)}" }`])

    expect(exchange.response.bodyText).toBe('proxy-authorization=;target=/a?b=c')
    expect([exchange.connection.proxy?.mode, exchange.connection.tls?.authorized]).toEqual(['tunnel', true])
    expect(await readFile(join(folder, 'squid-none', 'access.log'), 'utf8')).toContain(`CONNECT 127.0.0.1:${secure.port}`)
  })

  for (const auth of ['basic', 'digest'] as const) {
    for (const scheme of ['http', 'https'] as const) {
      test(`lets ${scheme} in by ${auth}`, async () => {
        const target = scheme === 'http' ? plain : secure
        const { exchange } = await send(target.url, [`proxies: { all: "${at(squids[auth], LOGIN)}" }`])

        expect(exchange.error).toBeUndefined()
        expect(exchange.response.bodyText).toBe('proxy-authorization=;target=/a?b=c')
        // The challenge is a hop, whether it came to the request or to the CONNECT before it.
        expect(exchange.history.map(({ response }) => response.status)).toEqual(auth === 'digest' ? [407] : [])
        expect(JSON.stringify(exchange)).not.toContain('secret')
      })
    }
  }

  test('turns away who is not known: an answer for http, a ProxyError for https', async () => {
    const http = await send(plain.url, [`proxies: { all: "${at(squids.basic, 'u:wrong@')}" }`])
    const https = await send(secure.url, [`proxies: { all: "${at(squids.basic, 'u:wrong@')}" }`])

    expect([http.code, http.exchange.response.status]).toEqual([0, 407])
    expect(http.exchange.warnings.join()).toContain('did not accept the user name and password')
    expect([https.code, https.exchange.error?.kind]).toEqual([3, 'ProxyError'])
    expect(https.exchange.error?.message).toContain('407')
  })

  test('is found in the environment, and NO_PROXY goes past it', async () => {
    const env = { http_proxy: at(squids.none), https_proxy: at(squids.basic, LOGIN) }
    const used = await send(secure.url, [], env)
    const past = await send(plain.url, [], { ...env, NO_PROXY: '10.0.0.0/8, 127.0.0.0/8' })

    expect(used.exchange.connection.proxy).toMatchObject({ mode: 'tunnel', why: 'https_proxy of the environment' })
    expect([past.exchange.response.status, past.exchange.connection.proxy]).toEqual([200, null])
  })
})

describe('code of a request through squid', () => {
  const languages = [
    ['curl', 'bash'],
    ['php', 'php'],
  ] as const
  for (const [language, program] of languages) {
    for (const scheme of ['http', 'https'] as const) {
      test(`${language} tells it who we are as it asks, on the way to ${scheme}`, async () => {
        const { port } = scheme === 'http' ? plain : secure
        const answers = []
        for (const auth of ['basic', 'digest'] as const) {
          const kit = await coreKit()
          const document = {
            ...emptyRequest(),
            method: 'POST',
            url: `${scheme}://127.0.0.1:${port}/a?b=c`,
            body: { kind: 'text' as const, text: 'hello' },
            options: { verify: join(folder, 'ca.pem'), proxies: { all: at(squids[auth], LOGIN) } },
          }
          const input = { document, nodeId: null, seed: 'seed-of-the-test', language, secrets: 'clear' }
          const { text } = z.object({ text: z.string() }).parse(await kit.call('code.generate', input))
          const file = join(folder, `code-${language}-${scheme}-${auth}`)
          await writeFile(file, text)
          answers.push((await run(program, [file])).stdout)
        }

        for (const answer of answers) expect(answer).toContain('proxy-authorization=;target=/a?b=c')
      })
    }
  }
})

describe('microsocks', () => {
  for (const scheme of ['socks5', 'socks5h']) {
    test(`${scheme} leads to http and https`, async () => {
      const options = [`proxies: { all: "${at(socks.none, '', scheme)}" }`]
      const bodies = [await send(`http://localhost:${plain.port}`, options), await send(`https://localhost:${secure.port}`, options)]

      expect(bodies.map(({ exchange }) => [exchange.error, exchange.response.bodyText])).toEqual([
        [undefined, 'proxy-authorization=;target=/a?b=c'],
        [undefined, 'proxy-authorization=;target=/a?b=c'],
      ])
    })
  }

  test('takes a user name and password, and turns others away', async () => {
    const right = await send(plain.url, [`proxies: { all: "${at(socks.login, LOGIN, 'socks5h')}" }`])
    const wrong = await send(plain.url, [`proxies: { all: "${at(socks.login, 'u:wrong@', 'socks5h')}" }`])

    expect(right.exchange.response.status).toBe(200)
    expect(wrong.exchange.error).toMatchObject({ kind: 'ProxyError', message: expect.stringContaining('user name and password') as string })
  })
})

describe('nginx that wants a client certificate', () => {
  const forms: [string, string][] = [
    ['PEM', '{ cert: ./client.pem, key: ./client.key }'],
    ['an encrypted key', '{ cert: ./client.pem, key: ./locked.key, passphrase: open }'],
    ['PFX', '{ pfx: ./client.pfx, passphrase: open }'],
  ]
  for (const [name, cert] of forms) {
    test(`is given it as ${name}`, async () => {
      const { exchange } = await send(mutual.url, [`cert: ${cert}`])
      expect([exchange.error, exchange.response.bodyText]).toEqual([undefined, 'hello CN=client'])
    })
  }

  test('is given it through squid, too', async () => {
    const { exchange } = await send(mutual.url, [
      'cert: { pfx: ./client.pfx, passphrase: open }',
      `proxies: { all: "${at(squids.basic, LOGIN)}" }`,
    ])
    expect(exchange.response.bodyText).toBe('hello CN=client')
  })

  test('answers 400 without one, in its own words', async () => {
    const { exchange } = await send(mutual.url, [])
    expect([exchange.response.status, exchange.response.bodyText?.includes('No required SSL certificate')]).toEqual([400, true])
  })
})

describe('as Python requests asks a proxy', () => {
  let recorder: Server
  let asked: string[]

  beforeAll(async () => {
    asked = []
    recorder = createServer((socket) => {
      let head = ''
      socket.on('error', () => undefined)
      socket.on('data', (chunk) => {
        head += chunk.toString('latin1')
        if (!head.includes('\r\n\r\n')) return
        asked.push(head)
        socket.end('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n')
      })
    }).listen(0, '127.0.0.1')
    await once(recorder, 'listening')
  })
  afterAll(() => void recorder.close())

  async function both(url: string): Promise<[ours: string, theirs: string]> {
    asked.length = 0
    const proxy = `http://${LOGIN}127.0.0.1:${(recorder.address() as AddressInfo).port}`
    await send(url, [`proxies: { all: "${proxy}" }`])
    const code = `import requests\ntry: requests.get("${url}/a?b=c", proxies={"all": "${proxy}"})\nexcept requests.exceptions.ProxyError: pass`
    await run(await findPython(), ['-c', code])
    const [ours = '', theirs = ''] = asked
    return [ours, theirs]
  }
  const line = (head: string): string => head.split('\r\n', 1)[0] ?? ''
  const field = (head: string, name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]

  test('plain http: the same request line, Host and credentials', async () => {
    const [ours, theirs] = await both('http://h.test:8080')

    expect(line(ours)).toBe('GET http://h.test:8080/a?b=c HTTP/1.1')
    expect([line(ours), field(ours, 'Host'), field(ours, 'Proxy-Authorization')]).toEqual([
      line(theirs),
      field(theirs, 'Host'),
      field(theirs, 'Proxy-Authorization'),
    ])
  })

  test('https: the same target and credentials; HTTP/1.1 with Host is ours', async () => {
    const [ours, theirs] = await both('https://h.test')

    expect(line(ours)).toBe('CONNECT h.test:443 HTTP/1.1')
    expect(line(ours).replace(/HTTP.*/, '')).toBe(line(theirs).replace(/HTTP.*/, ''))
    expect([field(ours, 'Proxy-Authorization'), field(ours, 'Host')]).toEqual([field(theirs, 'Proxy-Authorization'), 'h.test:443'])
  })
})
