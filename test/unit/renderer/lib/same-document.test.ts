import { describe, expect, test } from 'vitest'
import { sameDocument } from '../../../../src-renderer/lib/same-document.ts'

describe('sameDocument', () => {
  test.each([
    [{ a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }],
    [{ a: 1, b: undefined }, { a: 1 }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [null, null],
  ])('%j and %j are the same', (a, b) => {
    expect(sameDocument(a, b)).toBe(true)
    expect(sameDocument(b, a)).toBe(true)
  })

  test.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: 1 }, { b: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 1]],
    [[], {}],
    [{ a: '1' }, { a: 1 }],
    [null, {}],
  ])('%j and %j differ', (a, b) => {
    expect(sameDocument(a, b)).toBe(false)
    expect(sameDocument(b, a)).toBe(false)
  })
})
