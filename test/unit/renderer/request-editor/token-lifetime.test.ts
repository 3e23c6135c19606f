import { describe, expect, test } from 'vitest'
import { lifetimeText } from '../../../../src-renderer/features/request-editor/token-lifetime.ts'

const NOW = Date.UTC(2030, 0, 1, 12)

describe('lifetimeText', () => {
  test.each([
    [null, /did not say/],
    [NOW + 3_599_000, /^Expires in 59 min, at \d/],
    [NOW + 90_500, /^Expires in 1 min 30 s, at/],
    [NOW + 2_900, /^Expires in 2 s, at/],
    [NOW - 400, /^Expired 1 s ago, at/],
    [NOW + 7_200_000, /^Expires in 2 h, at/],
    [NOW + 10 * 86_400_000, /^Expires in 10 days, at/],
    [NOW - 300_000, /^Expired 5 min ago, at/],
  ])('%s', (expiresAt, words) => {
    expect(lifetimeText({ expiresAt, obtainedAt: NOW - 86_400_000 }, NOW)).toMatch(words)
  })

  test('a token from a time that is yet to come holds for no more than its life', () => {
    const obtainedAt = NOW + 6 * 3_600_000

    expect(lifetimeText({ expiresAt: obtainedAt + 3_600_000, obtainedAt }, NOW)).toMatch(/^Expires in 1 h, at/)
  })
})
