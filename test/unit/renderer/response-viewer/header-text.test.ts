import { describe, expect, test } from 'vitest'
import type { HeaderList } from '#contract/model/exchange.ts'
import { headersMatching, headersText } from '../../../../src-renderer/features/response-viewer/header-text.ts'

const HEADERS: HeaderList = [
  ['Set-Cookie', 'a=1'],
  ['content-type', 'Text/HTML'],
  ['Set-Cookie', 'b=2'],
]

describe('headersMatching', () => {
  test('finds names and values whatever their case, in wire order', () => {
    expect(headersMatching(HEADERS, ' cookie ')).toEqual([HEADERS[0], HEADERS[2]])
    expect(headersMatching(HEADERS, 'html')).toEqual([HEADERS[1]])
    expect(headersMatching(HEADERS, 'nothing')).toEqual([])
  })

  test('an empty filter leaves all', () => {
    expect(headersMatching(HEADERS, '  ')).toBe(HEADERS)
  })
})

test('headersText keeps case, order and duplicates', () => {
  expect(headersText(HEADERS)).toBe('Set-Cookie: a=1\ncontent-type: Text/HTML\nSet-Cookie: b=2')
})
