/**
 * From a prepared request to its exchange: hop after hop, each with the reason for the next, until an answer stands or
 * something fails. Progress goes to `onStep` all along. What a hop is made of is in `run-hop.ts`, what follows one by
 * itself in `next-hop.ts`, whether one is tried again in `retry-budget.ts`.
 */
import type { Exchange, ExchangeStep, Hop } from '#contract/model/exchange.ts'
import type { ExchangeId } from '#contract/model/ids.ts'
import { NO_TIMINGS } from '#contract/model/no-timings.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { CoreError } from '../lib/core-error.ts'
import { isoTime } from '../lib/iso-time.ts'
import { cookieUrl } from '../prepare/cookie-header.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { plainTextWarnings } from '../prepare/secret-headers.ts'
import type { ConnectionPool } from './connection-pool.ts'
import { beginCourse, inLine, keepAttempt, keepHop, keepTunnels, ownTime, wholeTime, type Course, type Try } from './course.ts'
import { startDeadline, tooLateAt, withWhatCame, type Deadline } from './deadline.ts'
import { createGate, type Gate } from './gate.ts'
import { challengeNext, redirectNext, type Next } from './next-hop.ts'
import { beginParts, type PartCourse } from './part-series.ts'
import { peerName } from './peer-name.ts'
import { withFreshCookies } from './redirects.ts'
import { RetryBudget, type RetryDecision } from './retry-budget.ts'
import { cookieOutcomes } from './cookie-outcomes.ts'
import { refusalWarnings, runHop, type HopRecord } from './run-hop.ts'
import type { SocketPort } from './websocket-port.ts'
import type { SessionCookies } from './session-cookies.ts'

/** Sent again on a new connection without asking: twice is the same as once (RFC 9110 §9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

export interface SendRun {
  readonly id: ExchangeId
  readonly pool: ConnectionPool
  readonly bodies: BodyStore
  readonly cookies: SessionCookies
  /** Aborted by Cancel. */
  readonly signal: AbortSignal
  /** Steps in order; `done` is the last. */
  readonly onStep: (step: ExchangeStep) => void
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Lets a person go on at a redirect or before a retry; absent where nobody is there: a redirect in step mode then ends it. */
  readonly gate?: Gate
  /** Of an upload in parts: the part to begin with, from 1. */
  readonly fromPart?: number
  /** The version of the file that the parts before it were of; absent: not known. */
  readonly partsOf?: string
  /** Through which others speak, where the request opens a WebSocket. */
  readonly port?: SocketPort
  /** Hops that led to this request: getting its access token. */
  readonly before?: readonly Hop[]
}

/** A run with its time. */
interface Running extends SendRun {
  readonly deadline: Deadline
  readonly gate: Gate
  readonly isAttended: boolean
}

interface Ending {
  readonly record: HopRecord
  readonly error: CoreError | null
}

/**
 * Send a request and follow it to its end.
 *
 * @returns the whole record; `ok` is false and `error` is set where it failed, with everything that had come kept. The
 * phases in `timings` are those of the last hop, its `other` is all besides, and its `total` both; without the time that a
 * person took to decide
 * @throws {CoreError} `InvalidOption` where `fromPart` is none; `InvalidBody` where the file is not that of `partsOf`
 */
export async function sendRequest(request: PreparedRequest, run: SendRun): Promise<Exchange> {
  const startedAt = isoTime(run.now())
  const parts = beginParts(request, run.fromPart ?? 1, run.partsOf)
  const before = inLine(run.before ?? [])
  const course = beginCourse(parts.current(), before)
  const deadline = startDeadline(request, run.signal, ownTime(before))
  const running: Running = {
    ...run,
    signal: deadline.signal,
    deadline,
    gate: run.gate ?? createGate(),
    isAttended: run.gate !== undefined,
  }
  try {
    const { record, error: ending } = await followThrough(course, parts, running)
    const error = ending && withWhatCame(ending, record.response !== null || course.history.length > 0)
    const fault = run.bodies.fault()
    if (fault) course.warnings.add(`${fault.message} This exchange is shown, but its bodies are lost when the window closes.`)
    const status = record.response?.status ?? 101
    if (course.first.isSocket && status !== 101) course.warnings.add(`The server did not open a WebSocket: it answered ${status}.`)
    const exchange: Exchange = {
      id: run.id,
      startedAt,
      ok: error === null,
      request: record.request,
      response: record.response,
      history: course.history,
      attempts: course.attempts,
      timings: wholeTime(record.timings, deadline.elapsed()),
      connection: record.connection,
      warnings: [...course.warnings],
      error: error?.toWire() ?? null,
    }
    run.onStep({ kind: 'done', exchange })
    return exchange
  } finally {
    deadline.clear()
  }
}

