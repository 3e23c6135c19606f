import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countLineFeeds, countUnits } from '../../../../src-main/core/bodies/byte-counts.ts'

/** Bytes that lie at any place of their memory. */
const somewhere = (bytes: Uint8Array, offset: number): Uint8Array => {
  const room = new Uint8Array(bytes.length + offset).fill(10)
  room.set(bytes, offset)
  return room.subarray(offset)
}
const offset = fc.nat({ max: 7 })

test('line feeds are counted in any range of any bytes', () => {
  const byte = fc.oneof(fc.constantFrom(10, 9, 11, 0, 0x8a, 0xff), fc.nat({ max: 255 }))
  fc.assert(
    fc.property(
      fc.array(byte, { maxLength: 3000, size: 'max' }),
      offset,
      fc.nat({ max: 3000 }),
      fc.nat({ max: 3000 }),
      (list, at, one, other) => {
        const bytes = somewhere(Uint8Array.from(list), at)
        const [from, to] = [Math.min(one, other, list.length), Math.min(Math.max(one, other), list.length)]

        expect(countLineFeeds(bytes, from, to)).toBe(list.slice(from, to).filter((value) => value === 10).length)
      },
    ),
  )
})

test('the length of a text is counted in its UTF-8', () => {
  const unit = fc.oneof(fc.constantFrom('a', 'é', '€', '🎉', '\n', '\u07ff', '\uffff'), fc.string({ unit: 'grapheme', maxLength: 1 }))
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 3000, size: 'max' }), offset, (text, at) => {
      expect(countUnits(somewhere(Buffer.from(text, 'utf8'), at))).toBe(text.length)
    }),
  )
})
