import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Options } from '#contract/model/request.ts'
import { bodyOf, httpServer } from '../support/http-server.ts'
import { proxyServer, type ProxyServer } from '../support/proxy-server.ts'
import { rawServer, replyWith } from '../support/raw-server.ts'
import { rows, sendKit } from '../support/send-kit.ts'
import { makeAuthority } from '../support/tls.ts'

const BASIC = `Basic ${Buffer.from('u:p').toString('base64')}`
const through = (url: string): Options => ({ proxies: { all: url } })
const withLogin = (url: string): string => url.replace('://', '://u:p@')

/** Asks for Digest of whoever is not `u` with the password `p`. */
function wantsDigest(request: IncomingMessage): { status: string; headers: string; body: string } | null {
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
  const said = request.headers['proxy-authorization'] ?? ''
  const field = (name: string): string => new RegExp(`\\b${name}="?([^",]+)`).exec(said)?.[1] ?? ''
  const target = request.method === 'CONNECT' ? (request.url ?? '') : new URL(request.url ?? '').pathname
  const proof = md5(`${md5('u:r:p')}:n1:${field('nc')}:${field('cnonce')}:auth:${md5(`${request.method}:${target}`)}`)
  if (said.startsWith('Digest ') && field('response') === proof) return null
  return {
    status: '407 Proxy Authentication Required',
    headers: 'Proxy-Authenticate: Digest realm="r", nonce="n1", qop="auth"\r\n',
    body: 'who?',
  }
}

