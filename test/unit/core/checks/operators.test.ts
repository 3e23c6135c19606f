import { describe, expect, test } from 'vitest'
import { ASSERTION_OPERATORS } from '#contract/model/assertion.ts'
import { matchIn } from '#core/bodies/query-regex.ts'
import { parseLosslessJson } from '#core/bodies/lossless-json.ts'
import { operatorOf } from '#core/checks/operators.ts'
import { valueIn } from '#core/checks/json-value.ts'
import { known, NOTHING, textual, type Actual } from '#core/checks/value.ts'

const TOOLS = { test: (pattern: string, flags: string, text: string) => matchIn(text, pattern, flags) !== null }

async function judge(actual: Actual, operator: string, value = ''): Promise<unknown> {
  const verdict = await operatorOf(operator)?.(actual, value, TOOLS)
  return typeof verdict === 'object' ? verdict.message : verdict
}

function json(text: string): Actual {
  const read = parseLosslessJson(text)
  if (read.kind === 'fault') throw new Error(read.message)
  return valueIn(read, [])
}

describe('operators', () => {
  test('there is one for each name of the contract', () => {
    expect(ASSERTION_OPERATORS.filter(({ name }) => operatorOf(name) === null)).toEqual([])
    expect(operatorOf('toString')).toBeNull()
  })

  test.each([
    ['200', 'eq', '200', true],
    ['"200"', 'eq', '200', false],
    ['"200"', 'eq', '"200"', true],
    ['"a b"', 'eq', 'a b', true],
    ['true', 'eq', 'true', true],
    ['"true"', 'eq', 'true', false],
    ['null', 'eq', 'null', true],
    ['1.0', 'eq', '1', true],
    ['12345678901234567890', 'eq', '12345678901234567890', true],
    ['12345678901234567890', 'eq', '12345678901234567891', false],
    ['"12345678901234567890"', 'eq', '12345678901234567890', true],
    ['12345678901234567890', 'neq', '12345678901234567891', true],
    ['12345678901234567891', 'gt', '12345678901234567890', true],
    ['0.1', 'lt', '0.2', true],
    ['1e400', 'gt', '1e399', true],
    ['[1, {"a": 12345678901234567890}]', 'eq', '[1,{"a":12345678901234567890}]', true],
    ['[1, {"a": 12345678901234567890}]', 'eq', '[1,{"a":12345678901234567891}]', false],
    ['5', 'gt', '4', true],
    ['5', 'gte', '5', true],
    ['5', 'lt', '5', false],
    ['5', 'lte', '5', true],
    ['5', 'in', '1, 5', true],
    ['5', 'in', '[1, 5]', true],
    ['"a,b"', 'in', "['a,b', 'c']", true],
    ['5', 'notIn', '1, 5', false],
    ['5', 'between', '1, 5', true],
    ['6', 'between', '1,5', false],
    ['"hello"', 'contains', 'ell', true],
    ['"code 404"', 'contains', '404', true],
    ['[1, 2]', 'contains', '2', true],
    ['[1, 2]', 'contains', '"2"', false],
    ['{"a": 1, "b": 2}', 'contains', 'a', true],
    ['{"a": 1, "b": 2}', 'contains', '{"b": 2}', true],
    ['{"a": 1}', 'notContains', 'b', true],
    ['"hello"', 'startsWith', 'he', true],
    ['"hello"', 'endsWith', 'lo', true],
    ['"hello"', 'matches', '^h.*o$', true],
    ['"Hello"', 'matches', '/^hello$/i', true],
    ['404', 'matches', '^4', true],
    ['"hello"', 'notMatches', '^x', true],
    ['[1, 2]', 'length', '2', true],
    ['"abc"', 'length', '3', true],
    ['[]', 'isEmpty', '', true],
    ['{}', 'isEmpty', '', true],
    ['""', 'isEmpty', '', true],
    ['[0]', 'isNotEmpty', '', true],
    ['null', 'isNotEmpty', '', false],
    ['null', 'isNull', '', true],
    ['null', 'isDefined', '', true],
    ['1', 'isTruthy', '', true],
    ['0', 'isFalsy', '', true],
    ['{}', 'isJson', '', true],
    ['1', 'isNumber', '', true],
    ['"1"', 'isNumber', '', false],
    ['"1"', 'isString', '', true],
    ['false', 'isBoolean', '', true],
    ['[]', 'isArray', '', true],
    ['1', 'exists', '', true],
  ])('%s %s %s: %s', async (text, operator, value, verdict) => {
    expect(await judge(json(text), operator, value)).toBe(verdict)
  })

  test.each([
    ['eq', 'undefined', true],
    ['eq', '5', false],
    ['isUndefined', '', true],
    ['isDefined', '', false],
    ['isEmpty', '', false],
    ['isNotEmpty', '', false],
    ['contains', 'x', false],
    ['matches', '.*', false],
    ['isTruthy', '', false],
  ])('of what is not there: %s %s is %s', async (operator, value, verdict) => {
    expect(await judge(NOTHING, operator, value)).toBe(verdict)
  })

  test('where everything is text, numbers are compared as numbers', async () => {
    expect(await judge(textual('42'), 'eq', '42')).toBe(true)
    expect(await judge(textual('42'), 'eq', '"42"')).toBe(true)
    expect(await judge(textual('42.0'), 'eq', '42')).toBe(true)
    expect(await judge(textual('042'), 'gt', '41')).toBe(true)
    expect(await judge(textual('true'), 'eq', 'true')).toBe(true)
    expect(await judge(textual('abc'), 'gt', '1')).toBe('“abc” is not a number.')
  })

  test('what cannot be compared is said in words', async () => {
    expect(await judge(json('"abc"'), 'gt', '1')).toBe('A text is not a number.')
    expect(await judge(known(1), 'gt', 'x')).toBe('“x” is not a number.')
    expect(await judge(known(1), 'length', '1')).toBe('1 has no length.')
    expect(await judge(known(1), 'between', '1')).toBe('Two numbers belong here, such as 1, 10.')
  })

  test('a query with one match is that match, one with several a list', async () => {
    const one: Actual = { kind: 'matches', items: [known('Ann')], total: 1 }
    const two: Actual = { kind: 'matches', items: [known('Ann'), known('Bob')], total: 2 }
    const none: Actual = { kind: 'matches', items: [], total: 0 }

    expect(await judge(one, 'eq', 'Ann')).toBe(true)
    expect(await judge(one, 'eq', '["Ann"]')).toBe(true)
    expect(await judge(one, 'length', '1')).toBe(true)
    expect(await judge(one, 'contains', 'nn')).toBe(true)
    expect(await judge(two, 'contains', 'Bob')).toBe(true)
    expect(await judge(two, 'contains', 'ob')).toBe(false)
    expect(await judge(two, 'eq', '["Ann","Bob"]')).toBe(true)
    expect(await judge(two, 'neq', 'Ann')).toBe(true)
    expect(await judge(none, 'length', '0')).toBe(true)
    expect(await judge(none, 'isUndefined')).toBe(true)
    expect(await judge(none, 'isEmpty')).toBe(true)
  })
})
