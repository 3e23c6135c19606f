import { describe, expect, test } from 'vitest'
import { findInLines } from '../../../../src-renderer/features/response-viewer/find-lines.ts'
import { linesOfText, type LineSource } from '../../../../src-renderer/features/response-viewer/line-source.ts'

const START = { line: 0, column: 0 }
const never = new AbortController().signal

/** The same lines, handed out so many at a time. */
const inChunks = (text: string, chunk: number): LineSource => ({ ...linesOfText(text), chunk })
const places = async (source: LineSource, query: string, step: 1 | -1, count: number): Promise<string[]> => {
  const found: string[] = []
  let from = START
  for (let turn = 0; turn < count; turn += 1) {
    const span = await findInLines(source, query, { from, step, signal: never })
    if (!span) break
    found.push(`${span.start.line}:${span.start.column}-${span.end.column}`)
    from = step === 1 ? span.end : span.start
  }
  return found
}

describe('findInLines', () => {
  const text = 'one two\nTwo\nthree\ntwo two'

  test.each([1, 2, 3, 100])('goes through all matches and round again, reading %i lines at a time', async (chunk) => {
    expect(await places(inChunks(text, chunk), 'two', 1, 5)).toEqual(['0:4-7', '1:0-3', '3:0-3', '3:4-7', '0:4-7'])
  })

  test.each([1, 2, 100])('goes back through them as well, reading %i lines at a time', async (chunk) => {
    expect(await places(inChunks(text, chunk), 'two', -1, 5)).toEqual(['3:4-7', '3:0-3', '1:0-3', '0:4-7', '3:4-7'])
  })

  test('tells of lines that are handed out only in part, and of no others', async () => {
    const cutsOf = async (text: string, query: string): Promise<number> => {
      let cuts = 0
      const source = { ...inChunks(text, 1), longest: 10 }
      await findInLines(source, query, { from: START, step: 1, signal: never, onCut: () => (cuts += 1) })
      return cuts
    }

    expect(await cutsOf(`short\n${'a'.repeat(10)}`, 'b')).toBeGreaterThan(0)
    // One less where a pair of surrogates would have been split.
    expect(await cutsOf('a'.repeat(9), 'b')).toBeGreaterThan(0)
    expect(await cutsOf('short\nlines', 'b')).toBe(0)
  })

  test('finds the one match again that it stands at', async () => {
    expect(await places(inChunks('a\nb', 1), 'b', 1, 2)).toEqual(['1:0-1', '1:0-1'])
    expect(await places(inChunks('a\nb', 1), 'b', -1, 2)).toEqual(['1:0-1', '1:0-1'])
  })

  test('takes the text as it is, whatever it means to a pattern', async () => {
    expect(await places(inChunks('axb\na.b (c', 1), 'A.B (', 1, 1)).toEqual(['1:0-5'])
  })

  test('is null where there is none, for an empty text, and once it is given up', async () => {
    const source = inChunks(text, 1)
    const gone = AbortSignal.abort()

    expect(await findInLines(source, 'four', { from: START, step: 1, signal: never })).toBeNull()
    expect(await findInLines(source, '', { from: START, step: 1, signal: never })).toBeNull()
    expect(await findInLines(source, 'two', { from: START, step: 1, signal: gone })).toBeNull()
  })

  test('is null where lines cannot be read', async () => {
    const source: LineSource = { ...inChunks(text, 1), read: () => Promise.resolve(null) }

    expect(await findInLines(source, 'two', { from: START, step: 1, signal: never })).toBeNull()
  })
})
