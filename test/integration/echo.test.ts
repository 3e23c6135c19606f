import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEchoServer, type EchoServer } from '../../src-main/core/echo/echo-server.ts'

let echo: EchoServer
let base: string
beforeAll(async () => {
  echo = createEchoServer({ version: '1.2.3' })
  base = await echo.url()
})
afterAll(() => echo.close())

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Call {
  readonly method?: string
  readonly headers?: Record<string, string | string[]> | string[]
  readonly body?: string | Buffer | Readable
}

/** One request, sent as it is: no redirects, no decoding. */
async function call(path: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> {
  const sent = request(new URL(path, base), { method, headers, agent: false })
  if (body instanceof Readable) body.pipe(sent)
  else {
    if (body !== undefined) sent.setHeader('Content-Length', Buffer.byteLength(body))
    sent.end(body)
  }
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) }
}

async function json(path: string, options?: Call): Promise<Record<string, unknown>> {
  const { status, headers, body } = await call(path, options)
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/json' })
  return JSON.parse(body.toString()) as Record<string, unknown>
}

const form = (boundary: string, ...parts: string[]): Call => ({
  method: 'POST',
  headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
  body: `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`,
})

describe('what came is sent back', () => {
  test('a GET: query, headers in their spelling, address', async () => {
    const seen = await json('/get?a=x%20y&b=1&b=2&c', {
      headers: ['X-One', '1', 'x-TWO', 'é', 'X-One', '2'].map((text) => Buffer.from(text).toString('latin1')),
    })

    expect(seen).toEqual({
      args: { a: 'x y', b: ['1', '2'], c: '' },
      headers: { 'X-One': '1,2', 'x-TWO': 'é', Connection: 'close' },
      origin: '127.0.0.1',
      url: `http://127.0.0.1/get?a=x%20y&b=1&b=2&c`,
    })
  })

  test('a header value is read as the UTF-8 or the Latin-1 that it is', async () => {
    const { headers } = await json('/headers', { headers: { 'x-latin-1': 'caf\xe9', 'x-utf-8': Buffer.from('café').toString('latin1') } })

    expect(headers).toMatchObject({ 'x-latin-1': 'café', 'x-utf-8': 'café' })
  })

  test('the usual headers are spelt as usual, whatever the client writes', async () => {
    const { headers } = await json('/headers', { headers: { host: 'other.test', accept: '*/*', 'x-lower': '1' } })

    expect(headers).toEqual({ Host: 'other.test', Accept: '*/*', 'x-lower': '1', Connection: 'close' })
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a JSON body by %s', async (method) => {
    const text = '{"n": 12345678901234567890, "f": 1.0, "é": [null]}'
    const sent = { method, headers: { 'Content-Type': 'application/json' }, body: text }

    const { body } = await call(`/${method.toLowerCase()}`, sent)

    expect(JSON.parse(body.toString())).toMatchObject({ args: {}, data: text, files: {}, form: {}, json: { é: [null] } })
    expect(body.toString()).toMatch(/"n": 12345678901234567890,\s+"f": 1.0,/)
  })

  test('a form, with names that come twice', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' }

    const seen = await json('/post', { method: 'POST', headers, body: 'a+b=c%26d%3D%C3%A9&x=1&x=2&__proto__=p' })

    expect(seen).toMatchObject({ data: '', form: { 'a b': 'c&d=é', x: ['1', '2'] }, json: null })
    expect(Object.keys(seen['form'] as object)).toContain('__proto__')
  })

  test('multipart: fields, a text file and a binary one', async () => {
    const seen = await json(
      '/post',
      form(
        'b',
        'Content-Disposition: form-data; name="meta"\r\n\r\n{"a":1}',
        'Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello',
        'Content-Disposition: form-data; name="file"; filename="b.txt"\r\n\r\nagain',
      ),
    )

    expect(seen).toMatchObject({ data: '', form: { meta: '{"a":1}' }, files: { file: ['hello', 'again'] }, json: null })
  })

  test('bytes that are no text as a data URL, and text that is no JSON as it is', async () => {
    expect(await json('/put', { method: 'PUT', body: Buffer.from([0xff, 0x00]) })).toMatchObject({
      data: 'data:application/octet-stream;base64,/wA=',
      json: null,
    })
    expect(await json('/post', { method: 'POST', body: 'plain' })).toMatchObject({ data: 'plain', json: null })
    expect(await json('/post', { method: 'POST' })).toMatchObject({ data: '', json: null })
  })

  test('anything, by any method', async () => {
    expect(await json('/anything/a/b?c=1', { method: 'PROPFIND', body: 'x' })).toMatchObject({
      method: 'PROPFIND',
      args: { c: '1' },
      data: 'x',
      url: `${base}/anything/a/b?c=1`,
    })
  })

  test('a request-target in absolute form, as sent to a proxy', async () => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1')
    socket.end('GET http://shop.test/get?q=1 HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n')

    expect((await buffer(socket)).toString()).toContain('"url": "http://shop.test/get?q=1"')
  })

  test('a body above 10 MiB by its length and hash only', async () => {
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x')
    const hash = createHash('sha256').update(body).digest('hex')

    expect(await json('/post', { method: 'POST', body })).toMatchObject({
      data: `(10485761 bytes, too many to send back; sha256 ${hash})`,
      json: null,
    })
  })

  test('address, user agent and nothing else', async () => {
    expect(await json('/ip')).toEqual({ origin: '127.0.0.1' })
    expect(await json('/user-agent', { headers: { 'user-agent': 'me/1' } })).toEqual({ 'user-agent': 'me/1' })
  })
})

