import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLineIndexer, STRIDE_BYTES, type LineIndex } from '../../../../src-main/core/bodies/line-index.ts'
import { MAX_LINE_UNITS, readLines } from '../../../../src-main/core/bodies/line-reader.ts'

function indexOf(bytes: Buffer, places: readonly number[] = []): LineIndex {
  const indexer = createLineIndexer()
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [index, end] of at.slice(1).entries()) indexer.write(bytes.subarray(at[index], end))
  return indexer.finish()
}

async function lines(bytes: Buffer, from: number, count: number, index = indexOf(bytes)): Promise<string[]> {
  return readLines((offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)), index, from, count)
}

/** What the reader should give: the text split as an editor splits it, each line cut. */
const expected = (text: string): string[] => text.split(/\r\n|\r|\n/).map((line) => line.slice(0, MAX_LINE_UNITS))

describe('readLines', () => {
  test('gives any window of any text, whichever way its lines end and wherever it was cut', async () => {
    const piece = fc.oneof(fc.constantFrom('\n', '\r', '\r\n', '\n\r', ''), fc.string({ unit: 'grapheme', maxLength: 8 }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 30 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 20 }),
        async (pieces, places, from, count) => {
          const text = pieces.join('')
          const bytes = Buffer.from(text)
          const index = indexOf(bytes, places)

          expect(index.lines).toBe(expected(text).length)
          expect(await lines(bytes, from, count, index)).toEqual(expected(text).slice(from, from + count))
        },
      ),
    )
  })

  test('finds its way past lines of any length', async () => {
    const length = fc.oneof(
      fc.nat(40),
      fc.integer({ min: STRIDE_BYTES - 4, max: STRIDE_BYTES + 4 }),
      fc.integer({ min: 1, max: 5 * STRIDE_BYTES }),
    )
    const ending = fc.constantFrom('\n', '\r\n', '\r')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(length, ending), { maxLength: 12 }),
        fc.nat(12),
        fc.integer({ min: 1, max: 12 }),
        async (parts, from, count) => {
          const text = parts.map(([size, end], index) => String.fromCharCode(97 + (index % 26)).repeat(size) + end).join('')
          const found = await lines(Buffer.from(text), from, count)

          expect(found.map((line) => [line[0], line.length])).toEqual(
            expected(text)
              .slice(from, from + count)
              .map((line) => [line[0], line.length]),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  test('cuts a long line between characters', async () => {
    const text = `${'x'.repeat(MAX_LINE_UNITS - 1)}🎉 and more\n${'é'.repeat(50_000)}\n${'汉'.repeat(50_000)}\nend`

    const found = await lines(Buffer.from(text), 0, 10)

    expect(found.map((line) => line.length)).toEqual([MAX_LINE_UNITS - 1, MAX_LINE_UNITS, MAX_LINE_UNITS, 3])
    expect(found[2]).toBe('汉'.repeat(MAX_LINE_UNITS))
  })

  test('reads only about as much as it shows', async () => {
    const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, index) => `line ${index}`).join('\n'))
    const index = indexOf(bytes)
    let read = 0

    const found = await readLines(
      (offset, length) => {
        read += length
        return Promise.resolve(bytes.subarray(offset, offset + length))
      },
      index,
      333_333,
      3,
    )

    expect(found).toEqual(['line 333333', 'line 333334', 'line 333335'])
    expect(read).toBeLessThan(8 * STRIDE_BYTES)
    expect(index.entries.length).toBeLessThan((2 * bytes.length) / STRIDE_BYTES + 4)
  })

  test('shows bytes that are no text as replacement characters', async () => {
    expect(await lines(Buffer.from([0x61, 0xff, 0x0a, 0xe2, 0x82]), 0, 5)).toEqual(['a\ufffd', '\ufffd'])
  })

  test('gives nothing behind the end', async () => {
    expect(await lines(Buffer.from('a\nb'), 2, 5)).toEqual([])
    expect(await lines(Buffer.alloc(0), 0, 5)).toEqual([''])
  })
})
