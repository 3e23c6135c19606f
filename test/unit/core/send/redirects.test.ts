import { describe, expect, test } from 'vitest'
import type { PreparedHeader } from '#contract/model/prepared.ts'
import { RULES } from '#core/prepare/behaviour.ts'
import { textBody } from '#core/prepare/body-segments.ts'
import type { PreparedRequest } from '#core/prepare/prepared-request.ts'
import { parseTargetUrl } from '#core/prepare/target-url.ts'
import { followRedirect, isRedirect, type Redirect } from '#core/send/redirects.ts'
import { newProxyAuth } from '../../../support/proxy-auth.ts'
import { PLAIN_POLICY } from '../../../support/policy.ts'

const HOST = 'http://example.test'

function header(name: string, value: string, source: PreparedHeader['source'] = 'user'): PreparedHeader {
  return { name, value, source }
}

function request(changes: Partial<PreparedRequest> = {}): PreparedRequest {
  const url = changes.url ?? parseTargetUrl(`${HOST}/a/b?x=1#part`)
  return {
    method: 'POST',
    url,
    headers: [
      header('host', url.authority, 'engine'),
      header('connection', 'keep-alive', 'engine'),
      header('User-Agent', 'me', 'engine'),
      header('Content-Type', 'text/plain', 'body'),
      header('content-length', '5', 'body'),
    ],
    body: textBody('hello'),
    cookies: [],
    usesJar: true,
    flow: null,
    ambient: null,
    proxyAuthorization: null,
    proxyAuth: newProxyAuth(),
    policy: PLAIN_POLICY,
    policyFor: null,
    parts: null,
    secretParams: [],
    isSocket: false,
    warnings: [],
    ...changes,
  }
}

function follow(
  status: number,
  location: string,
  from = request(),
  jar: readonly (readonly [string, string])[] = [],
  first = from,
): Redirect {
  const redirect = followRedirect({ first, current: from, status, location, cookiesFor: () => jar })
  if (!redirect) throw new Error('It is no redirect.')
  return redirect
}

function names(redirect: Redirect): string[] {
  return redirect.request.headers.map(({ name }) => name)
}

function value(redirect: Redirect, name: string): string | undefined {
  return redirect.request.headers.find((line) => line.name.toLowerCase() === name)?.value
}

describe('isRedirect', () => {
  test.each([301, 302, 303, 307, 308])('takes %i with a Location', (status) => {
    expect(isRedirect(status, '/x')).toBe(true)
  })

  test.each([200, 201, 300, 304, 305, 306, 404])('leaves %i alone', (status) => {
    expect(isRedirect(status, '/x')).toBe(false)
  })

  test.each([null, '', '  '])('leaves a Location of %j alone', (location) => {
    expect(isRedirect(302, location)).toBe(false)
  })
})

describe('the method and the body', () => {
  const kept: [method: string, status: number][] = [
    ['PUT', 301],
    ['PATCH', 302],
    ['DELETE', 301],
    ['HEAD', 303],
    ['GET', 302],
    ...[307, 308].flatMap((status) => ['POST', 'PUT', 'DELETE'].map((method): [string, number] => [method, status])),
  ]
  test.each(kept)('%s keeps both on %i', (method, status) => {
    const { request: next } = follow(status, '/x', request({ method }))

    expect(next.method).toBe(method)
    expect(next.body?.bytes).toBe(5)
    expect(next.headers.map(({ name }) => name)).toContain('content-length')
  })

  const changed: [method: string, status: number][] = [
    ['POST', 301],
    ['POST', 302],
    ['POST', 303],
    ['PUT', 303],
    ['DELETE', 303],
  ]
  test.each(changed)('%s becomes GET without a body on %i', (method, status) => {
    const from = request({
      method,
      headers: [...request().headers, header('Content-Type', 'x/y'), header('Content-Language', 'de'), header('X-A', '1')],
    })
    const redirect = follow(status, '/x', from)

    expect(redirect.request).toMatchObject({ method: 'GET', body: null })
    expect(names(redirect)).toEqual(['host', 'connection', 'User-Agent', 'X-A'])
  })
})

