import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeptCookie } from '#contract/model/cookie.ts'
import { writeCookiesJson } from '#core/jars/cookies-json.ts'
import { writeCookiesTxt } from '#core/jars/cookies-txt.ts'
import { importCookies, removeCookies, restoreCookies, setCookie } from '#core/jars/edit-jar.ts'
import { createCookieJar, type CookieBox } from '#core/send/cookie-jar.ts'

const URL = 'https://www.example.com/'
const FIELDS = {
  name: 'sid',
  value: '1',
  domain: 'www.example.com',
  hostOnly: true,
  path: '/',
  expires: null,
  secure: false,
  httpOnly: false,
  sameSite: null,
} as const

function jarWith(...lines: readonly string[]): CookieBox {
  const jar = createCookieJar()
  jar.store(URL, lines)
  return jar
}

/** What of a cookie a file can hold. */
function facts(jar: CookieBox): readonly Partial<KeptCookie>[] {
  return jar.list().map(({ created: _created, lastUsed: _lastUsed, ...cookie }) => cookie)
}

describe('setCookie', () => {
  test('adds a cookie that is then sent', () => {
    const jar = createCookieJar()

    expect(setCookie(jar, { ...FIELDS, value: '€' }, null)).toMatchObject({
      kind: 'saved',
      cookie: { name: 'sid', value: '€' },
      replaced: null,
    })
    expect(jar.cookiesFor(URL)).toEqual([['sid', Buffer.from('€').toString('latin1')]])
  })

  test('changes a cookie in its place, under another name and path too', () => {
    const jar = jarWith('a=1; Path=/', 'b=2; Path=/')
    const result = setCookie(jar, { ...FIELDS, name: 'new', path: '/x' }, { name: 'a', domain: 'www.example.com', path: '/' })

    expect(result).toMatchObject({ kind: 'saved', replaced: { name: 'a', value: '1' } })
    expect(
      jar
        .list()
        .map(({ name, path }) => `${name} ${path}`)
        .sort(),
    ).toEqual(['b /', 'new /x'])
  })

  test('does not write over another cookie', () => {
    const jar = jarWith('a=1; Path=/', 'b=2; Path=/')

    expect(setCookie(jar, { ...FIELDS, name: 'b' }, null)).toMatchObject({ kind: 'refused', problems: [{ field: 'name' }] })
    expect(setCookie(jar, { ...FIELDS, name: 'b' }, { name: 'a', domain: 'www.example.com', path: '/' })).toMatchObject({ kind: 'refused' })
    expect(jar.cookiesFor(URL)).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
  })

  test('leaves the bytes of a value alone that is not changed', () => {
    const jar = jarWith('a=\xe9; Path=/')
    setCookie(jar, { ...FIELDS, name: 'a', value: 'é', httpOnly: true }, { name: 'a', domain: 'www.example.com', path: '/' })

    expect(jar.cookiesFor(URL)).toEqual([['a', '\xe9']])
    expect(jar.list()[0]?.httpOnly).toBe(true)
  })
})

describe('removeCookies and restoreCookies', () => {
  test('give back exactly what was taken, but not over what was set since', () => {
    const jar = jarWith('a=\xe9; Path=/; HttpOnly; Max-Age=100', 'b=2; Domain=example.com')
    const before = jar.list()
    const removed = removeCookies(jar, before)

    expect(jar.list()).toEqual([])
    expect(restoreCookies(jar, removed)).toBe(2)
    expect(jar.list()).toEqual(before)
    removeCookies(jar, before)
    jar.store(URL, ['a=newer; Path=/'])
    expect(restoreCookies(jar, removed)).toBe(1)
    expect(jar.list().find(({ name }) => name === 'a')?.value).toBe('newer')
  })
})

