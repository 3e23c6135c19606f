import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundaryOf, MultipartReader, type PartHead } from '../../../../src-main/core/echo/multipart-reader.ts'

interface Part extends PartHead {
  readonly content: string
}

function read(body: Buffer, boundary: string, places: readonly number[] = []): Part[] {
  const parts: Part[] = []
  const reader = new MultipartReader(boundary, (head) => {
    const pieces: Buffer[] = []
    return {
      write: (bytes) => pieces.push(Buffer.from(bytes)),
      end: () => parts.push({ ...head, content: Buffer.concat(pieces).toString('latin1') }),
    }
  })
  const at = [0, ...places.map((place) => place % (body.length + 1)).sort((a, b) => a - b), body.length]
  for (const [index, end] of at.slice(1).entries()) reader.write(body.subarray(at[index], end))
  reader.end()
  return parts
}

const lines = (...texts: string[]): Buffer => Buffer.from(texts.join('\r\n'))

describe('MultipartReader', () => {
  test('gives every part whole, wherever the body is cut and whatever the contents look like', () => {
    const content = fc.string({
      unit: fc.constantFrom('\r', '\n', '-', '--B', '\r\n--', '\r\n--B', '\r\n--B ', 'x', '\0', '\xff'),
      maxLength: 8,
    })
    // A boundary that stands alone on a line ends a part by definition; senders pick one that does not occur.
    const parts = fc.array(
      content.filter((text) => !/\r\n--B([ \t]*\r\n|--)/.test(`${text}\r\n`)),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(parts, fc.array(fc.nat(), { maxLength: 8 }), (contents, places) => {
        const body = contents.map((text, index) => `--B\r\nContent-Disposition: form-data; name="n${index}"\r\n\r\n${text}\r\n`).join('')

        const found = read(Buffer.from(`${body}--B--\r\n`, 'latin1'), 'B', places)

        expect(found.map(({ name, content: text }) => [name, text])).toEqual(contents.map((text, index) => [`n${index}`, text]))
      }),
      { numRuns: 400 },
    )
  })

  test('reads names, file names and types', () => {
    const body = lines(
      '--x',
      'Content-Disposition: form-data; name="plain"',
      '',
      'a',
      '--x',
      'content-disposition:form-data; name=file; filename="фото \\"1\\".jpg"',
      'CONTENT-TYPE: image/jpeg',
      'X-Part: 1',
      '',
      'b',
      '--x',
      `Content-Disposition: form-data; name="a%22b%0D%0Ac"; filename="C:\\new.txt"; filename*=UTF-8''na%C3%AFve.txt`,
      '',
      '',
      '--x--',
    )

    expect(read(body, 'x')).toEqual([
      { name: 'plain', filename: null, contentType: null, content: 'a' },
      { name: 'file', filename: 'фото "1".jpg', contentType: 'image/jpeg', content: 'b' },
      { name: 'a"b\r\nc', filename: 'naïve.txt', contentType: null, content: '' },
    ])
  })

  test('leaves out what stands before the first boundary and after the last, and bears padding', () => {
    expect(read(lines('preamble', '--x  \t', '', 'body', '--x--  ', 'epilogue', '--x', '', 'no'), 'x')).toEqual([
      { name: '', filename: null, contentType: null, content: 'body' },
    ])
  })

  test('takes a line that only begins like the boundary for content', () => {
    expect(read(lines('--x', '', 'a', '--xy', 'b', '--x--'), 'x')[0]?.content).toBe('a\r\n--xy\r\nb')
  })

  test('says so where the body is cut off, or a head never ends', () => {
    expect(() => read(lines('--x', '', 'a', '--x'), 'x')).toThrow('The body ends before its last boundary.')
    expect(() => read(Buffer.alloc(0), 'x')).toThrow('The body ends before its last boundary.')
    expect(() => read(Buffer.from(`--x\r\nA: ${'b'.repeat(70_000)}`), 'x')).toThrow('The headers of a part are too long.')
  })
})

describe('boundaryOf', () => {
  test.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; Boundary="a b"', 'a b'],
    ['multipart/form-data', null],
    ['text/plain; boundary=abc', null],
    ['', null],
  ])('of %j', (contentType, boundary) => {
    expect(boundaryOf(contentType)).toBe(boundary)
  })
})
