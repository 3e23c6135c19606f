import { describe, expect, test } from 'vitest'
import { createCookieJar, parseSetCookie } from '#core/send/cookie-jar.ts'

const URL = 'http://www.example.com/a/b'

describe('createCookieJar', () => {
  test('sends a cookie back to its host, and only there', () => {
    const jar = createCookieJar()
    jar.store(URL, ['sid=1; Path=/'])

    expect(jar.cookiesFor('http://www.example.com/')).toEqual([['sid', '1']])
    expect(jar.cookiesFor('http://www.example.com:8080/')).toEqual([['sid', '1']])
    expect(jar.cookiesFor('http://sub.www.example.com/')).toEqual([])
    expect(jar.cookiesFor('http://example.com/')).toEqual([])
  })

  test('sends a domain cookie to subdomains', () => {
    const jar = createCookieJar()
    jar.store(URL, ['sid=1; Domain=example.com; Path=/'])

    expect(jar.cookiesFor('http://other.example.com/')).toEqual([['sid', '1']])
  })

  test('puts the longest path first', () => {
    const jar = createCookieJar()
    jar.store(URL, ['short=1; Path=/', 'long=2; Path=/a', 'default=3'])

    expect(jar.cookiesFor('http://www.example.com/a/c').map(([name]) => name)).toEqual(['long', 'default', 'short'])
    expect(jar.cookiesFor('http://www.example.com/ab').map(([name]) => name)).toEqual(['short'])
  })

  test('deletes what is set again as expired', () => {
    const jar = createCookieJar()
    jar.store(URL, ['sid=1; Path=/'])
    jar.store(URL, ['sid=; Path=/; Max-Age=0'])

    expect(jar.cookiesFor(URL)).toEqual([])
    expect(jar.list()).toEqual([])
  })

  test('keeps Secure cookies for https', () => {
    const jar = createCookieJar()
    jar.store('https://www.example.com/', ['sid=1; Secure; Path=/'])

    expect(jar.cookiesFor('http://www.example.com/')).toEqual([])
    expect(jar.cookiesFor('https://www.example.com/')).toEqual([['sid', '1']])
  })

  for (const host of ['localhost', '127.0.0.1', '[::1]', 'service.test']) {
    test(`keeps cookies of ${host}`, () => {
      const jar = createCookieJar()

      expect(jar.store(`http://${host}:8080/`, ['sid=1; Path=/']).refused).toEqual([])
      expect(jar.cookiesFor(`http://${host}:8080/x`)).toEqual([['sid', '1']])
    })
  }

  const refused: [line: string, words: string][] = [
    ['sid=1; Domain=other.test', 'its domain is not that of the host'],
    ['sid=1; Domain=com', 'under which anyone can have a site'],
    ['sid=1; Secure', 'it is Secure, but came over plain http://'],
    ['__Host-sid=1; Path=/', '__Host-'],
    ['__Secure-sid=1', '__Secure-'],
  ]
  for (const [line, words] of refused) {
    test(`refuses ${line}, and says why`, () => {
      const jar = createCookieJar()
      const result = jar.store(URL, [line, 'good=1'])

      expect(result.refused).toEqual([{ line, reason: expect.stringContaining(words) as string }])
      expect(jar.list().map(({ name }) => name)).toEqual(['good'])
    })
  }

  test('gives back the bytes of a value whatever their encoding, and shows them as text', () => {
    const jar = createCookieJar()
    const onTheWire = Buffer.from('€', 'utf8').toString('latin1')
    jar.store(URL, [`price=${onTheWire}`])

    expect(jar.cookiesFor(URL)).toEqual([['price', onTheWire]])
    expect(jar.list()[0]?.value).toBe('€')
  })

  test('is the same after it was kept as JSON', () => {
    const jar = createCookieJar()
    jar.store(URL, ['a=1; Path=/; HttpOnly; SameSite=Lax', 'b=2; Max-Age=3600', 'c=3; Domain=example.com'])
    const again = createCookieJar(JSON.parse(JSON.stringify(jar.serialize())))

    expect(again.list()).toEqual(jar.list())
    expect(again.cookiesFor(URL)).toEqual(jar.cookiesFor(URL))
    expect(again.cookiesFor('http://x.example.com/a/b')).toEqual([['c', '3']])
  })

  for (const [name, value] of [
    ['a text', 'cookies'],
    ['an object without cookies', {}],
    ['a cookie without a domain', { cookies: [{ key: 'a', value: '1' }] }],
  ] as const) {
    test(`cannot be made from ${name}`, () => {
      expect(() => createCookieJar(value)).toThrow(expect.objectContaining({ kind: 'Unreadable' }) as Error)
    })
  }
})

describe('parseSetCookie', () => {
  test('reads every attribute', () => {
    expect(
      parseSetCookie('a="x y"; Domain=.Example.com; Path=/p; Expires=Wed, 21 Oct 2065 07:28:00 GMT; Secure; HttpOnly; SameSite=Strict'),
    ).toEqual({
      name: 'a',
      value: '"x y"',
      domain: 'example.com',
      path: '/p',
      expires: '2065-10-21T07:28:00.000Z',
      secure: true,
      httpOnly: true,
      sameSite: 'strict',
    })
  })

  test('has nulls for what is not said', () => {
    expect(parseSetCookie('a=1')).toMatchObject({ domain: null, path: null, expires: null, secure: false, httpOnly: false, sameSite: null })
  })
})
