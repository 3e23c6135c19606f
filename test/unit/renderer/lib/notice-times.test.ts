import { expect, test } from 'vitest'
import { shownFor } from '../../../../src-renderer/lib/notice-times.ts'

test('failures stay longer than the rest, and long ones longer than short ones', () => {
  const info = shownFor({ tone: 'info', text: 'Saved' }) ?? 0
  const withUndo = shownFor({ tone: 'info', text: 'Deleted', action: {} }) ?? 0
  const error = shownFor({ tone: 'error', text: 'The disk is full.' }) ?? 0
  const long = shownFor({ tone: 'error', text: 'x'.repeat(200), hint: 'y'.repeat(100) }) ?? 0

  expect([info, withUndo, error]).toEqual([5_000, 10_000, 12_000])
  expect(long).toBe(12_000 + 240 * 65)
})

test('what tells of its progress, and what stays until something is settled, does not go by itself', () => {
  expect(shownFor({ tone: 'info', text: 'Copying', progress: 0.5 })).toBeNull()
  expect(shownFor({ tone: 'error', text: 'The disk is full.', about: ['save a'] })).toBeNull()
})
