import { describe, expect, test } from 'vitest'
import { momentInWords, spanInWords } from '../../../../src-renderer/lib/span-words.ts'

describe('spanInWords', () => {
  test.each([
    [0, '0 s'],
    [23.9, '23 s'],
    [60, '1 min'],
    [280, '4 min 40 s'],
    [7380, '2 h 3 min'],
    [7201, '2 h'],
    [86_400, '1 day'],
    [2_592_000, '30 days'],
    [31_536_000, '1 year'],
    [31_536_000 + 86_400 * 31 + 5, '1 year 31 days'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(spanInWords(seconds)).toBe(words)
  })
})

test('momentInWords tells past from future', () => {
  expect(momentInWords(30_000, 7000)).toBe('in 23 s')
  expect(momentInWords(0, 3_600_000)).toBe('1 h ago')
  expect(momentInWords(400, 0)).toBe('just then')
})
