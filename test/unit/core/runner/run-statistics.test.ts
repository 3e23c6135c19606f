import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRunIndex, RECORD_BYTES, type IndexRecord, type RunIndex } from '#core/runner/run-index.ts'
import { countsOf, percentile, statisticsOf } from '#core/runner/run-statistics.ts'

const plain: IndexRecord = {
  offset: 0,
  startedAt: 0,
  durationMs: 10,
  bytes: 100,
  item: 0,
  iteration: 1,
  status: 200,
  isFailed: false,
  isSkipped: false,
  isError: false,
  checksPassed: 0,
  checksFailed: 0,
}

function indexOf(records: readonly Partial<IndexRecord>[]): RunIndex {
  const index = createRunIndex()
  for (const record of records) index.add({ ...plain, ...record })
  return index
}

describe('createRunIndex', () => {
  test('gives back what was put in, over the borders of its blocks, and from its bytes', () => {
    const records = Array.from({ length: 9000 }, (_none, at): IndexRecord => ({
      ...plain,
      offset: at * 300,
      startedAt: at / 3,
      item: at % 7,
      iteration: at + 1,
      isFailed: at % 2 === 0,
      isSkipped: at % 3 === 0,
      isError: at % 5 === 0,
      checksFailed: at % 4,
    }))
    const index = indexOf(records)
    const again = createRunIndex(index.bytesFrom(0))

    expect(index.bytesFrom(4000).byteLength).toBe(5000 * RECORD_BYTES)
    for (const at of [0, 1, 4095, 4096, 8191, 8192, 8999]) {
      expect(index.get(at)).toEqual(records[at])
      expect(again.get(at)).toEqual(records[at])
    }
  })

  test('leaves out a record that was cut off', () => {
    const bytes = indexOf([{}, {}]).bytesFrom(0)

    expect(createRunIndex(bytes.subarray(0, bytes.byteLength - 1)).count()).toBe(1)
  })
})

describe('percentile', () => {
  test('is the nearest rank', () => {
    const values = Float64Array.from({ length: 100 }, (_none, at) => at + 1)

    expect([1, 50, 90, 99, 100].map((percent) => percentile(values, percent))).toEqual([1, 50, 90, 99, 100])
    expect(percentile(Float64Array.of(7), 99)).toBe(7)
    expect(percentile(Float64Array.of(), 50)).toBeNull()
  })
})

describe('statisticsOf', () => {
  test('counts durations of answers only, of all and of each request', () => {
    const index = indexOf([
      { durationMs: 10 },
      { durationMs: 30, isFailed: true, checksFailed: 2 },
      { durationMs: 99, status: 0, isFailed: true, isError: true },
      { item: 1, durationMs: 50, checksPassed: 3 },
      { item: 1, isSkipped: true, status: 0, durationMs: 0 },
    ])
    const { totals, requests, charts } = statisticsOf(index, 2, 100)

    expect(totals).toEqual({ count: 4, failed: 2, min: 10, mean: 30, p50: 30, p90: 50, p99: 50, max: 50 })
    expect(requests).toMatchObject([
      { count: 3, failed: 2, max: 30, checksFailed: 2, skipped: 0 },
      { count: 1, failed: 0, max: 50, checksPassed: 3, skipped: 1 },
    ])
    expect(charts.statuses).toEqual([
      { status: 200, count: 3 },
      { status: null, count: 1 },
    ])
  })

  test('has at most 200 buckets and 40 ranges, and loses none', () => {
    const record = fc.record({
      startedAt: fc.double({ min: 0, max: 1e7, noNaN: true }),
      durationMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 200 }), fc.double({ min: 0, max: 1e7, noNaN: true }), (records, elapsed) => {
        const { charts } = statisticsOf(indexOf(records), 1, elapsed)

        expect(charts.buckets.length).toBeLessThanOrEqual(200)
        expect(charts.distribution.length).toBeLessThanOrEqual(40)
        expect(charts.buckets.reduce((sum, { done }) => sum + done, 0)).toBe(records.length)
        expect(charts.distribution.reduce((sum, { count }) => sum + count, 0)).toBe(records.length)
        charts.distribution.forEach(({ from, to }) => expect(to).toBeGreaterThan(from))
      }),
    )
  })

  test('durations that are nearly the same are one range, as wide as can be told from another', () => {
    const { charts } = statisticsOf(indexOf([245.11, 245.12, 245.16].map((durationMs) => ({ durationMs }))), 1, 1000)

    expect(charts.distribution).toEqual([{ from: 245, to: 250, count: 3 }])
  })

  test('of nothing is nothing', () => {
    const { totals, charts } = statisticsOf(createRunIndex(), 1, 0)

    expect(totals.p50).toBeNull()
    expect(charts).toMatchObject({ buckets: [], distribution: [], statuses: [] })
  })
})

test('countsOf counts what a run that was cut off has', () => {
  const index = indexOf([{ iteration: 1 }, { iteration: 1, item: 1, isFailed: true, isError: true, status: 0 }, { iteration: 2 }])

  expect(countsOf(index, 6, 3, 2)).toMatchObject({
    planned: 6,
    done: 3,
    passed: 2,
    failed: 1,
    errors: 1,
    iterations: 3,
    iterationsDone: 1,
    bytes: 300,
  })
})
