/** Retries, challenges, redirects and ends from outside, together: whatever comes, each is told and kept in its order. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Exchange, ExchangeStep, Timings } from '#contract/model/exchange.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { createGate } from '#core/send/gate.ts'
import { bodyOf, httpServer, type HttpServer } from '../support/http-server.ts'
import { rawServer } from '../support/raw-server.ts'
import { sendKit, type SendKit } from '../support/send-kit.ts'

type Answer = '200' | '503' | '307' | '401'

const HEADERS: Readonly<Record<Answer, Record<string, string>>> = {
  200: {},
  503: {},
  307: { location: '/next' },
  401: { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' },
}
const ALL: Partial<RequestDocument> = {
  method: 'POST',
  body: { kind: 'text', text: 'hello' },
  auth: { kind: 'digest', username: 'u', password: 'p' },
  options: { retry: { total: 2, statusForcelist: [503], allowedMethods: null } },
}

/** Answers in turn; a 401 to a request that has an answer to it already is one too many for this test. */
async function script(answers: readonly Answer[]): Promise<HttpServer & { bodies: string[] }> {
  const bodies: string[] = []
  const server = await httpServer((request, response) => {
    void bodyOf(request).then((body) => {
      const answer = answers[bodies.push(body.toString()) - 1] ?? '200'
      response.writeHead(Number(answer), HEADERS[answer]).end(answer)
    })
  })
  return { ...server, bodies }
}

/** What happened, in its order: tries that were made again, and hops. */
function course({ attempts, history, response }: Exchange): (readonly [what: string, status: number | undefined])[] {
  const made = [
    ...attempts.map((attempt) => ({ at: attempt.at, what: 'retry', status: attempt.response?.status })),
    ...history.map((hop) => ({ at: hop.at, what: hop.kind, status: hop.response.status })),
  ].toSorted((a, b) => a.at - b.at)
  return [...made.map(({ what, status }) => [what, status] as const), ['end', response?.status]]
}

describe('one after the other', () => {
  const cases: readonly (readonly [answers: readonly Answer[], course: readonly (readonly [string, number])[]])[] = [
    [['503', '307', '401', '200'], [['retry', 503], ['redirect', 307], ['challenge', 401], ['end', 200]]], // prettier-ignore
    [['307', '503', '503', '401', '200'], [['redirect', 307], ['retry', 503], ['retry', 503], ['challenge', 401], ['end', 200]]], // prettier-ignore
    [['401', '503', '307', '503', '200'], [['challenge', 401], ['retry', 503], ['redirect', 307], ['retry', 503], ['end', 200]]], // prettier-ignore
    [['503', '401', '503', '503', '200'], [['retry', 503], ['challenge', 401], ['retry', 503], ['retry', 503], ['end', 200]]], // prettier-ignore
    [['307', '307', '503', '200'], [['redirect', 307], ['redirect', 307], ['retry', 503], ['end', 200]]], // prettier-ignore
  ]
  test.each(cases)('%j', async (answers, expected) => {
    const server = await script(answers)
    const kit = await sendKit()

    const exchange = await kit.send({ ...ALL, url: server.url })

    expect(course(exchange)).toEqual(expected)
    expect(exchange.ok).toBe(true)
    expect(server.bodies).toEqual(answers.map(() => 'hello'))
    expect(exchange.attempts.map(({ number }) => number)).toEqual(exchange.attempts.map((_each, index) => index + 1))
    expect(kit.steps.at(-1)?.kind).toBe('done')
  })

  test('every hop begins with all its retries, and ends where they are used up', async () => {
    const server = await script(['503', '503', '307', '503', '503', '503', '200'])
    const kit = await sendKit()

    const exchange = await kit.send({ ...ALL, url: server.url })

    expect(exchange).toMatchObject({ ok: false, error: { kind: 'RetryError' }, response: { status: 503 } })
    expect(server.requests).toHaveLength(6)
  })

  test('what is timed lies one after the other', async () => {
    const server = await script(['503', '307', '401', '200'])
    const kit = await sendKit()

    const exchange = await kit.send({ ...ALL, url: server.url })

    const parts = [...exchange.attempts, ...exchange.history].toSorted((a, b) => a.at - b.at)
    const ends = parts.map(({ at, timings }) => at + timings.total)
    parts.slice(1).forEach(({ at }, index) => expect(at).toBeGreaterThanOrEqual((ends[index] ?? 0) - 0.01))
    expect(exchange.timings.total).toBeGreaterThanOrEqual(ends.at(-1) ?? 0)
  })

  test('what is timed adds up, in every hop and try and in all', async () => {
    const server = await script(['503', '307', '401', '200'])
    const kit = await sendKit()

    const exchange = await kit.send({ ...ALL, url: server.url })

    for (const { timings } of [...exchange.attempts, ...exchange.history]) expect(phaseSum(timings)).toBeCloseTo(timings.total, 3)
    const { other = 0, total } = exchange.timings
    expect(phaseSum(exchange.timings) + other).toBeCloseTo(total, 3)
    expect(other).toBeGreaterThanOrEqual([...exchange.attempts, ...exchange.history].reduce((sum, { timings }) => sum + timings.total, 0))
  })
})

function phasesOf({ dns, connect, tls, send, wait, download }: Timings): number[] {
  return [dns, connect, tls, send, wait, download]
}

