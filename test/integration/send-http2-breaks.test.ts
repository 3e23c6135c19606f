/** How HTTP/2 breaks off, frame by frame: what is told is what the server did, and no half answer passes for a whole one. */
import type { TLSSocket } from 'node:tls'
import { describe, expect, test } from 'vitest'
import type { Exchange } from '#contract/model/exchange.ts'
import { END_STREAM, frame, goawayFrame, http2FrameServer, okFrame, resetFrame } from '../support/http2-frames.ts'
import { sendKit } from '../support/send-kit.ts'
import { makeAuthority } from '../support/tls.ts'

type Answer = (socket: TLSSocket, stream: number) => void

/** What comes of requests to such a server, sent one after the other, and how each is told. */
async function outcomes(answer: Answer, requests = 1): Promise<{ readonly exchanges: Exchange[]; readonly told: unknown[] }> {
  const authority = await makeAuthority()
  const port = await http2FrameServer(authority, answer)
  const kit = await sendKit()
  const exchanges: Exchange[] = []
  const told: unknown[] = []
  for (let at = 0; at < requests; at += 1) {
    const exchange = await kit.send({ url: `https://localhost:${port}/`, options: { http2: true, verify: authority.caPath } })
    const text = exchange.response ? await kit.text(exchange.response.bodyId) : null
    exchanges.push(exchange)
    told.push([text, exchange.error?.kind ?? null, exchange.error?.message.replace(`localhost:${port} `, '') ?? null])
  }
  return { exchanges, told }
}

const half = (stream: number, length?: number): Buffer =>
  Buffer.concat([okFrame(stream, length), frame('data', stream, Buffer.from('half'))])
const rest = (stream: number): Buffer => frame('data', stream, Buffer.from(' and half'), END_STREAM)
const BROKE = 'broke off the body of its reply after 4 bytes'

describe('an answer over HTTP/2', () => {
  test.each<readonly [name: string, answer: Answer, told: readonly [body: string | null, kind: string | null, message: string | null]]>([
    ['comes whole', (socket, id) => socket.write(Buffer.concat([half(id), rest(id)])), ['half and half', null, null]],
    [
      'is whole before its stream is reset',
      (socket, id) => socket.write(Buffer.concat([half(id), rest(id), resetFrame(id, 0)])),
      ['half and half', null, null],
    ],
    [
      'is reset by NO_ERROR before its head',
      (socket, id) => socket.write(resetFrame(id, 0)),
      [null, 'ConnectionError', 'reset the stream of this request (NO_ERROR).'],
    ],
    [
      'is reset by NO_ERROR in its body',
      (socket, id) => socket.write(Buffer.concat([half(id), resetFrame(id, 0)])),
      ['half', 'ChunkedEncodingError', `${BROKE} (NO_ERROR).`],
    ],
    [
      'is reset by NO_ERROR before the length it said',
      (socket, id) => socket.write(Buffer.concat([half(id, 500), resetFrame(id, 0)])),
      ['half', 'ChunkedEncodingError', 'broke off the body of its reply after 4 of 500 bytes (NO_ERROR).'],
    ],
    [
      'is reset by a code in its body',
      (socket, id) => socket.write(Buffer.concat([half(id), resetFrame(id, 11)])),
      ['half', 'ChunkedEncodingError', `${BROKE} (ENHANCE_YOUR_CALM).`],
    ],
    ['is cut in its body', (socket, id) => socket.end(half(id)), ['half', 'ChunkedEncodingError', `${BROKE}.`]],
    [
      'does not come before the connection ends',
      (socket) => socket.end(),
      [null, 'ConnectionError', 'closed the connection without a reply.'],
    ],
    [
      'is not begun by a server that takes its leave',
      (socket) => socket.end(goawayFrame(0, 0)),
      [null, 'ConnectionError', 'ended the HTTP/2 connection.'],
    ],
  ])('%s', async (_name, answer, told) => {
    expect((await outcomes(answer)).told).toEqual([told])
  })

  test('that is reset over a kept connection is not asked for again: the connection lives on', async () => {
    let count = 0
    const { exchanges, told } = await outcomes((socket, id) => {
      count += 1
      socket.write(count === 2 ? resetFrame(id, 1) : Buffer.concat([half(id), rest(id)]))
    }, 2)

    expect(told[1]).toEqual([null, 'ConnectionError', 'reset the stream of this request (PROTOCOL_ERROR).'])
    expect([exchanges[1]?.attempts, count]).toEqual([[], 2])
  })
})
