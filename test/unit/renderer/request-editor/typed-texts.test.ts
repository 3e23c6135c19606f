import { describe, expect, test } from 'vitest'
import { isBarelyBegun, joinedLines } from '../../../../src-renderer/features/request-editor/joined-lines.ts'
import { withOption, withTimeout } from '../../../../src-renderer/forms/option-edits.ts'
import { readCount, readSeconds } from '../../../../src-renderer/forms/typed-number.ts'

describe('an address', () => {
  test('of several lines is joined without the breaks and their indentation', () => {
    expect(joinedLines('https://h/a\r\n   ?x=1\n&y=a b\n')).toBe('https://h/a?x=1&y=a b')
  })

  test('that is only being begun is not complained of', () => {
    expect(['', 'h', 'http', 'https:/', 'https://'].every(isBarelyBegun)).toBe(true)
    expect(['example', 'https://h', 'ht.'].some(isBarelyBegun)).toBe(false)
  })
})

describe('typed numbers', () => {
  test.each([
    ['', { kind: 'empty' }],
    ['3.05', { kind: 'number', value: 3.05 }],
    [' 27 ', { kind: 'number', value: 27 }],
    ['0,5', { kind: 'number', value: 0.5 }],
    ['0', { kind: 'number', value: 0 }],
  ])('%j is %j seconds', (text, read) => {
    expect(readSeconds(text)).toEqual(read)
  })

  test.each(['abc', '-1', '1e3', '.', '1.2.3'])('%j is no number of seconds', (text) => {
    expect(readSeconds(text).kind).toBe('wrong')
  })

  test('a count is whole', () => {
    expect(readCount('30')).toEqual({ kind: 'number', value: 30 })
    expect(readCount('3.5').kind).toBe('wrong')
  })
})

describe('options', () => {
  test('back at its default an option leaves no trace', () => {
    expect(withOption({ followRedirects: false, maxRedirects: 3 }, 'followRedirects', undefined)).toEqual({ maxRedirects: 3 })
    expect(withTimeout({ timeout: { read: 5 } }, 'read', undefined)).toEqual({})
  })

  test('no limit is null, and others stay', () => {
    expect(withTimeout({ timeout: { connect: 3 }, verify: false }, 'read', null)).toEqual({
      verify: false,
      timeout: { connect: 3, read: null },
    })
  })
})
