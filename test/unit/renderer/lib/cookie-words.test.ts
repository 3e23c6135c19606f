import { describe, expect, test } from 'vitest'
import { cookieFlags, expiryInWords } from '../../../../src-renderer/lib/cookie-words.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const after = (ms: number): string => new Date(NOW + ms).toISOString()

describe('expiryInWords', () => {
  test.each([
    [null, 'when the session ends'],
    [after(-1), 'deleted (in the past)'],
    [after(90_400), 'in 1 min 30 s'],
    [after(7_380_000), 'in 2 h 3 min'],
    [after(30 * 86_400_000), 'in 30 days'],
    [after(800 * 86_400_000), 'in 2 years'],
    ['someday', 'someday'],
  ])('%s is %s', (expires, words) => {
    expect(expiryInWords(expires, NOW)).toBe(words)
  })
})

test('cookieFlags writes them as the header does', () => {
  expect(cookieFlags({ secure: true, httpOnly: true, sameSite: 'lax' })).toEqual(['Secure', 'HttpOnly', 'SameSite=Lax'])
  expect(cookieFlags({ secure: false, httpOnly: false, sameSite: null })).toEqual([])
})
