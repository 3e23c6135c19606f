import { describe, expect, test } from 'vitest'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { BodyIdSchema } from '#contract/model/ids.ts'
import { describeStep, retryLine, size } from '../../../../src-main/hosts/cli/progress.ts'

const HEAD: ExchangeStep = {
  kind: 'responseHead',
  status: 204,
  reason: '',
  url: 'http://h/',
  bodyBytes: null,
  httpVersion: '1.1',
  headers: [],
  arrivingId: BodyIdSchema.parse('0'.repeat(64)),
  limits: { read: null, total: null },
}

describe('describeStep', () => {
  test.each<[ExchangeStep, string | null]>([
    [{ kind: 'connecting', host: 'h', port: 80 }, 'Connecting to h:80'],
    [{ kind: 'bodySent', bytes: 1_500_000, total: 3_000_000 }, 'Sent 1.5 MB of 3.0 MB'],
    [{ kind: 'bodyReceived', bytes: 999, total: null }, 'Received 999 B'],
    [HEAD, '204'],
    [{ kind: 'dns', address: '127.0.0.1' }, null],
  ])('puts %j as %j', (step, words) => {
    expect(describeStep(step)).toBe(words)
  })
})

describe('a wait before a retry', () => {
  const wait = { kind: 'retryWait', number: 1, attempt: 2, of: 4, reason: '503' } as const

  test('says how long it is', () => {
    expect(retryLine({ ...wait, waitMs: 1540 })).toBe('Attempt 2 of 4 in 1.5 s: 503')
    expect(retryLine({ ...wait, waitMs: 0 })).toBe('Attempt 2 of 4 now: 503')
    expect(retryLine({ ...wait, waitMs: 125_000 })).toBe('Attempt 2 of 4 in 2 min 5 s: 503')
    expect(retryLine({ ...wait, waitMs: 6 * 3600 * 1000 })).toBe('Attempt 2 of 4 in 6 h: 503')
  })
})

describe('size', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1_234_567, '1.2 MB'],
    [5e15, '5000.0 TB'],
  ])('of %d bytes is %s', (bytes, words) => {
    expect(size(bytes)).toBe(words)
  })
})