describe('statuses and redirects', () => {
  test.each([200, 201, 204, 304, 404, 418, 500, 599])('/status/%d', async (status) => {
    for (const method of ['GET', 'POST', 'DELETE']) expect((await call(`/status/${status}`, { method })).status).toBe(status)
  })

  test('the first of a list of statuses, weighted or not; no nonsense', async () => {
    expect((await call('/status/503:0.5,200')).status).toBe(503)
    expect((await call('/status/100')).status).toBe(400)
    expect((await call('/status/abc')).status).toBe(400)
    expect((await call('/status/401')).headers['www-authenticate']).toBe('Basic realm="Echo"')
    expect((await call('/status/302')).headers.location).toBe('/redirect/1')
  })

  test.each([
    ['/redirect/3', 302, '/relative-redirect/2'],
    ['/redirect/1', 302, '/get'],
    ['/redirect/3?absolute=True', 302, 'http://echo.test/absolute-redirect/2'],
    ['/relative-redirect/2', 302, '/relative-redirect/1'],
    ['/absolute-redirect/1', 302, 'http://echo.test/get'],
    ['/redirect-to?url=%2Fget', 302, '/get'],
    ['/redirect-to?url=http%3A%2F%2Fh.test%2F%C3%A9%20b&status_code=308', 308, 'http://h.test/%C3%A9%20b'],
    ['/redirect-to?url=/x%0d%0aSet-Cookie:a=1&status_code=200', 302, '/x%0D%0ASet-Cookie:a=1'],
  ])('%s is %d to %s', async (path, status, location) => {
    const { headers, ...answer } = await call(path, { headers: { host: 'echo.test' } })

    expect([answer.status, headers.location]).toEqual([status, location])
  })

  test('a redirect named by a form', async () => {
    const sent = { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'url=/get&status_code=307' }

    expect(await call('/redirect-to', sent)).toMatchObject({ status: 307, headers: { location: '/get' } })
    expect((await call('/redirect-to')).status).toBe(400)
    expect((await call('/redirect/0')).status).toBe(400)
  })

  test('what is not there, and not so', async () => {
    expect((await call('/nothing')).status).toBe(404)
    expect(await call('/post')).toMatchObject({ status: 405, headers: { allow: 'POST, OPTIONS' } })
    expect(await call('/get', { method: 'OPTIONS' })).toMatchObject({ status: 200, headers: { allow: 'GET, HEAD, OPTIONS' } })
  })
})

