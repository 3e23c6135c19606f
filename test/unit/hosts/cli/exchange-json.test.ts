import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Exchange, ReceivedResponse, SentRequest } from '#contract/model/exchange.ts'
import { BodyIdSchema, ExchangeIdSchema } from '#contract/model/ids.ts'
import { decodeExactly, exchangeJson, unsentJson } from '../../../../src-main/hosts/cli/exchange-json.ts'

const ID = BodyIdSchema.parse('ab'.repeat(32))
const TIMINGS = { queued: 0, dns: 0, connect: 1, tls: 0, send: 1, wait: 2, download: 1, total: 5, reusedConnection: false }
const REQUEST: SentRequest = {
  method: 'GET',
  url: 'http://h/',
  httpVersion: '1.1',
  headers: [['Host', 'h']],
  head: 'GET / HTTP/1.1',
  bodyBytes: 0,
  bodyId: null,
}

function response(facts: Partial<ReceivedResponse>): ReceivedResponse {
  return {
    url: 'http://h/',
    status: 200,
    reason: 'OK',
    httpVersion: '1.1',
    headers: [],
    informational: [],
    trailers: [],
    cookies: [],
    encoding: 'utf-8',
    encodingFrom: 'header',
    bodyBytes: 0,
    wireBytes: 0,
    bodyId: ID,
    ...facts,
  }
}

function exchange(facts: Partial<Exchange>): Exchange {
  return {
    id: ExchangeIdSchema.parse('1'),
    startedAt: '2026-01-01T00:00:00.000Z',
    ok: true,
    request: REQUEST,
    response: response({}),
    history: [],
    attempts: [],
    timings: TIMINGS,
    connection: null,
    warnings: [],
    error: null,
    ...facts,
  }
}

/** Prints an exchange whose response has these bytes. */
async function printed(bytes: Buffer, facts: Partial<ReceivedResponse> = {}): Promise<Record<string, unknown>> {
  const bodies = {
    openBody: async () => ({
      bytes: bytes.length,
      stream: (range?: { start: number; end: number }) => Readable.from([bytes.subarray(range?.start, (range?.end ?? Infinity) + 1)]),
    }),
  }
  const json = await exchangeJson(
    bodies,
    exchange({ response: response({ bodyBytes: bytes.length, wireBytes: bytes.length, ...facts }) }),
    { error: null, savedTo: null, mask: null, unsent: null },
  )
  return (json as { response: Record<string, unknown> }).response
}

