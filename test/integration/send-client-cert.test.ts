import { givenVariables } from '#core/prepare/references.ts'
import { execFile, spawn } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { WireError } from '#contract/errors.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import { prepareRequest } from '#core/prepare/prepare-request.ts'
import { httpServer } from '../support/http-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'
import { newProxyAuth } from '../support/proxy-auth.ts'
import { makeAuthority, type Authority } from '../support/tls.ts'

const run = promisify(execFile)

interface Mutual {
  readonly authority: Authority
  readonly url: string
  /** Holds client.pem, client.key, both.pem, locked.key and client.pfx; the passphrase of the last two is `open`. */
  readonly folder: string
  readonly verify: string
}

/** A server that wants a certificate of its authority, and says whose it was given. */
async function mutualServer(settings: { readonly maxVersion?: 'TLSv1.2' } = {}): Promise<Mutual> {
  const authority = await makeAuthority()
  const tls = await authority.issue('IP:127.0.0.1')
  const server = createServer(
    { ...tls, ca: authority.ca, requestCert: true, rejectUnauthorized: true, ...settings },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate() // the server is one of TLS
      response.end(`hello ${String(subject.CN)}`)
    },
  )
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const folder = await tempDir()
  const client = await authority.issue('', { commonName: 'alice' })
  await writeFile(join(folder, 'client.pem'), client.cert)
  await writeFile(join(folder, 'client.key'), client.key)
  await writeFile(join(folder, 'both.pem'), client.key + client.cert)
  await run('openssl', ['pkcs8', '-topk8', '-in', 'client.key', '-out', 'locked.key', '-passout', 'pass:open'], { cwd: folder })
  await run('openssl', ['pkcs12', '-export', '-in', 'client.pem', '-inkey', 'client.key', '-out', 'client.pfx', '-passout', 'pass:open'], {
    cwd: folder,
  })
  return { authority, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`, folder, verify: authority.caPath }
}

/** OpenSSL's own server, which says by an alert what it misses. */
async function strictServer(authority: Authority, version: string): Promise<string> {
  const folder = await tempDir()
  const tls = await authority.issue('IP:127.0.0.1')
  await writeFile(join(folder, 'server.pem'), tls.cert + tls.key)
  const asking = ['-Verify', '1', '-verify_return_error', '-CAfile', authority.caPath]
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-cert', join(folder, 'server.pem'), '-www', version, ...asking])
  onTestFinished(() => void child.kill())
  let said = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString()
    const port = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(said)?.[1]
    if (port !== undefined) {
      child.stdout.resume()
      return `https://127.0.0.1:${port}/`
    }
  }
  throw new Error(`openssl s_server did not start: ${said}`)
}

async function problemsOf(
  options: Options,
  baseDir: string | null,
  env: Record<string, string> = {},
  url = 'https://h.test/',
): Promise<readonly WireError[]> {
  const { problems } = await prepareRequest(
    { ...emptyRequest(), url, options },
    {
      baseDir,
      seed: '',
      variables: givenVariables(new Map()),
      env,
      userAgent: 'test',
      cookiesFor: () => [],
      authParts: async () => ({ headers: [], query: [], fault: null }),
      authFlow: () => null,
      proxyAuth: newProxyAuth,
    },
  )
  return problems
}