describe('importCookies', () => {
  const far = 2_000_000_000

  test('reads a cookies.txt with comments, HttpOnly, Windows line ends and a value that is left out', () => {
    const jar = createCookieJar()
    const text = [
      '# Netscape HTTP Cookie File',
      '',
      `.example.com\tTRUE\t/\tFALSE\t${far}\tall\t1`,
      `#HttpOnly_www.example.com\tFALSE\t/x\tTRUE\t0\tsid\ta b=c`,
      `www.example.com\tFALSE\t/\tFALSE\t${far}.5\tempty`,
      `www.example.com FALSE / FALSE 0 spaces a pasted line`,
      '#HttpOnly is a comment here',
    ].join('\r\n')
    const result = importCookies(jar, text)

    expect(result.problems).toEqual([])
    expect(facts(jar)).toEqual([
      { ...FIELDS, name: 'all', domain: 'example.com', hostOnly: false, expires: '2033-05-18T03:33:20.000Z' },
      { ...FIELDS, value: 'a b=c', path: '/x', secure: true, httpOnly: true },
      { ...FIELDS, name: 'empty', value: '', expires: '2033-05-18T03:33:20.500Z' },
      { ...FIELDS, name: 'spaces', value: 'a pasted line' },
    ])
  })

  test('reads what the extensions of browsers, Playwright and Selenium write', () => {
    const jar = createCookieJar()
    const entries = [
      {
        domain: '.example.com',
        hostOnly: false,
        name: 'ext',
        value: '1',
        path: '/',
        sameSite: 'no_restriction',
        secure: true,
        expirationDate: far + 0.25,
        storeId: '0',
        id: 1,
      },
      { domain: 'www.example.com', hostOnly: true, name: 'old', value: '2', sameSite: 'unspecified', session: true, expirationDate: far },
      { name: 'wright', value: '3', domain: 'www.example.com', path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' },
      { name: 'nium', value: '4', domain: '.example.com', expiry: far },
      { name: 'words', value: '5', domain: 'www.example.com', expires: '2033-05-18T03:33:20Z' },
      { name: 'millis', value: '6', domain: 'www.example.com', expirationDate: far * 1000 },
    ]
    const result = importCookies(jar, `\uFEFF${JSON.stringify({ cookies: entries, origins: [] })}`)

    expect(result.problems).toEqual([])
    expect(facts(jar)).toEqual([
      {
        ...FIELDS,
        name: 'ext',
        domain: 'example.com',
        hostOnly: false,
        secure: true,
        sameSite: 'none',
        expires: '2033-05-18T03:33:20.250Z',
      },
      { ...FIELDS, name: 'old', value: '2' },
      { ...FIELDS, name: 'wright', value: '3', httpOnly: true, sameSite: 'lax' },
      { ...FIELDS, name: 'nium', value: '4', domain: 'example.com', hostOnly: false, expires: '2033-05-18T03:33:20.000Z' },
      { ...FIELDS, name: 'words', value: '5', expires: '2033-05-18T03:33:20.000Z' },
      { ...FIELDS, name: 'millis', value: '6', expires: '2033-05-18T03:33:20.000Z' },
    ])
  })

  test('tells of each line that it cannot take, and takes the others', () => {
    const jar = createCookieJar()
    const text = [
      `www.example.com\tFALSE\t/\tFALSE\t0\tgood\t1`,
      `www.example.com\tFALSE\t/`,
      `www.example.com\tmaybe\t/\tFALSE\t0\tb\t1`,
      `www.example.com\tFALSE\t/\tFALSE\tnever\tc\t1`,
      `www.example.com\tFALSE\t/\tFALSE\t1000\tgone\t1`,
      `.com\tTRUE\t/\tFALSE\t0\twide\t1`,
      `www.example.com\tFALSE\t/\tFALSE\t0\tlast\t1`,
    ].join('\n')
    const result = importCookies(jar, text)

    expect(result.problems.map(({ at, unit }) => `${unit} ${at ?? ''}`)).toEqual(['line 2', 'line 3', 'line 4', 'line 5', 'line 6'])
    expect(result.problems.map(({ message }) => message)).toEqual([
      'It has 3 fields, where a cookie has seven with tabs between them.',
      'Its second field is “maybe”, where TRUE or FALSE says whether it goes to subdomains.',
      'Its fifth field is “never”, where the seconds since 1970 say when it expires, or 0.',
      expect.stringContaining('It has expired, on 1970'),
      expect.stringContaining('Anyone can have a site under com'),
    ])
    expect(jar.list().map(({ name }) => name)).toEqual(['good', 'last'])
  })

  test('tells of entries that are no cookies, and never quotes a broken text', () => {
    const jar = createCookieJar()
    const entries = [
      { name: 'a', value: 1, domain: 'x.example' },
      { value: 'b', domain: 'x.example' },
      'text',
      { name: 'c', value: '', domain: 'x.example', expires: 'soon' },
    ]

    expect(importCookies(jar, JSON.stringify(entries)).problems).toEqual([
      { at: 1, unit: 'entry', message: 'Its “value” is missing or not of the right kind.' },
      { at: 2, unit: 'entry', message: 'Its “name” is missing.' },
      { at: 3, unit: 'entry', message: 'It is no object.' },
      { at: 4, unit: 'entry', message: 'Its date of expiry is no date.' },
    ])
    const broken = importCookies(jar, '[\n{"name": "a", "value": "hush-hush" "domain": "x"}]').problems
    expect(broken).toEqual([{ at: null, unit: 'entry', message: expect.stringContaining('Line 2') as string }])
    expect(JSON.stringify(broken)).not.toContain('hush')
    expect(importCookies(jar, '{"a": 1}').problems).toHaveLength(1)
    expect(importCookies(jar, ' \n').problems).toEqual([{ at: null, unit: 'line', message: 'There is no cookie in this text.' }])
    expect(jar.list()).toEqual([])
  })

  test('says what it replaced, so that it can be taken back', () => {
    const jar = jarWith('sid=old; Path=/', 'other=1; Path=/')
    const result = importCookies(jar, 'www.example.com\tFALSE\t/\tFALSE\t0\tsid\tnew\n')

    expect(result).toMatchObject({
      imported: [{ name: 'sid', domain: 'www.example.com', path: '/' }],
      replaced: [{ name: 'sid', value: 'old' }],
    })
    expect(jar.cookiesFor(URL)).toEqual([
      ['sid', 'new'],
      ['other', '1'],
    ])
  })

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.string()).map((parts) => parts.join('\t')),
        ),
        (text) => {
          importCookies(createCookieJar(), text)
        },
      ),
    )
  })
})

