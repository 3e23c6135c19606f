import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCookieJar } from '#core/send/cookie-jar.ts'
import { isForHost, isOfSite, whyNotSent } from '#core/send/cookie-reach.ts'

function cookieFrom(url: string, line: string, rules?: 'netscape') {
  const jar = createCookieJar()
  jar.store(url, [line], rules)
  const [cookie] = jar.all()
  if (!cookie) throw new Error('The cookie was refused.')
  return { jar, cookie }
}

describe('whyNotSent', () => {
  const cases: [line: string, url: string, reason: string][] = [
    ['a=1', 'https://example.com/', 'it is for www.example.com alone, not for other hosts'],
    ['a=1', 'https://x.www.example.com/', 'it is for www.example.com alone, not for other hosts'],
    ['a=1; Domain=example.com', 'https://example.org/', 'it is for example.com and the hosts under it'],
    ['a=1; Path=/in', 'https://www.example.com/inside', 'it is for the path /in and what is below it'],
    ['a=1; Path=/; Secure', 'http://www.example.com/', 'it is Secure, and this address is plain http://'],
  ]
  for (const [line, url, reason] of cases) {
    test(`of ${line} at ${url}: ${reason}`, () => {
      const { jar, cookie } = cookieFrom('https://www.example.com/', line)

      expect(jar.sentTo(url)).toEqual([])
      expect(whyNotSent(cookie, url, 'browser')).toBe(reason)
    })
  }

  test('of one whose time has come since it was kept: it has expired', () => {
    const { jar, cookie } = cookieFrom('https://www.example.com/', 'a=1; Path=/; Max-Age=60')
    cookie.setMaxAge(0)

    expect(jar.sentTo('https://www.example.com/')).toEqual([])
    expect(whyNotSent(cookie, 'https://www.example.com/', 'browser')).toBe('it has expired')
  })

  test('goes by the rules of requests where those hold', () => {
    const { jar, cookie } = cookieFrom('http://www.example.com/', 'a=1; Path=/; Secure', 'netscape')

    expect(jar.sentTo('https://x.www.example.com/', 'netscape')).toEqual([cookie])
    expect(whyNotSent(cookie, 'http://x.www.example.com/', 'netscape')).toBe('it is Secure, and this address is plain http://')
  })

  test('has a reason of its own for every cookie that the jar does not send', () => {
    const host = fc.constantFrom('example.com', 'www.example.com', 'x.www.example.com', 'example.org', 'localhost', '127.0.0.1')
    const path = fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab')
    const scheme = fc.constantFrom('http', 'https')
    const rules = fc.constantFrom('browser', 'netscape')
    const line = fc
      .tuple(fc.constantFrom('', '; Domain=example.com', '; Domain=www.example.com'), path, fc.constantFrom('', '; Secure'))
      .map(([domain, at, secure]) => `a=1${domain}; Path=${at}${secure}`)
    fc.assert(
      fc.property(host, host, path, scheme, line, rules, (from, to, at, how, text, by) => {
        const jar = createCookieJar()
        jar.store(`https://${from}/`, [text], by)
        const url = `${how}://${to}${at}`
        for (const cookie of jar.all()) {
          if (jar.sentTo(url, by).includes(cookie)) continue
          expect(whyNotSent(cookie, url, by)).not.toBe('the rules of cookies leave it out')
        }
      }),
    )
  })
})

describe('isForHost and isOfSite', () => {
  test.each([
    ['a=1', 'www.example.com', true, true],
    ['a=1', 'example.com', false, true],
    ['a=1', 'api.example.com', false, true],
    ['a=1; Domain=example.com', 'api.example.com', true, true],
    ['a=1; Domain=example.com', 'example.org', false, false],
  ])('%s and %s', (line, host, goes, isRelated) => {
    const { cookie } = cookieFrom('https://www.example.com/', line)

    expect([isForHost(cookie, host), isOfSite(cookie, host)]).toEqual([goes, isRelated])
  })
})