describe('a client certificate', () => {
  const forms: [name: string, cert: NonNullable<Options['cert']>][] = [
    ['as PEM files', { cert: 'client.pem', key: 'client.key' }],
    ['with its key in one file', { cert: 'both.pem' }],
    ['with an encrypted key', { cert: 'client.pem', key: 'locked.key', passphrase: 'open' }],
    ['as PFX', { pfx: 'client.pfx', passphrase: 'open' }],
  ]
  for (const [name, cert] of forms) {
    test(`${name} lets in`, async () => {
      const { url, folder, verify } = await mutualServer()
      const kit = await sendKit()
      const absolute: Options['cert'] = Object.fromEntries(
        Object.entries(cert).map(([key, value]) => [key, key === 'passphrase' ? value : join(folder, value ?? '')]),
      )

      const exchange = await kit.send({ url, options: { verify, cert: absolute } })

      expect(exchange.error).toBeNull()
      expect(await kit.text(exchange.response?.bodyId)).toBe('hello alice')
    })
  }

  test('may be relative to the collection, and come from variables', async () => {
    const { folder } = await mutualServer()
    expect(await problemsOf({ cert: { cert: 'client.pem', key: './client.key' } }, folder)).toEqual([])
  })

  const wrong: [name: string, cert: NonNullable<Options['cert']>, kind: string, field: string, words: RegExp][] = [
    ['a missing file', { cert: 'nope.pem' }, 'FileNotFound', 'cert.cert', /client certificate is not there/],
    ['a missing key', { cert: 'client.pem', key: 'nope.key' }, 'FileNotFound', 'cert.key', /key of the client certificate is not there/],
    ['a missing PFX', { pfx: 'nope.pfx' }, 'FileNotFound', 'cert.pfx', /PFX file is not there/],
    [
      'a wrong passphrase',
      { cert: 'client.pem', key: 'locked.key', passphrase: 'shut' },
      'SSLError',
      'cert.passphrase',
      /passphrase of the key .* is wrong/,
    ],
    ['a missing passphrase', { cert: 'client.pem', key: 'locked.key' }, 'SSLError', 'cert.passphrase', /A passphrase is needed/],
    [
      'a wrong passphrase of a PFX',
      { pfx: 'client.pfx', passphrase: 'shut' },
      'SSLError',
      'cert.passphrase',
      /passphrase of the PFX file .* is wrong/,
    ],
    ['a key of another certificate', { cert: 'client.pem', key: 'other.key' }, 'SSLError', 'cert.key', /does not belong/],
    ['a certificate without its key', { cert: 'client.pem' }, 'SSLError', 'cert.key', /no private key/],
    ['a key in place of the certificate', { cert: 'client.key', key: 'client.key' }, 'SSLError', 'cert.cert', /no certificate/],
    ['PEM in place of PFX', { pfx: 'client.pem' }, 'SSLError', 'cert.pfx', /is no PFX/],
    ['a key alone', { key: 'client.key' }, 'InvalidOption', 'cert.cert', /no certificate/],
    ['two of them', { cert: 'client.pem', key: 'client.key', pfx: 'client.pfx' }, 'InvalidOption', 'cert.pfx', /two client certificates/],
  ]
  test('that cannot be used is a problem beside its field, without the passphrase', async () => {
    const { authority, folder } = await mutualServer()
    await writeFile(join(folder, 'other.key'), (await authority.issue('')).key)

    for (const [name, cert, kind, field, words] of wrong) {
      const problems = await problemsOf({ cert }, folder)
      expect(problems, name).toMatchObject([
        { kind, where: { section: 'options', field }, message: expect.stringMatching(words) as string },
      ])
      expect(JSON.stringify(problems), name).not.toContain('shut')
    }
  })

  for (const version of ['-tls1_2', '-tls1_3']) {
    test(`that was not given, or is not trusted, is told by the alert of ${version.slice(1)}`, async () => {
      const authority = await makeAuthority()
      const url = await strictServer(authority, version)
      const path = join(await tempDir(), 'stranger.pem')
      const stranger = await (await makeAuthority()).issue('', { commonName: 'mallory' })
      await writeFile(path, stranger.key + stranger.cert)
      const kit = await sendKit()

      const none = await kit.send({ url, options: { verify: authority.caPath } })
      const distrusted = await kit.send({ url, options: { verify: authority.caPath, cert: { cert: path } } })

      expect(none.error).toMatchObject({ kind: 'SSLError' })
      // TLS 1.2 has no alert of its own for it.
      expect(`${none.error?.message ?? ''} ${none.error?.hint ?? ''}`).toMatch(
        /asks for a client certificate, and none was given|It may want a client certificate/,
      )
      expect(distrusted.error).toMatchObject({ kind: 'SSLError' })
      expect(distrusted.error?.message).toContain('does not accept the client certificate')
    })
  }

  test('that was not given to Node is told too, and one that only hangs up has it in the hint', async () => {
    const { url, verify, authority } = await mutualServer()
    const rude = await httpServer((request) => request.socket.destroy(), { tls: await authority.issue('IP:127.0.0.1') })
    const kit = await sendKit()

    for (const reader of [{}, { lenient: true }, { http2: true }]) {
      expect((await kit.send({ url, options: { verify, ...reader } })).error?.message).toContain('none was given')
    }
    expect((await kit.send({ url: rude.url, options: { verify } })).error).toMatchObject({
      kind: 'ConnectionError',
      hint: expect.stringContaining('want a client certificate') as string,
    })
  })

  test('that was given is in the hint where the server hangs up in the handshake', async () => {
    const { url, folder, verify } = await mutualServer({ maxVersion: 'TLSv1.2' })
    const other = await (await makeAuthority()).issue('', { commonName: 'mallory' })
    await writeFile(join(folder, 'stranger.pem'), other.key + other.cert)

    const exchange = await (await sendKit()).send({ url, options: { verify, cert: { cert: join(folder, 'stranger.pem') } } })

    expect(exchange.error).toMatchObject({ kind: 'SSLError', hint: expect.stringContaining('not accept the client certificate') as string })
  })

  test('is not shared: a request without one does not use its connection', async () => {
    const { url, folder, verify } = await mutualServer()
    const kit = await sendKit()
    const first = await kit.send({ url, options: { verify, cert: { cert: join(folder, 'both.pem') } } })
    const second = await kit.send({ url, options: { verify } })

    expect([first.ok, second.ok, second.timings.reusedConnection]).toEqual([true, false, false])
  })
})