describe('export', () => {
  const lines = [
    'a=\xe9; Path=/; HttpOnly',
    'b="x y, z"; Domain=example.com; Max-Age=1000; Secure; SameSite=None',
    'c=; Path=/deep; SameSite=Strict',
  ]

  test('JSON and back is the same jar, to the byte', () => {
    const jar = jarWith(...lines)
    const again = createCookieJar()
    importCookies(again, writeCookiesJson(jar.list()))

    expect(facts(again)).toEqual(facts(jar))
    expect(again.cookiesFor('https://www.example.com/deep')).toEqual(jar.cookiesFor('https://www.example.com/deep'))
  })

  test('cookies.txt and back is the same jar but for SameSite and parts of a second', () => {
    const jar = jarWith(`a=${Buffer.from('é€').toString('latin1')}; Path=/; HttpOnly`, 'b="x y"; Domain=example.com; Secure', 'bare')
    const again = createCookieJar()
    const { text, leftOut } = writeCookiesTxt(jar.list())
    importCookies(again, text)

    expect(leftOut).toEqual([])
    expect(facts(again)).toEqual(facts(jar))
    expect(text).toContain('#HttpOnly_www.example.com\tFALSE\t/\tFALSE\t0\ta\t')
    expect(text).toContain('.example.com\tTRUE\t/\tTRUE\t0\tb\t"x y"')
  })

  test('cookies.txt names what it cannot hold', () => {
    const jar = createCookieJar()
    jar.store(URL, ['good=1'])
    const [good] = jar.list()
    if (!good) throw new Error('There is no cookie.')

    expect(writeCookiesTxt([good, { ...good, name: 'tab', value: 'a\tb' }]).leftOut).toEqual(['tab'])
  })
})
