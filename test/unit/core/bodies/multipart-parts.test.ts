import { describe, expect, test } from 'vitest'
import { boundaryIn, boundaryOf, MAX_PARTS, PartFinder, type FoundParts } from '../../../../src-main/core/bodies/multipart-parts.ts'

function find(body: string, boundary = 'b', step = body.length || 1): FoundParts & { readonly texts: readonly string[] } {
  const bytes = Buffer.from(body, 'latin1')
  const finder = new PartFinder(boundary)
  for (let at = 0; at < bytes.length; at += step) finder.write(bytes.subarray(at, at + step))
  const found = finder.finish()
  return { ...found, texts: found.parts.map(({ offset, length }) => bytes.subarray(offset, offset + length).toString('latin1')) }
}

const TWO =
  'preamble\r\n--b\r\nContent-Type: text/plain\r\nX-Long: one\r\n two\r\n\r\nhello\r\n--b\r\n\r\n\0\x01--b\r\n\r\n--b--\r\nepilogue --b'

describe('PartFinder', () => {
  test('finds headers and content, without preamble and epilogue', () => {
    const { parts, texts, note } = find(TWO)

    expect(texts).toEqual(['hello', '\0\x01--b\r\n'])
    expect(parts.map(({ headers }) => headers)).toEqual([
      [
        ['Content-Type', 'text/plain'],
        ['X-Long', 'one two'],
      ],
      [],
    ])
    expect(note).toBeNull()
  })

  test('finds the same wherever the body is cut', () => {
    for (const step of [1, 2, 3, 5, 7, 11]) expect(find(TWO, 'b', step)).toEqual(find(TWO))
  })

  test.each([
    ['bare line feeds', '--b\nA: 1\n\nx\n--b\n\ny\n--b--', ['x', 'y']],
    ['blanks behind the boundary', '--b \t\r\n\r\nx\r\n--b  \r\n\r\ny\r\n--b-- ', ['x', 'y']],
    ['empty parts', '--b\r\n\r\n\r\n--b\r\nA: 1\r\n\r\n--b--', ['', '']],
    ['a boundary that begins another', '--b\r\n\r\nx\r\n--bc\r\ny\r\n--b--', ['x\r\n--bc\r\ny']],
    ['a boundary within a line', '--b\r\n\r\nx --b\r\n--b--', ['x --b']],
    ['no part at all', '--b--', []],
  ])('takes %s', (_, body, expected) => {
    expect(find(body)).toMatchObject({ texts: expected, note: null })
    expect(find(body, 'b', 1).texts).toEqual(expected)
  })

  test('says what is wrong', () => {
    expect(find('--b\r\n\r\nhalf')).toMatchObject({
      texts: ['half'],
      note: 'The last part is not closed by a boundary: the body may have been cut off.',
    })
    expect(find('nothing here')).toMatchObject({ texts: [], note: 'The boundary that the Content-Type names is nowhere in the body.' })
    const many = find('--b\r\n\r\n\r\n'.repeat(MAX_PARTS + 5))
    expect(many.parts).toHaveLength(MAX_PARTS)
    expect(many.note).toBe('Only the first 10,000 parts are listed.')
  })
})

test('the boundary is read from the Content-Type, or from the first line', () => {
  expect(boundaryOf('multipart/mixed; boundary=abc; x=y')).toBe('abc')
  expect(boundaryOf('multipart/mixed; charset=x; BOUNDARY="a \\"b;c"')).toBe('a "b;c')
  expect(boundaryOf('multipart/mixed')).toBeNull()
  expect(boundaryIn(Buffer.from('\r\n--xyz  \r\nA: 1'))).toBe('xyz')
  expect(boundaryIn(Buffer.from('words --xyz\r\n'))).toBeNull()
})