/** Of each request: `Basic`, or the count of its Digest. */
function said({ asked }: ProxyServer): string[] {
  return asked.map(({ authorization = '' }) => /nc="?0*([0-9a-f]+)/.exec(authorization)?.[1] ?? authorization.split(' ')[0] ?? '')
}

describe('plain http through an HTTP proxy', () => {
  test('the proxy is asked in absolute form, with credentials that the server never sees', async () => {
    const server = await httpServer((request, response) => response.end(JSON.stringify(request.headers)))
    const proxy = await proxyServer()
    const kit = await sendKit()

    const exchange = await kit.send({ url: `${server.url}/a?b=c`, options: through(withLogin(proxy.url)) })

    expect(exchange.response?.status).toBe(200)
    expect(proxy.asked).toMatchObject([
      { line: `GET ${server.url}/a?b=c HTTP/1.1`, host: `127.0.0.1:${server.port}`, authorization: BASIC },
    ])
    expect(await kit.text(exchange.response?.bodyId)).not.toContain('proxy-authorization')
    expect(exchange.request?.head.split('\r\n')[0]).toBe(`GET ${server.url}/a?b=c HTTP/1.1`)
    expect(exchange.connection).toMatchObject({
      remotePort: proxy.port,
      proxy: { url: `http://…@127.0.0.1:${proxy.port}`, mode: 'forward', why: 'proxy rule all of this request' },
    })
    expect(JSON.stringify(exchange.connection)).not.toContain('u:p')
    expect(exchange.warnings).toEqual([])
  })

  test('one connection to the proxy serves several servers', async () => {
    const [one, two] = [
      await httpServer((_request, response) => response.end('1')),
      await httpServer((_request, response) => response.end('2')),
    ]
    const proxy = await proxyServer()
    const kit = await sendKit()

    for (const { url } of [one, two, one]) await kit.send({ url, options: through(proxy.url) })

    expect([proxy.asked.length, proxy.connections()]).toEqual([3, 1])
  })

  test('a connection that is used again says by which rule it is used now', async () => {
    const server = await httpServer((_request, response) => response.end())
    const proxy = await proxyServer()
    const kit = await sendKit()

    const whys = []
    for (const rule of ['all', 'http']) {
      const { connection, timings } = await kit.send({ url: server.url, options: { proxies: { [rule]: proxy.url } } })
      whys.push([connection?.proxy?.why, timings.reusedConnection])
    }

    expect(whys).toEqual([
      ['proxy rule all of this request', false],
      ['proxy rule http of this request', true],
    ])
  })

  test('a proxy of the environment is used, and not where it is not trusted', async () => {
    const server = await httpServer((_request, response) => response.end())
    const proxy = await proxyServer()
    const kit = await sendKit({ HTTP_PROXY: proxy.url })

    const used = await kit.send({ url: server.url })
    const unused = await kit.send({ url: server.url, options: { trustEnv: false } })

    expect([used.connection?.proxy?.why, unused.connection?.proxy]).toEqual(['HTTP_PROXY of the environment', null])
    expect(proxy.asked.length).toBe(1)
  })

  test('the 407 is a normal answer, with a hint where there are no credentials', async () => {
    const proxy = await proxyServer({
      refuse: () => ({ status: '407 Who', headers: 'Proxy-Authenticate: Basic realm="r"\r\n', body: 'who?' }),
    })
    const kit = await sendKit()

    const exchange = await kit.send({ url: 'http://h.test/', options: through(proxy.url) })

    expect([exchange.ok, exchange.response?.status, await kit.text(exchange.response?.bodyId)]).toEqual([true, 407, 'who?'])
    expect(exchange.warnings).toEqual([expect.stringContaining('asks who you are') as string])
  })

  test('a Digest challenge of the proxy is answered as a hop of its own, with the body', async () => {
    const server = await httpServer((request, response) => void bodyOf(request).then((body) => response.end(body)))
    const proxy = await proxyServer({ refuse: wantsDigest })
    const kit = await sendKit()

    const exchange = await kit.send({
      method: 'POST',
      url: `${server.url}/a`,
      body: { kind: 'text', text: 'hello' },
      options: through(withLogin(proxy.url)),
    })

    expect([exchange.response?.status, await kit.text(exchange.response?.bodyId)]).toEqual([200, 'hello'])
    expect(exchange.history.map(({ response, because }) => [response.status, because])).toEqual([
      [407, '407: answered the Digest challenge of "r"'],
    ])
    expect(server.requests).toEqual(['POST /a'])
  })

  test('a proxy that asked for Digest is sent it unasked, with a count that rises, and never Basic again', async () => {
    const server = await httpServer((_request, response) => response.end('in'))
    const proxy = await proxyServer({ refuse: wantsDigest })
    const kit = await sendKit()
    const send = (options: Options) => kit.send({ url: server.url, options })

    const first = await send(through(withLogin(proxy.url)))
    const second = await send(through(withLogin(proxy.url)))
    const wrong = await send(through(proxy.url.replace('://', '://u:wrong@')))
    const third = await send(through(withLogin(proxy.url)))

    expect([first, second, third].map(({ response, history }) => [response?.status, history.length])).toEqual([
      [200, 1],
      [200, 0],
      [200, 0],
    ])
    expect([wrong.response?.status, wrong.history.length, wrong.warnings.join()]).toEqual([
      407,
      1,
      expect.stringContaining('did not accept') as string,
    ])
    expect(said(proxy)).toEqual(['Basic', '1', '2', '3', '1', '2'])
  })

  test('the preview shows the Digest that is sent ahead, and takes no count', async () => {
    const server = await httpServer((_request, response) => response.end('in'))
    const proxy = await proxyServer({ refuse: wantsDigest })
    const kit = await sendKit()
    const document = { url: server.url, options: through(withLogin(proxy.url)) }
    const shown = async (): Promise<string | undefined> =>
      (await kit.preview(document)).headers.find(({ name }) => name === 'Proxy-Authorization')?.value

    expect(await shown()).toBe(BASIC)
    await kit.send(document)
    const ahead = await shown()

    expect(ahead).toMatch(/^Digest .*nc=00000002/)
    await kit.send(document)
    expect(proxy.asked.at(-1)?.authorization).toBe(ahead)
  })

  test('a nonce that grew stale is replaced by the one that comes with the 407', async () => {
    const server = await httpServer((_request, response) => response.end('in'))
    let nonce = 'a'
    const proxy = await proxyServer({
      refuse: ({ headers }) =>
        headers['proxy-authorization']?.includes(`nonce="${nonce}"`)
          ? null
          : { status: '407 Who', headers: `Proxy-Authenticate: Digest realm="r", nonce="${nonce}", qop="auth", stale=true\r\n` },
    })
    const kit = await sendKit()
    const send = () => kit.send({ url: server.url, options: through(withLogin(proxy.url)) })

    await send()
    nonce = 'b'
    const renewed = await send()
    const after = await send()

    expect([renewed.history.length, renewed.response?.status, after.history.length, after.response?.status]).toEqual([1, 200, 0, 200])
    expect(said(proxy)).toEqual(['Basic', '1', '2', '1', '2'])
  })

  test.each(['http', 'https'] as const)('a proxy’s next nonce is used for the next request to %s, which needs no 407', async (scheme) => {
    const tls = scheme === 'https' ? await (await makeAuthority()).issue('IP:127.0.0.1') : undefined
    // Every request needs a tunnel of its own.
    const server = await httpServer((_request, response) => response.setHeader('connection', 'close').end('in'), { ...(tls && { tls }) })
    let nonce = 1
    const proxy = await proxyServer({
      refuse: ({ headers }) =>
        headers['proxy-authorization']?.includes(`nonce="n${nonce}"`)
          ? null
          : { status: '407 Who', headers: `Proxy-Authenticate: Digest realm="r", nonce="n${nonce}", qop="auth"\r\n` },
      info: () => ['Proxy-Authentication-Info', `nextnonce="n${(nonce += 1)}"`],
    })
    const kit = await sendKit()
    const send = () => kit.send({ url: server.url, options: { ...through(withLogin(proxy.url)), verify: false } })

    const sent = [await send(), await send(), await send()]

    expect(sent.map(({ response, history }) => [response?.status, history.length])).toEqual([
      [200, 1],
      [200, 0],
      [200, 0],
    ])
    expect(said(proxy)).toEqual(['Basic', '1', '1', '1'])
  })

  test('the answer to a challenge of the server has a new count for the proxy', async () => {
    const server = await httpServer((request, response) =>
      request.headers.authorization === undefined
        ? response.writeHead(401, { 'www-authenticate': 'Digest realm="s", nonce="m", qop="auth"' }).end()
        : response.end('in'),
    )
    const proxy = await proxyServer({ refuse: wantsDigest })
    const kit = await sendKit()

    const exchange = await kit.send({
      url: server.url,
      auth: { kind: 'digest', username: 'a', password: 'b' },
      options: through(withLogin(proxy.url)),
    })

    expect(exchange.history.map(({ response }) => response.status)).toEqual([407, 401])
    expect(said(proxy)).toEqual(['Basic', '1', '2'])
  })

  test.each(['requests', 'curl'] as const)('as %s does, each exchange begins with Basic', async (behaviour) => {
    const server = await httpServer((_request, response) => response.end('in'))
    const proxy = await proxyServer({ refuse: wantsDigest })
    const kit = await sendKit()

    const send = () => kit.send({ url: server.url, options: { behaviour, ...through(withLogin(proxy.url)) } })
    await send()
    await send()

    expect(said(proxy)).toEqual(['Basic', '1', 'Basic', '1'])
  })

  test('wrong credentials end with the 407 and say so', async () => {
    const proxy = await proxyServer({ refuse: wantsDigest })
    const exchange = await (await sendKit()).send({ url: 'http://h.test/', options: through(proxy.url.replace('://', '://u:wrong@')) })

    expect([exchange.response?.status, exchange.history.length]).toEqual([407, 1])
    expect(exchange.warnings.join()).toContain('The proxy did not accept')
  })

  test('each redirect chooses again, and credentials stay with their proxy', async () => {
    const end = await httpServer((request, response) => response.end(JSON.stringify(request.headers)))
    const start = await httpServer((_request, response) => response.writeHead(302, { location: `http://localhost:${end.port}/end` }).end())
    const proxy = await proxyServer()
    const kit = await sendKit()

    const exchange = await kit.send({ url: start.url, options: { proxies: { all: withLogin(proxy.url) }, noProxy: 'localhost' } })

    expect([exchange.response?.status, exchange.connection?.proxy]).toEqual([200, null])
    expect(exchange.history[0]?.connection.proxy?.mode).toBe('forward')
    expect(exchange.request?.head).toMatch(/^GET \/end HTTP/)
    expect(exchange.request?.head.toLowerCase()).not.toContain('proxy-authorization')
    expect(proxy.asked.length).toBe(1)
  })

  test('a redirect through the same proxy is sent with Digest at once', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/end') response.end('end')
      else response.writeHead(302, { location: '/end' }).end()
    })
    const proxy = await proxyServer({ refuse: wantsDigest })

    const exchange = await (await sendKit()).send({ url: server.url, options: through(withLogin(proxy.url)) })

    expect(exchange.response?.status).toBe(200)
    expect(exchange.history.map(({ response }) => response.status)).toEqual([407, 302])
  })

  test('TLS to the proxy itself is verified like any other', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((_request, response) => response.end('in'))
    const proxy = await proxyServer({ tls: await authority.issue('IP:127.0.0.1') })
    const kit = await sendKit()

    const trusted = await kit.send({ url: server.url, options: { ...through(proxy.url), verify: authority.caPath } })
    const unknown = await kit.send({ url: server.url, options: through(proxy.url) })

    expect([trusted.response?.status, trusted.connection?.proxy?.url]).toEqual([200, proxy.url])
    expect(unknown.error).toMatchObject({
      kind: 'ProxyError',
      message: expect.stringMatching(/certificate of the proxy .* not known here/) as string,
    })
  })
})

