import { describe, expect, test } from 'vitest'
import { nextReading, type RateReading } from '../../../../src-renderer/features/response-viewer/rate-meter.ts'

function run(samples: readonly (readonly [bytes: number, at: number])[]): RateReading | null {
  return samples.reduce<RateReading | null>((before, [bytes, at]) => nextReading(before, bytes, at), null)
}

describe('nextReading', () => {
  test('has no rate at the first reading', () => {
    expect(run([[500, 0]])?.rate).toBeNull()
  })

  test('is exact at a steady speed', () => {
    expect(
      run([
        [0, 0],
        [1000, 100],
        [2000, 200],
        [3000, 300],
      ])?.rate,
    ).toBeCloseTo(10_000)
  })

  test('follows a change within a few seconds and not at once', () => {
    const steady = run([
      [0, 0],
      [10_000, 1000],
    ])
    const shortly = nextReading(steady, 10_000, 1200)
    const later = [1700, 2700, 3700, 4700].reduce<RateReading>((before, at) => nextReading(before, 10_000, at), shortly)

    expect(shortly.rate).toBeGreaterThan(7_000)
    expect(later.rate).toBeLessThan(500)
  })

  test('waits for readings that are far enough apart', () => {
    expect(
      run([
        [0, 0],
        [1000, 10],
        [2000, 20],
      ]),
    ).toEqual({ bytes: 0, at: 0, rate: null })
  })

  test('starts anew when another hop begins', () => {
    expect(
      run([
        [0, 0],
        [5000, 100],
        [10, 200],
      ]),
    ).toEqual({ bytes: 10, at: 200, rate: null })
  })
})
