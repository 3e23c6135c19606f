import { expect, test } from 'vitest'
import { insertionIndex } from '../../../../src-renderer/features/tabs/insertion-index.ts'

const BOXES = [
  { left: 0, width: 100 },
  { left: 100, width: 50 },
]

test.each([
  [-5, 0],
  [49, 0],
  [50, 1],
  [124, 1],
  [126, 2],
  [900, 2],
])('at %i a tab goes before place %i', (x, expected) => {
  expect(insertionIndex(BOXES, x)).toBe(expected)
})

test('an empty row has one place', () => {
  expect(insertionIndex([], 10)).toBe(0)
})