describe('https through an HTTP proxy', () => {
  test('a tunnel is asked for with HTTP/1.1, Host and credentials; TLS is that of the server', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((request, response) => response.end(JSON.stringify(request.headers)), {
      tls: await authority.issue('DNS:api.test'),
    })
    const proxy = await proxyServer({ leadsTo: server.port })
    const kit = await sendKit()

    const exchange = await kit.send({ url: 'https://api.test/x', options: { ...through(withLogin(proxy.url)), verify: authority.caPath } })

    expect(exchange.error).toBeNull()
    expect(proxy.asked).toEqual([
      { line: 'CONNECT api.test:443 HTTP/1.1', host: 'api.test:443', authorization: BASIC, headers: ['Host', 'Proxy-Authorization'] },
    ])
    expect(exchange.request?.head).toMatch(/^GET \/x HTTP\/1\.1/)
    expect(await kit.text(exchange.response?.bodyId)).not.toContain('proxy-authorization')
    expect(exchange.connection).toMatchObject({ proxy: { mode: 'tunnel' }, tls: { authorized: true } })
    expect(kit.steps.map(({ kind }) => kind)).toContain('tunnel')
  })

  test('through a proxy that itself speaks TLS', async () => {
    const authority = await makeAuthority()
    const tls = await authority.issue('DNS:api.test,IP:127.0.0.1')
    const server = await httpServer((_request, response) => response.end('in'), { tls })
    const proxy = await proxyServer({ tls, leadsTo: server.port })

    const exchange = await (
      await sendKit()
    ).send({ url: 'https://api.test/', options: { ...through(proxy.url), verify: authority.caPath } })

    expect([exchange.error, exchange.response?.status, exchange.connection?.remotePort]).toEqual([null, 200, proxy.port])
  })

  test('a refusal is a ProxyError with its status and what the proxy wrote', async () => {
    const proxy = await proxyServer({ refuse: () => ({ status: '403 Forbidden', body: '<p>not this host</p>' }) })

    const exchange = await (await sendKit()).send({ url: 'https://api.test/', options: through(proxy.url) })

    expect(exchange.error).toMatchObject({
      kind: 'ProxyError',
      message: `The proxy ${proxy.url} refused a connection to api.test:443: 403 Forbidden.`,
      details: { status: 403, body: '<p>not this host</p>' },
    })
  })

  test('a 407 is answered by Digest on a new connection', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((_request, response) => response.end('in'), { tls: await authority.issue('DNS:api.test') })
    const proxy = await proxyServer({ refuse: wantsDigest, leadsTo: server.port })

    const exchange = await (
      await sendKit()
    ).send({ url: 'https://api.test/', options: { ...through(withLogin(proxy.url)), verify: authority.caPath } })

    expect([exchange.error, exchange.response?.status]).toEqual([null, 200])
    expect(proxy.asked.map(({ authorization }) => authorization?.split(' ')[0])).toEqual(['Basic', 'Digest'])
    expect(exchange.history).toMatchObject([
      {
        kind: 'challenge',
        because: '407: answered the Digest challenge of "r"',
        request: {
          method: 'CONNECT',
          head: expect.stringMatching(/^CONNECT api\.test:443 HTTP\/1\.1\r\nHost: api\.test:443\r\nProxy-Authorization: Basic /),
        },
        response: { status: 407, reason: 'Proxy Authentication Required', bodyBytes: 4 },
        connection: { remotePort: proxy.port },
      },
    ])
    const { at = -1, timings } = exchange.history[0] ?? {}
    expect(at + (timings?.total ?? 0)).toBeLessThanOrEqual(exchange.timings.other ?? 0)
  })

  test('a proxy that asked for Digest is told it with the first CONNECT from then on', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((_request, response) => response.end('in'), { tls: await authority.issue('DNS:api.test') })
    const proxy = await proxyServer({ refuse: wantsDigest, leadsTo: server.port })
    const kit = await sendKit()
    // Another verification, another connection.
    const send = (verify: string | boolean) => kit.send({ url: 'https://api.test/', options: { ...through(withLogin(proxy.url)), verify } })

    const exchanges = [await send(authority.caPath), await send(false)]

    expect(exchanges.map(({ response, history }) => [response?.status, history.length])).toEqual([
      [200, 1],
      [200, 0],
    ])
    expect(said(proxy)).toEqual(['Basic', '1', '2'])
  })

  test('a 407 without credentials says how to give them', async () => {
    const proxy = await proxyServer({ refuse: wantsDigest })
    const exchange = await (await sendKit()).send({ url: 'https://api.test/', options: through(proxy.url) })

    expect(exchange.error).toMatchObject({ kind: 'ProxyError', hint: expect.stringContaining('http://user:password@host:port') as string })
    expect(exchange).toMatchObject({
      request: null,
      history: [{ because: '407: the proxy opened no tunnel', request: { method: 'CONNECT' }, response: { status: 407 } }],
    })
  })

  test('a typed Proxy-Authorization goes with CONNECT, never to the server, and that is said', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((request, response) => response.end(JSON.stringify(request.headers)), {
      tls: await authority.issue('DNS:api.test'),
    })
    const proxy = await proxyServer({ leadsTo: server.port })
    const kit = await sendKit()

    const exchange = await kit.send({
      url: 'https://api.test/',
      headers: rows(['Proxy-Authorization', 'Mine abc']),
      options: { ...through(proxy.url), verify: authority.caPath },
    })

    expect(proxy.asked[0]?.authorization).toBe('Mine abc')
    expect(await kit.text(exchange.response?.bodyId)).not.toContain('Mine')
    expect(exchange.warnings).toEqual([
      `The typed Proxy-Authorization is kept from api.test. It is sent with CONNECT, to the proxy ${proxy.url} only.`,
    ])
  })

  test('a kept tunnel serves only its own server', async () => {
    const authority = await makeAuthority()
    const server = await httpServer((_request, response) => response.end('in'), { tls: await authority.issue('DNS:a.test,DNS:b.test') })
    const proxy = await proxyServer({ leadsTo: server.port })
    const kit = await sendKit()

    for (const host of ['a.test', 'a.test', 'b.test']) {
      await kit.send({ url: `https://${host}/`, options: { ...through(proxy.url), verify: authority.caPath } })
    }

    expect(proxy.asked.map(({ line }) => line)).toEqual(['CONNECT a.test:443 HTTP/1.1', 'CONNECT b.test:443 HTTP/1.1'])
  })
})

