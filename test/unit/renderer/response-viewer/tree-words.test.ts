import { describe, expect, test } from 'vitest'
import type { TreeNode } from '#contract/model/body-tree.ts'
import { shownCount, shownName, shownValue } from '../../../../src-renderer/features/response-viewer/tree-words.ts'

const node = (change: Partial<TreeNode>): TreeNode => ({
  kind: 'string',
  start: 0,
  end: 0,
  name: null,
  nameCut: false,
  text: '',
  cut: false,
  count: null,
  ...change,
})

describe('shownValue', () => {
  test.each([
    ['plain', '"plain"'],
    ['', '""'],
    ['a "b" c:\\d', '"a \\"b\\" c:\\\\d"'],
    ['\n\t\u0000', '"\\n\\t\\u0000"'],
    ['\ud83d half', '"\\ud83d half"'],
    ['whole 😀 é', '"whole 😀 é"'],
    ['\u202eturned', '"\\u202eturned"'],
  ])('of the string %j', (text, shown) => {
    expect(shownValue(node({ text })).text).toBe(shown)
  })

  test('cuts what is long, and says so', () => {
    const { text, cut } = shownValue(node({ text: 'x'.repeat(2000) }))

    expect(cut).toBe(true)
    expect(text.length).toBeLessThan(310)
    expect(text.endsWith('x…')).toBe(true)
  })

  test.each([
    ['12345678901234567890', 'number'],
    ['1.0', 'number'],
    ['1e400', 'number'],
  ] as const)('leaves the number %s as it stands', (text, kind) => {
    expect(shownValue(node({ text, kind })).text).toBe(text)
  })

  test('of what has children is what is inside, on one line', () => {
    expect(shownValue(node({ kind: 'object', text: '{\n  "a": 1\n}', count: 1 })).text).toBe('"a": 1')
    expect(shownValue(node({ kind: 'array', text: '[1, 2, 3', count: 9, cut: true })).text).toBe('1, 2, 3…')
    expect(shownValue(node({ kind: 'array', text: '[1, 2', count: 2 })).text).toBe('1, 2')
    expect(shownValue(node({ kind: 'object', text: '{ }', count: 0 })).text).toBe('')
  })
})

test.each([
  ['id', 'id'],
  ['a.b', 'a.b'],
  ['', '""'],
  [' x', '" x"'],
  ['a:b', '"a:b"'],
  ['tab\t', '"tab\\t"'],
])('the name %j is shown as %s', (name, shown) => {
  expect(shownName(name)).toBe(shown)
})

test('counts are in the brackets of what they count', () => {
  expect(shownCount(node({ kind: 'object', count: 3 }))).toBe('{3}')
  expect(shownCount(node({ kind: 'array', count: 1204 }))).toBe('[1,204]')
  expect(shownCount(node({ kind: 'values', count: 0 }))).toBe('[0]')
  expect(shownCount(node({}))).toBe('')
})
