import { givenVariables } from '#core/prepare/references.ts'
import { describe, expect, test } from 'vitest'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Preparation } from '#core/prepare/prepared-request.ts'
import { prepareRequest } from '#core/prepare/prepare-request.ts'
import { parseTargetUrl, resolveLocation } from '#core/prepare/target-url.ts'
import { newProxyAuth } from '../../../support/proxy-auth.ts'
import { rows } from '../../../support/send-kit.ts'

async function prepared(
  document: Partial<RequestDocument>,
  auth: readonly { readonly name: string; readonly value: string }[] = [{ name: 'Authorization', value: 'auth' }],
  omitted: ReadonlySet<string> = new Set(),
): Promise<Preparation> {
  return prepareRequest(
    { ...emptyRequest(), url: 'http://h.test/', ...document },
    {
      baseDir: null,
      seed: 'seed',
      variables: givenVariables(new Map()),
      env: {},
      userAgent: 'posthaste',
      omitted,
      cookiesFor: () => [],
      authParts: async () => ({ headers: auth, query: [], fault: null }),
      authFlow: () => null,
      proxyAuth: newProxyAuth,
    },
  )
}

async function names(document: Partial<RequestDocument>): Promise<string[]> {
  return (await prepared(document)).preview.headers.map(({ name }) => name)
}

const BASIC = { kind: 'basic', username: 'u', password: 'p' } as const

describe('as Posthaste', () => {
  test('a typed Content-Type, Cookie or Authorization keeps its row’s place', async () => {
    const headers = rows(['Cookie', 'a=1'], ['X-A', '1'], ['authorization', 'mine'], ['Content-Type', 't/x'], ['X-B', '2'])
    const body = { kind: 'text', text: 'x' } as const

    expect((await names({ method: 'POST', headers, body, auth: BASIC })).slice(5)).toEqual([
      ...['Cookie', 'X-A', 'authorization', 'Content-Type', 'X-B', 'Content-Length'],
    ])
  })
})

describe('as Python requests', () => {
  const options = { behaviour: 'requests' } as const

  test('a typed default keeps the place and its case, a typed Host its row’s', async () => {
    const headers = rows(['X-A', '1'], ['ACCEPT', 'a/b'], ['host', 'me'])

    expect(await names({ headers, options })).toEqual([
      ...['User-Agent', 'Accept-Encoding', 'ACCEPT', 'Connection', 'X-A', 'host', 'Authorization'],
    ])
  })

  test('Auth wins over a typed Authorization, and says so', async () => {
    const { preview } = await prepared({ headers: rows(['authorization', 'mine'], ['X-A', '1']), auth: BASIC, options })

    expect(preview.headers.slice(5).map(({ name, value }) => `${name}: ${value}`)).toEqual(['Authorization: auth', 'X-A: 1'])
    expect(preview.warnings.join()).toContain('The Authorization header from Auth is sent instead of the typed one')
  })

  test('a header that Auth makes takes the place of one of its name', async () => {
    const headers = rows(['ACCEPT', 'a/b'], ['authorization', 'mine'])
    const made = [
      { name: 'accept', value: 'auth' },
      { name: 'X-Key', value: 'k' },
    ]
    const { preview } = await prepared({ headers, auth: BASIC, options }, made)

    expect(preview.headers.slice(3).map(({ name, value }) => `${name}: ${value}`)).toEqual([
      ...['accept: auth', 'Connection: keep-alive', 'authorization: mine', 'X-Key: k'],
    ])
  })

  test('of a name typed twice the last is sent, and said so', async () => {
    const { preview } = await prepared({ headers: rows(['X-A', '1'], ['X-B', '2'], ['x-a', '3']), options })

    expect(preview.headers.slice(5, 7).map(({ name, value }) => `${name}: ${value}`)).toEqual(['x-a: 3', 'X-B: 2'])
    expect(preview.warnings.join()).toContain('x-a is typed more than once')
  })

  test('an empty body says Content-Length: 0, but for GET and HEAD', async () => {
    for (const [method, has] of [
      ['DELETE', true],
      ['OPTIONS', true],
      ['FOO', true],
      ['GET', false],
      ['HEAD', false],
    ] as const)
      expect((await names({ method, options })).includes('Content-Length'), method).toBe(has)
  })

  test('nothing times out, and a HEAD is not followed unless it is asked to be', async () => {
    const { request } = await prepared({ method: 'HEAD', options })
    const asked = await prepared({ method: 'HEAD', options: { ...options, followRedirects: true } })

    expect(request?.policy.timeouts).toEqual({ connect: null, read: null, total: null })
    expect([request?.policy.followRedirects, asked.request?.policy.followRedirects]).toEqual([false, true])
  })

  test('what urllib3 puts in for a header that is omitted stands behind its own Host, or before all others', async () => {
    const omitted = new Set(['user-agent', 'accept'])
    const first = async (headers: RequestDocument['headers']): Promise<string[]> =>
      (await prepared({ headers, options }, [], omitted)).preview.headers.slice(0, 3).map(({ name }) => name)

    expect(await first([])).toEqual(['Host', 'User-Agent', 'Accept-Encoding'])
    expect(await first(rows(['Host', 'me']))).toEqual(['User-Agent', 'Accept-Encoding', 'Connection'])
  })

  test('a part’s header that is typed twice is the last, in the place of the first', async () => {
    const headers = rows(['X-A', '1'], ['X-B', '2'], ['X-A', '3'], ['X-C', ''])
    const part = { kind: 'text', name: 'a', value: 'v', enabled: true, contentType: '', headers } as const
    const { preview } = await prepared({ method: 'POST', body: { kind: 'multipart', parts: [part] }, options })

    expect(preview.bodyText.split('\r\n').slice(2, 5)).toEqual(['X-A: 3', 'X-B: 2', ''])
  })

  test('escaped quotes of a quoted cookie are taken out', async () => {
    const { preview } = await prepared({ cookies: rows(['a', '"x\\"y"'], ['b', 'x\\"y']), options })

    expect(preview.headers.find(({ name }) => name === 'Cookie')?.value).toBe('a="xy"; b=x\\"y')
  })

  test('a number that no float holds is a problem beside the body', async () => {
    const { problems } = await prepared({ method: 'POST', body: { kind: 'json', text: '[1e400]', asTyped: false }, options })

    expect(problems).toMatchObject([{ kind: 'InvalidBody', where: { section: 'body', field: 'text' } }])
  })
})

