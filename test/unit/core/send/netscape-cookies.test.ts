import { describe, expect, test } from 'vitest'
import { createCookieJar } from '#core/send/cookie-jar.ts'

/** The Cookie header for a URL once a jar has taken a response's lines. */
function sent(to: string, from: string, ...lines: readonly string[]): string {
  const jar = createCookieJar()
  jar.store(from, lines, 'netscape')
  return jar
    .cookiesFor(to, 'netscape')
    .map(([name, value]) => (name === '' ? value : `${name}=${value}`))
    .join('; ')
}

describe('cookies as http.cookiejar keeps them', () => {
  for (const [what, cookie, ...given] of [
    ['a cookie of one host goes to its subdomains', 'a=1', 'http://www.h.test/', 'http://h.test/', 'a=1'],
    ['a public suffix will do', 'a=1', 'http://b.co.uk/', 'http://a.co.uk/', 'a=1; Domain=co.uk'],
    ['a domain without a dot will not', '', 'http://h.test/', 'http://h.test/', 'a=1; Domain=test'],
    ['any path may be set', 'a=1', 'http://h.test/other', 'http://h.test/a/b', 'a=1; Path=/other'],
    ['the path is the directory', '', 'http://h.test/ab', 'http://h.test/a/b', 'a=1'],
    ['Secure may be set over http, and is not sent over it', '', 'http://localhost/', 'http://localhost/', 'a=1; Secure'],
    ['a domain of localhost is never sent back', '', 'http://localhost/', 'http://localhost/', 'a=1; Domain=localhost'],
    ['prefixes mean nothing', '__Host-a=1', 'http://h.test/', 'http://h.test/', '__Host-a=1'],
    ['a name alone is sent alone, a value alone is not kept', 'novalue', 'http://h.test/', 'http://h.test/', 'novalue', '=v'],
    ['quotes stay, escaped ones go', 'q="ab"', 'http://h.test/', 'http://h.test/', String.raw`q="a\"b"`],
    ['Max-Age wins over Expires', 'a=1', 'http://h.test/', 'http://h.test/', 'a=1; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
    ['what is past deletes', '', 'http://h.test/', 'http://h.test/', 'a=1; Max-Age=0'],
    ['a Max-Age that is no number spoils the cookie', '', 'http://h.test/', 'http://h.test/', 'a=1; Max-Age=soon', 'b=2; Max-Age='],
    ['so does a Path or a Domain without a value', 'c=3', 'http://h.test/', 'http://h.test/', 'a=1; Path', 'b=2; Domain', 'c=3; Path='],
    [
      'a domain stands where its first cookie was set',
      ...['b=2; c=3', 'http://h.test/', 'http://h.test/', 'a=1; Path=/x', 'c=3; Domain=h.test', 'b=2'],
    ],
    ['longer paths come first', 'b=2; a=1', 'http://h.test/x/', 'http://h.test/', 'a=1', 'b=2; Path=/x'],
  ] as const) {
    const [to, from, ...lines] = given
    test(what, () => expect(sent(to, from, ...lines)).toBe(cookie))
  }
})
