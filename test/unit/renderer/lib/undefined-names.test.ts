import { expect, test } from 'vitest'
import type { WireError } from '../../../../src-main/contract/errors.ts'
import { listOfNames, shortMessage, undefinedNames } from '../../../../src-renderer/lib/undefined-names.ts'
import { errorOf } from '../../../support/renderer-kit.ts'

const lacking = (name: string, choose?: string): WireError => ({
  kind: 'UndefinedVariable',
  stage: 'prepare',
  message: `The variable {{${name}}} has no value: it is not in the collection, and no environment is chosen.`,
  ...(choose !== undefined && { details: { variable: name, choose } }),
})

test('each name is told once, and what is wrong besides stays', () => {
  const scheme = errorOf('MissingSchema')
  const { names, environment, others } = undefinedNames([lacking('a', 'dev'), scheme, lacking('b', 'dev'), lacking('a', 'dev')])

  expect([names.map(({ name }) => name), environment, others]).toEqual([['a', 'b'], 'dev', [scheme]])
  expect(listOfNames(names)).toBe('{{a}} and {{b}}')
})

test('an environment is offered for all only where it has them all', () => {
  expect(undefinedNames([lacking('a', 'dev'), lacking('b', 'live')]).environment).toBeNull()
  expect(undefinedNames([lacking('a', 'dev'), lacking('b')]).environment).toBeNull()
})

test('in short it does not say where it was looked for', () => {
  expect(shortMessage(lacking('a'))).toBe('The variable {{a}} has no value.')
  expect(shortMessage({ ...errorOf('InvalidURL'), message: 'No host.' })).toBe('No host.')
})
