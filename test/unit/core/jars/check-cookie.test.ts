import { describe, expect, test } from 'vitest'
import type { CookieFields } from '#contract/model/cookie.ts'
import { checkCookie, hostOf } from '#core/jars/check-cookie.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const GOOD: CookieFields = {
  name: 'sid',
  value: '1',
  domain: 'www.example.com',
  hostOnly: true,
  path: '/',
  expires: null,
  secure: false,
  httpOnly: false,
  sameSite: null,
}

function problemsOf(change: Partial<CookieFields>, options: { isLenient?: boolean; knownName?: string } = {}): string[] {
  return checkCookie({ ...GOOD, ...change }, { now: NOW, ...options }).problems.map(({ field, message }) => `${field}: ${message}`)
}

describe('checkCookie', () => {
  const fine: [what: string, change: Partial<CookieFields>][] = [
    ['a plain one', {}],
    ['one for a whole domain', { domain: 'example.co.uk', hostOnly: false }],
    ['one for localhost', { domain: 'localhost', hostOnly: false }],
    ['one for an address', { domain: '127.0.0.1' }],
    ['one for an IPv6 address', { domain: '[::1]' }],
    ['one with a date', { expires: '2026-06-01T00:00:01Z' }],
    ['a __Host- cookie', { name: '__Host-a', secure: true }],
    ['SameSite=None with Secure', { sameSite: 'none', secure: true }],
    ['a value in another script', { value: 'größe="€ 5, 6"' }],
    ['one of a public suffix, for that host alone', { domain: 'github.io' }],
  ]
  for (const [what, change] of fine) {
    test(`takes ${what}`, () => {
      expect(problemsOf(change)).toEqual([])
    })
  }

  const wrong: [change: Partial<CookieFields>, problem: string][] = [
    [{ name: '' }, 'name: A cookie needs a name.'],
    [{ name: 'a b' }, 'name: “a b” cannot be the name of a cookie.'],
    [{ value: 'a; Secure' }, 'value: A value cannot hold a semicolon: it would end there.'],
    [{ value: 'a\r\nX: 1' }, 'value: A value cannot hold a line break or another control character.'],
    [{ value: ' a' }, 'value: A value cannot begin or end with a space: servers cut that off.'],
    [{ domain: ' ' }, 'domain: A cookie needs the domain that it goes to.'],
    [{ domain: 'https://example.com/x' }, 'domain: “https://example.com/x” is no host.'],
    [{ domain: 'example.com:80' }, 'domain: “example.com:80” is no host.'],
    [{ domain: 'co.uk', hostOnly: false }, 'domain: Anyone can have a site under co.uk, so no cookie can go to all of it.'],
    [{ domain: '.github.io' }, 'domain: Anyone can have a site under github.io, so no cookie can go to all of it.'],
    [{ path: 'x' }, 'path: A path begins with a slash.'],
    [{ path: '/a;b' }, 'path: A path cannot hold a semicolon or a control character.'],
    [{ expires: 'soon' }, 'expires: “soon” is no date.'],
    [{ expires: '2026-05-31T00:00:00Z' }, 'expires: It has expired, on 2026-05-31T00:00:00.000Z: it would be gone at once.'],
    [{ sameSite: 'none' }, 'sameSite: Browsers take SameSite=None only with Secure.'],
    [{ name: '__Secure-a' }, 'secure: A __Secure- cookie must be Secure.'],
    [{ name: '__Host-a' }, 'secure: A __Host- cookie must be Secure.'],
    [{ name: '__host-a', secure: true, path: '/x' }, 'path: A __Host- cookie is for the path /.'],
    [{ name: '__Host-a', secure: true, hostOnly: false }, 'hostOnly: A __Host- cookie goes to one host alone.'],
  ]
  for (const [change, problem] of wrong) {
    test(`says of ${JSON.stringify(change)}: ${problem}`, () => {
      expect(problemsOf(change)).toEqual([problem])
    })
  }

  test('shows the host that was meant where a whole address is given', () => {
    expect(checkCookie({ ...GOOD, domain: 'https://Example.com:8080/x' }, { now: NOW }).problems[0]?.hint).toContain('example.com')
  })

  test('makes of the fields what is kept: host in lower case and ASCII, no dot before it, a path', () => {
    expect(checkCookie({ ...GOOD, domain: '.Bücher.Example', path: '' }, { now: NOW }).fields).toMatchObject({
      domain: 'xn--bcher-kva.example',
      hostOnly: false,
      path: '/',
    })
    expect(checkCookie({ ...GOOD, domain: '127.0.0.1', hostOnly: false }, { now: NOW }).fields.hostOnly).toBe(true)
  })

  test('takes from a file what browsers take, and an odd name that was there before', () => {
    expect(problemsOf({ name: 'a[b c]' }, { isLenient: true })).toEqual([])
    expect(problemsOf({ name: '', value: 'bare' }, { isLenient: true })).toEqual([])
    expect(problemsOf({ sameSite: 'none' }, { isLenient: true })).toEqual([])
    expect(problemsOf({ name: 'a=b' }, { isLenient: true })).toHaveLength(1)
    expect(problemsOf({ name: 'a[b]' }, { knownName: 'a[b]' })).toEqual([])
  })
})

describe('hostOf', () => {
  test.each([
    ['Example.COM.', 'example.com'],
    ['.a_b.example', 'a_b.example'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['a..b', null],
    ['a/b', null],
    ['', null],
  ])('%s is %s', (text, host) => {
    expect(hostOf(text)).toBe(host)
  })
})
