import { describe, expect, test } from 'vitest'
import { createChunkFraming } from '#core/send/chunk-framing.ts'

/** In pieces of so many bytes. */
function surplusOf(text: string, size: number): number | null {
  const framing = createChunkFraming()
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += size) framing.take(bytes.subarray(at, at + size))
  return framing.surplus()
}

describe('what comes behind a body in chunks', () => {
  test.each([
    ['nothing', '5\r\nhello\r\n0\r\n\r\n', 0],
    ['bytes', '5\r\nhello\r\n0\r\n\r\nmore', 4],
    ['what looks like the end', '5\r\nhello\r\n0\r\n\r\n0\r\n\r\n', 5],
    ['data that looks like the end', '7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\nx', 1],
    ['extensions and trailers', 'A;name="v 1"\r\n0123456789\r\n00;last\r\nX-Sum: 42\r\nX-Two: 2\r\n\r\nab', 2],
    ['digits in either case, lines in LF alone', '0a \n0123456789\n0B\n01234567890\n0\n\nx', 1],
    ['no chunk at all', '0\r\n\r\n', 0],
    ['an end that has not come', '5\r\nhello\r\n0\r\n', null],
    ['a size that is none', 'zz\r\nhello\r\n0\r\n\r\n', null],
    ['a size without digits', '\r\nhello\r\n0\r\n\r\n', null],
    ['a size beyond reckoning', `${'f'.repeat(20)}\r\nhello`, null],
  ])('%s', (_name, text, surplus) => {
    expect([1, 2, 3, 7, 1000].map((size) => surplusOf(text, size))).toEqual(Array.from({ length: 5 }, () => surplus))
  })
})
