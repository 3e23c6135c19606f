import { describe, expect, test } from 'vitest'
import { formatDuration, formatElapsed } from '../../../../src-renderer/lib/format-duration.ts'

describe('formatDuration', () => {
  test.each([
    [0, '0 ms'],
    [0.04, '0 ms'],
    [0.42, '0.4 ms'],
    [0.97, '1 ms'],
    [84.4, '84 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [9996, '10.0 s'],
    [12_340, '12.3 s'],
    [59_960, '1 min'],
    [65_000, '1 min 5 s'],
    [3_599_900, '1 h'],
    [7_380_000, '2 h 3 min'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})

describe('formatElapsed', () => {
  test.each([
    [0, '0.0 s'],
    [349, '0.3 s'],
    [59_999, '59.9 s'],
    [60_000, '1 min 00 s'],
    [65_400, '1 min 05 s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text)
  })
})
