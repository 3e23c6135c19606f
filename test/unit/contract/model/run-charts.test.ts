import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CHART_BOX,
  distributionChart,
  durationWords,
  latencyChart,
  niceTicks,
  statusStrip,
  throughputChart,
} from '#contract/model/run-charts.ts'
import type { RunCharts } from '#contract/model/run.ts'

const bucket = { at: 0, done: 2, failed: 0, mean: 10, p50: 10, p90: 20, max: 20 }
const charts: RunCharts = {
  bucketMs: 100,
  buckets: [
    bucket,
    { ...bucket, at: 100, done: 0, mean: null, p50: null, p90: null, max: null },
    { ...bucket, at: 200, failed: 1, p90: 40 },
  ],
  distribution: [
    { from: 10, to: 12, count: 3 },
    { from: 12, to: 14, count: 1 },
    { from: 14, to: 90, count: 1 },
  ],
  statuses: [
    { status: 200, count: 3 },
    { status: null, count: 1 },
  ],
}
const stats = { count: 5, failed: 0, min: 10, mean: 20, p50: 11, p90: 14, p99: 90, max: 90 }
const { left, right, top, bottom, width, height } = CHART_BOX

describe('charts of a run', () => {
  test('latency breaks where nothing was measured, and its highest point is at the top', () => {
    const { lines } = latencyChart(charts)

    expect(lines.map(({ name, pieces }) => [name, pieces.length])).toEqual([
      ['p50', 2],
      ['p90', 2],
    ])
    expect(lines[1]?.pieces[1]?.[0]?.y).toBe(top)
  })

  test('throughput is in requests a second, and shows failures where there are some', () => {
    const { lines, yTicks } = throughputChart(charts)

    expect(lines.map(({ name }) => name)).toEqual(['requests', 'failed'])
    expect(yTicks.map(({ text }) => text)).toEqual(['0', '5', '10', '15', '20'])
    expect(throughputChart({ ...charts, buckets: [bucket] }).lines).toHaveLength(1)
  })

  test('a straggler does not flatten the distribution', () => {
    const { bars, marks } = distributionChart(charts, stats)

    expect(new Set(bars.map((bar) => Math.round(bar.width))).size).toBe(1)
    expect(bars[0]?.height).toBe(height - bottom - top - 42)
    expect(marks.map(({ text }) => text)).toEqual(['p50 11 ms', 'p90 14 ms', 'p99 90 ms'])
    expect(marks[2]?.x).toBe(width - right)
  })

  test('the words of its marks stand above every bar, each in a row of their own', () => {
    const { bars, marks } = distributionChart(charts, stats)
    const rows = marks.map(({ textY }) => textY)

    expect(rows).toEqual([top + 10, top + 24, top + 38])
    expect(bars[0]?.y).toBe(top + 42)
    expect(marks.map(({ anchor }) => anchor)).toEqual(['start', 'start', 'end'])
  })

  test('of one range is a bar between two empty places, and values with the same words have one tick', () => {
    const one = { ...charts, distribution: [{ from: 2.45, to: 2.46, count: 1 }] }
    const { bars, xTicks } = distributionChart(one, { ...stats, p50: 2.45, p90: 2.45, p99: 2.45 })

    expect(bars.map((bar) => Math.round(bar.width / 10))).toEqual([Math.round((width - left - right) / 30)])
    expect(xTicks.map(({ text }) => text)).toEqual(['2.44 ms', '2.45 ms', '2.46 ms', '2.47 ms'])
  })

  test('statuses share the strip', () => {
    expect(statusStrip(charts, 100)).toEqual([
      { status: 200, count: 3, x: 0, width: 75 },
      { status: null, count: 1, x: 75, width: 25 },
    ])
  })

  test('nothing is drawn outside the box, whatever was measured', () => {
    const amount = fc.double({ min: 0, max: 1e7, noNaN: true })
    const some = fc.record({ done: fc.nat(10_000), p50: fc.option(amount), p90: fc.option(amount) })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 200 }), fc.integer({ min: 1, max: 100_000 }), (list, bucketMs) => {
        const buckets = list.map(({ done, p50, p90 }, index) => {
          // The median of a bucket is never above its 90th percentile.
          const median = p50 === null || p90 === null ? null : Math.min(p50, p90)
          return { ...bucket, done, p50: median, p90, at: index * bucketMs }
        })
        for (const chart of [latencyChart({ ...charts, bucketMs, buckets }), throughputChart({ ...charts, bucketMs, buckets })]) {
          const points = chart.lines.flatMap(({ pieces }) => pieces.flat())
          for (const { x, y } of points) {
            expect(x).toBeGreaterThanOrEqual(left)
            expect(x).toBeLessThanOrEqual(width - right)
            expect(y).toBeGreaterThanOrEqual(top)
            expect(y).toBeLessThanOrEqual(height - bottom)
          }
          for (const { at } of chart.xTicks) expect(at).toBeLessThanOrEqual(width - right + 0.1)
        }
      }),
    )
  })

  test('of nothing are empty', () => {
    const nothing: RunCharts = { bucketMs: 10, buckets: [], distribution: [], statuses: [] }
    const none = { ...stats, p50: null, p90: null, p99: null }

    expect(latencyChart(nothing).lines.every(({ pieces }) => pieces.length === 0)).toBe(true)
    expect(distributionChart(nothing, none)).toMatchObject({ bars: [], marks: [] })
    expect(statusStrip(nothing, 100)).toEqual([])
  })
})

test('niceTicks are few, round, and within', () => {
  expect(niceTicks(0, 100)).toEqual([0, 20, 40, 60, 80, 100])
  expect(niceTicks(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3])
  expect(niceTicks(3, 3)).toEqual([3])
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (from, span) => {
      const ticks = niceTicks(from, from + span)
      expect(ticks.length).toBeLessThanOrEqual(7)
    }),
  )
})

test.each([
  [0, '0'],
  [0.85, '850 µs'],
  [12.345, '12.3 ms'],
  [999, '999 ms'],
  [3210, '3.21 s'],
  [125_000, '2 min 5 s'],
  [120_000, '2 min'],
])('durationWords(%d) is %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words)
})