describe('as a browser', () => {
  test('a typed Authorization does not take a header of another name away', async () => {
    const headers = rows(['Authorization', 'mine'])
    const { preview } = await prepared({ headers, auth: BASIC, options: { behaviour: 'browser' } }, [{ name: 'X-Key', value: 'k' }])

    expect(preview.headers.map(({ name }) => name)).toEqual(expect.arrayContaining(['Authorization', 'X-Key']))
  })
})

describe('URLs', () => {
  for (const [rules, text, target, authority] of [
    ['urllib3', ' http://H.test:80/a b/%7e%41/%2f/../[x]?{q}', '/a%20b/~A/%5Bx%5D?%7Bq%7D', 'h.test'],
    ['urllib3', 'http://h.test./%7e/%zz ', '/%257E/%25zz%20', 'h.test'],
    ['urllib3', 'http://h.test:099//a?#', '//a', 'h.test:99'],
    ['urllib3', 'http://ÄÖ.日本.test/', '/', 'xn--4ca0b.xn--wgv71a.test'],
    ['urllib3', 'http://[fe80::1%25eth0]/', '/', '[fe80::1]'],
    ['curl', 'http://h.test:80/[a]/é?{b}|%zz', '/[a]/%c3%a9?{b}|%zz', 'h.test'],
    ['whatwg', 'http://0x7f.1:80/a\tb\\c?é', '/ab/c?%C3%A9', '127.0.0.1'],
    ['whatwg', 'http://h.test/a|b?#f?', '/a%7Cb?', 'h.test'],
    ['rfc3986', 'http://h.test:80/[a]', '/%5Ba%5D', 'h.test:80'],
  ] as const) {
    test(`by ${rules}: ${JSON.stringify(text)}`, () => expect(parseTargetUrl(text, rules)).toMatchObject({ target, authority }))
  }

  test.each(['☃.net', 'ﬁ.test', '１２７.0.0.1', 'h。test', 'a\u0301.test', 'ab--é.test', 'é-.test', 'a\u00adé.test'])(
    'requests does not ask for %s, which IDNA 2008 does not allow',
    (host) => {
      expect(() => parseTargetUrl(`http://${host}/`, 'urllib3')).toThrow('IDNA 2008')
      expect(parseTargetUrl(`http://${host}/`).target).toBe('/')
    },
  )

  test.each(['faß.test', 'Σς.test', 'ǰ.test', 'ı.test', 'ー.test', 'א.test', 'l·l.test', '한글.test'])('requests asks for %s', (host) => {
    expect(parseTargetUrl(`http://${host}/`, 'urllib3').authority).toMatch(/^xn--[a-z0-9-]+\.test$/)
  })

  test.each([
    ['http:x?y', '/x?y'],
    ['HTTP:///x', '/x'],
    ['///x', '/x'],
    ['//', '/d/e?k=1'],
    ['http://', '/d/e?k=1'],
  ])('to requests a Location of %s names no other host', (location, target) => {
    expect(resolveLocation(parseTargetUrl('http://h.test/d/e?k=1', 'urllib3'), location, 'urllib3')).toMatchObject({
      host: 'h.test',
      target,
    })
  })

  test('a user without a colon is nobody to requests', () => {
    expect(parseTargetUrl('http://u@h.test/', 'urllib3').credentials).toBeNull()
    expect(parseTargetUrl('http://u:p%40@h.test/', 'urllib3').credentials).toEqual({ username: 'u', password: 'p@' })
  })
})