async function followThrough(course: Course, parts: PartCourse, run: Running): Promise<Ending> {
  for (;;) {
    const begun = parts.step()
    if (begun) run.onStep(begun)
    const { last, error, isByChoice } = await followOne(course, run)
    const next = isByChoice ? null : parts.advance(last.record, error)
    if (next === null) {
      const unsent = isByChoice ? parts.unsentWarning() : null
      if (unsent !== null) course.warnings.add(unsent)
      return { record: last.record, error: isByChoice ? error : parts.failure(last.record, error) }
    }
    keepHop(course, last, { kind: 'part', because: next.because, dropped: [] })
    // Every part goes to the address that was typed, with the cookies that the last one brought.
    course.first = { ...next.request, headers: withFreshCookies(next.request, run.cookies.cookiesFor) }
    course.redirects = 0
  }
}

/** How one request ended; `isByChoice` where a person, or nobody being there, ended it at a redirect. */
interface OneEnding {
  readonly last: Try
  readonly error: CoreError | null
  readonly isByChoice: boolean
}

/** One request with its retries, challenges and redirects. */
async function followOne(course: Course, run: Running): Promise<OneEnding> {
  let current = course.first
  let budget = new RetryBudget(current)
  /** Status of the challenge that it answers. */
  let answered: number | null = null
  /** What a retry sends where it is to be the same bytes. */
  let again: PreparedRequest | null = null
  for (;;) {
    const outgoing: PreparedRequest | CoreError = again ?? (await signed(current, course, answered))
    if (outgoing instanceof CoreError)
      return { last: { record: NOTHING_SENT, at: run.deadline.elapsed() }, error: outgoing, isByChoice: false }
    for (const warning of plainTextWarnings(outgoing.url, outgoing.headers)) course.warnings.add(warning)
    const last = await runSurely(outgoing, course, run)
    const { record } = last
    const { challenge, retry } = await judge(current, record, budget, course, run)
    if (retry.kind === 'spent') return { last, error: retry.error, isByChoice: false }
    if (retry.kind === 'retry') {
      const error = await waitForRetry(retry, last, course, run)
      if (error) return { last, error, isByChoice: false }
      again = current.policy.rules.retries.sends === 'same' ? outgoing : null
      if (again === null) current = { ...current, headers: withFreshCookies(current, run.cookies.cookiesFor) }
      // A nonce is not used twice with one count: the credentials are made anew.
      answered = null
      continue
    }
    const next = challenge ?? redirectNext(current, record, course, run.cookies.cookiesFor)
    if (next.kind === 'stop') return { last, error: next.error, isByChoice: false }
    if (next.kind === 'redirect' && !(await mayFollow(next, current, record, course, run))) {
      return { last, error: null, isByChoice: true }
    }
    for (const warning of next.warnings) course.warnings.add(warning)
    if (next.kind === 'redirect') course.redirects += 1
    keepHop(course, last, next)
    run.onStep(next.step)
    current = next.request
    again = null
    answered = next.kind === 'challenge' ? (record.response?.status ?? null) : null
    budget = new RetryBudget(current)
  }
}

/** What an answer calls for: to be tried again, or to be answered as a challenge. The cookies it set are kept. */
async function judge(
  current: PreparedRequest,
  record: HopRecord,
  budget: RetryBudget,
  course: Course,
  run: Running,
): Promise<{ readonly challenge: Next | null; readonly retry: RetryDecision }> {
  for (const warning of record.warnings) course.warnings.add(warning)
  if (current.policy.rules.retries.sends === 'same') {
    // urllib3 tries again below requests, which sees only the answer that stands: no other sets cookies, or is a challenge.
    const retry = budget.decide(record, run.now())
    if (retry.kind !== 'stands') return { challenge: null, retry }
    takeCookies(current, record, course, run)
    return { challenge: await challengeNext(current, record, course, run.cookies.cookiesFor), retry }
  }
  takeCookies(current, record, course, run)
  const challenge = await challengeNext(current, record, course, run.cookies.cookiesFor)
  return { challenge, retry: challenge ? { kind: 'stands' } : budget.decide(record, run.now()) }
}

