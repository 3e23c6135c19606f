import { expect, test } from 'vitest'
import { ruleFault } from '#core/resolve/variable-rules.ts'

test.each([
  ['', { required: true }, 'must not be empty'],
  ['', { pattern: 'a' }, null],
  ['1e3', { type: 'number' }, null],
  ['1.5', { type: 'integer' }, 'must be a whole number'],
  ['yes', { type: 'boolean' }, 'must be true or false'],
  ['api.test', { type: 'url' }, 'must be an absolute URL'],
  ['a@b.test', { type: 'email' }, null],
  ['{"a":1}', { type: 'json' }, null],
  ['😀😀', { maxLength: 2 }, null],
  ['ab', { minLength: 3 }, 'must have at least 3 characters; it has 2'],
  ['abc', { pattern: 'a|abc' }, null],
  ['xabc', { pattern: 'abc' }, 'must match abc'],
] as const)('%j under %j: %j', (value, rules, fault) => {
  expect(ruleFault(value, rules)).toBe(fault)
})

test('a pattern that is none is said, not thrown', () => {
  expect(ruleFault('a', { pattern: '(' })).toContain('no regular expression')
})
