/** What has happened in an exchange so far, and how it is put down. */
import type { Attempt, DroppedHeader, ExchangeTimings, Hop, Timings } from '#contract/model/exchange.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import type { HopRecord } from './run-hop.ts'

export interface Course {
  /** The request as it was prepared; of an upload in parts, the part at hand. */
  first: PreparedRequest
  /** Answers proxies that ask who we are. */
  readonly proxyFlow: ReturnType<PreparedRequest['proxyAuth']['flow']>
  readonly history: Hop[]
  readonly attempts: Attempt[]
  readonly warnings: Set<string>
  /** How many redirects were followed from `first`. */
  redirects: number
  /** Whether to stand at the next redirect. */
  isStepping: boolean
}

/**
 * A course at its beginning.
 *
 * @param before hops that led to this request: getting its access token
 */
export function beginCourse(request: PreparedRequest, before: readonly Hop[]): Course {
  return {
    first: request,
    proxyFlow: request.proxyAuth.flow(),
    history: [...before],
    attempts: [],
    warnings: new Set(request.warnings),
    redirects: 0,
    isStepping: request.policy.stepRedirects,
  }
}

/** One try: what it was, and when it began. */
export interface Try {
  readonly record: HopRecord
  /** Milliseconds from Send. */
  readonly at: number
}

/** Keep an answer that another hop follows. */
export function keepHop(
  course: Course,
  { record, at }: Try,
  why: Pick<Hop, 'kind' | 'because'> & { readonly dropped: readonly DroppedHeader[] },
): void {
  const { request, response, timings, connection } = record
  if (!request || !response || !connection) return
  const { kind, because, dropped } = why
  course.history.push({ kind, at: toMicroseconds(at), request, response, timings, connection, because, dropped: [...dropped] })
}

/** Keep what a proxy refused before a try. Returns when the try itself began. */
export function keepTunnels(course: Course, { tunnels }: HopRecord, at: number): number {
  course.history.push(...tunnels.map((hop) => ({ ...hop, at: toMicroseconds(at + hop.at) })))
  return at + ownTime(tunnels)
}

/** Keep a try that is made again. */
export function keepAttempt(course: Course, { record, at }: Try, reason: string, waited: number): void {
  const { request, response, timings, connection, error } = record
  course.attempts.push({
    number: course.attempts.length + 1,
    reason,
    waited,
    at: toMicroseconds(at),
    request,
    response,
    timings,
    connection,
    error: error?.toWire() ?? null,
  })
}

/** Hops that were had one after the other, with when each began. */
export function inLine(hops: readonly Hop[]): Hop[] {
  return hops.map((hop, index) => ({ ...hop, at: toMicroseconds(ownTime(hops.slice(0, index))) }))
}

/** What hops took, in milliseconds. */
export function ownTime(hops: readonly Hop[]): number {
  return hops.reduce((sum, { timings }) => sum + timings.total, 0)
}

/** The times of an exchange, of which the last hop has those given. */
export function wholeTime(last: Timings, elapsedMs: number): ExchangeTimings {
  const other = toMicroseconds(elapsedMs - last.total)
  return { ...last, other, total: toMicroseconds(last.total + other) }
}

/** Finer is noise. */
export function toMicroseconds(ms: number): number {
  return Math.max(0, Math.round(ms * 1000) / 1000)
}