describe('a proxy that does not work', () => {
  test('that refuses the connection is named, with the reason it is used', async () => {
    const gone = await rawServer(() => undefined)
    await new Promise((resolve) => gone.server.close(resolve))
    const exchange = await (await sendKit({ http_proxy: gone.url })).send({ url: 'http://h.test/' })

    expect(exchange.error).toMatchObject({
      kind: 'ProxyError',
      message: `The proxy ${gone.url} refused the connection.`,
      hint: expect.stringContaining('http_proxy of the environment') as string,
    })
  })

  test('that breaks off in the middle of its answer is named, not the server', async () => {
    const broken = await rawServer(({ socket }) => void socket.destroy())
    const exchange = await (await sendKit()).send({ method: 'POST', url: 'http://h.test/', options: through(broken.url) })

    expect(exchange.error?.message).toBe(`The proxy ${broken.url} closed the connection without a reply.`)
  })

  test('that does not exist', async () => {
    const exchange = await (await sendKit()).send({ url: 'http://h.test/', options: through('http://no-such-proxy.invalid:1') })
    expect(exchange.error).toMatchObject({
      kind: 'ProxyError',
      message: expect.stringMatching(/no-such-proxy\.invalid of the proxy/) as string,
    })
  })

  test('that never answers CONNECT runs into the connect timeout', async () => {
    const silent = await rawServer(() => undefined)
    const exchange = await (
      await sendKit()
    ).send({ url: 'https://h.test/', options: { ...through(silent.url), timeout: { connect: 0.3 } } })

    expect(exchange.error).toMatchObject({ kind: 'ConnectTimeout', message: `Connect timed out after 0.3 s: the proxy ${silent.url}.` })
  })

  test('that never answers CONNECT can be cancelled', async () => {
    const silent = await rawServer(() => undefined)
    const stop = new AbortController()
    const kit = await sendKit()
    const sending = kit.send({ url: 'https://h.test/', options: through(silent.url) }, { signal: stop.signal })
    await silent.connections(1)
    stop.abort()

    expect((await sending).error?.kind).toBe('Cancelled')
  })

  test('that does not speak HTTP shows what it said', async () => {
    const odd = await rawServer(replyWith('SSH-2.0-OpenSSH\r\n'))
    const exchange = await (await sendKit()).send({ url: 'https://h.test/', options: through(odd.url) })

    expect(exchange.error).toMatchObject({ kind: 'ProxyError', details: { received: 'SSH-2.0-OpenSSH\r\n' } })
  })

  test('whose environment variable makes no sense is a problem of the request', async () => {
    await expect((await sendKit({ HTTP_PROXY: 'ftp://x' })).prepare({ url: 'http://h.test/' })).rejects.toThrow(
      /InvalidProxyURL.*HTTP_PROXY/,
    )
  })
})
