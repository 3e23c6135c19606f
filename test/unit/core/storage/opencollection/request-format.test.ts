import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newRequestText, readRequest, writeRequest } from '#core/storage/opencollection/request-format.ts'
import { request } from './arbitraries.ts'

const read = (text: string) => readRequest(text, 'a.yml', 'a').document

describe('round trips', () => {
  test('a document written to a new file reads back the same', () => {
    fc.assert(
      fc.property(request, (document) => {
        expect(read(newRequestText(document, 1))).toEqual(document)
      }),
      { numRuns: 3000 },
    )
  })

  test('a document written over any other file reads back the same', () => {
    fc.assert(
      fc.property(request, request, (first, second) => {
        const text = newRequestText(first, 7)
        const written = writeRequest(text, second, 'a.yml', 'a')
        const same = second.auth.kind === 'unsupported' ? read(written) : read(written)
        expect(same).toEqual(second)
      }),
      { numRuns: 3000 },
    )
  })
})
