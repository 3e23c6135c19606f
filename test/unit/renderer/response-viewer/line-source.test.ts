import { describe, expect, test } from 'vitest'
import {
  linesOfText,
  pageSize,
  isForEditor,
  wrappedLines,
  type LineSource,
} from '../../../../src-renderer/features/response-viewer/line-source.ts'
import { gatheredText } from '../../../support/gathered-text.ts'
import { gatherSpan } from '../../../../src-renderer/features/response-viewer/copy-lines.ts'

const copied = (...[source, span]: [LineSource, Parameters<typeof gatherSpan>[1]]) =>
  gatheredText((pieces) => gatherSpan(source, span, pieces))

describe('linesOfText', () => {
  test('knows every kind of line break', () => {
    const lines = linesOfText('a\nb\r\nc\rd')
    expect(lines.count).toBe(4)
    expect([0, 1, 2, 3, 4].map((index) => lines.line(index))).toEqual(['a', 'b', 'c', 'd', undefined])
  })

  test('reads a range for copying, both ends included', async () => {
    expect(await linesOfText('a\nb\nc\nd').read(1, 2)).toEqual([
      { text: 'b', goesOn: false },
      { text: 'c', goesOn: false },
    ])
  })
})

describe('pageSize', () => {
  test('takes few long lines and many short ones, within limits', () => {
    expect(pageSize(100_000_000, 1)).toBe(10)
    expect(pageSize(1_200_000, 1_000)).toBe(100)
    expect(pageSize(10, 10)).toBe(1000)
  })
})

describe('wrappedLines', () => {
  const lines = linesOfText('abcdefgh\n\nxy')
  const all = (source: LineSource): (string | undefined)[] => Array.from({ length: source.count }, (_, index) => source.line(index))

  test('cuts long lines into pieces and numbers only the first of each', () => {
    const wrapped = wrappedLines(lines, 3)
    expect(all(wrapped)).toEqual(['abc', 'def', 'gh', '', 'xy'])
    expect([0, 1, 2, 3, 4].map((index) => wrapped.origin(index))).toEqual([
      { line: 0, column: 0 },
      { line: 0, column: 3 },
      { line: 0, column: 6 },
      { line: 1, column: 0 },
      { line: 2, column: 0 },
    ])
    expect(wrapped.line(5)).toBeUndefined()
  })

  test('makes no empty piece where a line fits exactly', () => {
    expect(all(wrappedLines(linesOfText('abcdef'), 3))).toEqual(['abc', 'def'])
  })

  test('never cuts within a character', () => {
    expect(all(wrappedLines(linesOfText('ab😀cd'), 3))).toEqual(['ab😀', 'cd'])
  })

  test('says where a place of the text stands', async () => {
    const wrapped = wrappedLines(lines, 3)
    expect(await Promise.all([0, 2, 3, 7].map((column) => wrapped.place({ line: 0, column })))).toEqual([
      { line: 0, column: 0 },
      { line: 0, column: 2 },
      { line: 1, column: 0 },
      { line: 2, column: 1 },
    ])
    expect(await wrapped.place({ line: 2, column: 1 })).toEqual({ line: 4, column: 1 })
  })

  test('copies as it was before it was cut', async () => {
    const wrapped = wrappedLines(lines, 3)
    const span = { start: { line: 1, column: 1 }, end: { line: 4, column: 1 } }
    expect(await copied(wrapped, span)).toEqual({ ok: true, value: 'efgh\n\nx' })
  })
})

describe('isForEditor', () => {
  const short = 'x'.repeat(90_000)

  test('gives lines of a usual length to the editor, and wraps them up to a limit', () => {
    expect(isForEditor({ text: `${short}\n${short}` }, false)).toBe(true)
    expect(isForEditor({ text: Array(6).fill(short).join('\n') }, false)).toBe(true)
    expect(isForEditor({ text: '' }, false)).toBe(true)
    expect(isForEditor({ text: `${short}\n${short}` }, true)).toBe(true)
  })

  test('the list wraps what the editor would wrap all at once', () => {
    expect(isForEditor({ text: Array(6).fill(short).join('\n') }, true)).toBe(false)
  })

  test('keeps a huge line for the list, which can wrap it', () => {
    expect(isForEditor({ text: `a\n${'x'.repeat(100_001)}\nb` }, false)).toBe(false)
    expect(isForEditor({ text: `${short}\n${'y'.repeat(250_000)}` }, false)).toBe(false)
  })

  test('reads by lines what is not here', () => {
    expect(isForEditor({ text: null }, false)).toBe(false)
  })
})