describe('cookies, credentials and conditions', () => {
  test('cookies are set, shown and deleted', async () => {
    const set = await call('/cookies/set?a=1&b=x=y')
    const one = await call('/cookies/set/c/d%2Be')
    const gone = await call('/cookies/delete?a')

    expect([set.status, set.headers.location, set.headers['set-cookie']]).toEqual([302, '/cookies', ['a=1; Path=/', 'b=x=y; Path=/']])
    expect(one.headers['set-cookie']).toEqual(['c=d+e; Path=/'])
    expect(gone.headers['set-cookie']).toEqual(['a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/'])
    expect(await json('/cookies', { headers: { cookie: 'a=1; b=x=y; ; bare' } })).toEqual({ cookies: { a: '1', b: 'x=y', '': 'bare' } })
    expect((await call('/cookies/set?a=b%0D%0AX:1')).status).toBe(400)
  })

  test('a name and a password, in UTF-8 or Latin-1', async () => {
    const path = '/basic-auth/user/p%C3%A4ss:w'
    const basic = (encoding: BufferEncoding): Call => ({
      headers: { authorization: `Basic ${Buffer.from('user:päss:w', encoding).toString('base64')}` },
    })

    expect(await json(path, basic('utf8'))).toEqual({ authenticated: true, user: 'user' })
    expect(await json(path, basic('latin1'))).toEqual({ authenticated: true, user: 'user' })
    expect(await call(path)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Basic realm="Echo", charset="UTF-8"' } })
    expect((await call(path, { headers: { authorization: 'Basic dXNlcjp3cm9uZw==' } })).status).toBe(401)
  })

  test('a bearer token', async () => {
    expect(await json('/bearer', { headers: { authorization: 'bearer t0k' } })).toEqual({ authenticated: true, token: 't0k' })
    expect(await call('/bearer', { headers: { authorization: 'Basic x' } })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    })
  })

  test('conditions', async () => {
    const { headers, status } = await call('/cache')

    expect([status, headers.etag]).toEqual([200, '"echo"'])
    expect((await call('/cache', { headers: { 'if-none-match': '"echo"' } })).status).toBe(304)
    expect((await call('/cache', { headers: { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' } })).status).toBe(304)
    expect((await call('/cache/60')).headers['cache-control']).toBe('public, max-age=60')
    expect((await call('/etag/v1')).headers.etag).toBe('"v1"')
    expect((await call('/etag/v1', { headers: { 'if-none-match': 'W/"v0", W/"v1"' } })).status).toBe(304)
    expect((await call('/etag/v1', { headers: { 'if-none-match': '"v0"' } })).status).toBe(200)
    expect((await call('/etag/v1', { headers: { 'if-match': '"v0"' } })).status).toBe(412)
    expect((await call('/etag/v1', { headers: { 'if-match': '*' } })).status).toBe(200)
  })
})

describe('formats', () => {
  test.each([
    ['gzip', 'gzip', 'gzipped', gunzipSync],
    ['deflate', 'deflate', 'deflated', inflateSync],
    ['brotli', 'br', 'brotli', brotliDecompressSync],
    ['zstd', 'zstd', 'zstd', zstdDecompressSync],
  ])('/%s', async (name, token, flag, decompress) => {
    const { headers, body } = await call(`/${name}`)

    expect(headers['content-encoding']).toBe(token)
    expect(JSON.parse(decompress(body).toString())).toMatchObject({ [flag]: true, method: 'GET', origin: '127.0.0.1' })
  })

  test.each([
    [undefined, 'image/png', '89504e47'],
    ['*/*', 'image/png', '89504e47'],
    ['image/*', 'image/png', '89504e47'],
    ['image/jpeg;q=0.5', 'image/jpeg', 'ffd8ffe0'],
    ['image/webp,*/*', 'image/webp', '52494646'],
    ['IMAGE/SVG+XML', 'image/svg+xml', '3c737667'],
  ])('/image for Accept: %s', async (accept, type, start) => {
    const { headers, body } = await call('/image', accept === undefined ? {} : { headers: { accept } })
    const same = await call(`/image/${type.slice(6).replace('+xml', '')}`)

    expect(headers['content-type']).toBe(type)
    expect(body.subarray(0, 4).toString('hex')).toBe(start)
    expect(same.body.equals(body)).toBe(true)
  })

  test('no picture where none is accepted', async () => {
    expect((await call('/image', { headers: { accept: 'text/html' } })).status).toBe(406)
  })

  test.each([
    ['/html', 'text/html; charset=utf-8', '<h1>The Post Rider</h1>'],
    ['/xml', 'application/xml', '<slideshow title="Sample Slide Show"'],
    ['/json', 'application/json', '"title": "Sample Slide Show"'],
    ['/encoding/utf8', 'text/html; charset=utf-8', 'Ξεσκεπάζω'],
    ['/upload', 'text/html; charset=utf-8', 'enctype="multipart/form-data"'],
    ['/', 'text/html; charset=utf-8', 'Posthaste 1.2.3'],
  ])('%s', async (path, type, text) => {
    const { headers, body } = await call(path)

    expect(headers['content-type']).toBe(type)
    expect(body.toString()).toContain(text)
    if (type.startsWith('text/html')) expect(headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('headers of one’s choice, never as a page that could run', async () => {
    const { headers, body } = await call('/response-headers?X-A=1&X-A=2&Content-Type=text/html&p=%3Cscript%3E')

    expect(headers['x-a']).toBe('1, 2')
    expect(headers['content-type']).toBe('text/html')
    expect(headers['content-security-policy']).toBe('sandbox')
    expect(JSON.parse(body.toString())).toEqual({
      'Content-Length': String(body.length),
      'Content-Type': 'text/html',
      'X-A': ['1', '2'],
      p: '<script>',
    })
    expect(await call('/response-headers?a%20b=1')).toMatchObject({ status: 400, headers: { 'content-type': 'application/json' } })
    expect((await call('/response-headers?X=a%0D%0Ab')).status).toBe(400)
  })

  test('lets no other site read or embed it', async () => {
    expect((await call('/get', { headers: { origin: 'http://evil.test' } })).headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('data over time', () => {
  test('lines of JSON, in chunks', async () => {
    const { headers, body } = await call('/stream/3?a=1')
    const lines = body.toString().trimEnd().split('\n')

    expect(headers['transfer-encoding']).toBe('chunked')
    expect(lines.map((line) => (JSON.parse(line) as { id: number; args: unknown }).id)).toEqual([0, 1, 2])
  })

  test('bytes: so many, and the same for the same seed', async () => {
    const one = await call('/bytes/300000?seed=7')
    const two = await call('/stream-bytes/300000?seed=7&chunk_size=1000')

    expect(one.headers['content-length']).toBe('300000')
    expect(two.headers['transfer-encoding']).toBe('chunked')
    expect(one.body.length).toBe(300_000)
    expect(one.body.equals(two.body)).toBe(true)
    expect((await call('/bytes/300000?seed=8')).body.equals(one.body)).toBe(false)
    expect((await call('/bytes/0')).body.length).toBe(0)
    expect((await call('/bytes/-1')).status).toBe(400)
  })

  test('a delayed answer, with what came', async () => {
    expect(await json('/delay/0.05', { method: 'POST', body: 'x' })).toMatchObject({ data: 'x', files: {}, form: {} })
    expect((await call('/delay/soon')).status).toBe(400)
  })

  test('a drip of bytes, with a status', async () => {
    const { status, headers, body } = await call('/drip?numbytes=100&duration=0.02&delay=0.01&code=203')

    expect([status, headers['content-length'], body.toString()]).toEqual([203, '100', '*'.repeat(100)])
  })

  test('HEAD has the headers and no body', async () => {
    expect(await call('/bytes/5000', { method: 'HEAD' })).toMatchObject({
      status: 200,
      headers: { 'content-length': '5000' },
      body: Buffer.alloc(0),
    })
  })
})

describe('/upload', () => {
  test('lists the parts', async () => {
    const sha256 = createHash('sha256').update('hello').digest('hex')

    expect(
      await json(
        '/upload',
        form(
          'b',
          'Content-Disposition: form-data; name="note"\r\n\r\nhello',
          'Content-Disposition: form-data; name="file"; filename="фото.jpg"\r\nContent-Type: image/jpeg\r\n\r\nhello',
        ),
      ),
    ).toEqual({
      parts: [
        { name: 'note', filename: null, contentType: null, bytes: 5, sha256, value: 'hello' },
        { name: 'file', filename: 'фото.jpg', contentType: 'image/jpeg', bytes: 5, sha256 },
      ],
      totalBytes: 10,
    })
    expect(await json('/upload', { method: 'PUT', headers: { 'Content-Type': 'image/png' }, body: 'hello' })).toEqual({
      parts: [{ name: '', filename: null, contentType: 'image/png', bytes: 5, sha256 }],
      totalBytes: 5,
    })
  })

  test('takes a file of 256 MiB in little memory', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'ab\r\n--')
    const head = '--b\r\nContent-Disposition: form-data; name="f"; filename="big"\r\n\r\n'
    const hash = createHash('sha256')
    const before = process.memoryUsage().rss
    let peak = before
    function* body(): Generator<Buffer> {
      yield Buffer.from(head)
      for (let index = 0; index < 256; index += 1) {
        hash.update(piece)
        peak = Math.max(peak, process.memoryUsage().rss)
        yield piece
      }
      yield Buffer.from('\r\n--b--\r\n')
    }

    const { parts } = await json('/upload', {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
      body: Readable.from(body()),
    })

    expect(parts).toEqual([{ name: 'f', filename: 'big', contentType: null, bytes: 256 * 1024 * 1024, sha256: hash.digest('hex') }])
    expect(peak - before).toBeLessThan(150 * 1024 * 1024)
  })

  test('refuses what is not the multipart it says it is', async () => {
    expect(await call('/upload', { ...form('b', 'x'), body: 'nothing of the kind' })).toMatchObject({ status: 400 })
    expect(await call('/post', { ...form('b', 'x'), headers: { 'Content-Type': 'multipart/form-data' } })).toMatchObject({ status: 200 })
    expect(await call('/upload', { method: 'POST', headers: { 'Content-Type': 'multipart/form-data' }, body: 'x' })).toMatchObject({
      status: 400,
    })
  })
})

describe('the server', () => {
  test('listens on 127.0.0.1 only, once, and can be started again', async () => {
    const other = createEchoServer({ version: '0' })
    const [first, same] = await Promise.all([other.url(), other.url()])
    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(same).toBe(first)

    await other.close()
    await other.close()
    const again = await other.url()
    expect((await fetch(`${again}/ip`)).status).toBe(200)
    await other.close()
    await expect(fetch(`${again}/ip`)).rejects.toThrow()
  })

  test('closes at once, though an answer is under way', async () => {
    const other = createEchoServer({ version: '0' })
    const waiting = fetch(`${await other.url()}/delay/10`)
    const failed = expect(waiting).rejects.toThrow()
    await (await fetch(`${await other.url()}/ip`)).text()

    await other.close()

    await failed
  })

  test('goes on when a client leaves in the middle', async () => {
    for (const text of [
      'POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc',
      'GET /bytes/1000000000 HTTP/1.1\r\nHost: a\r\n\r\n',
    ]) {
      const socket = connect(Number(new URL(base).port), '127.0.0.1')
      await new Promise((resolve) => socket.write(text, resolve))
      socket.destroy()
    }

    expect(await json('/ip')).toEqual({ origin: '127.0.0.1' })
  })
})
