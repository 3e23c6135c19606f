import { describe, expect, test } from 'vitest'
import { httpServer } from '../support/http-server.ts'
import { sendKit } from '../support/send-kit.ts'
import { socksServer } from '../support/socks-server.ts'
import { makeAuthority } from '../support/tls.ts'

describe('SOCKS', () => {
  const resolving: [scheme: string, asked: (port: number) => string][] = [
    ['socks4', (port) => `4 address 127.0.0.1:${port}`],
    ['socks4a', (port) => `4 name localhost:${port}`],
    ['socks5', (port) => `5 address 127.0.0.1:${port}`],
    ['socks5h', (port) => `5 name localhost:${port}`],
  ]
  for (const [scheme, asked] of resolving) {
    test(`${scheme} gives the proxy ${scheme.endsWith('4') || scheme.endsWith('5') ? 'an address looked up here' : 'the name'}`, async () => {
      const server = await httpServer((_request, response) => response.end('in'))
      const socks = await socksServer({ leadsTo: server.port })
      const kit = await sendKit()

      const exchange = await kit.send({
        url: `http://localhost:${server.port}/a`,
        // What a name looked up here leads to must not depend on the machine.
        options: {
          proxies: { all: `${scheme}://127.0.0.1:${socks.port}` },
          ...(!/[ah]$/.test(scheme) && { resolve: { localhost: '127.0.0.1' } }),
        },
      })

      expect([exchange.error, exchange.response?.status]).toEqual([null, 200])
      expect(socks.asked).toEqual([asked(server.port)])
      expect(exchange.request?.head).toMatch(/^GET \/a HTTP/)
      expect(exchange.connection?.proxy?.mode).toBe('tunnel')
    })
  }

  test('socks5 really looks the name up here', async () => {
    const server = await httpServer((_request, response) => response.end('in'))
    const socks = await socksServer({ leadsTo: server.port })
    const kit = await sendKit()
    const options = { proxies: { all: `socks5://127.0.0.1:${socks.port}` } }

    await kit.send({ url: `http://localhost:${server.port}/`, options })
    const unknown = await kit.send({ url: 'http://no-such-host.invalid/', options })

    expect(socks.asked).toEqual([expect.stringMatching(/^5 address /)])
    expect(unknown.error).toMatchObject({ kind: 'ConnectionError', message: expect.stringContaining('no-such-host.invalid') as string })
  })

  test('user name and password are given, and TLS goes through', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((_request, response) => response.end('in'), { tls: await authority.issue('DNS:api.test') })
    const socks = await socksServer({ login: 'u:p@ss', leadsTo: server.port })
    const kit = await sendKit({ ALL_PROXY: `socks5h://u:p%40ss@127.0.0.1:${socks.port}` })

    const exchange = await kit.send({ url: 'https://api.test/', options: { verify: authority.caPath } })

    expect([exchange.error, exchange.response?.status]).toEqual([null, 200])
    expect(socks.asked).toEqual(['5 name api.test:443 u:p@ss'])
    expect(exchange.connection).toMatchObject({ tls: { authorized: true }, proxy: { url: `socks5h://…@127.0.0.1:${socks.port}` } })
    expect(JSON.stringify(exchange)).not.toContain('p@ss')
  })

  const refusals: [name: string, url: (port: number) => string, options: Parameters<typeof socksServer>[0], words: RegExp][] = [
    ['a wrong password', (port) => `socks5h://u:wrong@127.0.0.1:${port}`, { login: 'u:p' }, /did not accept the user name and password/],
    ['no password where one is wanted', (port) => `socks5h://127.0.0.1:${port}`, { login: 'u:p' }, /none of the ways to say who you are/],
    ['a server that refuses', (port) => `socks5h://127.0.0.1:${port}`, { reply: 5 }, /the server refused the connection/],
    ['a host it cannot reach', (port) => `socks5h://127.0.0.1:${port}`, { reply: 4 }, /cannot reach the host/],
    ['a rule against it', (port) => `socks5h://127.0.0.1:${port}`, { reply: 2 }, /rules do not allow it/],
    ['a refusal of SOCKS 4', (port) => `socks4a://127.0.0.1:${port}`, { reply: 1 }, /could not reach the server/],
  ]
  for (const [name, url, options, words] of refusals) {
    test(`${name} is a ProxyError in words`, async () => {
      const socks = await socksServer(options)
      const exchange = await (await sendKit()).send({ url: 'http://h.test/', options: { proxies: { all: url(socks.port) } } })

      expect(exchange.error).toMatchObject({
        kind: 'ProxyError',
        message: expect.stringMatching(words) as string,
        hint: expect.any(String) as string,
      })
      expect(JSON.stringify(exchange)).not.toContain('wrong@')
    })
  }

  test('a proxy that is no SOCKS proxy is told as such', async () => {
    const server = await httpServer((_request, response) => response.end())
    const exchange = await (
      await sendKit()
    ).send({ url: 'http://h.test/', options: { proxies: { all: `socks5h://127.0.0.1:${server.port}` } } })

    expect(exchange.error).toMatchObject({
      kind: 'ProxyError',
      message: expect.stringContaining('does not speak this kind of SOCKS') as string,
    })
  })

  test('the connect timeout and Cancel hold while it is silent', async () => {
    const socks = await socksServer({ isSilent: true })
    const kit = await sendKit()
    const proxies = { all: `socks5h://127.0.0.1:${socks.port}` }

    const late = await kit.send({ url: 'http://h.test/', options: { proxies, timeout: { connect: 0.3 } } })
    const stop = new AbortController()
    const sending = kit.send(
      { url: 'http://h.test/', options: { proxies } },
      { signal: stop.signal, onStep: ({ kind }) => kind === 'connected' && stop.abort() },
    )

    expect(late.error).toMatchObject({ kind: 'ConnectTimeout', details: { phase: 'tunnel' } })
    expect((await sending).error?.kind).toBe('Cancelled')
  })
})
