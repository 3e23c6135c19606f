import { expect, test } from 'vitest'
import { essenceOf, headerValue, isImage, isSurelyText } from '../../../../src-renderer/features/response-viewer/media-type.ts'

test('text is surely what no bytes can argue away, and text/plain is not', () => {
  const types = ['application/json', 'application/problem+json', 'text/html', 'application/x-www-form-urlencoded']
  expect(types.map(isSurelyText)).toEqual(Array(types.length).fill(true))
  expect(['', 'text/plain', 'application/octet-stream', 'image/svg+xml', 'application/zip'].map(isSurelyText)).toEqual([
    false,
    false,
    false,
    true,
    false,
  ])
})

test('an image is what an img element shows', () => {
  expect(['image/png', 'image/svg+xml', 'image/tiff', 'text/html'].map(isImage)).toEqual([true, true, false, false])
})

test('essenceOf and headerValue ignore case and parameters', () => {
  expect(essenceOf(' Text/HTML ;charset=x')).toBe('text/html')
  expect(
    headerValue(
      [
        ['X-A', '1'],
        ['CONTENT-type', 'a/b'],
        ['content-type', 'c/d'],
      ],
      'content-type',
    ),
  ).toBe('a/b')
  expect(headerValue([], 'content-type')).toBe('')
})
