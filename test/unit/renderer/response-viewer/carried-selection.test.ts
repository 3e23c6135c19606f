import { expect, test } from 'vitest'
import { allOf, carriedTo, readsSame } from '../../../../src-renderer/features/response-viewer/carried-selection.ts'
import { linesOfText, wrappedLines } from '../../../../src-renderer/features/response-viewer/line-source.ts'

const lines = linesOfText('ab\n0123456789\ncd')
const rows = wrappedLines(lines, 4)
const END = Number.MAX_SAFE_INTEGER

test('the same characters are selected in rows of another width, and back in lines', async () => {
  const inLines = { anchor: { line: 1, column: 5 }, focus: { line: 2, column: 1 } }
  const inRows = { anchor: { line: 2, column: 1 }, focus: { line: 4, column: 1 } }

  expect(await carriedTo(rows, lines, inLines)).toEqual(inRows)
  expect(await carriedTo(lines, rows, inRows)).toEqual(inLines)
})

test('the end of a row, whatever number says so, is its end', async () => {
  expect(await carriedTo(rows, lines, { anchor: { line: 1, column: 0 }, focus: { line: 1, column: END } })).toEqual({
    anchor: { line: 1, column: 0 },
    focus: { line: 3, column: 2 },
  })
})

test('what stands in a row that is no longer here is not selected', async () => {
  const scrolledAway = { ...lines, line: (index: number) => (index === 0 ? undefined : lines.line(index)) }

  expect(await carriedTo(rows, scrolledAway, { anchor: { line: 0, column: 1 }, focus: { line: 1, column: 1 } })).toBeNull()
})

test('all of it goes to the end of the last row', () => {
  expect(allOf(rows)).toEqual({ anchor: { line: 0, column: 0 }, focus: { line: 4, column: END } })
})

test('what is selected while a text arrives stays selected where its lines read the same, and not where they are laid out', async () => {
  const arrived = linesOfText('{"a":1,\n"b":2,\n"c":3')
  const selection = { anchor: { line: 0, column: 2 }, focus: { line: 1, column: 3 } }

  expect(await readsSame(linesOfText('{"a":1,\n"b":2,\n"c":3}'), arrived, selection)).toBe(true)
  expect(await readsSame(linesOfText('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}'), arrived, selection)).toBe(false)
  expect(await readsSame(linesOfText('{"a":1,'), arrived, selection)).toBe(false)
})
