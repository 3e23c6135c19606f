import { expect, test } from 'vitest'
import type { CheckLine } from '#contract/model/run-checks.ts'
import type { RunResult } from '#contract/model/run.ts'
import { repeatedFailures } from '../../../../src-main/hosts/cli/repeated-failures.ts'

const failed: readonly CheckLine[] = [{ name: 'res.status eq 200', outcome: 'failed', expected: '200', actual: '500' }]
const result = (iteration: number, item = 0): RunResult => ({
  index: iteration - 1,
  item,
  iteration,
  name: 'Login',
  method: 'GET',
  url: 'http://a.test/',
  status: 500,
  reason: 'No',
  startedAt: 0,
  durationMs: 1,
  bytes: 0,
  outcome: 'failed',
  checksPassed: 0,
  checksFailed: 1,
  retries: 0,
  problem: null,
  data: {},
  warnings: [],
  error: null,
  checks: null,
  failure: null,
})

test('leads from what is the same to the first, and tells what differs', () => {
  const repeated = repeatedFailures(false)

  expect(repeated.see(result(1), failed, 'actual 500')).toBe('new')
  expect(repeated.see(result(2), failed, 'actual 500')).toMatchObject({ iteration: 1 })
  expect(repeated.see(result(3), failed, 'actual 502')).toBe('new')
  expect(repeated.see(result(4, 1), failed, 'actual 500')).toBe('new')
  expect(repeated.untold()).toEqual([])
})

test('in brief, what is the same is counted, and what differs is told ten times', () => {
  const repeated = repeatedFailures(true)
  const same = [1, 2, 3].map((iteration) => repeated.see(result(iteration), failed, 'actual 500'))
  const different = Array.from({ length: 20 }, (_none, at) => repeated.see(result(at + 4), failed, `actual ${at}`))

  expect(same).toEqual(['new', null, null])
  expect(different.filter((seen) => seen === 'new')).toHaveLength(9)
  expect(repeated.untold()).toMatchObject([{ name: 'Login', first: { iteration: 1 }, untold: 13 }])
})
