import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseChallenges } from '#core/auth/challenges.ts'

const plain = (lines: string[]): unknown =>
  parseChallenges(lines).map(({ scheme, params, token }) => [scheme, Object.fromEntries(params), token])

describe('parseChallenges', () => {
  test('reads parameters, quoted or not, with escapes', () => {
    expect(plain([String.raw`Digest realm="a \"b\", c", nonce=xyz ,qop="auth, auth-int",stale=TRUE`])).toEqual([
      ['digest', { realm: 'a "b", c', nonce: 'xyz', qop: 'auth, auth-int', stale: 'TRUE' }, null],
    ])
  })

  test('reads several challenges of one line, and of several lines', () => {
    expect(plain(['Basic realm="one", Digest realm="two", nonce="n"', 'Negotiate YWJj==', 'Bearer'])).toEqual([
      ['basic', { realm: 'one' }, null],
      ['digest', { realm: 'two', nonce: 'n' }, null],
      ['negotiate', {}, 'YWJj=='],
      ['bearer', {}, null],
    ])
  })

  test('never throws and always ends, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'Digest Basic realm=",\\ ;é=='), maxLength: 60 }), (line) => {
        expect(Array.isArray(parseChallenges([line]))).toBe(true)
      }),
    )
  })
})
