/** urllib3's own `Retry` as referee of retries under the rules of requests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findPython } from './support/python.ts'
import type { Course, Handshake, Step } from './support/course-server.ts'
import { judgeRetries, triesDiffer, type RetryCase, type RetryVerdict } from './support/retry-referee.ts'

const RUNS = Number(process.env.REFEREE_RUNS ?? 600)
const SEED = Number(process.env.REFEREE_SEED ?? 2026)

let dir: string
let python: string
let file: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-retries-'))
  python = await findPython()
  file = join(dir, 'body.bin')
  await writeFile(file, 'a file that is sent again')
})
afterAll(() => rm(dir, { recursive: true }))

async function judged(cases: readonly RetryCase[]): Promise<RetryVerdict[]> {
  return judgeRetries(cases, python, await mkdtemp(join(dir, 'run-')))
}

async function differences(cases: readonly RetryCase[]): Promise<RetryVerdict[]> {
  return (await judged(cases)).filter(triesDiffer)
}

function reply(status: number, headers: readonly string[] = [], body = ''): Step {
  const lines = [`HTTP/1.1 ${status} Said`, ...headers, ...(status === 304 ? [] : [`Content-Length: ${body.length}`]), '', body]
  return { kind: 'reply', bytes: lines.join('\r\n'), closes: false }
}

/** A try that is to be refused needs a connection of its own. */
function courseOf(steps: readonly Step[], handshake: Handshake = 'none'): Course {
  return {
    handshake,
    steps: steps.map((step, at) => {
      if (step.kind !== 'reply' || (steps[at + 1]?.kind !== 'refused' && !step.closes)) return step
      return { ...step, bytes: step.bytes.replace('\r\n', '\r\nConnection: close\r\n'), closes: true }
    }),
  }
}

const retryAfter = fc.constantFrom(
  '1',
  '7',
  '0',
  '00',
  '99999',
  '',
  'soon',
  '-1',
  '1.5',
  'Sun, 01 Mar 2026 12:00:30 GMT',
  'Sunday, 01-Mar-26 12:01:00 GMT',
  'Sun Mar  1 12:00:45 2026',
  'Sun, 01 Mar 2026 11:00:00 GMT',
  'Mon, 02 Mar 2026 12:00:00 GMT',
  '1 Mar 2026 12:00',
  'Sun, 01 Mar 2026 13:00:10 +0100',
  'Sun, 01 Mar 2026 07:02:00 EST',
)
const headers = fc
  .record(
    { after: retryAfter, again: retryAfter, cookie: fc.constantFrom('s=1', 't=2; Path=/b'), location: fc.constantFrom('/b', '/c?d', '') },
    { requiredKeys: [] },
  )
  .map(({ after, again, cookie, location }) => [
    ...(after === undefined ? [] : [`Retry-After: ${after}`]),
    ...(after === undefined || again === undefined || again.length > 1 ? [] : [`Retry-After: ${again}`]),
    ...(cookie === undefined ? [] : [`Set-Cookie: ${cookie}`]),
    ...(location === undefined ? [] : [`Location: ${location}`]),
  ])
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(503, 503, 429, 413, 500, 502, 404, 302, 303, 307, 200), headers, fc.constantFrom('', 'some text'))
      .map((parts) => reply(...parts)),
  },
  { weight: 1, arbitrary: fc.constantFrom('close' as const, 'reset' as const, 'refused' as const).map((kind) => ({ kind })) },
  // A body that breaks off, and what is no reply at all.
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(503, 200)
      .map((status): Step => ({ kind: 'reply', bytes: `HTTP/1.1 ${status} Said\r\nContent-Length: 9\r\n\r\nhalf`, closes: true })),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'reply', bytes: 'no reply\r\n\r\n', closes: true }) },
)
const count = fc.constantFrom(0, 1, 2, 3)
const retry = fc.record(
  {
    total: fc.constantFrom(0, 1, 2, 3, 5),
    connect: count,
    read: count,
    status: count,
    other: count,
    statusForcelist: fc.subarray([500, 502, 503, 429, 404, 302]),
    allowedMethods: fc.constantFrom<(string[] | null)[]>(null, [], ['GET'], ['GET', 'POST'], ['PUT']),
    backoffFactor: fc.constantFrom(0, 0.1, 0.5, 1, 2.5, 30),
    backoffMax: fc.constantFrom(0, 0.3, 4, 120),
    respectRetryAfter: fc.boolean(),
    raiseOnStatus: fc.boolean(),
  },
  { requiredKeys: ['total'] },
)

