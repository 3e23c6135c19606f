import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { incompleteTail, utf16Length } from '../../../../src-main/core/bodies/utf8.ts'
import { toUtf8 } from '../../../../src-main/core/bodies/utf8-text.ts'

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => new Uint8Array(Buffer.from(text))),
  fc
    .array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0xf0, 0x9f, 0x8e, 0x89, 0xf4, 0x90, 0xff), {
      maxLength: 20,
    })
    .map((list) => Uint8Array.from(list)),
)

function through(encoding: string, input: Uint8Array, places: readonly number[]): Buffer {
  const out: Buffer[] = []
  const stage = toUtf8(encoding, (piece) => out.push(Buffer.from(piece)))
  const at = [0, ...places.map((place) => place % (input.length + 1)).sort((a, b) => a - b), input.length]
  for (const [index, end] of at.slice(1).entries()) stage.write(input.subarray(at[index], end))
  stage.end()
  return Buffer.concat(out)
}

describe('toUtf8', () => {
  test.each(['utf-8', 'utf-16le', 'windows-1252', 'euc-kr', 'shift_jis'])(
    'decodes %s as TextDecoder does, wherever it is cut',
    (encoding) => {
      fc.assert(
        fc.property(bytes, fc.array(fc.nat(), { maxLength: 6 }), (input, places) => {
          expect(through(encoding, input, places).toString('utf8')).toBe(new TextDecoder(encoding).decode(input))
        }),
        { numRuns: 300 },
      )
    },
  )

  test.each(['gbk', 'gb18030'])('survives malformed %s that Node refuses when it is cut', (encoding) => {
    expect(through(encoding, Uint8Array.of(0x81, 0x30, 0x00, 0x41), [2]).toString('utf8')).toContain('\ufffd')
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 6 }), (input, places) => {
        expect(through(encoding, input, places).length).toBeLessThanOrEqual(input.length * 4 + 6)
      }),
      { numRuns: 1000 },
    )
  })

  test('leaves out the mark at the start, and keeps the same character further on', () => {
    const marked = Buffer.from('\ufeffa\ufeffb')

    for (const places of [[], [1], [2, 3], [3], [4, 5]]) expect(through('UTF-8', marked, places).toString()).toBe('a\ufeffb')
  })
})

describe('utf16Length', () => {
  test('counts as strings do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf16Length(Buffer.from(text))).toBe(text.length)
      }),
    )
  })
})

describe('incompleteTail', () => {
  test.each([
    [[0x41], 0],
    [[0x41, 0xe2], 1],
    [[0xe2, 0x82], 2],
    [[0xe2, 0x82, 0xac], 0],
    [[0xf0, 0x9f, 0x8e], 3],
    [[0x82, 0x82, 0x82, 0x82], 0],
    [[0xff], 0],
    [[], 0],
  ])('of %j is %d', (input, length) => {
    expect(incompleteTail(Uint8Array.from(input))).toBe(length)
  })
})
