import { expect, test } from 'vitest'
import { roomyLimit } from '../../../../src-renderer/features/response-viewer/roomy-limit.ts'

test('a limit leaves twice the time, as a round number, and never less than 100 ms', () => {
  expect([0, 3, 50, 51, 84, 260, 499, 501, 4200].map(roomyLimit)).toEqual([100, 100, 100, 200, 200, 1000, 1000, 2000, 10_000])
})