function anyRetryCase(): fc.Arbitrary<RetryCase> {
  return fc
    .record({
      method: fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'FOO'),
      body: fc.constantFrom(
        { kind: 'none' as const },
        { kind: 'none' as const },
        { kind: 'text' as const, text: 'body' },
        { kind: 'file' as const, path: file },
      ),
      retry,
      redirect: count,
      steps: fc.array(step, { maxLength: 7 }),
    })
    .map(({ steps, redirect, ...given }) => ({
      ...given,
      ...(!given.retry.statusForcelist?.includes(302) && { redirect }),
      course: courseOf(given.method === 'HEAD' ? steps.map(withoutBody) : steps),
    }))
}

/** What answers HEAD has no body, however long it says it is. */
function withoutBody(given: Step): Step {
  return given.kind === 'reply' ? { ...given, bytes: given.bytes.replace(/\r\n\r\n[^]*/, '\r\n\r\n') } : given
}

const GET = { method: 'GET', body: { kind: 'none' } } as const
const POST = { method: 'POST', body: { kind: 'text', text: 'once' } } as const

describe(`retries made at random (REFEREE_SEED=${SEED})`, () => {
  test('are tried, waited for and ended as urllib3 does', async () => {
    expect(await differences(fc.sample(anyRetryCase(), { numRuns: RUNS, seed: SEED }))).toEqual([])
  })
})

describe('what comes out the same', () => {
  test('where a handshake fails: by a certificate for any method, by a reset where it may be repeated', async () => {
    const handshakes = ['distrusted', 'closed', 'reset'] as const
    const tried = [
      { ...GET, retry: { total: 2 } },
      { ...POST, retry: { total: 2 } },
      { ...GET, retry: { total: 3, other: 1 } },
      { ...GET, retry: { total: 3, read: 1, connect: 0 } },
    ]
    const cases = handshakes.flatMap((handshake) => tried.map((each): RetryCase => ({ ...each, course: courseOf([], handshake) })))
    const verdicts = await judged(cases)

    // Of a handshake that was reset, requests says ConnectionError: it has no word for where it happened.
    expect(verdicts.filter(({ given }) => given.course.handshake !== 'reset').filter(triesDiffer)).toEqual([])
    const reset = verdicts.filter(({ given }) => given.course.handshake === 'reset')
    expect(reset.map(({ theirs }) => theirs.outcome)).toEqual(reset.map(() => 'ConnectionError'))
    expect(reset.map(({ ours }) => ours)).toEqual(reset.map(({ theirs }) => ({ ...theirs, outcome: 'SSLError' })))
    expect(verdicts[0]?.ours).toMatchObject({ tries: ['handshake', 'handshake', 'handshake'], outcome: 'SSLError' })
  })

  test('where nothing comes for as long as may be', async () => {
    const silent: Step[] = [{ kind: 'silence' }, { kind: 'silence' }]
    const policies = [{ total: 1 }, { total: 3 }, { total: 3, read: 0 }, { total: 0 }]
    const cases = [GET, POST].flatMap((request) =>
      policies.map((policy): RetryCase => ({ ...request, retry: policy, readTimeout: 0.15, course: courseOf(silent) })),
    )

    expect(await differences(cases)).toEqual([])
  })

  test('in the schedule, with jitter', async () => {
    const seconds = fc.integer({ min: 0, max: 20_000 }).map((ms) => ms / 1000)
    const policy = fc.record({ total: fc.integer({ min: 0, max: 9 }), backoffFactor: seconds, backoffMax: seconds, backoffJitter: seconds })
    const cases = fc.sample(policy, { numRuns: 200, seed: SEED }).map((each): RetryCase => ({ ...GET, retry: each, course: courseOf([]) }))
    const apart = (await judged(cases)).filter(
      ({ ours, theirs }) =>
        // A hundredth of a second's hundredth either way is how the numbers are rounded.
        ours.schedule.some((ms, at) => Math.abs(ms - (theirs.schedule[at] ?? NaN)) > 1) || ours.schedule.length !== theirs.schedule.length,
    )

    expect(apart).toEqual([])
  })
})
