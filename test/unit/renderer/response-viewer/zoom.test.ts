import { expect, test } from 'vitest'
import { LARGEST_ZOOM, SMALLEST_ZOOM, zoomIn, zoomOut, zoomText } from '../../../../src-renderer/features/response-viewer/zoom.ts'

test('a step back undoes a step forth', () => {
  for (const scale of [0.25, 1, 1.5, 8]) expect(zoomOut(zoomIn(scale))).toBe(scale)
})

test('stays within its limits', () => {
  expect(zoomIn(LARGEST_ZOOM)).toBe(LARGEST_ZOOM)
  expect(zoomOut(SMALLEST_ZOOM)).toBe(SMALLEST_ZOOM)
  expect(zoomText(1.5)).toBe('150%')
})
