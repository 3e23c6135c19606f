import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Exchange } from '#contract/model/exchange.ts'
import { httpServer, type HttpServer, type TlsFiles } from '../support/http-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'
import { makeAuthority, selfSigned } from '../support/tls.ts'

async function secureServer(tls: TlsFiles): Promise<HttpServer> {
  return httpServer((request, response) => response.end(`host ${request.headers.host ?? ''}`), { tls })
}

async function sendTo(url: string, verify?: boolean | string, host?: string): Promise<Exchange> {
  return (await sendKit()).send({
    url,
    headers: host === undefined ? [] : [{ name: 'Host', value: host, enabled: true }],
    options: verify === undefined ? {} : { verify },
  })
}

describe('TLS', () => {
  test('with the right authority is authorized, and its chain is shown', async () => {
    const authority = await makeAuthority()
    const server = await secureServer(await authority.issue('DNS:localhost,IP:127.0.0.1', { commonName: 'leaf' }))
    const exchange = await sendTo(server.url, authority.caPath)

    expect(exchange.error).toBeNull()
    expect(exchange.connection).toMatchObject({ remoteAddress: '127.0.0.1', remotePort: server.port })
    expect(exchange.connection?.tls).toMatchObject({ protocol: 'TLSv1.3', authorized: true })
    expect(exchange.connection?.tls?.certificates.map(({ subject }) => subject)).toEqual(['CN=leaf', 'CN=Test Authority, O=Posthaste Test'])
    expect(exchange.connection?.tls?.certificates[0]?.altNames).toBe('DNS:localhost, IP Address:127.0.0.1')
    expect(exchange.timings.tls).toBeGreaterThan(0)
    expect(exchange.warnings).toEqual([])
  })

  test('with an unknown authority is refused, with the chain and what to do', async () => {
    const authority = await makeAuthority()
    const server = await secureServer(await authority.issue('IP:127.0.0.1'))
    const exchange = await sendTo(server.url)

    expect(exchange).toMatchObject({ ok: false, request: null })
    expect(exchange.error).toMatchObject({
      kind: 'SSLError',
      stage: 'tls',
      message: `The certificate of 127.0.0.1:${server.port} is signed by an authority that is not known here: CN=Test Authority, O=Posthaste Test.`,
      hint:
        'Turn off Verify in Options for this request, or give the CA file that signed it. ' +
        'If others do trust this server, it leaves out a certificate that it has to send along.',
    })
    expect(exchange.error?.details?.certificates).toMatchObject([{ issuer: 'CN=Test Authority, O=Posthaste Test' }])
    expect(server.requests).toEqual([])
  })

  test('with a self-signed certificate is refused as such', async () => {
    const server = await secureServer(await selfSigned('IP:127.0.0.1'))
    const exchange = await sendTo(server.url)

    expect(exchange.error).toMatchObject({ kind: 'SSLError', message: expect.stringContaining('signed by itself') as string })
  })

  test('takes a self-signed certificate that is given as the CA', async () => {
    const own = await selfSigned('IP:127.0.0.1')
    const server = await secureServer(own)
    const path = join(await tempDir(), 'own.pem')
    await writeFile(path, own.cert)

    expect((await sendTo(server.url, path)).response?.status).toBe(200)
  })

  test('with verify off goes on, says so, and is not authorized', async () => {
    const server = await secureServer(await selfSigned('IP:127.0.0.1'))
    const exchange = await sendTo(server.url, false)

    expect(exchange.response?.status).toBe(200)
    expect(exchange.connection?.tls?.authorized).toBe(false)
    expect(exchange.warnings).toEqual([expect.stringMatching(/^Verify is off: .*signed by itself/)])
  })

  test('with the wrong name is refused, and both names are told', async () => {
    const authority = await makeAuthority()
    const server = await secureServer(await authority.issue('DNS:example.test'))
    const exchange = await sendTo(server.url, authority.caPath)

    expect(exchange.error).toMatchObject({
      kind: 'SSLError',
      message: `The certificate of 127.0.0.1:${server.port} is not for 127.0.0.1, but for example.test.`,
    })
  })

  test('with a common name only is refused', async () => {
    const authority = await makeAuthority()
    const server = await secureServer(await authority.issue('', { commonName: 'localhost' }))
    const exchange = await sendTo(`https://localhost:${server.port}`, authority.caPath)

    expect(exchange.error).toMatchObject({
      kind: 'SSLError',
      message: expect.stringContaining('is not for localhost: it names no host') as string,
    })
    expect(exchange.error?.hint).toContain('subject alternative name')
  })

  test('is checked against the host of the URL, whatever Host header is typed', async () => {
    const authority = await makeAuthority()
    const server = await secureServer(await authority.issue('DNS:localhost'))
    const named = await sendTo(`https://localhost:${server.port}`, authority.caPath, 'other.test')
    const numbered = await sendTo(server.url, authority.caPath, 'localhost')

    expect(named.response?.status).toBe(200)
    expect(numbered.error).toMatchObject({ kind: 'SSLError', message: expect.stringContaining('is not for 127.0.0.1') as string })
  })

  test('with an expired certificate is refused as such', async () => {
    const authority = await makeAuthority()
    const server = await secureServer(await authority.issue('IP:127.0.0.1', { days: -1 }))
    const exchange = await sendTo(server.url, authority.caPath)

    expect(exchange.error).toMatchObject({
      kind: 'SSLError',
      message: expect.stringMatching(/^The certificate of 127\.0\.0\.1:\d+ has expired, on \d{4}-\d\d-\d\d\.$/) as string,
    })
  })

  test('with a certificate made for clients, or with too short a key, is refused in words', async () => {
    const authority = await makeAuthority()
    const client = await secureServer(await authority.issue('IP:127.0.0.1', { usage: 'clientAuth' }))
    const weak = await secureServer({ ...(await authority.issue('IP:127.0.0.1', { rsaBits: 1024 })), ciphers: 'DEFAULT@SECLEVEL=0' })

    const errors = [await sendTo(client.url, authority.caPath), await sendTo(weak.url, authority.caPath)].map(({ error }) => error?.message)

    expect(errors).toEqual([
      `The certificate of 127.0.0.1:${client.port} is not made for servers.`,
      `The key of the certificate of 127.0.0.1:${weak.port} is too short: 1024 bits.`,
    ])
  })

  test('names the certificate in between that has expired', async () => {
    const authority = await makeAuthority()
    const server = await secureServer(await authority.issueBelow(-1))
    const exchange = await sendTo(server.url, authority.caPath)

    expect(exchange.error?.message).toMatch(
      /^The certificate of CN=Between, which that of 127\.0\.0\.1:\d+ relies on, has expired, on \d{4}-\d\d-\d\d\.$/,
    )
  })

  test('to a server of plain HTTP says to try http://', async () => {
    const server = await httpServer((_request, response) => response.end())
    const exchange = await sendTo(`https://127.0.0.1:${server.port}`)

    expect(exchange.error).toMatchObject({
      kind: 'SSLError',
      message: `127.0.0.1:${server.port} speaks plain HTTP, not TLS.`,
      hint: 'Try http:// instead of https://.',
    })
  })

  test('plain HTTP to a server of TLS is told as no reply or no HTTP', async () => {
    const server = await secureServer(await selfSigned('IP:127.0.0.1'))
    const exchange = await sendTo(`http://127.0.0.1:${server.port}`)

    expect(exchange.error).toMatchObject({ kind: 'ConnectionError', hint: expect.stringContaining('https://') as string })
  })

  const unreadable: [string, string, string][] = [
    ['no certificate', 'hello', 'holds no certificate'],
    ['a broken one', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'Certificate 1'],
    ['half of one', '-----BEGIN CERTIFICATE-----\nMIIB', 'holds no whole certificate'],
  ]
  for (const [name, text, words] of unreadable) {
    test(`with a CA file of ${name} is refused, and the file is named`, async () => {
      const path = join(await tempDir(), 'ca.pem')
      await writeFile(path, text)
      const exchange = await sendTo('https://127.0.0.1:1/', path)

      expect(exchange.error).toMatchObject({ kind: 'SSLError', where: { section: 'options', field: 'verify' } })
      expect(exchange.error?.message).toContain(words)
      expect(exchange.error?.message).toContain(path)
    })
  }

  test('uses a connection that was not verified for no request that wants it verified', async () => {
    const server = await secureServer(await selfSigned('IP:127.0.0.1'))
    const kit = await sendKit()
    const unverified = await kit.send({ url: server.url, options: { verify: false } })
    const verified = await kit.send({ url: server.url })

    expect(unverified.ok).toBe(true)
    expect(verified.error?.kind).toBe('SSLError')
  })
})
