import { expect, test } from 'vitest'
import { exactTime, timeWords } from '../../../../src-renderer/lib/time-words.ts'

const NOW = new Date(2026, 10, 21, 10, 30, 0)

test.each([
  [new Date(2026, 10, 21, 10, 29, 30), 'just now'],
  [new Date(2026, 10, 21, 10, 31, 0), 'just now'],
  [new Date(2026, 10, 21, 10, 28, 59), '1 minute ago'],
  [new Date(2026, 10, 21, 9, 31, 0), '59 minutes ago'],
  [new Date(2026, 10, 21, 9, 5, 0), 'at 09:05'],
  [new Date(2026, 10, 20, 23, 59, 0), 'yesterday at 23:59'],
  [new Date(2026, 10, 3, 18, 2, 0), 'on 3 Nov at 18:02'],
  [new Date(2025, 11, 31, 0, 0, 0), 'on 31 Dec 2025 at 00:00'],
])('%s is said as %s', (at, words) => {
  expect(timeWords(at.toISOString(), NOW)).toBe(words)
})

test('an exact time is the same in every locale', () => {
  expect(exactTime(new Date(2027, 0, 3, 9, 5, 7))).toBe('3 Jan 2027 at 09:05:07')
})
