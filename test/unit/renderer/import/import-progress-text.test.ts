import { expect, test } from 'vitest'
import { importProgressText } from '../../../../src-renderer/features/import/import-progress-text.ts'

test.each([
  [{ phase: 'parsing', done: null }, 12, 'Finding out what it is'],
  [{ phase: 'converting', done: 0.5 }, null, 'Making requests of it'],
  [{ phase: 'writing', done: null }, 200_400, 'Writing the files'],
  [{ phase: 'writing', done: 0.25 }, 200_400, 'Writing the files: 50,100 of 200,400'],
  [{ phase: 'writing', done: 1 }, 200_400, 'Opening what was written'],
] as const)('how far an import is: %j of %s', (reading, items, words) => {
  expect(importProgressText(reading, items)).toBe(words)
})