function phaseSum(timings: Timings): number {
  return phasesOf(timings).reduce((sum, phase) => sum + phase, timings.queued)
}

interface Phase {
  readonly name: string
  /** Brings a server into the phase, where it stays; says what to send to it. */
  readonly server: () => Promise<Partial<RequestDocument>>
  /** Whether the phase has begun. */
  readonly isReached: (step: ExchangeStep) => boolean
  readonly response: number | null
  /** What a total timeout says that it was at. */
  readonly phase: RegExp
}

const silent = async (): Promise<string> => (await rawServer(() => undefined)).url
const headOnly = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun'
const retrying = { options: { retry: { total: 3, backoffFactor: 3000, backoffMax: 3600, statusForcelist: [503] } } }

const PHASES: readonly Phase[] = [
  { name: 'the TLS handshake', server: async () => ({ url: (await silent()).replace('http:', 'https:') }), isReached: ({ kind }) => kind === 'dns' || kind === 'connecting', response: null, phase: /^(?:tcp|tls)$/ }, // prettier-ignore
  { name: 'sending the body', server: async () => ({ url: (await rawServer(({ socket }) => void socket.pause())).url, method: 'POST', body: { kind: 'text', text: 'x'.repeat(40_000_000) } }), isReached: ({ kind }) => kind === 'bodySent', response: null, phase: /^send$/ }, // prettier-ignore
  { name: 'waiting for the answer', server: async () => ({ url: await silent() }), isReached: ({ kind }) => kind === 'requestHead', response: null, phase: /^wait$/ }, // prettier-ignore
  { name: 'the body of the answer', server: async () => ({ url: (await rawServer(({ socket }) => void socket.write(headOnly))).url }), isReached: ({ kind }) => kind === 'bodyReceived' || kind === 'responseHead', response: 200, phase: /^body$/ }, // prettier-ignore
  { name: 'the wait before a retry', server: async () => ({ url: (await script(['503', '503'])).url, ...retrying }), isReached: (step) => step.kind === 'retryWait' && step.waitMs > 0, response: 503, phase: /^retry$/ }, // prettier-ignore
  { name: 'the hop after a redirect', server: async () => ({ url: (await rawServer(({ socket, received }) => void (received.includes('/next') || socket.write('HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n')))).url }), isReached: (step) => step.kind === 'requestHead' && step.hop === 1, response: null, phase: /^wait$/ }, // prettier-ignore
]

/** Of these the phase is the last hop's, and all there is. */
const TIMED = new Set(['the TLS handshake', 'sending the body', 'waiting for the answer', 'the body of the answer'])

describe.each(PHASES)('during $name', ({ name, server, isReached, response, phase }) => {
  const ends = async (kit: SendKit, exchange: Exchange, kind: string): Promise<void> => {
    expect(exchange).toMatchObject({ ok: false, error: { kind } })
    expect(exchange.response?.status ?? null).toBe(response)
    expect(kit.steps.filter((step) => step.kind === 'done')).toHaveLength(1)
    expect(kit.steps.at(-1)?.kind).toBe('done')
  }

  test('Cancel ends it', async () => {
    const kit = await sendKit()
    const cancel = new AbortController()

    const exchange = await kit.send(await server(), {
      gate: createGate(),
      signal: cancel.signal,
      onStep: (step) => isReached(step) && cancel.abort(),
    })

    await ends(kit, exchange, 'Cancelled')
  })

  test('the total timeout ends it', async () => {
    const kit = await sendKit()
    const document = await server()

    const exchange = await kit.send({ ...document, options: { ...document.options, timeout: { connect: 60, read: 60, total: 0.3 } } })

    await ends(kit, exchange, 'TotalTimeout')
    expect(exchange.error?.details?.phase).toMatch(phase)
    expect(kit.steps.some(isReached)).toBe(true)
    // The phase that was broken off took the time, unless all of it went by in a wait or another hop.
    const { other = 0, total } = exchange.timings
    expect(phaseSum(exchange.timings) + other).toBeCloseTo(total, 3)
    if (TIMED.has(name)) expect(Math.max(...phasesOf(exchange.timings))).toBeGreaterThan(total / 2)
  })
})

test('the answer to a challenge is the one of its own hop, also after a retry in between', async () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
  const answers: string[] = []
  const server = await httpServer((request, response) => {
    const given = request.headers.authorization ?? ''
    const field = (name: string): string => new RegExp(`${name}="?([^",]+)`).exec(given)?.[1] ?? ''
    const expected = md5(`${md5('u:r:p')}:n:${field('nc')}:${field('cnonce')}:auth:${md5(`GET:${request.url}`)}`)
    const isRight = given !== '' && field('response') === expected
    answers.push(given === '' ? 'none' : isRight ? 'right' : 'wrong')
    const status: Answer = given === '' ? '401' : answers.filter((answer) => answer === 'right').length === 1 ? '503' : '200'
    response.writeHead(Number(status), HEADERS[status]).end()
  })
  const kit = await sendKit()

  const exchange = await kit.send({ url: server.url, auth: { kind: 'digest', username: 'u', password: 'p' }, options: ALL.options ?? {} })

  expect(answers).toEqual(['none', 'right', 'right'])
  expect(exchange).toMatchObject({ ok: true, response: { status: 200 } })
})
