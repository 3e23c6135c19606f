/**
 * How long to wait before each retry, and whether a status or an error calls for one: the arithmetic of urllib3's
 * `Retry`. Pure, and the only place of these rules: the preview shows what it computes, and sending does it.
 *
 * @see urllib3.util.retry.Retry (2.x); RFC 9110 §10.2.3 (Retry-After)
 */
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

/** How many retries one hop may have: the total, which is the most whatever the causes are. */
export function mostRetries({ total, connect, read, status }: RetryPolicy): number {
  // Where every cause has its own limit, their sum is one too.
  const ofCauses = connect === null || read === null || status === null ? Infinity : connect + read + status
  return Math.min(total, ofCauses)
}

/**
 * Milliseconds that a Retry-After header asks for, at most six hours.
 *
 * @returns null where it cannot be understood; it is then passed over, where urllib3 raises InvalidHeader
 */
export function retryAfterMs(value: string, now: number): number | null {
  const text = value.trim()
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - now
  return Number.isNaN(ms) ? null : Math.round(Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS))
}

/** What to wait before retry `n` after an answer, or after none: what the server asks for, else the backoff. */
export function waitBeforeRetry(
  policy: RetryPolicy,
  n: number,
  answer: RetryAnswer | null,
  { now, random }: { readonly now: number; readonly random: number },
): number {
  const retryAfter = policy.respectRetryAfter ? (answer?.retryAfter ?? null) : null
  const asked = retryAfter === null ? null : retryAfterMs(retryAfter, now)
  // Zero asks for nothing: urllib3 backs off then, too.
  return asked === null || asked === 0 ? backoffMs(policy, n, random) : asked
}

/** Whether an answer is to be tried again, its number of retries left aside. */
export function isRetriedStatus(policy: RetryPolicy, method: string, { status, retryAfter }: RetryAnswer): boolean {
  if (!isRetriedMethod(policy, method)) return false
  if (policy.statusForcelist.has(status)) return true
  return policy.total > 0 && policy.respectRetryAfter && retryAfter !== null && WITH_RETRY_AFTER.has(status)
}

/** Whether a method may be repeated after something was sent. */
export function isRetriedMethod({ allowedMethods }: RetryPolicy, method: string): boolean {
  return allowedMethods === null || allowedMethods.has(method)
}

/** Any of the three forms of RFC 9110 §5.6.7, all of which name the month and are in UTC; not a number. */
function httpDate(text: string): number {
  if (!/^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(text)) return Number.NaN
  return Date.parse(/GMT|UTC|[+-]\d{4}$/.test(text) ? text : `${text} GMT`)
}
