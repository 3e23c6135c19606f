/** Has both sides try again by one policy against one server, and gives back every try, every wait and how it ended. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ExchangeIdSchema } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Options, RequestDocument } from '#contract/model/request.ts'
import { authContext } from '#core/auth/auth-flow.ts'
import { createDigestMemory } from '#core/auth/digest-memory.ts'
import { createBodyStore } from '#core/bodies/body-store.ts'
import { prepareRequest } from '#core/prepare/prepare-request.ts'
import type { PreparedRequest } from '#core/prepare/prepared-request.ts'
import { givenVariables } from '#core/prepare/references.ts'
import { backoffMs, mostRetries } from '#core/prepare/retry-schedule.ts'
import { createConnectionPool } from '#core/send/connection-pool.ts'
import { createCookieJar } from '#core/send/cookie-jar.ts'
import { sendRequest } from '#core/send/send-request.ts'
import { startCourseServer, type Course, type CourseServer } from './course-server.ts'
import { plain } from './referee.ts'

type Retry = NonNullable<Options['retry']>

export interface RetryCase {
  readonly method: string
  readonly body:
    { readonly kind: 'none' } | { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly path: string }
  readonly retry: Retry
  /** Retries of redirects, which requests follows itself: it changes nothing, unless a status that leads on is listed. */
  readonly redirect?: number
  /** Seconds. */
  readonly readTimeout?: number
  readonly course: Course
}

/** What a side did. */
export interface Tried {
  readonly tries: readonly string[]
  /** Milliseconds slept between tries; none where it did not sleep. */
  readonly waits: readonly number[]
  /** The status of the answer that stands, or the kind of the error. */
  readonly outcome: string
  /** The backoff before each retry there may be, with half the jitter. */
  readonly schedule: readonly number[]
}

export interface RetryVerdict {
  readonly given: RetryCase
  readonly ours: Tried
  readonly theirs: Tried
}

/** The time of both sides, for a Retry-After that names one. */
export const NOW = Date.parse('2026-03-01T12:00:00Z')
/** So many retries of a schedule are compared. */
const COMPARED = 8

/**
 * @param python an interpreter that has requests
 * @param dir    an empty folder
 */
export async function judgeRetries(cases: readonly RetryCase[], python: string, dir: string): Promise<RetryVerdict[]> {
  const nothing: Course = { handshake: 'none', steps: [] }
  const server = await startCourseServer(dir, (id) => cases[id]?.course ?? nothing)
  try {
    const requests = await Promise.all(cases.map((given) => prepared(given, server)))
    const results = await sendByPython(cases, requests, python, server.port)
    const theirs = results.map((result, id): Tried => ({ ...result, tries: server.recorded(id).map(plain) }))
    server.clear()
    const verdicts: RetryVerdict[] = []
    for (const [id, given] of cases.entries()) {
      const [request, their] = [requests[id], theirs[id]]
      if (!request || !their) throw new Error(`There is no result of case ${id}.`)
      verdicts.push({ given, theirs: their, ours: await sendByPosthaste(request, id, server, dir) })
    }
    return verdicts
  } finally {
    await server.close()
  }
}

export function triesDiffer({ ours, theirs }: RetryVerdict): boolean {
  return (
    JSON.stringify(ours) !==
    JSON.stringify({ tries: theirs.tries, waits: theirs.waits, outcome: theirs.outcome, schedule: theirs.schedule })
  )
}

async function prepared({ method, body, retry, readTimeout = 5, course }: RetryCase, server: CourseServer): Promise<PreparedRequest> {
  const { handshake } = course
  const way = handshake === 'none' ? { unixSocket: server.path } : { resolve: { 'h.test': '127.0.0.1' } }
  const document: RequestDocument = {
    ...emptyRequest(),
    method,
    url: handshake === 'none' ? 'http://h.test/a?b=c' : `https://h.test:${server.portOf(handshake)}/`,
    body: body.kind === 'file' ? { ...body, contentType: '' } : body,
    options: { behaviour: 'requests', ...way, timeout: { connect: 5, read: readTimeout, total: null }, retry },
  }
  const { request, problems } = await prepareRequest(document, {
    baseDir: null,
    seed: 'retries',
    variables: givenVariables(new Map()),
    env: {},
    userAgent: 'posthaste',
    cookiesFor: () => [],
    ...authContext({ digest: createDigestMemory(), seed: 'retries', now: Date.now, baseDir: null, tokenFor: async () => null }),
  })
  if (!request) throw new Error(`It cannot be prepared: ${JSON.stringify(problems)}`)
  return request
}

function retriesOf({ policy }: PreparedRequest): number {
  return policy.retry ? Math.min(mostRetries(policy.retry), COMPARED) : 0
}

async function sendByPython(
  cases: readonly RetryCase[],
  requests: readonly PreparedRequest[],
  python: string,
  port: number,
): Promise<Omit<Tried, 'tries'>[]> {
  const child = spawn(python, [join(import.meta.dirname, 'retry-referee.py'), String(port), String(NOW / 1000)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const given = cases.map(({ method, body, retry, redirect, readTimeout = 5 }, id) => {
    const url = requests[id]?.url.href
    const retries = requests[id] ? retriesOf(requests[id]) : 0
    return { id, method, url, body, readTimeout, retries, policy: policyOf(retry, redirect) }
  })
  child.stdin.end(JSON.stringify(given))
  const results = JSON.parse(await text(child.stdout)) as { outcome: string; waits: number[]; schedule: number[] }[]
  const ms = (seconds: readonly number[]): number[] => seconds.map((each) => Math.round(each * 1000))
  return results.map(({ outcome, waits, schedule }) => ({ waits: ms(waits), outcome, schedule: ms(schedule) }))
}

/** The arguments of urllib3's `Retry`. */
function policyOf(retry: Retry, redirect: number | undefined): Record<string, unknown> {
  const names: Partial<Record<keyof Retry, string>> = { respectRetryAfter: 'respect_retry_after_header' }
  const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const named = (Object.keys(retry) as (keyof Retry)[]).map((key) => [names[key] ?? snake(key), retry[key]] as const) // its own keys
  return { ...Object.fromEntries(named), ...(redirect !== undefined && { redirect }) }
}

async function sendByPosthaste(request: PreparedRequest, id: number, server: CourseServer, dir: string): Promise<Tried> {
  const pool = createConnectionPool()
  const bodies = createBodyStore({ dir: join(dir, 'bodies'), now: Date.now })
  const waits: number[] = []
  const { retry } = request.policy
  /** Whether this try has come as far as to write. */
  let hasConnected = false
  const takeRefusal = (): void => {
    if (!hasConnected) server.wasRefused()
    hasConnected = false
  }
  server.begin(id)
  const exchange = await sendRequest(request, {
    id: ExchangeIdSchema.parse(`case-${id}`),
    pool,
    bodies,
    cookies: createCookieJar(),
    signal: new AbortController().signal,
    onStep: ({ kind }) => {
      if (kind === 'requestHead') hasConnected = true
      if (kind === 'redirect') hasConnected = false
    },
    now: () => NOW,
    gate: {
      open: () => undefined,
      stand: async (ms) => {
        waits.push(ms ?? 0)
        takeRefusal()
        return 'time'
      },
    },
  })
  takeRefusal()
  await pool.close()
  await bodies.flush()
  return {
    tries: server.recorded(id).map(plain),
    waits: waits.filter((ms) => ms > 0),
    outcome: exchange.error?.kind ?? String(exchange.response?.status),
    schedule: retry ? Array.from({ length: retriesOf(request) }, (_each, at) => backoffMs(retry, at + 1, 0.5)) : [],
  }
}
