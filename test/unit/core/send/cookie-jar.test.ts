import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { parseSetCookie, restoredCookies } from '#core/send/cookie-facts.ts'
import { createCookieJar, type CookieChange } from '#core/send/cookie-jar.ts'

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

  test('has nothing left of what a server deleted, and nothing of what it deletes that was never there', () => {
    const changes: unknown[] = []
    const jar = createCookieJar((change) => changes.push([change.kind, change.kind === 'removed' ? change.id.name : change.cookie.key]))
    jar.store(URL, ['sid=1; Path=/'])
    jar.store(URL, ['sid=; Path=/; Max-Age=0', 'other=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])

    expect(jar.all()).toEqual([])
    expect(changes).toEqual([
      ['set', 'sid'],
      ['removed', 'sid'],
      ['removed', 'other'],
    ])
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

  test('is the same after its cookies were kept as JSON', () => {
    const jar = createCookieJar()
    jar.store(URL, ['a=1; Path=/; HttpOnly; SameSite=Lax', 'b=2; Max-Age=3600', 'c=3; Domain=example.com'])
    const again = createCookieJar()
    again.reset(restoredCookies(JSON.parse(JSON.stringify({ cookies: jar.all() }))))

    expect(again.list()).toEqual(jar.list())
    expect(again.cookiesFor(URL)).toEqual(jar.cookiesFor(URL))
    expect(again.cookiesFor('http://x.example.com/a/b')).toEqual([['c', '3']])
  })

  test('settles when a cookie expires as it is stored, so that use does not prolong its life', () => {
    const jar = createCookieJar()
    jar.store(URL, ['sid=1; Path=/; Max-Age=3600'])
    const before = jar.list()[0]?.expires
    vi.useFakeTimers({ now: Date.now() + 1_800_000 })
    onTestFinished(() => void vi.useRealTimers())
    jar.used(URL)

    expect(jar.list()[0]?.expires).toBe(before)
    vi.setSystemTime(Date.now() + 1_801_000)
    expect(jar.cookiesFor(URL)).toEqual([])
  })

  test('notes a use where a cookie was sent, not where one was only asked for', () => {
    const changes: CookieChange['kind'][] = []
    const jar = createCookieJar(({ kind }) => void changes.push(kind))
    jar.store(URL, ['sid=1; Path=/'])
    vi.useFakeTimers({ now: Date.now() + 60_000 })
    onTestFinished(() => void vi.useRealTimers())
    const before = jar.list()[0]?.lastUsed
    jar.cookiesFor(URL)

    expect(jar.list()[0]?.lastUsed).toBe(before)
    jar.used(URL)
    expect(jar.list()[0]?.lastUsed).toBe(new Date().toISOString())
    expect(changes).toEqual(['set', 'used'])
  })

  test('gives back what was removed, and puts a cookie in the place of one of its name, domain and path', () => {
    const jar = createCookieJar()
    jar.store(URL, ['a=1; Path=/', 'b=2; Path=/'])
    const [first] = jar.all()
    if (!first) throw new Error('There is no cookie.')
    const changed = first.clone()
    if (changed) changed.value = 'new'
    jar.put(changed ?? first)

    expect(jar.cookiesFor(URL)).toEqual([
      ['a', 'new'],
      ['b', '2'],
    ])
    expect(jar.remove({ name: 'a', domain: 'www.example.com', path: '/' })?.value).toBe('new')
    expect(jar.remove({ name: 'a', domain: 'www.example.com', path: '/' })).toBeNull()
    expect(jar.cookiesFor(URL)).toEqual([['b', '2']])
  })
})

describe('restoredCookies', () => {
  for (const [name, value] of [
    ['a text', 'cookies'],
    ['an object without cookies', {}],
    ['a cookie without a domain', { cookies: [{ key: 'a', value: '1' }] }],
  ] as const) {
    test(`cannot read ${name}`, () => {
      expect(() => restoredCookies(value)).toThrow(expect.objectContaining({ kind: 'Unreadable' }) as Error)
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