describe('the address', () => {
  const cases: [location: string, href: string][] = [
    ['/x', `${HOST}/x#part`],
    ['c', `${HOST}/a/c#part`],
    ['../c?y=2', `${HOST}/c?y=2#part`],
    ['?y=2', `${HOST}/a/b?y=2#part`],
    ['/x#own', `${HOST}/x#own`],
    ['//other.test/x', 'http://other.test/x#part'],
    ['https://other.test:8443/x y', 'https://other.test:8443/x%20y#part'],
  ]
  test.each(cases)('%s is resolved', (location, href) => {
    expect(follow(302, location).request.url.href).toBe(href)
  })

  test.each(['ftp://other.test/file', 'javascript:alert(1)', 'file:///etc/passwd', 'data:text/plain,x'])(
    '%s is refused by its scheme',
    (location) => {
      expect(() => follow(302, location)).toThrow(
        expect.objectContaining({ kind: 'InvalidSchema', message: expect.stringContaining(location) as string }) as Error,
      )
    },
  )

  test('a bad one is named without its credentials', () => {
    expect(() => follow(302, 'http://user:secret@bad host/')).toThrow(
      expect.objectContaining({ kind: 'InvalidURL', message: expect.not.stringContaining('secret') as string }) as Error,
    )
  })

  test('its credentials are not used', () => {
    const redirect = follow(302, 'http://user:secret@example.test/x')

    expect(names(redirect)).not.toContain('Authorization')
    expect(redirect.request.url.href).not.toContain('secret')
  })
})

describe('the headers', () => {
  const secrets = [
    header('Authorization', 'Basic x', 'auth'),
    header('X-Custom', 'k', 'auth'),
    header('Cookie', 'typed=1'),
    header('Proxy-Authorization', 'Basic y'),
    header('X-Api-Key', 'k'),
    header('api_key', 'k'),
    header('X-Access-Token', 't'),
    header('X-Session', 's'),
    header('Client-Secret', 's'),
  ]
  const from = request({ headers: [...request().headers, header('X-Plain', 'p'), ...secrets], usesJar: false })

  test('all go along within one origin', () => {
    const redirect = follow(307, '/x', from)

    expect(names(redirect)).toEqual(from.headers.map(({ name }) => name))
    expect(redirect.warnings).toEqual([])
  })

  test.each(['http://other.test/', 'http://example.test:8080/', 'https://example.test:8443/', 'http://www.example.test/'])(
    'secrets do not go to %s, each with a warning',
    (location) => {
      const redirect = follow(307, location, from)

      expect(names(redirect)).toEqual(['host', 'connection', 'User-Agent', 'Content-Type', 'content-length', 'X-Plain'])
      expect(redirect.warnings).toHaveLength(secrets.length)
      expect(redirect.warnings.every((warning) => warning.includes('another origin'))).toBe(true)
      expect(redirect.warnings.join()).not.toContain('Basic x')
    },
  )

  test('secrets go from http to https on the default ports of one host', () => {
    expect(follow(301, 'https://example.test/', request({ headers: from.headers, method: 'PUT' })).warnings).toEqual([])
  })

  test('secrets do not go from https to http', () => {
    const secure = request({ url: parseTargetUrl('https://example.test/'), headers: from.headers })

    expect(follow(307, 'http://example.test/', secure).warnings).toHaveLength(secrets.length)
  })

  test('the host is that of the new address, first', () => {
    const redirect = follow(302, 'http://other.test:81/')

    expect(redirect.request.headers[0]).toEqual({ name: 'host', value: 'other.test:81', source: 'engine' })
  })

  test('a typed Host stays within its origin, and not beyond it', () => {
    const typed = request({ headers: [header('host', 'virtual.test'), ...request().headers.slice(1)] })

    expect(value(follow(307, '/x', typed), 'host')).toBe('virtual.test')
    expect(value(follow(307, 'http://other.test/', typed), 'host')).toBe('other.test')
    expect(follow(307, 'http://other.test/', typed).warnings).toEqual([expect.stringContaining('virtual.test')])
  })
})

