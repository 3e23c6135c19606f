import { expect, test } from 'vitest'
import { meaningOfHeader } from '../../../../src-renderer/features/response-viewer/header-meanings.ts'

test('a header is known whatever the case of its name, with where it is laid down', () => {
  expect(meaningOfHeader('CONTENT-type')).toEqual({ text: 'The kind of the body, and the encoding of its text.', source: 'RFC 9110 §8.3' })
})

test('what is not known is not made up', () => {
  expect(meaningOfHeader('X-Mine')).toBeNull()
  expect(meaningOfHeader('constructor')).toBeNull()
})