describe('exchangeJson', () => {
  test('has the keys of the stable surface and no others', async () => {
    const json = await exchangeJson({ openBody: async () => null }, exchange({}), {
      error: null,
      savedTo: '/home/me/out.bin',
      mask: null,
      unsent: null,
    })

    expect(json).toEqual({
      ok: true,
      request: { method: 'GET', url: 'http://h/', httpVersion: '1.1', headers: [['Host', 'h']], bodyBytes: 0, bodyText: '' },
      response: {
        url: 'http://h/',
        status: 200,
        reason: 'OK',
        httpVersion: '1.1',
        headers: [],
        informational: [],
        trailers: [],
        cookies: [],
        encoding: 'utf-8',
        encodingFrom: 'header',
        bodyBytes: 0,
        wireBytes: 0,
        bodyText: '',
        savedTo: '/home/me/out.bin',
      },
      history: [],
      attempts: [],
      timings: TIMINGS,
      connection: null,
      assertions: [],
      captured: [],
      tests: [],
      console: [],
      messages: [],
      warnings: [],
    })
  })

  test('says what went wrong, without what only the window needs, and keeps the response', async () => {
    const error = { kind: 'HTTPError', stage: 'receive', message: '404 Not Found from http://h/', details: { a: 1 } } as const

    const json = await exchangeJson({ openBody: async () => null }, exchange({ response: response({ status: 404 }) }), {
      error,
      savedTo: null,
      mask: null,
      unsent: null,
    })

    expect(json).toMatchObject({
      ok: false,
      response: { status: 404 },
      error: { kind: 'HTTPError', message: '404 Not Found from http://h/' },
    })
    expect(Object.keys((json as { error: object }).error)).toEqual(['kind', 'message'])
  })

  test('prints hops and attempts with their bodies in place of ids, and what each failed with', async () => {
    const connection = { remoteAddress: '127.0.0.1', remotePort: 80, localPort: 4000, tls: null, proxy: null }
    const facts = { at: 0, request: REQUEST, response: response({ status: 503 }), timings: TIMINGS, connection }
    const error = { kind: 'ConnectionError', stage: 'connect', message: 'h:80 refused the connection.', details: { code: 'X' } } as const
    const json = await exchangeJson(
      { openBody: async () => null },
      exchange({
        history: [{ ...facts, kind: 'redirect', because: '302 to http://h/', dropped: [] }],
        attempts: [
          { ...facts, number: 1, reason: '503 Service Unavailable', waited: 0, error: null },
          { ...facts, number: 2, reason: error.message, waited: 2000, request: null, response: null, connection: null, error },
        ],
      }),
      { error: null, savedTo: null, mask: null, unsent: null },
    )

    expect(json).toMatchObject({
      history: [{ kind: 'redirect', because: '302 to http://h/', request: { bodyText: '' }, response: { status: 503, bodyText: '' } }],
      attempts: [
        { number: 1, reason: '503 Service Unavailable', waited: 0, response: { status: 503, bodyText: '' }, error: null },
        {
          number: 2,
          waited: 2000,
          request: null,
          response: null,
          error: { kind: 'ConnectionError', message: 'h:80 refused the connection.' },
        },
      ],
    })
    expect(JSON.stringify(json)).not.toContain('bodyId')
  })

  test('prints text in the encoding of the response', async () => {
    expect(await printed(Buffer.from([0xe9]), { encoding: 'windows-1252' })).toMatchObject({ bodyText: 'é' })
  })

  test('prints bytes that are no text in that encoding as base64', async () => {
    expect(await printed(Buffer.from([0xff, 0xfe, 0x00]))).toMatchObject({ bodyBase64: '//4A' })
  })

  test('does not take a picture for text, where the encoding was only assumed', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d])

    expect(await printed(png, { encoding: 'windows-1252', encodingFrom: 'default' })).toMatchObject({ bodyBase64: png.toString('base64') })
  })

  test('prints the first MiB, and leaves out a character cut at its end', async () => {
    const bytes = Buffer.from(`${'a'.repeat(1024 * 1024 - 1)}éé`)

    const { bodyText, bodyBytes } = await printed(bytes)

    expect(bodyBytes).toBe(bytes.length)
    expect(bodyText).toBe('a'.repeat(1024 * 1024 - 1))
  })
})

describe('unsentJson', () => {
  test('has every key, so that a reader need not ask', () => {
    const json = unsentJson({ kind: 'Unreadable', stage: 'store', message: 'x.yml is not YAML.', hint: 'Line 3.' })

    expect(Object.keys(json)).toEqual([
      'ok',
      'request',
      'response',
      'history',
      'attempts',
      'timings',
      'connection',
      'assertions',
      'captured',
      'tests',
      'console',
      'messages',
      'warnings',
      'error',
    ])
    expect(json).toMatchObject({ ok: false, error: { kind: 'Unreadable', message: 'x.yml is not YAML.', hint: 'Line 3.' } })
  })
})

describe('decodeExactly', () => {
  test('knows no text in an encoding that Node does not know', () => {
    expect(decodeExactly(Buffer.from('a'), 'utf-32le', false)).toBeNull()
  })

  test('takes a character that breaks off for a fault only at the very end', () => {
    const cut = Buffer.from('é').subarray(0, 1)

    expect(decodeExactly(cut, 'utf-8', false)).toBeNull()
    expect(decodeExactly(cut, 'utf-8', true)).toBe('')
  })
})
