import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Options } from '#contract/model/request.ts'
import type { RetryRules } from '#core/prepare/behaviour-rules.ts'
import { RULES } from '#core/prepare/behaviour.ts'
import type { RetryPolicy } from '#core/prepare/prepared-request.ts'
import { createProblems } from '#core/prepare/problems.ts'
import { retryPolicyOf } from '#core/prepare/retry-policy.ts'
import {
  backoffMs,
  isRetriedStatus,
  mostRetries,
  retryAfterMs,
  scheduleMs,
  shownRetries,
  waitBeforeRetry,
  type RetryAnswer,
} from '#core/prepare/retry-schedule.ts'

type Retry = NonNullable<Options['retry']>

const NOW = Date.parse('2026-03-01T12:00:00Z')

const OURS = RULES.posthaste.retries
const URLLIB3 = RULES.requests.retries

function policy(retry: Retry, rules: RetryRules = OURS): RetryPolicy {
  const problems = createProblems()
  const made = retryPolicyOf(retry, rules, problems)
  if (!made || problems.found.length > 0) throw new Error(JSON.stringify(problems.found))
  return made
}

describe('the backoff', () => {
  test('of a factor 1 is 0, 2, 4, 8 seconds, as urllib3 has it', () => {
    expect(scheduleMs(policy({ total: 4, backoffFactor: 1 }))).toEqual([0, 2000, 4000, 8000])
  })

  test('stops growing at 120 seconds, or where it is told to', () => {
    expect(scheduleMs(policy({ total: 9, backoffFactor: 1 })).slice(-3)).toEqual([64_000, 120_000, 120_000])
    expect(scheduleMs(policy({ total: 4, backoffFactor: 1, backoffMax: 3 }))).toEqual([0, 2000, 3000, 3000])
  })

  test('is nothing without a factor', () => {
    expect(scheduleMs(policy({ total: 3 }))).toEqual([0, 0, 0])
  })

  test('has its jitter added before the limit, and never before the first retry', () => {
    const jittered = policy({ total: 3, backoffFactor: 1, backoffJitter: 0.5, backoffMax: 4.2 })

    expect([1, 2, 3].map((n) => backoffMs(jittered, n, 0.5))).toEqual([0, 2250, 4200])
  })

  test('stays within its limits whatever is set', () => {
    const seconds = fc.double({ min: 0, max: 86_400, noNaN: true })
    fc.assert(
      fc.property(
        seconds,
        seconds,
        seconds,
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (...args) => {
          const [backoffFactor, backoffMax, backoffJitter, n, random] = args
          const ms = backoffMs(policy({ backoffFactor, backoffMax, backoffJitter }), n, random)
          expect(ms).toBeGreaterThanOrEqual(0)
          expect(ms).toBeLessThanOrEqual(Math.ceil(backoffMax * 1000))
        },
      ),
    )
  })

  test('is shown with whether it is kept to after an answer, as the method is one to retry', () => {
    const retry = policy({ total: 2, backoffFactor: 1, backoffJitter: 0.5 })

    expect(shownRetries(retry, 'GET')).toEqual({ waitsMs: [0, 2000], jitterMs: 500, coversMethod: true, hasLowerLimits: false })
    expect(shownRetries(retry, 'POST').coversMethod).toBe(false)
    expect(shownRetries({ ...retry, allowedMethods: null }, 'POST').coversMethod).toBe(true)
    expect(shownRetries({ ...retry, status: 1 }, 'GET')).toMatchObject({ waitsMs: [0, 2000], hasLowerLimits: true })
    expect(shownRetries({ ...retry, status: 2 }, 'GET').hasLowerLimits).toBe(false)
  })

  test('of very many retries is shown for the first hundred', () => {
    expect(scheduleMs(policy({ total: 1000 }))).toHaveLength(100)
  })
})

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    [' 5 ', 5000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sunday, 01-Mar-26 12:00:30 GMT', 30_000],
    ['Sun Mar  1 12:00:30 2026', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['999999999', 6 * 3600 * 1000],
    ['Fri, 01 Mar 2126 12:00:00 GMT', 6 * 3600 * 1000],
  ])('%j is understood', (value, ms) => {
    expect(retryAfterMs(value, NOW)).toBe(ms)
  })

  test.each(['soon', '', '-5', '1.5', '12 s', 'Sun, 99 Foo 2026 12:00:30 GMT', '2026-03-01T12:00:30Z'])('%j is passed over', (value) => {
    expect(retryAfterMs(value, NOW)).toBeNull()
  })

  test('never fails, whatever it says', () => {
    fc.assert(fc.property(fc.string(), (value) => (retryAfterMs(value, NOW) ?? 0) >= 0))
  })

  const answer = (retryAfter: string | null): RetryAnswer => ({ status: 503, retryAfter, madeAt: null })
  const wait = (retry: Retry, retryAfter: string | null, rules = OURS): number | null =>
    waitBeforeRetry(policy(retry, rules), 2, answer(retryAfter), { now: NOW, random: 0 })

  test('takes the place of the backoff', () => {
    expect(wait({ backoffFactor: 1 }, '7')).toBe(7000)
  })

  test('of nothing, in no known form, or not respected, leaves the backoff', () => {
    expect([wait({ backoffFactor: 1 }, '0'), wait({ backoffFactor: 1 }, 'soon'), wait({ backoffFactor: 1 }, null)]).toEqual([
      2000, 2000, 2000,
    ])
    expect(wait({ backoffFactor: 1, respectRetryAfter: false }, '7')).toBe(2000)
  })

  test('in no known form is an error to urllib3, if it is respected', () => {
    expect(wait({ backoffFactor: 1 }, 'soon', URLLIB3)).toBeNull()
    expect(wait({ backoffFactor: 1, respectRetryAfter: false }, 'soon', URLLIB3)).toBe(2000)
  })
})

