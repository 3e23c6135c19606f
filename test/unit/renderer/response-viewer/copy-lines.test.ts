import { describe, expect, test } from 'vitest'
import { gatheredText } from '../../../support/gathered-text.ts'
import { gatherSpan, textIn } from '../../../../src-renderer/features/response-viewer/copy-lines.ts'
import { linesOfText, type LineSource } from '../../../../src-renderer/features/response-viewer/line-source.ts'

const from = (line: number, column: number) => ({ line, column })
const END = Number.MAX_SAFE_INTEGER

const copied = (...[source, span]: [LineSource, Parameters<typeof gatherSpan>[1]]) =>
  gatheredText((pieces) => gatherSpan(source, span, pieces))

describe('textIn', () => {
  const rows = ['012345', 'whole', 'xyz'].map((text) => ({ text, goesOn: false }))

  test('joins the selected parts of the rows, without a break where a line goes on', () => {
    const span = { start: from(2, 3), end: from(4, 1) }

    expect(textIn(span, rows, 2)).toBe('345\nwhole\nx')
    expect(textIn(span, [...rows.slice(0, 1), { text: 'rest', goesOn: true }, ...rows.slice(2)], 2)).toBe('345rest\nx')
    expect(textIn({ start: from(0, 1), end: from(0, 3) }, [{ text: 'abcdef', goesOn: false }], 0)).toBe('bc')
  })
})

describe('a selection', () => {
  /** The lines of a text as core hands them out: some at a time, and cut. */
  const cutLines = (text: string, wrapping: LineSource['wrapping'] = { kind: 'never' }): LineSource => ({
    ...linesOfText(text),
    chunk: 2,
    longest: 20_000,
    read: async (first, last) =>
      text
        .split('\n')
        .slice(first, last + 1)
        .map((line) => ({ text: line.slice(0, 20_000), goesOn: false })),
    wrapping,
  })

  test('reads piece by piece what is selected', async () => {
    expect(await copied(cutLines('abc\nd\n\nef\nghi'), { start: from(0, 1), end: from(4, 2) })).toEqual({
      ok: true,
      value: 'bc\nd\n\nef\ngh',
    })
  })

  test('reads lines whole that are handed out cut, or says that it cannot', async () => {
    const long = `a\n${'x'.repeat(30_000)}y\nz`
    const span = { start: from(0, 0), end: from(2, END) }
    const whole = cutLines(long, { kind: 'later', wrap: (columns) => Promise.resolve(wrapped(long, columns)) })

    expect(await copied(whole, span)).toEqual({ ok: true, value: long })
    expect(await copied(cutLines(long), span)).toMatchObject({ ok: false, error: { kind: 'TooLarge' } })
  })

  test('says when lines are gone', async () => {
    const gone: LineSource = { ...linesOfText('a\nb'), read: () => Promise.resolve(null) }

    expect(await copied(gone, { start: from(0, 0), end: from(1, 1) })).toMatchObject({ ok: false, error: { kind: 'Unavailable' } })
  })

  function wrapped(text: string, columns: number): LineSource | null {
    const { wrapping } = linesOfText(text)
    return wrapping.kind === 'now' ? wrapping.wrap(columns) : null
  }
})
