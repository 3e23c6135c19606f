import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isSqueezed,
  largestTop,
  scrollMap,
  scrollOfTop,
  topOfScroll,
  visibleRows,
} from '../../../../src-renderer/features/response-viewer/scroll-map.ts'

describe('a list that fits into an element', () => {
  const map = scrollMap(100, 20, 210)

  test('scrolls pixel by pixel', () => {
    expect(isSqueezed(map)).toBe(false)
    expect(topOfScroll(map, 333)).toBe(333)
    expect(scrollOfTop(map, 333)).toBe(333)
  })

  test('shows the rows that the viewport touches', () => {
    expect(visibleRows(map, 20, 0)).toEqual({ first: 0, last: 10, offset: 0 })
    expect(visibleRows(map, 20, 35)).toEqual({ first: 1, last: 12, offset: 15 })
  })

  test('ends with the last row at the lower edge', () => {
    expect(visibleRows(map, 20, 1e9)).toEqual({ first: 89, last: 99, offset: 10 })
  })

  test('shows nothing of an empty list and all of a short one', () => {
    expect(visibleRows(scrollMap(0, 20, 210), 20, 0).last).toBe(-1)
    expect(visibleRows(scrollMap(3, 20, 210), 20, 50)).toEqual({ first: 0, last: 2, offset: 0 })
  })
})

describe('a list taller than an element can be', () => {
  const map = scrollMap(6_553_600, 20, 600)

  test('is squeezed, with both ends where they belong', () => {
    expect(isSqueezed(map)).toBe(true)
    expect(map.height).toBeLessThan(33_000_000)
    expect(topOfScroll(map, 0)).toBe(0)
    expect(topOfScroll(map, map.height - map.viewport)).toBe(largestTop(map))
    expect(visibleRows(map, 20, largestTop(map)).last).toBe(6_553_599)
  })

  test('the scroll bar and the rows agree everywhere', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (part) => {
        const top = part * largestTop(map)
        expect(Math.abs(topOfScroll(map, scrollOfTop(map, top)) - top)).toBeLessThan(0.001)
      }),
    )
  })
})
