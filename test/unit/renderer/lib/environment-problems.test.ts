import { describe, expect, test } from 'vitest'
import type { Variable } from '../../../../src-main/contract/model/variable.ts'
import { extendsProblem, nameProblem, variableProblems } from '../../../../src-renderer/lib/environment-problems.ts'
import { keptName, renamedSecrets } from '../../../../src-renderer/lib/renamed-secrets.ts'

const variable = (name: string, change: Partial<Variable> = {}): Variable => ({ name, value: '1', enabled: true, ...change })

describe('variables', () => {
  test('that are right have no problems', () => {
    expect(variableProblems([variable('a'), variable('b.c-d', { rules: { pattern: '\\d+', minLength: 1, maxLength: 1 } })])).toEqual([])
  })

  test('are not held to their rules where the value is not in the file, or refers to others', () => {
    const rules = { type: 'integer', required: true } as const
    const elsewhere = [variable('a', { value: '', secret: true, rules }), variable('b', { value: '', ask: true, rules })]
    expect(
      variableProblems([...elsewhere, variable('c', { value: '{{d}}', rules }), variable('e', { value: 'x', enabled: false, rules })]),
    ).toEqual([])
  })

  test('of one name are told at the later one, unless one of them is off', () => {
    expect(variableProblems([variable('a'), variable('b'), variable('a')])).toEqual([
      { row: 2, field: 'name', message: 'a is defined in row 1 already.' },
    ])
    expect(variableProblems([variable('a', { enabled: false }), variable('a')])).toEqual([])
  })

  test.each([
    [variable(''), 'name', /no name/],
    [variable('a b'), 'name', /no spaces/],
    [variable('{{a}}'), 'name', /no braces/],
    [variable('a', { rules: { pattern: '(' } }), 'value', /no regular expression/],
    [variable('a', { rules: { minLength: 3, maxLength: 2 } }), 'value', /at least 3 and at most 2/],
    [variable('a', { value: 'x', rules: { type: 'integer' } }), 'value', /^It must be a whole number: requests with it are not sent\.$/],
    [variable('a', { value: '', rules: { required: true } }), 'value', /must not be empty/],
  ])('%o is told', (row, field, message) => {
    expect(variableProblems([row])).toEqual([{ row: 0, field, message: expect.stringMatching(message) as string }])
  })
})

describe('an environment', () => {
  const others = [
    { name: 'base', extends: null },
    { name: 'staging', extends: 'dev' },
    { name: 'loose', extends: 'gone' },
  ]

  test('has a name of its own', () => {
    expect([nameProblem('dev', others), nameProblem(' ', others)]).toEqual([null, 'The name is empty.'])
    expect(nameProblem(' base ', others)).toBe('There is an environment base already.')
  })

  test.each([
    [null, null],
    ['base', null],
    ['dev', 'That goes in a circle: dev → dev.'],
    ['staging', 'That goes in a circle: dev → staging → dev.'],
    ['nope', 'There is no environment nope.'],
    ['loose', 'There is no environment gone.'],
  ])('that extends %s: %s', (name, problem) => {
    expect(extendsProblem({ name: 'dev', extends: name }, others)).toBe(problem)
  })

  test('ends where others go in a circle among themselves', () => {
    const circle = [
      { name: 'a', extends: 'b' },
      { name: 'b', extends: 'a' },
    ]

    expect(extendsProblem({ name: 'dev', extends: 'a' }, circle)).toBe('That goes in a circle: dev → a → b → a.')
  })
})

describe('a secret whose name is not saved yet', () => {
  const secret = (name: string): Variable => variable(name, { secret: true, value: '' })

  test('is kept under the name that stood in its row', () => {
    const now = [secret('token'), secret('key')]

    expect([keptName([secret('tok'), secret('key')], now, 0), keptName([secret('tok'), secret('key')], now, 1)]).toEqual(['tok', 'key'])
    expect(renamedSecrets([secret('tok'), secret('key')], now)).toEqual([{ from: 'tok', to: 'token' }])
  })

  test('that moved to another row goes by its own', () => {
    expect(renamedSecrets([secret('a'), secret('b')], [secret('b'), secret('a')])).toEqual([])
  })

  test('that is new has no other name', () => {
    expect(renamedSecrets(null, [secret('a')])).toEqual([])
    expect(renamedSecrets([variable('a')], [secret('b')])).toEqual([])
  })
})
