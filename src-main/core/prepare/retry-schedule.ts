/**
 * How long to wait before each retry, and whether a status or an error calls for one: the arithmetic of urllib3's
 * `Retry`. Pure, and the only place of these rules: the preview shows what it computes, and sending does it.
 *
 * @see urllib3.util.retry.Retry (2.x); RFC 9110 §10.2.3 (Retry-After)
 */
import type { Preview } from '#contract/model/prepared.ts'
import { emailDate } from './email-date.ts'
import type { RetryPolicy } from './prepared-request.ts'

/** Statuses that are tried again where the answer says when, without being listed. */
const WITH_RETRY_AFTER = new Set([413, 429, 503])
/** A server may not keep us longer than this: six hours. */
const MAX_RETRY_AFTER_MS = 6 * 3600 * 1000
/** So many waits are shown. */
const SHOWN_RETRIES = 100
/** Beyond it two to that power is no use. */
const MAX_EXPONENT = 60

/** An answer, as far as a retry depends on it. */
export interface RetryAnswer {
  readonly status: number
  /** The Retry-After header; null where there is none. */
  readonly retryAfter: string | null
  /** When it was made by the server's own clock, in milliseconds since the epoch; null where that is not known, or not to count. */
  readonly madeAt: number | null
}

/**
 * Milliseconds before retry `n` of one hop, from 1: nothing before the first, then `factor × 2^(n-1)` up to the limit.
 *
 * @param random from 0 to below 1, for the jitter
 */
export function backoffMs({ backoffFactorMs, backoffMaxMs, backoffJitterMs }: RetryPolicy, n: number, random = 0): number {
  if (n <= 1) return 0
  const wait = backoffFactorMs * 2 ** Math.min(n - 1, MAX_EXPONENT) + random * backoffJitterMs
  return Math.round(Math.min(Math.max(0, wait), backoffMaxMs))
}

/** The wait before each retry there may be, jitter left out: what a preview shows, at most a hundred of them. */
export function scheduleMs(policy: RetryPolicy): number[] {
  return Array.from({ length: Math.min(mostRetries(policy), SHOWN_RETRIES) }, (_each, index) => backoffMs(policy, index + 1))
}

/** What is said of them before anything is sent. */
export function shownRetries(policy: RetryPolicy, method: string): NonNullable<Preview['retries']> {
  // `other` is a cause by the rules of urllib3 alone, and hardly ever one.
  const { connect, read, status, backoffJitterMs: jitterMs } = policy
  const most = mostRetries(policy)
  const hasLowerLimits = [connect, read, status].some((limit) => limit !== null && limit < most)
  return { waitsMs: scheduleMs(policy), jitterMs, coversMethod: isRetriedMethod(policy, method), hasLowerLimits }
}

/** How many retries one hop may have: the total, which is the most whatever the causes are. */
export function mostRetries({ total, connect, read, status, other }: RetryPolicy): number {
  // Where every cause has its own limit, their sum is one too.
  const ofCauses = connect === null || read === null || status === null || other === null ? Infinity : connect + read + status + other
  return Math.min(total, ofCauses)
}

/**
 * Milliseconds that a Retry-After header asks for, at most six hours.
 *
 * @returns null where it cannot be understood
 */
export function retryAfterMs(value: string, now: number): number | null {
  const asked = askedMs(value, now)
  return asked === null ? null : Math.min(asked, MAX_RETRY_AFTER_MS)
}

/** Whether a Retry-After header that counts asks for more than is waited. */
export function asksForMore({ respectRetryAfter }: RetryPolicy, answer: RetryAnswer | null, now: number): boolean {
  const value = respectRetryAfter ? (answer?.retryAfter ?? null) : null
  return value !== null && (askedMs(value, now) ?? 0) > MAX_RETRY_AFTER_MS
}

function askedMs(value: string, now: number): number | null {
  const text = value.trim()
  const date = /^\d+$/.test(text) ? now + Number(text) * 1000 : emailDate(text)
  return date === null ? null : Math.round(Math.max(0, date - now))
}

/**
 * What to wait before retry `n` after an answer, or after none: what the server asks for, else the backoff. What it asks
 * for in no known form is passed over, or where the policy is urllib3's to the letter, an error.
 *
 * @returns null for such an error
 */
export function waitBeforeRetry(
  policy: RetryPolicy,
  n: number,
  answer: RetryAnswer | null,
  { now, random }: { readonly now: number; readonly random: number },
): number | null {
  const retryAfter = policy.respectRetryAfter ? (answer?.retryAfter ?? null) : null
  const asked = retryAfter === null ? null : retryAfterMs(retryAfter, answer?.madeAt ?? now)
  if (retryAfter !== null && asked === null && policy.wrongRetryAfter === 'error') return null
  // Zero asks for nothing: urllib3 backs off then, too.
  return asked === null || asked === 0 ? backoffMs(policy, n, random) : asked
}

/**
 * Whether an answer is to be tried again, the retries of its cause left aside.
 *
 * @param left of the total: without any, a status that is not listed stands, and is no failure
 */
export function isRetriedStatus(
  policy: RetryPolicy,
  method: string,
  { status, retryAfter }: Omit<RetryAnswer, 'madeAt'>,
  left: number,
): boolean {
  if (!isRetriedMethod(policy, method)) return false
  if (policy.statusForcelist.has(status)) return true
  return left > 0 && policy.respectRetryAfter && Boolean(retryAfter) && WITH_RETRY_AFTER.has(status)
}

/** Whether a method may be repeated after something was sent. */
export function isRetriedMethod({ allowedMethods }: RetryPolicy, method: string): boolean {
  return allowedMethods === null || allowedMethods.has(method)
}
