import { describe, expect, test } from 'vitest'
import { createCookieJar } from '#core/send/cookie-jar.ts'
import { cookieOutcomes } from '#core/send/cookie-outcomes.ts'

function offered(url: string, lines: readonly string[]) {
  const { refused } = createCookieJar().store(url, lines)
  return cookieOutcomes(lines, refused, Date.now()).map(({ name, index, kind, reason }) => [name, index, kind, reason])
}

describe('cookieOutcomes', () => {
  test('tells those that are kept from those that delete', () => {
    expect(offered('https://www.h.test/', ['a=1; Max-Age=60', 'b=; Max-Age=0', 'c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])).toEqual([
      ['a', 0, 'kept', null],
      ['b', 1, 'deleted', null],
      ['c', 2, 'deleted', null],
    ])
  })

  test('tells why the others are refused', () => {
    expect(
      offered('http://www.h.test/', ['other=1; Domain=example.com', 's=1; Secure', '__Host-h=1; Path=/', '__Secure-s=1', 'fine=1']).map(
        ([name, , kind, reason]) => [name, kind, reason],
      ),
    ).toEqual([
      ['other', 'refused', 'its domain is not that of the host that set it'],
      ['s', 'refused', 'it is Secure, but came over plain http://'],
      ['__Host-h', 'refused', 'a __Host- cookie must be Secure, without Domain, and for the path /'],
      ['__Secure-s', 'refused', 'a __Secure- cookie must be Secure'],
      ['fine', 'kept', null],
    ])
    expect(offered('https://a.co.uk/', ['x=1; Domain=co.uk'])[0]).toEqual([
      'x',
      0,
      'refused',
      'its domain is one under which anyone can have a site',
    ])
  })
})
