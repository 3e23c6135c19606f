/**
 * From a prepared request to its exchange: hop after hop, each with the reason for the next, until an answer stands or
 * something fails. Progress goes to `onStep` all along. What a hop is made of is in `run-hop.ts`, where a redirect leads
 * in `redirects.ts`.
 */
import type { Exchange, ExchangeStep, Hop, Timings } from '#contract/model/exchange.ts'
import type { ExchangeId } from '#contract/model/ids.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { proxyFlow } from '../auth/proxy-auth.ts'
import { CoreError } from '../lib/core-error.ts'
import { cookieUrl } from '../prepare/cookie-header.ts'
import { withCredentials } from '../prepare/head.ts'
import type { AuthFlow, PreparedRequest } from '../prepare/prepared-request.ts'
import type { ConnectionPool } from './connection-pool.ts'
import { peerName, secondsText } from './peer-name.ts'
import { headerValues } from './response-body.ts'
import { followRedirect, isRedirect, maskedLocation, withFreshCookies } from './redirects.ts'
import { refusalWarnings, runHop, type HopRecord } from './run-hop.ts'
import { plainTextWarnings } from '../prepare/secret-headers.ts'
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
  /** Hops that led to this request: getting its access token. */
  readonly before?: readonly Hop[]
}

/** What follows an answer: another hop and why, or nothing. */
type Next =
  | { readonly kind: 'stop'; readonly error: CoreError | null }
  | {
      readonly kind: 'hop'
      readonly request: PreparedRequest
      readonly because: string
      readonly dropped: Hop['dropped']
      readonly step: ExchangeStep
    }

/** What has happened so far. */
interface Course {
  readonly first: PreparedRequest
  /** Answers proxies that ask who we are. */
  readonly proxyFlow: AuthFlow
  readonly history: Hop[]
  /** How many of the hops in `history` were redirects. */
  redirects: number
  readonly attempts: Exchange['attempts']
  readonly warnings: Set<string>
}

/**
 * Send a request and follow it to its end.
 *
 * @returns the whole record; `ok` is false and `error` is set where it failed, with everything that had come kept. The
 * phases in `timings` are those of the last hop, its `total` that of the whole exchange
 */
export async function sendRequest(request: PreparedRequest, run: SendRun): Promise<Exchange> {
  const startedAt = new Date(run.now()).toISOString()
  const started = performance.now()
  const course: Course = {
    first: request,
    proxyFlow: proxyFlow(),
    history: [...(run.before ?? [])],
    redirects: 0,
    attempts: [],
    warnings: new Set(request.warnings),
  }
  const stop = stopSignal(request, run.signal)
  try {
    const { record, error: ending } = await followThrough(course, { ...run, signal: stop.signal })
    const error = ending && withWhatCame(ending, record.response !== null || course.history.length > 0)
    const fault = run.bodies.fault()
    if (fault) course.warnings.add(`${fault.message} This exchange is shown, but its bodies are lost when the window closes.`)
    const exchange: Exchange = {
      id: run.id,
      startedAt,
      ok: error === null,
      request: record.request,
      response: record.response,
      history: course.history,
      attempts: course.attempts,
      timings: wholeTime(record.timings, started),
      connection: record.connection,
      warnings: [...course.warnings],
      error: error?.toWire() ?? null,
    }
    run.onStep({ kind: 'done', exchange })
    return exchange
  } finally {
    stop.clear()
  }
}

async function followThrough(course: Course, run: SendRun): Promise<{ record: HopRecord; error: CoreError | null }> {
  let current = course.first
  let isAnswer = false
  for (;;) {
    const outgoing = await signed(current, isAnswer)
    if (outgoing instanceof CoreError) return { record: NOTHING_SENT, error: outgoing }
    for (const warning of plainTextWarnings(outgoing.url, outgoing.headers)) course.warnings.add(warning)
    const record = await runSurely(outgoing, course, run)
    for (const warning of record.warnings) course.warnings.add(warning)
    if (record.setCookieLines.length > 0) {
      const { cookies: rules } = current.policy.rules
      const { refused } = run.cookies.store(cookieUrl(current.url, current.headers, rules), record.setCookieLines, rules)
      for (const warning of refusalWarnings(refused)) course.warnings.add(warning)
    }
    const next = (await challengeNext(current, record, course, run)) ?? whatNext(current, record, course, run)
    if (next.kind === 'stop') return { record, error: next.error }
    keepHop(course, record, next)
    run.onStep(next.step)
    current = next.request
    // The answer to a proxy leaves the server's credentials to be made anew.
    isAnswer = next.step.kind === 'challenge' && next.step.status !== 407
  }
}

/** A request of which nothing left the machine. */
const NOTHING_SENT: HopRecord = {
  request: null,
  response: null,
  timings: { queued: 0, dns: 0, connect: 0, tls: 0, send: 0, wait: 0, download: 0, total: 0, reusedConnection: false },
  connection: null,
  setCookieLines: [],
  location: null,
  warnings: [],
  error: null,
  lost: null,
}

/** With its credentials; the answer to a challenge has them already. */
async function signed(request: PreparedRequest, isAnswer: boolean): Promise<PreparedRequest | CoreError> {
  if (isAnswer || !request.flow?.sign) return request
  try {
    return await request.flow.sign(request, 'send')
  } catch (error) {
    if (error instanceof CoreError) return error
    throw error
  }
}

