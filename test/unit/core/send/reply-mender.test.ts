import { describe, expect, test } from 'vitest'
import { createReplyMender } from '#core/send/reply-mender.ts'

const OK = 'HTTP/1.1 200 OK\r\n'

interface Mended {
  readonly text: string
  readonly interim: number
  readonly faults: number
}

function mended(pieces: readonly string[]): Mended {
  const mender = createReplyMender()
  let interim = 0
  mender.begin(() => (interim += 1))
  const out = pieces.map((piece) => mender.take(Buffer.from(piece, 'latin1')) ?? Buffer.alloc(0))
  out.push(mender.end() ?? Buffer.alloc(0))
  return { text: Buffer.concat(out).toString('latin1'), interim, faults: mender.faults().length }
}

const CASES: readonly (readonly [name: string, reply: string, parsed: string, interim: number, faults: number])[] = [
  ['nothing in a plain reply', `${OK}A: 1\r\n\r\nbody\r\n\r\nmore`, `${OK}A: 1\r\n\r\nbody\r\n\r\nmore`, 0, 0],
  ['no head at all', `${OK}\r\n`, `${OK}\r\n`, 0, 0],
  ['bytes beyond ASCII', `${OK}A: \xe9\xff\r\n b\r\n\r\n\xff`, `${OK}A: \xe9\xff b\r\n\r\n\xff`, 0, 1],
  ['a 100', `HTTP/1.1 100 Continue\r\n\r\n${OK}A: 1\r\n\r\nx`, `${OK}A: 1\r\n\r\nx`, 1, 0],
  ['two of them', `HTTP/1.1 100 \r\n\r\nHTTP/1.1 100\r\nA: b\r\n\r\n${OK}\r\n`, `${OK}\r\n`, 2, 0],
  ['a 103, which stays', `HTTP/1.1 103 Early\r\n\r\n${OK}\r\nx`, `HTTP/1.1 103 Early\r\n\r\n${OK}\r\nx`, 0, 0],
  ['a 100 after a 103', `HTTP/1.1 103 E\r\n\r\nHTTP/1.1 100 C\r\n\r\n${OK}\r\n`, `HTTP/1.1 103 E\r\n\r\n${OK}\r\n`, 1, 0],
  ['folded lines', `${OK}A: 1\r\n  2\r\n\t3\r\nB: 4\r\n\r\n`, `${OK}A: 1 2 3\r\nB: 4\r\n\r\n`, 0, 1],
  ['a space before the colon', `${OK}A : 1\r\n\r\n`, `${OK}A: 1\r\n\r\n`, 0, 1],
  ['not that of a length', `${OK}Content-Length : 1\r\n\r\n`, `${OK}Content-Length : 1\r\n\r\n`, 0, 0],
  ['equal lengths', `${OK}Content-Length: 1\r\ncontent-length: 1\r\n\r\nx`, `${OK}Content-Length: 1\r\n\r\nx`, 0, 1],
  [
    'not different lengths',
    `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    `${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    0,
    0,
  ],
  [
    'nor lengths that are none',
    `${OK}Content-Length: -1\r\nContent-Length: -1\r\n\r\n`,
    `${OK}Content-Length: -1\r\nContent-Length: -1\r\n\r\n`,
    0,
    0,
  ],
  [
    'a length beside chunks',
    `${OK}Content-Length: 9\r\nTransfer-Encoding: gzip, chunked\r\n\r\n`,
    `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n`,
    0,
    1,
  ],
  ['nothing where lines end in LF', `HTTP/1.1 200 OK\nA: 1\r\n 2\r\n\r\n`, `HTTP/1.1 200 OK\nA: 1\r\n 2\r\n\r\n`, 0, 0],
  ['nothing in what is not HTTP', 'SSH-2.0\r\n\r\n', 'SSH-2.0\r\n\r\n', 0, 0],
  ['nothing in a head that breaks off', `${OK}A: 1\r\n 2`, `${OK}A: 1\r\n 2`, 0, 0],
]

describe('createReplyMender', () => {
  test.each(CASES)('mends %s, wherever it is cut', (_name, reply, text, interim, faults) => {
    const wanted: Mended = { text, interim, faults }

    expect(mended([reply])).toEqual(wanted)
    expect(mended([...reply])).toEqual(wanted)
    for (let at = 1; at < reply.length; at += 1) expect(mended([reply.slice(0, at), reply.slice(at)])).toEqual(wanted)
  })

  test('gives on at once what cannot become a head', () => {
    const mender = createReplyMender()
    mender.begin(() => undefined)

    expect(mender.take(Buffer.from('SSH'))?.toString()).toBe('SSH')
    expect(mender.take(Buffer.from('-2.0'))?.toString()).toBe('-2.0')
  })

  test('does not hold back a head without end', () => {
    const mender = createReplyMender()
    mender.begin(() => undefined)
    const bytes = Buffer.from(`${OK}${'A: b\r\n'.repeat(200_000)}`)

    expect(mender.take(bytes)).toHaveLength(bytes.length)
  })

  test('leaves alone what comes when nothing is awaited', () => {
    const bytes = Buffer.from(`${OK}A: 1\r\n 2\r\n\r\n`)

    expect(createReplyMender().take(bytes)).toBe(bytes)
  })
})
