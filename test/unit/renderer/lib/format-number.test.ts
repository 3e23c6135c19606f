import { expect, test } from 'vitest'
import { formatDone, formatNumber, formatPercent } from '../../../../src-renderer/lib/format-number.ts'

test('numbers are grouped, and have as many decimals as are asked for', () => {
  expect([formatNumber(1234567), formatNumber(12.5), formatNumber(12.5, 2), formatNumber(3, 1)]).toEqual([
    '1,234,567',
    '12.5',
    '12.50',
    '3.0',
  ])
})

test('a share is whole percent; what is not all done is never said to be', () => {
  expect([0, 0.004, 0.126, 1, 1.5].map(formatPercent)).toEqual(['0%', '0%', '13%', '100%', '150%'])
  expect([0, 0.129, 0.999, 1].map(formatDone)).toEqual(['0%', '12%', '99%', '100%'])
})
