import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeFailed, failedInPlaywright, failedInVitest } from '../../../scripts/lib/failed-tests.mjs'

const inProject = (path: string): string => join(import.meta.dirname, '../../..', path)
const passed = { ancestorTitles: [], title: 'good', status: 'passed', failureMessages: [] }
const failed = {
  ancestorTitles: ['outer'],
  title: 'inner',
  status: 'failed',
  failureMessages: ['AssertionError: expected 1 to be 2\n    at /a.test.ts:2:69\n    at run (file:///x/node_modules/vitest/run.js:1:1)'],
}

describe('the failed tests of Vitest', () => {
  test('are named by file, group and title', () => {
    const report = {
      testResults: [{ name: inProject('test/a.test.ts'), status: 'failed', message: '', assertionResults: [passed, failed] }],
    }

    expect(failedInVitest(report).map(({ name }) => name)).toEqual([join('test', 'a.test.ts > outer > inner')])
  })

  test('a file that does not load is one', () => {
    const message = "Cannot find module './nope.js'"
    const report = { testResults: [{ name: inProject('test/b.test.ts'), status: 'failed', message, assertionResults: [] }] }

    expect(failedInVitest(report)).toEqual([{ name: join('test', 'b.test.ts'), message }])
  })

  test('there are none where all passed', () => {
    const report = { testResults: [{ name: inProject('test/a.test.ts'), status: 'passed', message: '', assertionResults: [passed] }] }

    expect(failedInVitest(report)).toEqual([])
    expect(describeFailed([])).toBe('')
  })
})

test('the failed tests of Playwright are named by file, group and title, those outside of tests too', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status, results: [{ errors: [{ message: `${title} is bad` }] }] }] })
  const group = { title: 'group', specs: [spec('broken', 'unexpected'), spec('fine', 'expected'), spec('wavering', 'flaky')] }
  const report = { suites: [{ title: 'a.spec.ts', specs: [], suites: [group] }], errors: [{ message: 'no browser' }] }

  expect(failedInPlaywright(report)).toEqual([
    { name: 'test/e2e/a.spec.ts > group > broken', message: 'broken is bad' },
    { name: 'test/e2e/a.spec.ts > group > wavering', message: 'wavering is bad' },
    { name: 'outside of the tests', message: 'no browser' },
  ])
})

test('a failed test is shown with the first lines of what it said, without colours and the calls of the runner', () => {
  const long = Array.from({ length: 30 }, (_, at) => `line ${String(at)}`).join('\n')
  const told = describeFailed([
    { name: 'a > b', message: `\u001B[31mred\u001B[39m\n\n${failed.failureMessages.join('')}` },
    { name: 'c', message: long },
  ])

  expect(told.split('\n').slice(0, 6)).toEqual([
    'Failed:',
    '  a > b',
    '      red',
    '      AssertionError: expected 1 to be 2',
    '          at /a.test.ts:2:69',
    '  c',
  ])
  expect(told).toContain('line 9\n      …\n')
  expect(told).not.toContain('line 10')
})
