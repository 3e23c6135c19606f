import { describe, expect, test } from 'vitest'
import { HitList, MOST_HITS } from '../../../../src-renderer/features/response-viewer/hit-list.ts'

const listOf = (...hits: readonly (readonly [line: number, start: number, end: number])[]): HitList => {
  const list = new HitList()
  list.add(hits.flat())
  return list
}

describe('HitList', () => {
  const list = listOf([2, 4, 7], [2, 9, 12], [5, 0, 3], [40, 1, 4])

  test('keeps hits in their order, page after page', () => {
    const more = listOf([0, 1, 2])
    more.add([1, 2, 3, 1, 5, 6])

    expect([0, 1, 2, 3].map((index) => more.at(index))).toEqual([
      { line: 0, start: 1, end: 2 },
      { line: 1, start: 2, end: 3 },
      { line: 1, start: 5, end: 6 },
      undefined,
    ])
    expect(more.count).toBe(3)
    expect(more.lineCount).toBe(2)
  })

  test('finds the first hit that ends behind a place', () => {
    const from = (line: number, column: number): number => list.indexFrom({ line, column })

    expect([from(0, 0), from(2, 4), from(2, 6), from(2, 7), from(2, 50), from(6, 0), from(41, 0)]).toEqual([0, 0, 0, 1, 2, 3, 4])
  })

  test('knows the lines that have one', () => {
    expect(list.linesFrom(0, 10)).toEqual([2, 5, 40])
    expect(list.linesFrom(1, 1)).toEqual([5])
    expect([0, 1, 2, 3].map((index) => list.lineAt(index))).toEqual([2, 5, 40, undefined])
    expect([0, 3, 5, 41].map((line) => list.lineIndexFrom(line))).toEqual([0, 1, 1, 3])
  })

  test('gives the hits in some columns of a line, as one where they touch', () => {
    const close = listOf([1, 0, 2], [1, 2, 4], [1, 6, 8], [1, 9, 10], [2, 0, 1])

    expect(close.spansIn(1, 0, 100, 10)).toEqual([
      { start: 0, end: 4 },
      { start: 6, end: 8 },
      { start: 9, end: 10 },
    ])
    expect(close.spansIn(1, 7, 9, 10)).toEqual([{ start: 6, end: 8 }])
    expect(close.spansIn(1, 0, 100, 2)).toHaveLength(2)
    expect(close.spansIn(3, 0, 100, 10)).toEqual([])
  })

  test('takes no more than it can keep', () => {
    const full = new HitList()
    const page = Array.from({ length: 3 * 300_000 }, (_, index) => Math.floor(index / 3))
    for (let turn = 0; turn < 4; turn += 1) full.add(page)

    expect(full.count).toBe(MOST_HITS)
    expect(full.isFull).toBe(true)
    expect(full.at(MOST_HITS - 1)).toEqual({ line: 99_999, start: 99_999, end: 99_999 })
  })
})
