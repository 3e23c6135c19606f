import { expect, test } from 'vitest'
import { isoTime } from '#core/lib/iso-time.ts'

test('is what Date writes, within a second, over its ends, before the epoch and beyond four digits of a year', () => {
  const moments = [
    0, 1, 999, 1000, 1_763_800_000_000, 1_763_800_000_007, 1_763_800_000_999, 1_763_800_001_000, 7, -1, -1000, -62_198_755_200_000,
  ]
  for (const ms of [...moments, 8.64e15, 253_402_300_800_042]) expect(isoTime(ms)).toBe(new Date(ms).toISOString())
})
