import { describe, expect, test } from 'vitest'
import { formatBytes, formatBytesOf, formatExactBytes, formatRate } from '../../../../src-renderer/lib/format-bytes.ts'

describe('formatBytes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1234, '1.2 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [123_456, '123 kB'],
    [104_857_600, '105 MB'],
    [1_073_741_824, '1.1 GB'],
    [8 * 1024 ** 4, '8.8 TB'],
  ])('writes %i as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  test('moves on to the next unit rather than printing four digits', () => {
    expect(formatBytes(999_499)).toBe('999 kB')
    expect(formatBytes(999_500)).toBe('1.0 MB')
  })

  test('says how much of the whole there is, and a common unit only once', () => {
    expect(formatBytesOf(1_800_000, 4_000_000)).toBe('1.8 of 4.0 MB')
    expect(formatBytesOf(900_000, 4_000_000)).toBe('900 kB of 4.0 MB')
  })

  test('writes a rate per second and the exact count with its plural', () => {
    expect(formatRate(3_400_000)).toBe('3.4 MB/s')
    expect(formatExactBytes(1)).toBe('1 byte')
    expect(formatExactBytes(1_234_567)).toBe('1,234,567 bytes')
  })
})
