import { describe, expect, test } from 'vitest'
import { cacheDirectives, cacheHints } from '../../../../src-renderer/features/response-viewer/cache-hints.ts'
import type { HeaderList } from '#contract/model/exchange.ts'

const AT = Date.UTC(2026, 10, 21, 15, 0, 0)
const words = (headers: HeaderList): string => cacheHints(headers, AT).join(', ')

describe('cacheHints', () => {
  test('tells lifetime, age and how it is revalidated', () => {
    expect(
      words([
        ['Cache-Control', 'public, max-age=300, must-revalidate'],
        ['Age', '20'],
        ['ETag', '"a"'],
      ]),
    ).toBe('fresh for 5 min, 20 s old, must be revalidated when stale, revalidated by ETag')
  })

  test('tells what is older than it may be', () => {
    expect(
      words([
        ['Cache-Control', 'max-age=60, stale-while-revalidate=30, stale-if-error=3600'],
        ['Age', '90'],
      ]),
    ).toBe('stale: was fresh for 1 min, 1 min 30 s old, may be used 30 s longer while it is revalidated, may be used 1 h longer on errors')
  })

  test('no-store ends it, no-cache asks each time', () => {
    expect(words([['Cache-Control', 'no-store, max-age=300']])).toBe('must not be kept')
    expect(
      words([
        ['Cache-Control', 'private, no-cache'],
        ['ETag', 'W/"a"'],
      ]),
    ).toBe('for this client alone, must be revalidated before each use, revalidated by a weak ETag')
  })

  test('goes by Expires where there is no max-age, counted from the server’s own clock', () => {
    expect(
      words([
        ['Date', 'Sat, 21 Nov 2026 13:00:00 GMT'],
        ['Expires', 'Sat, 21 Nov 2026 13:10:00 GMT'],
      ]),
    ).toBe('fresh for 10 min')
    expect(words([['Expires', '0']])).toBe('stale at once')
    expect(
      words([
        ['Cache-Control', 's-maxage=60, max-age=10'],
        ['Expires', '0'],
      ]),
    ).toBe('fresh for 10 s, shared caches: 1 min')
  })

  test('tells what the answer depends on', () => {
    expect(words([['Vary', 'Accept-Encoding, Accept']])).toBe('differs by Accept-Encoding, Accept')
    expect(words([['Vary', '*']])).toBe('differs from request to request')
  })

  test('says nothing where the headers do not', () => {
    expect(words([['ETag', '"a"']])).toBe('')
  })
})

test('cacheDirectives keeps commas in quotes, and the first of a name', () => {
  expect([...cacheDirectives('Private="set-cookie, x", max-age=1, max-age=2')]).toEqual([
    ['private', 'set-cookie, x'],
    ['max-age', '1'],
  ])
})