describe('a status', () => {
  const retried = (retry: Retry, method: string, status: number, retryAfter: string | null = null, left = 1): boolean =>
    isRetriedStatus(policy(retry), method, { status, retryAfter }, left)

  test('is tried again where it is listed', () => {
    expect([retried({ statusForcelist: [500] }, 'GET', 500), retried({ statusForcelist: [500] }, 'GET', 503)]).toEqual([true, false])
  })

  test.each([413, 429, 503])('%i is tried again unlisted where the answer says when', (status) => {
    expect(retried({}, 'GET', status, '1')).toBe(true)
    expect(retried({}, 'GET', status)).toBe(false)
    expect(retried({ respectRetryAfter: false }, 'GET', status, '1')).toBe(false)
    expect(retried({}, 'GET', status, '')).toBe(false)
  })

  test('that is not listed stands once the retries are used up; a listed one does not', () => {
    expect(retried({}, 'GET', 503, '1', 0)).toBe(false)
    expect(retried({ statusForcelist: [503] }, 'GET', 503, '1', 0)).toBe(true)
  })

  test('other than these is not, whatever it says', () => {
    expect(retried({}, 'GET', 500, '1')).toBe(false)
  })

  test('is tried again only for a method that may be repeated', () => {
    expect(retried({ statusForcelist: [503] }, 'POST', 503)).toBe(false)
    expect(retried({ statusForcelist: [503], allowedMethods: ['post'] }, 'POST', 503)).toBe(true)
    expect(retried({ statusForcelist: [503], allowedMethods: null }, 'PATCH', 503)).toBe(true)
    for (const method of ['HEAD', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])
      expect(retried({ statusForcelist: [503] }, method, 503)).toBe(true)
  })
})

test('the most retries are the total, or what the causes allow together', () => {
  expect(mostRetries(policy({}))).toBe(10)
  expect(mostRetries(policy({ total: 9, connect: 1, read: 2, status: 3 }))).toBe(6)
  expect(mostRetries(policy({ total: 9, connect: 1 }))).toBe(9)
  expect(mostRetries(policy({ total: 9, connect: 1, read: 2, status: 3 }, URLLIB3))).toBe(9)
  expect(mostRetries(policy({ total: 9, connect: 1, read: 1, status: 1, other: 1 }, URLLIB3))).toBe(4)
})

describe('the option', () => {
  test('absent is no retries at all', () => {
    expect(retryPolicyOf(undefined, OURS, createProblems())).toBeNull()
  })

  test('without any method in its list is for none, and to urllib3 for all', () => {
    expect(policy({ allowedMethods: [] }).allowedMethods).toEqual(new Set())
    expect(policy({ allowedMethods: [] }, URLLIB3).allowedMethods).toBeNull()
  })

  test.each<[Retry, string, RegExp]>([
    [{ total: -1 }, 'retry.total', /total of the retries is -1/],
    [{ connect: 1001 }, 'retry.connect', /from 0 to 1000/],
    [{ backoffFactor: -0.5 }, 'retry.backoffFactor', /backoff_factor/],
    [{ backoffMax: Number.NaN }, 'retry.backoffMax', /backoff_max/],
    [{ statusForcelist: [503, 42] }, 'retry.statusForcelist', /42 is not a status/],
    [{ allowedMethods: ['GET', 'NO GOOD'] }, 'retry.allowedMethods', /"NO GOOD" is not a method/],
  ])('%j is refused beside its field', (retry, field, message) => {
    const problems = createProblems()
    retryPolicyOf(retry, OURS, problems)

    expect(problems.found).toMatchObject([{ kind: 'InvalidOption', where: { section: 'options', field } }])
    expect(problems.found[0]?.message).toMatch(message)
  })
})
