import { describe, expect, test } from 'vitest'
import type { Assertion } from '../../../../src-main/contract/model/assertion.ts'
import type { AssertionResult, Checks } from '../../../../src-main/contract/model/checks.ts'
import { capturedOf, checkOf, gateOf } from '../../../../src-renderer/features/request-editor/check-results.ts'

const row = (change: Partial<Assertion> = {}): Assertion => ({
  expression: 'res.status',
  operator: 'eq',
  value: '200',
  enabled: true,
  ...change,
})
const result = (change: Partial<AssertionResult> = {}): AssertionResult => ({
  expression: 'res.status',
  operator: 'eq',
  value: '200',
  actual: '404',
  passed: false,
  row: 0,
  ...change,
})
const checks = (change: Partial<Checks>): Checks => ({
  assertions: [],
  captured: [],
  messages: [],
  tests: [],
  console: [],
  faults: [],
  ...change,
})

describe('checkOf', () => {
  test('finds the result of a row, also after rows were moved', () => {
    const made = checks({ assertions: [result(), result({ expression: 'res.size', row: 1, actual: '7', passed: true })] })

    expect(checkOf(row({ expression: 'res.size' }), 0, made)).toEqual({ actual: '7', passed: true, problem: null })
    expect(checkOf(row(), 1, made)).toEqual({ actual: '404', passed: false, problem: null })
  })

  test('of rows that are alike takes the one in its place', () => {
    const made = checks({ assertions: [result({ actual: 'first' }), result({ row: 1, actual: 'second' })] })

    expect(checkOf(row(), 1, made)?.actual).toBe('second')
  })

  test('tells no verdict of what is compared with something else since, but what the answer has', () => {
    expect(checkOf(row({ value: '404' }), 0, checks({ assertions: [result()] }))).toEqual({ actual: '404', passed: null, problem: null })
    expect(checkOf(row({ operator: 'neq' }), 0, checks({ assertions: [result({ problem: 'No.' })] }))).toBeNull()
  })

  test('takes a value with references for what it was filled in with', () => {
    expect(checkOf(row({ value: '{{wanted}}' }), 0, checks({ assertions: [result({ value: '200' })] }))?.passed).toBe(false)
  })

  test('says nothing of a row that is off, and before a send', () => {
    expect(checkOf(row({ enabled: false }), 0, checks({ assertions: [result()] }))).toBeNull()
    expect(checkOf(row(), 0, undefined)).toBeNull()
  })
})

test('the gate is the result that is of no row', () => {
  const { row: _row, ...gate } = result({ expression: 'raise_for_status' })

  expect(gateOf(checks({ assertions: [result(), gate] }))).toBe(gate)
  expect(gateOf(checks({ assertions: [result()] }))).toBeNull()
})

test('what was captured is found by the variable’s name, its own row first', () => {
  const kept = { name: 'token', scope: 'runtime', value: 'a', row: 0 }
  const other = { name: 'token', scope: 'environment', value: 'b', row: 1 }
  const made = checks({ captured: [kept, other] })
  const capture = { name: 'token', expression: 'res.body', scope: 'environment', enabled: true }

  expect(capturedOf(capture, 1, made)).toBe(other)
  expect(capturedOf(capture, 5, made)).toBe(kept)
  expect(capturedOf({ ...capture, name: 'other' }, 0, made)).toBeNull()
})
