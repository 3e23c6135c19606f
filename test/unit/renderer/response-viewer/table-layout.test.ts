import { expect, test } from 'vitest'
import {
  cellsOf,
  columnName,
  columnsInView,
  layOutColumns,
  looksLikeHeader,
} from '../../../../src-renderer/features/response-viewer/table-layout.ts'

test('columns stand side by side, none narrower or wider than can be read', () => {
  const [first, second, third] = layOutColumns([1, 1000], 3, 40)

  expect([first?.left, second?.left]).toEqual([40, 40 + (first?.width ?? 0)])
  expect(first?.width).toBe(third?.width)
  expect(second?.width).toBeLessThan(400)
})

test('only the columns in view are drawn', () => {
  const columns = layOutColumns([], 1000, 0)
  const width = columns[0]?.width ?? 0

  expect(columnsInView(columns, width * 10, width * 2).map(({ index }) => index)).toEqual([10, 11])
  expect(columnsInView(columns, width * 10 - 1, width * 2).map(({ index }) => index)).toEqual([9, 10, 11])
})

test('columns without names are named as in a spreadsheet', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
})

test('a first row of words that differ looks like a header', () => {
  expect(looksLikeHeader(['id', 'name'])).toBe(true)
  expect([['id', 'id'], ['id', ''], ['1', 'name'], ['-3.5', 'x'], []].map(looksLikeHeader)).toEqual([false, false, false, false, false])
})

test('the cells of a row are read from its line', () => {
  expect(cellsOf('["a","b\\n"]')).toEqual(['a', 'b\n'])
  expect([cellsOf(undefined), cellsOf(''), cellsOf('{}')]).toEqual([[], [], []])
})
