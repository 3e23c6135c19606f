import { describe, expect, test } from 'vitest'
import { bytesPerRow, hexDump, hexRow, offsetDigits } from '../../../../src-renderer/features/response-viewer/hex-rows.ts'

describe('hexRow', () => {
  test('writes sixteen bytes in two halves, with what they may stand for', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => 0x40 + index)
    expect(hexRow(bytes, 0x1230, 8)).toEqual({
      offset: '00001230',
      hex: '40 41 42 43 44 45 46 47  48 49 4a 4b 4c 4d 4e 4f',
      ascii: '@ABCDEFGHIJKLMNO',
    })
  })

  test('fills a short row with blanks and shows unprintable bytes as dots', () => {
    const row = hexRow(new Uint8Array([0, 0x1f, 0x20, 0x7f, 0xe9]), 0, 8)
    expect(row.hex).toHaveLength(48)
    expect(row.hex.trimEnd()).toBe('00 1f 20 7f e9')
    expect(row.ascii).toBe('·· ··')
  })
})

test('hexDump numbers its rows and ends with the last byte', () => {
  expect(hexDump(new Uint8Array([...Array(17).keys()])).split('\n')).toEqual([
    `00000000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  ${'·'.repeat(16)}`,
    `00000010  10${' '.repeat(46)}  ·`,
  ])
  expect(hexDump(new Uint8Array())).toBe('')
})

test('offsets get more digits only where eight are too few', () => {
  expect(offsetDigits(1)).toBe(8)
  expect(offsetDigits(2 ** 32)).toBe(8)
  expect(offsetDigits(2 ** 32 + 1)).toBe(9)
})

test('a narrow view shows eight bytes to a row', () => {
  expect([bytesPerRow(76, 8), bytesPerRow(75, 8)]).toEqual([16, 8])
  expect(hexRow(new Uint8Array([1, 2]), 8, 8, 8)).toEqual({ offset: '00000008', hex: `01 02${' '.repeat(18)}`, ascii: '··' })
})
