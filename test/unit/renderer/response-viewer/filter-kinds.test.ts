import { describe, expect, test } from 'vitest'
import type { QueryKind } from '../../../../src-main/contract/model/body-query.ts'
import type { BodyKind } from '../../../../src-renderer/features/response-viewer/body-kind.ts'
import { countText, kindOf } from '../../../../src-renderer/features/response-viewer/filter/filter-kinds.ts'
import { problemWords } from '../../../../src-renderer/features/response-viewer/filter/problem-words.ts'

describe('the kind of a filter', () => {
  test.each<[string, BodyKind, QueryKind]>([
    ['', 'json', 'jsonpath'],
    ['', 'html', 'css'],
    ['', 'xml', 'xpath'],
    ['', 'svg', 'xpath'],
    ['', 'text', 'jsonpath'],
    ['$.a', 'html', 'jsonpath'],
    [' //a', 'html', 'xpath'],
    ['(//a)[1]', 'json', 'xpath'],
    ['li > a', 'text', 'css'],
    ['a', 'json', 'jsonpath'],
  ])('of “%s” over %s is %s', (expression, body, kind) => {
    expect(kindOf(expression, body)).toBe(kind)
  })
})

test('the number of matches is said in words, and how many of them the filter leaves', () => {
  expect([countText(0, 0, 0), countText(1, 1, 1), countText(1200, 1200, 1200), countText(3, 2, 3)]).toEqual([
    'No matches',
    '1 match',
    '1,200 matches',
    '2 of 3 matches',
  ])
})

test('a problem of an expression names its character, any other is a sentence', () => {
  expect(problemWords({ kind: 'problem', of: 'expression', message: 'unexpected end', position: 4 })).toBe('Character 5: unexpected end')
  expect(problemWords({ kind: 'problem', of: 'expression', message: 'the selector is empty', position: null })).toBe(
    'The selector is empty',
  )
  expect(problemWords({ kind: 'problem', of: 'body', message: 'not valid JSON', position: null })).toBe('Not valid JSON')
})
