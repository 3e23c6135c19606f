import { describe, expect, test } from 'vitest'
import { alignRows } from '#core/storage/opencollection/align-rows.ts'

const align = (before: string[], after: string[]) =>
  alignRows(
    before,
    after,
    (row) => row,
    (row) => row.split('=')[0] ?? '',
  )

describe('alignRows', () => {
  test.each([
    ['nothing changed', ['a', 'b'], ['a', 'b'], [0, 1]],
    ['one row was added in the middle', ['a', 'b'], ['a', 'x', 'b'], [0, null, 1]],
    ['one row was removed', ['a', 'b', 'c'], ['a', 'c'], [0, 2]],
    ['rows changed places', ['a', 'b', 'c'], ['c', 'a', 'b'], [2, 0, 1]],
    ['a value changed', ['a=1', 'b=1'], ['a=2', 'b=1'], [0, 1]],
    ['a name changed', ['a=1', 'b=1', 'c=1'], ['a=1', 'x=1', 'c=1'], [0, 1, 2]],
    ['the first name changed', ['a=1', 'b=1'], ['x=1', 'b=1'], [0, 1]],
    ['equal rows stay in order', ['a', 'a', 'b'], ['a', 'b', 'a'], [0, 2, 1]],
    ['all rows are new', [], ['a'], [null]],
  ])('where %s', (_case, before, after, expected) => {
    expect(align(before, after)).toEqual(expected)
  })
})