describe('the authorities', () => {
  test('of a folder of PEM files, and of one that c_rehash made', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((_request, response) => response.end(), { tls: await authority.issue('IP:127.0.0.1') })
    const [plain, hashed] = [await tempDir(), await tempDir()]
    await writeFile(join(plain, 'ours.crt'), authority.ca)
    await writeFile(join(plain, 'readme.txt'), 'nothing')
    await mkdir(join(plain, 'below'))
    const { stdout } = await run('openssl', ['x509', '-hash', '-noout', '-in', authority.caPath])
    await symlink(authority.caPath, join(hashed, `${stdout.trim()}.0`))
    const kit = await sendKit()

    for (const verify of [plain, hashed]) expect((await kit.send({ url: server.url, options: { verify } })).error).toBeNull()
    const empty = await kit.send({ url: server.url, options: { verify: await tempDir() } })
    expect(empty.error).toMatchObject({ kind: 'SSLError', message: expect.stringContaining('holds no certificate') as string })
  })

  test('of the environment count, the nearest first, unless the request has its own or does not ask it', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((_request, response) => response.end(), { tls: await authority.issue('IP:127.0.0.1') })
    const other = await makeAuthority()
    const ok = async (env: Record<string, string>, options: Options = {}): Promise<boolean> =>
      (await (await sendKit(env)).send({ url: server.url, options })).ok

    expect(await ok({ REQUESTS_CA_BUNDLE: authority.caPath, CURL_CA_BUNDLE: other.caPath })).toBe(true)
    expect(await ok({ CURL_CA_BUNDLE: authority.caPath, SSL_CERT_FILE: other.caPath })).toBe(true)
    expect(await ok({ SSL_CERT_FILE: authority.caPath })).toBe(true)
    expect(await ok({ REQUESTS_CA_BUNDLE: authority.caPath }, { trustEnv: false })).toBe(false)
    expect(await ok({ REQUESTS_CA_BUNDLE: authority.caPath }, { verify: other.caPath })).toBe(false)
    expect(await ok({ REQUESTS_CA_BUNDLE: other.caPath }, { verify: authority.caPath })).toBe(true)
    expect(await ok({ REQUESTS_CA_BUNDLE: other.caPath }, { verify: false })).toBe(true)
  })

  test('of the environment are named where they do not know the server', async () => {
    const server = await httpServer((_request, response) => response.end(), { tls: await (await makeAuthority()).issue('IP:127.0.0.1') })
    const exchange = await (await sendKit({ REQUESTS_CA_BUNDLE: (await makeAuthority()).caPath })).send({ url: server.url })

    expect(exchange.error?.hint).toContain('REQUESTS_CA_BUNDLE of the environment')
  })

  test('of the environment that are missing matter for https only', async () => {
    const env = { REQUESTS_CA_BUNDLE: '/no/such/ca.pem' }
    expect(await problemsOf({}, null, env)).toMatchObject([
      { kind: 'FileNotFound', message: expect.stringContaining('REQUESTS_CA_BUNDLE') as string },
    ])
    expect(await problemsOf({}, null, env, 'http://h.test/')).toEqual([])
  })
})

describe('the versions of TLS', () => {
  test('are what the request allows', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((_request, response) => response.end(), { tls: await authority.issue('IP:127.0.0.1') })
    const kit = await sendKit()

    const capped = await kit.send({ url: server.url, options: { verify: authority.caPath, tls: { maxVersion: 'TLSv1.2' } } })
    const free = await kit.send({ url: server.url, options: { verify: authority.caPath } })

    expect([capped.connection?.tls?.protocol, free.connection?.tls?.protocol]).toEqual(['TLSv1.2', 'TLSv1.3'])
  })

  test('that the server has not are told as such', async () => {
    const { url, verify, folder } = await mutualServer({ maxVersion: 'TLSv1.2' })
    const options: Options = { verify, cert: { cert: join(folder, 'both.pem') }, tls: { minVersion: 'TLSv1.3' } }
    const exchange = await (await sendKit()).send({ url, options })

    expect(exchange.error).toMatchObject({
      kind: 'SSLError',
      message: expect.stringContaining('no version of TLS, or no cipher, in common') as string,
      hint: 'Only TLSv1.3 and newer was offered. Choose other versions of TLS in Options.',
      details: { option: 'tls.minVersion', origin: { layer: 'request' } },
    })
  })

  test('the wrong way round are a problem', async () => {
    expect(await problemsOf({ tls: { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.2' } }, null)).toMatchObject([
      { kind: 'InvalidOption', where: { section: 'options', field: 'tls.maxVersion' } },
    ])
  })

  test('old ones can be spoken where they are asked for', async () => {
    const authority = await makeAuthority()
    const tls = await authority.issue('IP:127.0.0.1')
    const old = { ...tls, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    const server = await httpServer((_request, response) => response.end(), { tls: old })

    const exchange = await (await sendKit()).send({ url: server.url, options: { verify: authority.caPath, tls: { minVersion: 'TLSv1' } } })

    expect([exchange.error, exchange.connection?.tls?.protocol]).toEqual([null, 'TLSv1.1'])
  })
})
