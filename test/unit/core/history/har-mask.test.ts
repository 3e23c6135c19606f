import { describe, expect, test } from 'vitest'
import { harMask, NOTHING_HIDDEN } from '#core/history/har-mask.ts'

const mask = harMask(['s3cret-value'])

describe('harMask', () => {
  test('hides headers by their name, the scheme of credentials left', () => {
    expect(
      mask.headers([
        ['Authorization', 'Bearer abc'],
        ['X-Api-Key', 'abc'],
        ['Cookie', 'a=1; b=2'],
        ['Set-Cookie', 'sid=1; Path=/; HttpOnly'],
        ['X-Other', 'has s3cret-value inside'],
      ]),
    ).toEqual([
      ['Authorization', 'Bearer ••••••••'],
      ['X-Api-Key', '••••••••'],
      ['Cookie', 'a=••••••••; b=••••••••'],
      ['Set-Cookie', 'sid=••••••••; Path=/; HttpOnly'],
      ['X-Other', 'has •••••••• inside'],
    ])
  })

  test('leaves what only sounds like a secret', () => {
    const headers: [string, string][] = [
      ['WWW-Authenticate', 'Basic realm="x"'],
      ['x-ratelimit-remaining-tokens', '5'],
      ['Sec-WebSocket-Key', 'abc'],
      ['Content-Type', 'text/plain'],
    ]
    expect(mask.headers(headers)).toEqual(headers)
  })

  test('hides secret parameters of an address, by name and by value', () => {
    expect(mask.url('https://h.test/s3cret-value?q=1&api_key=abc&x=s3cret-value#f')).toBe(
      'https://h.test/••••••••?q=1&api_key=••••••••&x=••••••••#f',
    )
  })

  test('hides the parameters that credentials were put into, whatever they are called', () => {
    expect(mask.url('https://h.test/?q=1&k+y=abc', ['k y'])).toBe('https://h.test/?q=1&k+y=••••••••')
    expect(NOTHING_HIDDEN.url('https://h.test/?k=abc', ['k'])).toBe('https://h.test/?k=abc')
  })

  test('hides nothing where that is asked for', () => {
    expect(NOTHING_HIDDEN.headers([['Authorization', 'Bearer abc']])).toEqual([['Authorization', 'Bearer abc']])
    expect(NOTHING_HIDDEN.cookie('1')).toBe('1')
  })
})
