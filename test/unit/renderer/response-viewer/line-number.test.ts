import { expect, test } from 'vitest'
import { placeOf } from '../../../../src-renderer/features/response-viewer/line-number.ts'

test.each([
  ['1', { line: 0, column: 0 }],
  [' 120 ', { line: 119, column: 0 }],
  ['1,200', { line: 1199, column: 0 }],
  ['12:5', { line: 11, column: 4 }],
  ['12:', null],
  ['0', null],
  ['2000', { line: 1999, column: 0 }],
  ['2001', null],
  ['twelve', null],
  ['', null],
])('%j is a place in a text of 2,000 lines, or none', (text, place) => {
  expect(placeOf(text, 2000)).toEqual(place)
})