describe('the cookies', () => {
  const own = request({
    cookies: [['own', '1']],
    headers: [
      ...request().headers.slice(0, -1),
      header('Cookie', 'old=0; own=1', 'cookies'),
      header('Authorization', 'x', 'auth'),
      ...request().headers.slice(-1),
    ],
  })

  test('are those of the jar for the new address and the own ones, in their place', () => {
    const redirect = follow(307, '/x', own, [['sid', '2']])

    expect(value(redirect, 'cookie')).toBe('sid=2; own=1')
    expect(names(redirect).slice(-3)).toEqual(['Cookie', 'Authorization', 'content-length'])
  })

  test('of the request do not go to another host, and come back with it', () => {
    const there = follow(302, 'http://other.test/', own, [['theirs', '1']])
    const back = follow(302, `${HOST}/back`, there.request, [], own)

    expect(value(there, 'cookie')).toBe('theirs=1')
    expect(there.warnings.join()).toContain('The cookies of this request (own) were not sent on to other.test.')
    expect(value(back, 'cookie')).toBe('own=1')
  })

  test('of the request do not leave TLS', () => {
    const secure = { ...own, url: parseTargetUrl('https://example.test/') }

    expect(value(follow(302, 'http://example.test/', secure), 'cookie')).toBeUndefined()
  })

  test('have no line where there are none', () => {
    expect(names(follow(302, 'http://other.test/', own))).not.toContain('Cookie')
  })

  test('of the jar stay out where a Cookie header was typed', () => {
    const typed = request({ usesJar: false, headers: [...request().headers, header('Cookie', 'typed=1')] })

    expect(value(follow(307, '/x', typed, [['sid', '2']]), 'cookie')).toBe('typed=1')
  })
})

describe('what is left behind is named', () => {
  test('with the reason, of the body and at another origin', () => {
    const headers = [header('Host', 'me'), header('X-Api-Key', 'k'), header('Content-Type', 't/x'), header('X-A', '1')]
    const from = request({ headers, cookies: [['a', '1']] })

    const { dropped, request: next } = follow(303, 'http://other.test/', from)

    expect(next.headers.map(({ name }) => name)).toEqual(['Host', 'X-A'])
    expect(dropped).toEqual([
      { name: 'X-Api-Key', why: 'other.test is another origin than example.test' },
      { name: 'Content-Type', why: 'the body it speaks of is not sent on' },
      { name: 'Host: me', why: 'other.test is another origin than example.test' },
      { name: 'Cookie: a', why: 'they were typed for example.test' },
    ])
  })

  test('as requests: Authorization, a typed Cookie and Proxy-Authorization; all else goes everywhere', () => {
    const headers = ['Host', 'X-Api-Key', 'Authorization', 'Cookie', 'proxy-authorization'].map((name) => header(name, 'mine'))
    const policy = { ...PLAIN_POLICY, rules: RULES.requests }
    const from = request({ headers, cookies: [['a', '1']], usesJar: false, policy })

    const { dropped, request: next } = follow(302, 'http://other.test/', from, [['jar', '1']])

    expect(next.headers.map(({ name, value: text }) => `${name}: ${text}`)).toEqual(['Host: mine', 'X-Api-Key: mine', 'Cookie: jar=1; a=1'])
    expect(dropped.map(({ name }) => name)).toEqual(['Authorization', 'Cookie', 'proxy-authorization'])
  })

  test('as requests: a PUT that 301 leads on keeps its method, and says that it has no body', () => {
    const policy = { ...PLAIN_POLICY, rules: RULES.requests }
    const headers = [header('Host', 'example.test', 'engine'), header('Content-Length', '5', 'body')]

    const { request: next } = follow(301, '/b', request({ method: 'PUT', headers, policy }))

    expect([next.method, next.body]).toEqual(['PUT', null])
    expect(next.headers.map(({ name, value: text }) => `${name}: ${text}`)).toEqual(['Host: example.test', 'Content-Length: 0'])
  })
})
