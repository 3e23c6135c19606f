/** Routes that send data at a certain pace or of a certain length. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { ANY_METHOD, refuse, sendJson, wholeNumber, type EchoCall, type Route } from './echo-call.ts'
import { readEchoBody } from './echo-body.ts'
import { seenRequest } from './routes-inspect.ts'

const MAX_SECONDS = 10
const MAX_BYTES = 1024 ** 3
const PIECE_BYTES = 65_536

/** Sends a piece when the client has taken the earlier ones. Fails when the client goes away. */
async function push(call: EchoCall, bytes: Buffer | string): Promise<void> {
  call.gone.throwIfAborted()
  if (!call.response.write(bytes)) await once(call.response, 'drain', { signal: call.gone })
}

async function sendLines(call: EchoCall): Promise<void> {
  const lines = wholeNumber(call.params['n'], 0, 10_000)
  if (lines === null) {
    refuse(call, 400, 'Give a number of lines up to 10000.')
    return
  }
  call.response.writeHead(200, { 'Content-Type': 'application/json' })
  const seen = seenRequest(call)
  for (let id = 0; id < lines; id += 1) await push(call, `${JSON.stringify({ id, ...seen })}\n`)
  call.response.end()
}

/** Bytes that look random and are the same for the same seed: a linear congruential generator. */
function randomPiece(length: number, state: { value: number }): Buffer {
  const piece = Buffer.allocUnsafe(length)
  for (let index = 0; index < length; index += 1) {
    state.value = (Math.imul(state.value, 1_664_525) + 1_013_904_223) >>> 0
    piece[index] = state.value >>> 24
  }
  return piece
}

function sendRandom(chunked: boolean): (call: EchoCall) => Promise<void> {
  return async (call) => {
    const total = wholeNumber(call.params['n'], 0, MAX_BYTES)
    if (total === null) {
      refuse(call, 400, `Give a number of bytes up to ${MAX_BYTES}.`)
      return
    }
    const state = { value: wholeNumber(call.query.get('seed'), 0, 2 ** 32 - 1) ?? Math.floor(Math.random() * 2 ** 32) }
    const most = wholeNumber(call.query.get('chunk_size'), 1, PIECE_BYTES) ?? (chunked ? 10_240 : PIECE_BYTES)
    call.response.writeHead(200, { 'Content-Type': 'application/octet-stream', ...(!chunked && { 'Content-Length': total }) })
    for (let sent = 0; sent < total; sent += most) await push(call, randomPiece(Math.min(most, total - sent), state))
    call.response.end()
  }
}

/** What a request brought, later. */
async function sendDelayed(call: EchoCall): Promise<void> {
  const seconds = secondsOf(call.params['seconds'] ?? '')
  if (seconds === null) {
    refuse(call, 400, 'Give a number of seconds.')
    return
  }
  const { data, files, form } = await readEchoBody(call)
  await wait(seconds * 1000, undefined, { signal: call.gone })
  const { args, ...seen } = seenRequest(call)
  sendJson(call, { args, data, files, form, ...seen })
}

/** A number of seconds, cut at the longest there is here; null where it is none. */
function secondsOf(text: string): number | null {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Math.min(Number(text), MAX_SECONDS) : null
}

/** Bytes one after the other over some time, after a pause. */
async function drip(call: EchoCall): Promise<void> {
  const { query } = call
  const duration = secondsOf(query.get('duration') ?? '2')
  const delay = secondsOf(query.get('delay') ?? '0')
  const total = wholeNumber(query.get('numbytes') ?? '10', 1, 10 * 1024 * 1024)
  const status = wholeNumber(query.get('code') ?? '200', 200, 999)
  if (duration === null || delay === null || total === null || status === null) {
    refuse(call, 400, 'Give duration and delay in seconds, numbytes up to 10 MiB, and a code from 200 to 999.')
    return
  }
  await wait(delay * 1000, undefined, { signal: call.gone })
  call.response.writeHead(status, { 'Content-Type': 'application/octet-stream', 'Content-Length': total })
  await dripBytes(call, call.response, total, duration * 1000)
  call.response.end()
}

/** Timers do not go below a millisecond, so that many bytes in a short time go several at once. */
async function dripBytes(call: EchoCall, response: ServerResponse, total: number, durationMs: number): Promise<void> {
  const steps = Math.max(1, Math.min(total, Math.floor(durationMs / 5)))
  const pauseMs = durationMs / steps
  response.flushHeaders()
  for (let step = 0; step < steps; step += 1) {
    const bytes = Math.floor((total * (step + 1)) / steps) - Math.floor((total * step) / steps)
    await push(call, Buffer.alloc(bytes, '*'))
    if (step < steps - 1) await wait(pauseMs, undefined, { signal: call.gone })
  }
}

export const DATA_ROUTES: readonly Route[] = [
  { methods: ['GET'], path: '/stream/:n', about: 'So many lines of JSON, sent in chunks.', example: '/stream/5', answer: sendLines },
  {
    methods: ['GET'],
    path: '/bytes/:n',
    about: 'So many bytes; ?seed= makes them the same each time.',
    example: '/bytes/1024?seed=1',
    answer: sendRandom(false),
  },
  {
    methods: ['GET'],
    path: '/stream-bytes/:n',
    about: 'So many bytes in chunks of ?chunk_size=.',
    example: '/stream-bytes/4096?chunk_size=512',
    answer: sendRandom(true),
  },
  {
    methods: ANY_METHOD,
    path: '/delay/:seconds',
    about: `What a request brought, after so many seconds, ${MAX_SECONDS} at most.`,
    example: '/delay/2',
    answer: sendDelayed,
  },
  {
    methods: ['GET'],
    path: '/drip',
    about: 'Bytes over time: ?numbytes= over ?duration= seconds after ?delay=, with status ?code=.',
    example: '/drip?numbytes=20&duration=2',
    answer: drip,
  },
]