/** A request of which nothing left the machine. */
const NOTHING_SENT: HopRecord = {
  request: null,
  response: null,
  timings: NO_TIMINGS,
  connection: null,
  setCookieLines: [],
  location: null,
  warnings: [],
  error: null,
  lost: null,
  tunnels: [],
}

/** With its credentials. Whose challenge it answers has them already; the other side's are made anew, for it is asked once more. */
async function signed(request: PreparedRequest, { proxyFlow }: Course, answered: number | null): Promise<PreparedRequest | CoreError> {
  try {
    const own = answered === null || answered === 407 ? ((await request.flow?.sign?.(request, 'send')) ?? request) : request
    return answered === 407 ? own : await proxyFlow.sign(own, 'send')
  } catch (error) {
    if (error instanceof CoreError) return error
    throw error
  }
}

function takeCookies(current: PreparedRequest, record: HopRecord, course: Course, run: Running): void {
  const { cookies: rules } = current.policy.rules
  if (current.headers.some(({ source }) => source === 'cookies')) run.cookies.used(cookieUrl(current.url, current.headers, rules), rules)
  if (record.setCookieLines.length === 0) return
  const { refused } = run.cookies.store(cookieUrl(current.url, current.headers, rules), record.setCookieLines, rules)
  for (const warning of refusalWarnings(refused)) course.warnings.add(warning)
  // The record is made before its cookies are offered to the jar; nobody has read it until now.
  if (record.response) record.response.cookieOutcomes = cookieOutcomes(record.setCookieLines, refused, run.now())
}

/** A hop, and once more on a new connection where a kept one turned out to be closed and no harm can come of it. */
async function runSurely(request: PreparedRequest, course: Course, run: Running): Promise<Try> {
  const { pool, bodies, signal, onStep, deadline } = run
  for (let isFresh = false; ; isFresh = true) {
    const at = deadline.elapsed()
    const record = await runHop(request, {
      pool,
      bodies,
      signal,
      onStep,
      hop: course.history.length,
      isFresh,
      ...(run.port && { port: run.port }),
    })
    const tried = { at: keepTunnels(course, record, at), record }
    if (isFresh || !mayRepeat(request, record)) return tried
    keepAttempt(course, tried, `${peerName(request.url)} had closed the kept connection; sent again on a new one.`, 0)
  }
}

function mayRepeat({ method, policy }: PreparedRequest, { lost }: HopRecord): boolean {
  if (lost !== 'unanswered') return lost === 'unsent'
  return policy.rules.retries.closedConnection === 'sent-again' && IDEMPOTENT.has(method)
}

/** @returns the error that the wait ended with; null where the retry is to be made */
async function waitForRetry(
  { waitMs, reason, attempt, of }: Extract<RetryDecision, { kind: 'retry' }>,
  last: Try,
  course: Course,
  run: Running,
): Promise<CoreError | null> {
  const since = performance.now()
  run.onStep({ kind: 'retryWait', number: course.attempts.length + 1, attempt, of, waitMs, reason })
  try {
    const ended = await run.gate.stand(waitMs, run.signal)
    keepAttempt(course, last, reason, ended === 'time' ? waitMs : Math.round(performance.now() - since))
    return null
  } catch (error) {
    if (error instanceof CoreError) return tooLateAt(error, 'receive', 'retry', 'It waited to try again.')
    throw error
  }
}

/** In step mode a redirect is followed when a person says so; Cancel lets it stand as the answer. */
async function mayFollow(
  next: Exclude<Next, { kind: 'stop' }>,
  current: PreparedRequest,
  record: HopRecord,
  course: Course,
  run: Running,
): Promise<boolean> {
  const { request } = next
  const status = record.response?.status ?? 0
  if (!course.isStepping) return true
  if (!run.isAttended) {
    course.warnings.add(`Redirects are followed step by step: stopped at the ${status} to ${request.url.href}.`)
    return false
  }
  return run.deadline.suspended(async (cancel) => {
    const headers = request.headers.map(({ name, value }): [string, string] => [name, value])
    const prepared = { method: request.method, url: request.url.href, headers, bodyBytes: request.body?.bytes ?? null }
    run.onStep({ kind: 'paused', status, url: current.url.href, next: prepared })
    const opened = await run.gate.stand(null, cancel).catch(() => null)
    if (opened === 'openedForAll') course.isStepping = false
    return opened !== null
  })
}
