import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { httpServer } from '../support/http-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { tempDir } from '../support/temp-dir.ts'
import { makeAuthority } from '../support/tls.ts'

describe('a Unix socket', () => {
  test('is connected to in place of the host, whatever proxies are set', async () => {
    const path = join(await tempDir(), 'app.sock')
    const server = createServer((request, response) => response.end(`${request.headers.host ?? ''}${request.url ?? ''}`))
    await new Promise<void>((resolve) => server.listen(path, resolve))
    onTestFinished(() => void server.close())
    const kit = await sendKit({ ALL_PROXY: 'http://127.0.0.1:1' })

    const exchange = await kit.send({ url: 'http://docker.test/info', options: { unixSocket: path } })

    expect(exchange.error).toBeNull()
    expect(await kit.text(exchange.response?.bodyId)).toBe('docker.test/info')
    expect(exchange.connection).toMatchObject({ remoteAddress: path, remotePort: null, proxy: null })
  })

  test('that is not there is named', async () => {
    const exchange = await (await sendKit()).send({ url: 'http://h.test/', options: { unixSocket: '/no/such.sock' } })
    expect(exchange.error).toMatchObject({
      kind: 'ConnectionError',
      message: 'There is no socket at /no/such.sock.',
      where: { field: 'unixSocket' },
    })
  })
})

describe('an address of one’s own', () => {
  test('is connected to, while Host, SNI and the certificate stay those of the URL', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((request, response) => response.end(request.headers.host), {
      tls: await authority.issue('DNS:api.test'),
    })
    const kit = await sendKit()

    const exchange = await kit.send({
      url: `https://api.test:${server.port}/`,
      options: { verify: authority.caPath, resolve: { 'api.test': '127.0.0.1' } },
    })

    expect(exchange.error).toBeNull()
    expect(await kit.text(exchange.response?.bodyId)).toBe(`api.test:${server.port}`)
    expect(exchange.timings.dns).toBe(0)
    expect(exchange.connection).toMatchObject({ remoteAddress: '127.0.0.1', resolvedHost: 'api.test' })
  })

  test('counts for its port only where it names one', async () => {
    const server = await httpServer((_request, response) => response.end())
    const kit = await sendKit()
    const resolve = { [`api.invalid:${server.port}`]: '127.0.0.1' }

    const named = await kit.send({ url: `http://api.invalid:${server.port}/`, options: { resolve } })
    const other = await kit.send({ url: 'http://api.invalid:1/', options: { resolve } })

    expect([named.response?.status, other.error?.message]).toEqual([200, 'The host api.invalid was not found.'])
  })

  test('is said not to be used where a proxy looks the host up', async () => {
    const kit = await sendKit({ http_proxy: 'http://127.0.0.1:1' })
    const { warnings } = await kit.prepare({ url: 'http://api.test/', options: { resolve: { 'api.test': '127.0.0.1' } } })

    expect(warnings).toEqual([expect.stringContaining('127.0.0.1 is not used for api.test') as string])
  })

  test('makes connections of its own', async () => {
    const server = await httpServer((_request, response) => response.end())
    const kit = await sendKit()
    const url = `http://localhost:${server.port}/`

    await kit.send({ url, options: { resolve: { localhost: '127.0.0.1' } } })
    const second = await kit.send({ url, options: { resolve: { localhost: '127.0.0.2' } } })

    expect([second.timings.reusedConnection, server.connections() > 0]).toEqual([false, true])
  })
})
