// The web host over real sockets: who is let in, what is served, and how calls, bodies and uploads travel.
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, test, vi } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '../../src-main/hosts/shell/content-security-policy.ts'
import { startTestWebHost, type TestWebHost } from '../support/web-host.ts'

const BODY_ID = 'ab'.repeat(32)

describe('getting in', () => {
  test('trades the launch token for a cookie that scripts and other sites cannot use', async () => {
    const host = await startTestWebHost()

    const answer = await host.ask(`/?token=${new URL(host.server.url).searchParams.get('token')}`)

    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^posthaste_${host.server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`)),
    ])
  })

  test('leads on by a page where the link was on another site, whose redirect would lose the cookie', async () => {
    const host = await startTestWebHost()

    const answer = await host.ask(new URL(host.server.url).search.replace(/^/, '/'), {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    })

    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toHaveLength(1)
    expect(answer.body.toString()).toContain('http-equiv="refresh" content="0;url=/"')
  })

  test('takes a ticket once, and the launch token as often as it comes', async () => {
    const host = await startTestWebHost()
    const ticket = new URL(host.server.issueUrl())
    const token = new URL(host.server.url)

    const statuses = []
    for (const url of [ticket, ticket, token, token]) statuses.push((await host.ask(url.pathname + url.search)).status)

    expect(statuses).toEqual([303, 401, 303, 303])
  })

  test.each([['/'], ['/index.html'], ['/assets/main-abc.js'], [`/body/${BODY_ID}?type=image/png`], ['/?token=wrong']])(
    'answers %s with 401 and how to get in, without the cookie',
    async (path) => {
      const host = await startTestWebHost()

      const answer = await host.ask(path)

      expect(answer.status).toBe(401)
      expect(answer.body.toString()).toContain('?token=')
    },
  )

  test('does not take the cookie of another port', async () => {
    const host = await startTestWebHost()
    const value = (await host.cookie()).split('=')[1]

    const answer = await host.ask('/', { headers: { cookie: `posthaste_1=${value}` } })

    expect(answer.status).toBe(401)
  })

  test.each([
    ['en-GB,en;q=0.9', 'en', 'Open the whole address'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN', '请打开 Posthaste 启动时输出的完整地址'],
  ])('says how to get in to a browser that accepts %s in %s', async (accepted, language, words) => {
    const host = await startTestWebHost()

    const answer = await host.ask('/', { headers: { 'accept-language': accepted } })

    expect(answer.status).toBe(401)
    expect(answer.body.toString()).toContain(`<html lang="${language}">`)
    expect(answer.body.toString()).toContain(words)
  })

  test('a browser that goes away before its answer is none that is told of', async () => {
    const host = await startTestWebHost()
    const cookie = await host.cookie()
    const head = `GET /assets/main-abc.js HTTP/1.1\r\nHost: 127.0.0.1:${host.server.port}\r\nCookie: ${cookie}\r\n\r\n`

    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = connect(host.server.port, '127.0.0.1')
        await once(socket, 'connect')
        const isClosed = once(socket, 'close')
        // Written before it ends, so that the host has it: it finds nobody there once it has looked for the file.
        socket.write(head, () => socket.resetAndDestroy())
        await isClosed
      }),
    )

    // Whoever comes behind them is answered when they have been.
    expect((await host.ask('/', { headers: { cookie } })).status).toBe(200)
    expect(host.logged).toEqual([])
  })

  test('refuses a foreign Host header, so that a name that points here is of no use', async () => {
    const host = await startTestWebHost()
    const cookie = await host.cookie()

    const foreign = await host.ask('/', { headers: { cookie, host: `evil.example:${host.server.port}` } })
    const local = await host.ask('/', { headers: { cookie, host: `localhost:${host.server.port}` } })

    expect(foreign.status).toBe(421)
    expect(local.status).toBe(200)
  })

  test('is no proxy: a target that names a host is refused, and a path that looks like one is a path', async () => {
    const host = await startTestWebHost()
    const cookie = await host.cookie()
    const statuses = ['http://evil.example/', `http://127.0.0.1:${host.server.port}/`, '*', '//evil.example/', '//evil.example/../'].map(
      async (target) => {
        const socket = connect(host.server.port, '127.0.0.1')
        const head = `Host: 127.0.0.1:${host.server.port}\r\nCookie: ${cookie}\r\nConnection: close`
        socket.write(`GET ${target} HTTP/1.1\r\n${head}\r\n\r\n`)
        return Number((await text(socket)).slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
      },
    )

    expect(await Promise.all(statuses)).toEqual([400, 400, 400, 404, 404])
  })

  test.each([
    ['/', { host: '127.0.0.1:1' }, 421, '这不是 Posthaste 的地址'],
    ['/', { 'sec-fetch-site': 'cross-site' }, 403, '其他网页可以链接到 Posthaste'],
    ['/no-such-page', {}, 404, '没有此页面'],
    [`/body/${'0'.repeat(64)}`, {}, 404, '此正文已不再保留'],
  ])('answers %s with %o by %i, in the language of the browser', async (path, wishes, status, words) => {
    const host = await startTestWebHost()

    const answer = await host.ask(path, { headers: { cookie: await host.cookie(), 'accept-language': 'zh-CN', ...wishes } })

    expect([answer.status, answer.headers['vary']]).toEqual([status, 'Accept-Language'])
    expect(answer.body.toString()).toContain('<html lang="zh-CN">')
    expect(answer.body.toString()).toContain(words)
  })

  test('is led to by links of other pages, but used by none', async () => {
    const host = await startTestWebHost()
    const cookie = await host.cookie()
    const status = async (site: string, mode: string, dest: string, method = 'GET'): Promise<number> => {
      const headers = { cookie, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }
      return (await host.ask('/', { method, headers })).status
    }

    const admitted = [
      status('none', 'navigate', 'document'),
      status('same-origin', 'no-cors', 'image'),
      status('same-site', 'navigate', 'document'),
    ]
    const refused = [
      status('same-site', 'navigate', 'iframe'),
      status('same-site', 'navigate', 'object'),
      status('cross-site', 'no-cors', 'image'),
      status('same-site', 'cors', 'empty'),
      status('same-site', 'navigate', 'document', 'POST'),
    ]

    expect(await Promise.all(admitted)).toEqual([200, 200, 200])
    expect(await Promise.all(refused)).toEqual([403, 403, 403, 403, 403])
  })

  test('survives a request that is no HTTP, and a target that is no URL', async () => {
    const host = await startTestWebHost()
    const sockets = ['GET http://[ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n', 'garbage\r\n\r\n'].map(
      (bytes) => {
        const socket = connect(host.server.port, '127.0.0.1')
        socket.end(bytes)
        return text(socket)
      },
    )

    const answers = await Promise.all(sockets)

    expect(answers[0]).toMatch(/^HTTP\/1\.1 421 /)
    expect(answers[1]).toMatch(/^HTTP\/1\.1 400 /)
    expect((await host.ask('/')).status).toBe(401)
  })
})

describe('the page', () => {
  test('comes with a strict policy, and is not kept by the browser', async () => {
    const host = await startTestWebHost()

    const answer = await host.ask('/', { headers: { cookie: await host.cookie() } })

    expect(answer.body.toString()).toContain('<title>Posthaste</title>')
    expect(answer.headers).toMatchObject({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('has assets that are kept for ever', async () => {
    const host = await startTestWebHost()

    const answer = await host.ask('/assets/main-abc.js', { headers: { cookie: await host.cookie() } })

    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })

  test.each([['/../secret.txt'], ['/%2e%2e/secret.txt'], ['/assets/..%2f..%2fsecret.txt'], ['/%5c..%5csecret.txt'], ['/%zz'], ['/assets']])(
    'has nothing at %s',
    async (path) => {
      const host = await startTestWebHost()

      const answer = await host.ask(path, { headers: { cookie: await host.cookie() } })

      expect(answer.status).toBe(404)
      expect(answer.body.toString()).not.toContain('not for the page')
    },
  )

  test('is read with GET and HEAD only', async () => {
    const host = await startTestWebHost()
    const cookie = await host.cookie()

    const head = await host.ask('/', { method: 'HEAD', headers: { cookie } })
    const put = await host.ask('/', { method: 'PUT', headers: { cookie } })

    expect(head.body.length).toBe(0)
    expect(head.headers['content-length']).toBe('39')
    expect(put.status).toBe(405)
  })
})

describe('calls', () => {
  test('are answered with the frame of their id, in whatever order', async () => {
    const host = await startTestWebHost()
    const socket = await host.connect()

    socket.send({ type: 'call', id: 1, name: 'slow', input: {} })
    socket.send({ type: 'call', id: 2, name: 'quick', input: { n: 2 } })
    const first = await socket.next()
    socket.send({ type: 'cancel', id: 1 })
    const second = await socket.next()

    expect(first).toEqual({ type: 'reply', id: 2, result: { ok: true, value: { echoed: { n: 2 } } } })
    expect(second).toMatchObject({ type: 'reply', id: 1 })
    expect(host.core.calls.map(({ name, clientId }) => [name, clientId])).toEqual([
      ['slow', 'window-1'],
      ['quick', 'window-1'],
    ])
  })

  test('are aborted when the window goes away', async () => {
    const host = await startTestWebHost()
    const socket = await host.connect()
    socket.send({ type: 'call', id: 1, name: 'slow' })
    await vi.waitFor(() => expect(host.core.calls).toHaveLength(1))

    await socket.close()

    await vi.waitFor(() => expect(host.core.calls[0]?.signal.aborted).toBe(true))
  })

  test('fail as values, and a bug shows nothing of what it held', async () => {
    const host = await startTestWebHost()
    const socket = await host.connect()

    const refused = await socket.call('refuse')
    const bug = await socket.call('throw')

    expect(refused).toMatchObject({ result: { ok: false, error: { kind: 'NotFound' } } })
    expect(bug).toMatchObject({ result: { ok: false, error: { kind: 'Bug' } } })
    expect(JSON.stringify(bug)).not.toContain('secret detail')
    expect(host.logged.join('\n')).toContain('secret detail')
  })

  test.each([['not JSON'], ['{"type":"call"}'], ['{"type":"dance","id":1}'], [Buffer.from([0, 1, 2])]])(
    'that are no frame are refused, and the window goes on: %j',
    async (raw) => {
      const host = await startTestWebHost()
      const socket = await host.connect()

      socket.sendRaw(raw)

      expect(await socket.next()).toMatchObject({ type: 'reply', id: -1, result: { ok: false, error: { kind: 'InvalidCall' } } })
      expect(await socket.call('quick')).toMatchObject({ result: { ok: true } })
    },
  )

  test('cannot be made from a page of another origin, without the cookie, or without a name', async () => {
    const host = await startTestWebHost()
    const cookie = await host.cookie()
    const { origin } = host

    const attempts = [
      host.connect({ cookie, origin: 'http://evil.example' }),
      host.connect({ cookie, origin: `http://localhost:${host.server.port}` }),
      host.connect({ cookie }),
      host.connect({ origin }),
      host.connect({ cookie, origin, host: 'evil.example' }),
      host.connect({ cookie, origin }, '/ws'),
      host.connect({ cookie, origin }, '/ws?client=../../x'),
      host.connect({ cookie, origin }, '/other?client=window-1'),
    ]

    expect(
      await Promise.all(
        attempts.map((attempt) =>
          attempt.then(
            () => 'open',
            (error: Error) => error.message,
          ),
        ),
      ),
    ).toEqual([
      'refused with 403',
      'refused with 403',
      'refused with 403',
      'refused with 401',
      'refused with 421',
      'refused with 400',
      'refused with 400',
      'refused with 404',
    ])
  })

  test('are joined by events, which every window gets', async () => {
    const host = await startTestWebHost()
    const one = await host.connect()
    const two = await host.connect(undefined, '/ws?client=window-2')

    host.core.emit({ name: 'action.requested', payload: { action: 'request.new' } })

    const event = { type: 'event', name: 'action.requested', payload: { action: 'request.new' } }
    expect([await one.next(), await two.next()]).toEqual([event, event])
  })
})

describe('bodies', () => {
  async function withBody(
    bytes: Buffer,
  ): Promise<{ host: TestWebHost; get: (path: string, headers?: Record<string, string>) => ReturnType<TestWebHost['ask']> }> {
    const host = await startTestWebHost()
    host.core.bodies.set(BODY_ID, bytes)
    const cookie = await host.cookie()
    return { host, get: (path, headers = {}) => host.ask(path, { headers: { cookie, ...headers } }) }
  }

  test('are shown as a picture under a policy that runs nothing', async () => {
    const { get } = await withBody(Buffer.from('<svg onload="alert(1)"/>'))

    const answer = await get(`/body/${BODY_ID}?type=image/svg%2Bxml`)

    expect(answer.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-disposition': 'inline',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
  })

  test.each([['application/xhtml+xml'], ['application/javascript'], ['image/png,text/html'], ['IMAGE/../html'], ['']])(
    'are never shown as %s, but downloaded',
    async (type) => {
      const { get } = await withBody(Buffer.from('<script>alert(1)</script>'))

      const answer = await get(`/body/${BODY_ID}?type=${encodeURIComponent(type)}`)

      expect(answer.headers['content-type']).toBe('application/octet-stream')
      expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="body"/)
    },
  )

  test('are shown as a page in a sandbox that runs nothing and reaches nothing', async () => {
    const { get } = await withBody(Buffer.from('<script>alert(1)</script>'))

    const { headers } = await get(`/body/${BODY_ID}?type=text/html`)

    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    const policy = String(headers['content-security-policy']).split('; ')
    expect(policy.slice(0, 2)).toEqual(['sandbox', "default-src 'none'"])
    expect(policy.filter((rule) => /script|connect|http|\*/.test(rule))).toEqual([])
    expect(headers['x-dns-prefetch-control']).toBe('off')
  })

  test('are downloaded under a name that is a name and nothing more', async () => {
    const { get } = await withBody(Buffer.from('x'))

    const answer = await get(`/body/${BODY_ID}?download=${encodeURIComponent('../../фото "1"\r\nX: y.jpg')}`)

    expect(answer.headers['content-disposition']).toBe(
      'attachment; filename="____ 1X y.jpg"; filename*=UTF-8\'\'%D1%84%D0%BE%D1%82%D0%BE%201X%20y.jpg',
    )
  })

  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=0-1,4-5', 200, '0123456789', undefined],
    ['bytes=5-2', 200, '0123456789', undefined],
  ])('are sent in part for Range: %s', async (range, status, content, contentRange) => {
    const { get } = await withBody(Buffer.from('0123456789'))

    const answer = await get(`/body/${BODY_ID}?type=video/mp4`, { range })

    expect([answer.status, answer.body.toString(), answer.headers['content-range']]).toEqual([status, content, contentRange])
  })

  test('that are not kept, or have no such id, are not found', async () => {
    const { get } = await withBody(Buffer.from('x'))

    expect((await get(`/body/${'cd'.repeat(32)}?type=image/png`)).status).toBe(404)
    expect((await get('/body/..%2f..%2fsecret?type=image/png')).status).toBe(404)
  })
})

describe('uploads', () => {
  test('are streamed to the core, and answered with where they lie', async () => {
    const host = await startTestWebHost()
    const body = randomBytes(3_000_000)

    const answer = await host.ask('/upload?name=..%2Fa%20b.bin', {
      method: 'POST',
      body,
      headers: { cookie: await host.cookie(), origin: host.origin, 'x-posthaste': '1' },
    })

    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body.toString())).toMatchObject({ bytes: body.length })
    // Core makes a safe name of it.
    expect(host.core.uploads[0]?.name).toBe('../a b.bin')
    expect(sha256(host.core.uploads[0]?.bytes)).toBe(sha256(body))
  })

  test('answer with the error where the core refuses', async () => {
    const host = await startTestWebHost()

    const answer = await host.ask('/upload?name=refused.bin', {
      method: 'POST',
      body: 'x',
      headers: { cookie: await host.cookie(), origin: host.origin, 'x-posthaste': '1' },
    })

    expect(answer.status).toBe(422)
    expect(JSON.parse(answer.body.toString())).toMatchObject({ error: { kind: 'StorageError' } })
  })

  test('are refused from another origin and from a plain form', async () => {
    const host = await startTestWebHost()
    const cookie = await host.cookie()
    const post = (headers: Record<string, string>): ReturnType<TestWebHost['ask']> =>
      host.ask('/upload?name=a', { method: 'POST', body: 'x', headers: { cookie, ...headers } })

    const answers = await Promise.all([
      post({ origin: 'http://evil.example', 'x-posthaste': '1' }),
      post({ 'x-posthaste': '1' }),
      post({ origin: host.origin }),
    ])

    expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403])
    expect(host.core.uploads).toEqual([])
  })
})

function sha256(bytes: Buffer | undefined): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')
}
