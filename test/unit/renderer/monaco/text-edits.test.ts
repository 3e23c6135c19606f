import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asModelText,
  commonLineBreak,
  lineStarts,
  smallestEdit,
  withChanges,
  withOffsets,
} from '../../../../src-renderer/monaco/text-edits.ts'

const change = (startLineNumber: number, startColumn: number, endLineNumber: number, endColumn: number, text: string) => ({
  range: { startLineNumber, startColumn, endLineNumber, endColumn },
  rangeOffset: 0,
  rangeLength: 0,
  text,
})

describe('smallestEdit', () => {
  test('is only what differs', () => {
    expect(smallestEdit('{"a": 1}', '{"a": 12}')).toEqual({ start: 7, end: 7, text: '2' })
    expect(smallestEdit('abc', 'abc')).toBeNull()
  })

  test('turns any text into any other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (from, to) => {
        const edit = smallestEdit(from, to)

        expect(edit === null ? from : from.slice(0, edit.start) + edit.text + from.slice(edit.end)).toBe(to)
      }),
    )
  })

  test('never cuts a surrogate pair', () => {
    expect(smallestEdit('😀', '😁')).toEqual({ start: 0, end: 2, text: '😁' })
    expect(smallestEdit('x\u{1f600}', 'x\u{20600}')?.start).toBe(1)
  })
})

describe('edits of a text with mixed line breaks', () => {
  test('change only their own place', () => {
    expect(withChanges('a\r\nb\nc\rd', [change(3, 1, 3, 2, 'C')])).toBe('a\r\nb\nC\rd')
  })

  test('may come several at once, the last place first', () => {
    expect(withChanges('a\r\nb\nc', [change(3, 2, 3, 2, '!'), change(1, 1, 2, 1, '')])).toBe('b\nc!')
  })

  test('leave a byte order mark where it is', () => {
    expect(withChanges('\uFEFFab', [change(1, 1, 1, 2, 'x')])).toBe('\uFEFFxb')
  })

  test('in a plain text are done by offset', () => {
    expect(withOffsets('hello', [{ ...change(1, 1, 1, 1, 'J'), rangeOffset: 0, rangeLength: 1 }])).toBe('Jello')
  })
})

test('lines begin after CR LF, LF and CR', () => {
  expect(lineStarts('a\r\nb\nc\rd')).toEqual([0, 3, 5, 7])
})

test('a model gets the commonest line break, and no byte order mark', () => {
  expect([commonLineBreak(''), commonLineBreak('a\r\nb\r\nc\n'), commonLineBreak('a\n')]).toEqual(['\n', '\r\n', '\n'])
  expect(asModelText('\uFEFFa\r\nb\rc', '\n')).toBe('a\nb\nc')
})
