import { describe, expect, test } from 'vitest'
import { ExchangeIdSchema } from '#contract/model/ids.ts'
import { roundAbove, sameAs, scaleOf, sendsOf, statsOf, type Send } from '../../../../src-renderer/features/response-viewer/sends-stats.ts'

function send(number: number, totalMs: number, status: number | null = 200): Send {
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString()
  return { id: ExchangeIdSchema.parse(`e-${number}`), startedAt, totalMs, status, method: 'GET', url: 'http://h.test/' }
}
const sends = (...times: number[]): Send[] => times.map((ms, index) => send(index, ms))

describe('statsOf', () => {
  test('finds the median of odd and even numbers, and the slowest', () => {
    expect(statsOf(sends(30, 10, 20))).toMatchObject({ medianMs: 20, slowestMs: 30, answered: 3 })
    expect(statsOf(sends(40, 10, 20, 30))?.medianMs).toBe(25)
    expect(statsOf(sends(7))).toMatchObject({ medianMs: 7, p95Ms: 7 })
  })

  test('takes the 95th percentile by the nearest rank', () => {
    expect(statsOf(sends(...Array.from({ length: 100 }, (_, index) => index + 1)))?.p95Ms).toBe(95)
  })

  test('counts what failed, and does not measure by it', () => {
    expect(statsOf([send(1, 10), send(2, 9999, null)])).toMatchObject({ answered: 1, failed: 1, slowestMs: 10 })
    expect(statsOf([send(1, 10, null)])).toBeNull()
  })

  test('knows what is out of the ordinary once there is enough to tell', () => {
    const stats = statsOf(sends(10, 11, 12, 10, 11, 12, 10, 90))
    expect(90 > (stats?.outlierAboveMs ?? Infinity)).toBe(true)
    expect(12 > (stats?.outlierAboveMs ?? 0)).toBe(false)
    expect(statsOf(sends(1, 1, 90))?.outlierAboveMs).toBe(Infinity)
  })
})

test('sendsOf has the oldest first and each once', () => {
  const [a, b] = sends(1, 2)
  if (!a || !b) throw new Error('two sends are needed')
  expect(sendsOf([b, a, b])).toEqual([a, b])
})

describe('scaleOf', () => {
  test('is a round number above all', () => {
    expect(scaleOf(sends(30, 70), statsOf(sends(30, 70)))).toBe(100)
  })

  test('cuts off a single slow one', () => {
    const many = sends(...Array.from({ length: 40 }, () => 10), 10_000)
    expect(scaleOf(many, statsOf(many))).toBe(50)
  })
})

test.each([
  [1, 1],
  [1.1, 2],
  [34, 50],
  [51, 100],
  [0.3, 0.5],
])('roundAbove(%d) is %d', (value, round) => {
  expect(roundAbove(value)).toBeCloseTo(round, 10)
})

describe('sameAs', () => {
  test('takes sends to the same address by the same method, whatever they asked for', () => {
    const isSame = sameAs({ method: 'GET', url: 'http://h.test/users?page=1' })

    expect(isSame({ method: 'GET', url: 'http://h.test/users?page=2#x' })).toBe(true)
    expect(isSame({ method: 'GET', url: 'http://h.test/users/1' })).toBe(false)
    expect(isSame({ method: 'POST', url: 'http://h.test/users' })).toBe(false)
  })
})
