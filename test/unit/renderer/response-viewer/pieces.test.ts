import { beforeEach, describe, expect, test } from 'vitest'
import { BodyIdSchema } from '../../../../src-main/contract/model/ids.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { hasPieces, PIECE_BYTES, piecesOf, textsOf } from '../../../../src-renderer/features/response-viewer/pieces.ts'
import { freshWindow } from '../../../support/renderer-kit.ts'

const BODY = BodyIdSchema.parse('a'.repeat(64))

describe('textsOf', () => {
  test.each(['é', '漢', '😀'])('never cuts within a character, here %s', (character) => {
    for (let before = PIECE_BYTES - 4; before <= PIECE_BYTES; before += 1) {
      const text = 'x'.repeat(before) + character + 'y'.repeat(20)
      expect(textsOf(new TextEncoder().encode(text), 'utf-8').join('')).toBe(text)
    }
  })

  test('marks line breaks of every kind', () => {
    expect(textsOf(new TextEncoder().encode('a\nb\r\nc\rd'), 'utf-8')).toEqual(['a⏎b⏎c⏎d'])
  })

  test('takes any byte of a single-byte encoding for a character', () => {
    expect(textsOf(Uint8Array.of(0xe9, 0x80), 'windows-1252')).toEqual(['é€'])
  })
})

describe('piecesOf', () => {
  const text = Array.from({ length: 60_000 }, (_, index) => `${index}é`).join(' ')
  const bytes = new TextEncoder().encode(text)

  beforeEach(() => {
    freshWindow().answer('body.bytes', ({ offset, length }) => {
      const part = Buffer.from(bytes.subarray(offset, offset + length))
      return ok({ base64: part.toString('base64'), total: bytes.length })
    })
  })

  test('read from end to end are the text, over several pages', async () => {
    const source = piecesOf(BODY, bytes.length, 'utf-8')

    expect(bytes.length).toBeGreaterThan(400_000)
    expect((await source.read(0, source.count - 1))?.join('')).toBe(text)
  })

  test('a range begins and ends where it was asked to', async () => {
    const source = piecesOf(BODY, bytes.length, 'utf-8')
    const all = (await source.read(0, source.count - 1)) ?? []

    expect(await source.read(150, 250)).toEqual(all.slice(150, 251))
  })
})

test('encodings in which a byte does not tell where a character begins are not cut', () => {
  expect(['utf-8', 'iso-8859-15', 'windows-1252', 'shift_jis', 'gb18030', 'utf-16le'].map(hasPieces)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
