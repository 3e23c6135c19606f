import { expect, test } from 'vitest'
import type { Variable } from '../../../../src-main/contract/model/variable.ts'
import {
  readLength,
  variableSummary,
  withDescription,
  withFlag,
  withRule,
} from '../../../../src-renderer/ui/variable-table/variable-edits.ts'

const PLAIN: Variable = { name: 'id', value: '1', enabled: true }

test('what goes back to its default leaves no trace', () => {
  const ruled = withRule(withRule(PLAIN, 'type', 'integer'), 'minLength', 3)

  expect(ruled.rules).toEqual({ type: 'integer', minLength: 3 })
  expect(withRule(withRule(ruled, 'type', undefined), 'minLength', undefined)).toEqual(PLAIN)
  expect(withFlag(withFlag(PLAIN, 'ask', true), 'ask', false)).toEqual(PLAIN)
  expect(withDescription(withDescription(PLAIN, 'Number'), '')).toEqual(PLAIN)
})

test('a line says all that stands beside the value', () => {
  const variable: Variable = { ...PLAIN, description: 'Number', ask: true, rules: { required: true, type: 'uuid', pattern: '[a-f]+' } }

  expect(variableSummary(variable)).toBe('Number · asked for at each send · required · must be: A UUID · matches [a-f]+')
  expect(variableSummary(PLAIN)).toBe('')
})

test('a length is a whole number, or none', () => {
  expect(['12', ' 3 ', '', '-1', '1.5', 'x'].map(readLength)).toEqual([12, 3, undefined, undefined, undefined, undefined])
})
