import { describe, expect, test } from 'vitest'
import type { Timings } from '#contract/model/exchange.ts'
import { NO_TIMINGS } from '#contract/model/no-timings.ts'
import {
  ownTime,
  placeOf,
  restOf,
  waterfall as drawn,
  type Bar,
  type Waterfall,
} from '../../../../src-renderer/features/response-viewer/waterfall.ts'

const timings = (change: Partial<Timings>): Timings => ({ ...NO_TIMINGS, ...change })

const waterfall = (all: readonly Timings[]): Waterfall => drawn(all.map((each) => ({ timings: each, waited: 0 })))

test('what went beside the hops is told: between several always, around a single one where it took a while', () => {
  const one = waterfall([timings({ wait: 20 })])
  const two = waterfall([timings({ wait: 20 }), timings({ wait: 10 })])

  expect([restOf(22, one), restOf(90, one), restOf(32, two), restOf(30, two)]).toEqual([null, 70, 2, null])
})

describe('waterfall', () => {
  test('puts phases and hops one after the other on one time line', () => {
    const { hops, span } = waterfall([
      timings({ dns: 10, connect: 20, wait: 70 }),
      timings({ wait: 30, download: 20, reusedConnection: true }),
    ])

    expect(span).toBe(150)
    expect(hops.map(({ start, end }) => [start, end])).toEqual([
      [0, 100],
      [100, 150],
    ])
    expect(hops[1]?.bars.find(({ phase }) => phase === 'download')).toMatchObject({ start: 130, duration: 20 })
  })

  test('says which phases an open connection saved', () => {
    const [hop] = waterfall([timings({ wait: 5, reusedConnection: true })]).hops
    expect(hop?.bars.filter(({ skipped }) => skipped).map(({ phase }) => phase)).toEqual(['dns', 'connect', 'tls'])
  })

  test('has a wait between two tries', () => {
    const { hops, span } = drawn([
      { timings: timings({ wait: 10 }), waited: 2000 },
      { timings: timings({ wait: 5 }), waited: 0 },
    ])

    expect(span).toBe(2015)
    expect(hops.map(({ start, end, wait }) => [start, end, wait?.start, wait?.duration])).toEqual([
      [0, 10, 10, 2000],
      [2010, 2015, undefined, undefined],
    ])
  })

  test('takes a clock that went back as no time', () => {
    expect(waterfall([timings({ wait: -3 })]).span).toBe(0)
  })
})

test('ownTime leaves out what other hops took', () => {
  expect(ownTime(timings({ connect: 5, wait: 10, total: 500 }))).toBe(15)
})

describe('placeOf', () => {
  const bar = (start: number, duration: number): Bar => ({ phase: 'wait', label: '', start, duration, skipped: false })

  test('is in per cent of the span', () => {
    expect(placeOf(bar(50, 100), 200)).toEqual({ left: 25, width: 50 })
  })

  test('keeps a short bar visible and inside', () => {
    expect(placeOf(bar(1000, 0.1), 1000.1)).toEqual({ left: 99.5, width: 0.5 })
    expect(placeOf(bar(10, 0), 100).width).toBe(0)
    expect(placeOf(bar(0, 0), 0)).toEqual({ left: 0, width: 0 })
  })
})
