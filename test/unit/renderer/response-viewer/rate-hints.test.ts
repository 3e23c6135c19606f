import { describe, expect, test } from 'vitest'
import {
  rateLimitInWords,
  rateLimits,
  resetSeconds,
  retryAfterSeconds,
} from '../../../../src-renderer/features/response-viewer/rate-hints.ts'
import type { HeaderList } from '#contract/model/exchange.ts'

const AT = Date.UTC(2026, 10, 21, 15, 0, 0)
const words = (headers: HeaderList): readonly string[] => rateLimits(headers, AT).map(rateLimitInWords)

describe('rateLimits', () => {
  test('reads the headers of GitHub, whose reset is a moment', () => {
    expect(
      words([
        ['X-RateLimit-Limit', '60'],
        ['X-RateLimit-Remaining', '57'],
        ['X-RateLimit-Reset', String(AT / 1000 + 23)],
        ['X-RateLimit-Resource', 'core'],
      ]),
    ).toEqual(['57 of 60 left, resets in 23 s'])
  })

  test('reads the three headers of the draft, whose reset is in seconds', () => {
    expect(
      words([
        ['RateLimit-Limit', '100, 100;w=60'],
        ['RateLimit-Remaining', '0'],
        ['RateLimit-Reset', '90'],
      ]),
    ).toEqual(['0 of 100 left, resets in 1 min 30 s'])
  })

  test('reads the one structured header with its policy', () => {
    expect(
      words([
        ['RateLimit-Policy', '"burst";q=100;w=60, "daily";q=1000;w=86400'],
        ['RateLimit', '"burst";r=50;t=30,"daily";r=999;t=3600'],
      ]),
    ).toEqual(['burst: 50 of 100 left, resets in 30 s', 'daily: 999 of 1,000 left, resets in 1 h'])
    expect(words([['RateLimit', 'limit=100, remaining=50, reset=30']])).toEqual(['50 of 100 left, resets in 30 s'])
  })

  test('keeps apart what is counted apart, wherever its name stands', () => {
    expect(
      words([
        ['x-ratelimit-limit-requests', '500'],
        ['x-ratelimit-remaining-requests', '499'],
        ['x-ratelimit-reset-requests', '120ms'],
        ['x-ratelimit-limit-tokens', '30000'],
        ['x-ratelimit-remaining-tokens', '29000'],
        ['x-ratelimit-reset-tokens', '6m0s'],
      ]),
    ).toEqual(['requests: 499 of 500 left, resets in 1 s', 'tokens: 29,000 of 30,000 left, resets in 6 min'])
    expect(
      words([
        ['anthropic-ratelimit-tokens-limit', '80000'],
        ['anthropic-ratelimit-tokens-remaining', '79000'],
        ['anthropic-ratelimit-tokens-reset', '2026-11-21T15:01:00Z'],
      ]),
    ).toEqual(['tokens: 79,000 of 80,000 left, resets in 1 min'])
  })

  test('subtracts what is used, and tells of a limit alone', () => {
    expect(
      words([
        ['X-RateLimit-Limit', '60'],
        ['X-RateLimit-Used', '4'],
      ]),
    ).toEqual(['56 of 60 left'])
    expect(words([['X-Rate-Limit-Limit', '60']])).toEqual(['at most 60'])
  })

  test('says nothing where there is nothing to say', () => {
    expect(words([['X-RateLimit-Policy', 'strict']])).toEqual([])
    expect(words([['X-RateLimit-Remaining', 'many']])).toEqual([])
  })
})

describe('resetSeconds', () => {
  test.each([
    ['23', 23],
    [String(AT / 1000 + 23), 23],
    [String(AT + 23_000), 23],
    ['1h2m3.5s', 3723.5],
    ['250ms', 0.25],
    ['Sat, 21 Nov 2026 15:00:23 GMT', 23],
    ['soon', null],
    ['', null],
  ])('%s', (text, seconds) => {
    expect(resetSeconds(text, AT)).toBe(seconds)
  })
})

describe('retryAfterSeconds', () => {
  test('takes seconds and dates, and never looks back', () => {
    expect(retryAfterSeconds('120', AT)).toBe(120)
    expect(retryAfterSeconds('Sat, 21 Nov 2026 15:02:00 GMT', AT)).toBe(120)
    expect(retryAfterSeconds('Sat, 21 Nov 2026 14:00:00 GMT', AT)).toBe(0)
    expect(retryAfterSeconds('1.5', AT)).toBeNull()
  })
})
