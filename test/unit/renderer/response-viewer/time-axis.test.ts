import { expect, test } from 'vitest'
import { axisOf } from '../../../../src-renderer/features/response-viewer/time-axis.ts'

test('axisOf has a few figures at round numbers, none at the very end', () => {
  expect(axisOf(90)).toEqual({ step: 50, span: 90, ticks: [0, 50] })
  expect(axisOf(400)).toEqual({ step: 100, span: 400, ticks: [0, 100, 200, 300] })
  expect(axisOf(0)).toEqual({ step: 0, span: 0, ticks: [] })
})