/** A hop, and once more on a new connection where a kept one turned out to be closed and no harm can come of it. */
async function runSurely(request: PreparedRequest, course: Course, run: SendRun): Promise<HopRecord> {
  const { pool, bodies, signal, onStep } = run
  const hop = { pool, bodies, signal, onStep, hop: course.history.length }
  const record = await runHop(request, { ...hop, isFresh: false })
  const mayRepeat = record.lost === 'unsent' || (record.lost === 'unanswered' && IDEMPOTENT.has(request.method))
  if (!mayRepeat) return record
  const reason = `${peerName(request.url)} had closed the kept connection; sent again on a new one.`
  course.attempts.push({ number: course.attempts.length + 1, reason, waited: 0 })
  return runHop(request, { ...hop, isFresh: true })
}

/** The same request with an answer to the server's challenge; null where there is nothing to answer or no way to. */
async function challengeNext(current: PreparedRequest, record: HopRecord, course: Course, run: SendRun): Promise<Next | null> {
  const { response } = record
  const flow = response?.status === 407 ? course.proxyFlow : current.flow
  if (!response || !flow || (record.error && !isOfBody(record.error))) return null
  const header = (name: string): readonly string[] => headerValues(response.headers, name)
  const answer = await flow.respond(current, { status: response.status, header })
  if (answer === null) return null
  if (answer.kind === 'refused') {
    course.warnings.add(answer.warning)
    return null
  }
  const { name, value } = answer.header
  const fresh = withFreshCookies(current, run.cookies.cookiesFor)
  const headers = withCredentials(fresh, [{ name, value, source: 'auth' }], current.policy.rules)
  const step = { kind: 'challenge', status: response.status, url: current.url.href } as const
  return { kind: 'hop', request: { ...current, headers }, because: answer.because, dropped: [], step }
}

function whatNext(current: PreparedRequest, record: HopRecord, course: Course, run: SendRun): Next {
  const { response, location } = record
  if (!response || !isRedirect(response.status, location) || !current.policy.followRedirects) return { kind: 'stop', error: record.error }
  if (record.error && !isOfBody(record.error)) return { kind: 'stop', error: record.error }
  if (course.redirects >= current.policy.maxRedirects) return { kind: 'stop', error: tooMany(current.policy.maxRedirects, location) }
  try {
    const { first } = course
    const redirect = followRedirect({ first, current, status: response.status, location, cookiesFor: run.cookies.cookiesFor })
    if (!redirect) return { kind: 'stop', error: record.error }
    // The body of a redirect is of no use to anyone, so a fault in it does not stop the way.
    if (record.error) course.warnings.add(record.error.message)
    for (const warning of redirect.warnings) course.warnings.add(warning)
    course.redirects += 1
    const { href } = redirect.request.url
    const { status } = response
    return {
      kind: 'hop',
      request: redirect.request,
      because: `${status} to ${href}`,
      dropped: [...redirect.dropped],
      step: { kind: 'redirect', status, url: href },
    }
  } catch (error) {
    if (error instanceof CoreError) return { kind: 'stop', error }
    throw error
  }
}

function isOfBody(error: CoreError): boolean {
  return error.kind === 'ContentDecodingError' || error.kind === 'ChunkedEncodingError'
}

function tooMany(limit: number, location: string): CoreError {
  const shown = maskedLocation(location)
  const hint =
    limit === 0
      ? `The answer leads on to ${shown}, and the limit is 0. Raise it in Options, or turn off Follow redirects to take the answer as it is.`
      : `The last answer leads on to ${shown}. See under Redirects whether they go in a circle, or raise the limit in Options.`
  return new CoreError('TooManyRedirects', 'receive', `Exceeded ${limit} redirects.`, { hint, details: { limit, location: shown } })
}

/** An exchange that was ended says what is kept of it, where something came. */
function withWhatCame(error: CoreError, hasCome: boolean): CoreError {
  if (!hasCome || (error.kind !== 'Cancelled' && error.kind !== 'TotalTimeout')) return error
  const hint = ['What had come until then is kept.', error.parts.hint].filter((part) => part !== undefined).join(' ')
  return new CoreError(error.kind, error.stage, error.message, { ...error.parts, hint, cause: error })
}

function keepHop(
  course: Course,
  { request, response, timings, connection }: HopRecord,
  { because, dropped }: Pick<Hop, 'because' | 'dropped'>,
): void {
  if (request && response && connection) course.history.push({ request, response, timings, connection, because, dropped })
}

/** Cancel and the total timeout, as one signal whose reason is the error to end with. */
function stopSignal(request: PreparedRequest, cancel: AbortSignal): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController()
  const { total } = request.policy.timeouts
  const peer = peerName(request.url)
  const onCancel = (): void => controller.abort(new CoreError('Cancelled', 'send', `The request to ${peer} was cancelled.`))
  const onTime = (): void =>
    controller.abort(
      new CoreError('TotalTimeout', 'receive', `The exchange with ${peer} was not over after ${secondsText(total ?? 0)}.`, {
        hint: 'Raise the total timeout in Options to wait longer.',
      }),
    )
  if (cancel.aborted) onCancel()
  else cancel.addEventListener('abort', onCancel, { once: true })
  const timer = total === null ? null : setTimeout(onTime, total)
  return {
    signal: controller.signal,
    clear: () => {
      if (timer) clearTimeout(timer)
      cancel.removeEventListener('abort', onCancel)
    },
  }
}

function wholeTime(timings: Timings, started: number): Timings {
  return { ...timings, total: Math.round((performance.now() - started) * 1000) / 1000 }
}
