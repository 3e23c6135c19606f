import { describe, expect, test } from 'vitest'
import { ArrivalMarks } from '#core/bodies/arrival-marks.ts'

describe('arrival marks', () => {
  test('say when all before a byte was there', () => {
    const marks = new ArrivalMarks()
    marks.add(10, 3.2)
    marks.add(25, 100)

    expect([0, 10, 11, 25, 26].map(marks.at)).toEqual([3, 3, 100, 100, null])
  })

  test('of one moment are one', () => {
    const marks = new ArrivalMarks()
    for (let end = 1; end <= 1000; end += 1) marks.add(end, 5)

    expect(marks.at(1000)).toBe(5)
    expect(marks.toBytes().length).toBeLessThan(8)
  })

  test('are kept in a few bytes and read again', () => {
    const marks = new ArrivalMarks()
    for (let index = 1; index <= 300; index += 1) marks.add(index * 5_000_000_000, index * 100_000)

    const again = ArrivalMarks.fromBytes(marks.toBytes())

    expect(again.at(5_000_000_000 * 299 + 1)).toBe(30_000_000)
    expect(again.toBytes()).toEqual(marks.toBytes())
  })

  test('stay few for a stream that never ends, and get coarser', () => {
    const marks = new ArrivalMarks()
    for (let index = 1; index <= 1_200_000; index += 1) marks.add(index, index)

    const at = marks.at(600_000) ?? 0

    expect(at).toBeGreaterThanOrEqual(600_000)
    expect(at).toBeLessThan(600_010)
    expect(marks.toBytes().length).toBeLessThan(1_100_000)
  })
})
