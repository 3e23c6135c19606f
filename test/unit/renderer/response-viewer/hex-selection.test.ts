import { expect, test } from 'vitest'
import {
  byteAtColumn,
  columnsOf,
  indexOfBytes,
  offsetOf,
  patternOf,
  selectionAfterKey,
  spanOf,
} from '../../../../src-renderer/features/response-viewer/hex-selection.ts'

test.each([
  ['1234', 1234],
  [' 1,234 ', 1234],
  ['0x4d2', 1234],
  ['4D2h', 1234],
  ['0', 0],
  ['9999', 9999],
  ['10000', null],
  ['0x', null],
  ['12ab', null],
  ['-1', null],
  ['', null],
])('the offset %j is %j', (text, expected) => {
  expect(offsetOf(text, 10_000)).toBe(expected)
})

test.each([
  ['89 50 4e', [0x89, 0x50, 0x4e]],
  ['0x8950', [0x89, 0x50]],
  ['89504e47', [0x89, 0x50, 0x4e, 0x47]],
  ['ab', [0x61, 0x62]],
  ['"89 50"', [0x38, 0x39, 0x20, 0x35, 0x30]],
  ['é!', [0xc3, 0xa9, 0x21]],
  ['', []],
])('%j looks for %j', (text, expected) => {
  expect([...patternOf(text)]).toEqual(expected)
})

test('bytes are found where they stand whole', () => {
  const bytes = Uint8Array.of(1, 1, 2, 1, 2, 3, 1)

  expect(indexOfBytes(bytes, Uint8Array.of(1, 2, 3), 0)).toBe(3)
  expect(indexOfBytes(bytes, Uint8Array.of(1, 2), 2)).toBe(3)
  expect(indexOfBytes(bytes, Uint8Array.of(1, 9), 0)).toBe(-1)
  expect(indexOfBytes(bytes, new Uint8Array(), 0)).toBe(-1)
})

test('keys move the focus, and with Shift the other end stays', () => {
  const at = { anchor: 20, focus: 20 }

  expect(selectionAfterKey(at, { key: 'ArrowDown', shiftKey: false }, 16, 100)).toEqual({ anchor: 36, focus: 36 })
  expect(selectionAfterKey(at, { key: 'ArrowLeft', shiftKey: true }, 16, 100)).toEqual({ anchor: 20, focus: 19 })
  expect(selectionAfterKey({ anchor: 5, focus: 5 }, { key: 'ArrowUp', shiftKey: false }, 16, 100)).toEqual({ anchor: 5, focus: 5 })
  expect(selectionAfterKey(at, { key: 'PageDown', shiftKey: false }, 16, 100)).toBeNull()
  expect(spanOf({ anchor: 9, focus: 3 })).toEqual({ first: 3, last: 9 })
})

test('columns of the hex text and bytes of a row belong together', () => {
  for (let byte = 0; byte < 16; byte += 1) {
    const { start, end } = columnsOf(byte, byte)
    expect([byteAtColumn(start, 16), byteAtColumn(end - 1, 16)]).toEqual([byte, byte])
  }
  expect(columnsOf(6, 9)).toEqual({ start: 18, end: 30 })
  expect([byteAtColumn(-5, 16), byteAtColumn(999, 8)]).toEqual([0, 7])
})
