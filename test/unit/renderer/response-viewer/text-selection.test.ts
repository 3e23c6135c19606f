import { describe, expect, test } from 'vitest'
import { columnsIn, isEmpty, spanOf, wordAt } from '../../../../src-renderer/features/response-viewer/text-selection.ts'

const point = (line: number, column: number) => ({ line, column })

describe('spanOf', () => {
  test('orders a selection that was dragged upwards or to the left', () => {
    expect(spanOf({ anchor: point(4, 2), focus: point(1, 7) })).toEqual({ start: point(1, 7), end: point(4, 2) })
    expect(spanOf({ anchor: point(1, 7), focus: point(1, 2) })).toEqual({ start: point(1, 2), end: point(1, 7) })
  })

  test('knows an empty one', () => {
    expect(isEmpty({ anchor: point(1, 2), focus: point(1, 2) })).toBe(true)
    expect(isEmpty({ anchor: point(1, 2), focus: point(1, 3) })).toBe(false)
  })
})

describe('columnsIn', () => {
  const span = { start: point(2, 3), end: point(4, 1) }

  test('cuts the first and the last line and takes those between whole', () => {
    expect(columnsIn(span, 1, 10)).toBeNull()
    expect(columnsIn(span, 2, 10)).toEqual({ from: 3, to: 10 })
    expect(columnsIn(span, 3, 10)).toEqual({ from: 0, to: 10 })
    expect(columnsIn(span, 4, 10)).toEqual({ from: 0, to: 1 })
  })

  test('has none in an empty line', () => {
    expect(columnsIn(span, 3, 0)).toBeNull()
  })
})

describe('wordAt', () => {
  test.each([
    ['{"user_id": 42}', 4, 'user_id'],
    ['{"user_id": 42}', 12, '42'],
    ['{"user_id": 42}', 14, '}'],
    ['größe = 1', 2, 'größe'],
    ['a   b', 2, '   '],
    ['end', 3, 'end'],
    ['', 0, ''],
  ])('in %j at %i finds %j', (line, column, expected) => {
    const { from, to } = wordAt(line, column)
    expect(line.slice(from, to)).toBe(expected)
  })
})
