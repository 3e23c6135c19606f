/**
 * Whether one hop is tried again: counts what its retries have cost, by cause, as urllib3's `Retry` does. A redirect, an
 * answer to a challenge and the next part of an upload begin with a full budget, as each is a send of its own in requests.
 */
import type { ErrorKind } from '#contract/errors.ts'
import { CoreError } from '../lib/core-error.ts'
import type { PreparedRequest, RetryPolicy } from '../prepare/prepared-request.ts'
import { isRetriedMethod, isRetriedStatus, mostRetries, waitBeforeRetry, type RetryAnswer } from '../prepare/retry-schedule.ts'
import { peerName } from './peer-name.ts'
import { headerValues } from './response-body.ts'
import type { HopRecord } from './run-hop.ts'

export type RetryDecision =
  /** The record stands, for all that retries care. */
  | { readonly kind: 'stands' }
  /** No more retries: the record stands, with this error. */
  | { readonly kind: 'spent'; readonly error: CoreError }
  /** The attempt to come, from 2, and how many there may be. */
  | { readonly kind: 'retry'; readonly waitMs: number; readonly reason: string; readonly attempt: number; readonly of: number }

type Cause = 'connect' | 'read' | 'status'

/** The connection did not come about, or broke before an answer. */
const OF_CONNECTION: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['ConnectionError', 'ConnectTimeout', 'ProxyError'])
/** With these, the head of an answer counts all the same. */
const OF_BODY: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['ContentDecodingError', 'ChunkedEncodingError', 'ReadTimeout'])
/** A handshake that the other side broke off; a certificate that is not trusted will not be the next time either. */
const BROKEN_HANDSHAKE = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'])

export class RetryBudget {
  readonly #request: PreparedRequest
  readonly #left: Record<'total' | Cause, number>
  #made = 0

  constructor(request: PreparedRequest) {
    const { retry } = request.policy
    this.#request = request
    this.#left = {
      total: retry?.total ?? 0,
      connect: retry?.connect ?? Infinity,
      read: retry?.read ?? Infinity,
      status: retry?.status ?? Infinity,
    }
  }

  /**
   * What to do after a try; a retry it decides for is taken off the budget.
   *
   * @param now milliseconds since the epoch, for a Retry-After that names a date
   */
  decide(record: HopRecord, now: number): RetryDecision {
    const { retry } = this.#request.policy
    const cause = retry && causeOf(retry, this.#request.method, record)
    if (!retry || !cause) return { kind: 'stands' }
    this.#left.total -= 1
    this.#left[cause] -= 1
    if (this.#left.total < 0 || this.#left[cause] < 0) return this.#spent(retry, record)
    this.#made += 1
    const waitMs = waitBeforeRetry(retry, this.#made, answerOf(record), { now, random: Math.random() })
    return { kind: 'retry', waitMs, reason: reasonOf(record), attempt: this.#made + 1, of: mostRetries(retry) + 1 }
  }

  #spent(retry: RetryPolicy, { response, error }: HopRecord): RetryDecision {
    const attempts = this.#made + 1
    if (response) {
      return retry.raiseOnStatus ? { kind: 'spent', error: tooManyAnswers(this.#request, response, attempts) } : { kind: 'stands' }
    }
    if (!error || this.#made === 0) return { kind: 'stands' }
    const message = `${error.message} It was tried ${attempts} times.`
    return { kind: 'spent', error: new CoreError(error.kind, error.stage, message, { ...error.parts, cause: error }) }
  }
}

/** What of a record is tried again; null where nothing is. */
function causeOf(retry: RetryPolicy, method: string, record: HopRecord): Cause | null {
  const { error } = record
  const answer = answerOf(record)
  if (answer) return (error === null || OF_BODY.has(error.kind)) && isRetriedStatus(retry, method, answer) ? 'status' : null
  if (!error) return null
  if (error.kind === 'SSLError') return BROKEN_HANDSHAKE.has(String(error.parts.details?.['code'])) ? 'connect' : null
  // Where nothing was written, nothing can happen twice.
  if (OF_CONNECTION.has(error.kind) && record.request === null) return 'connect'
  if (OF_CONNECTION.has(error.kind) || error.kind === 'ReadTimeout') return isRetriedMethod(retry, method) ? 'read' : null
  return null
}

function answerOf({ response }: HopRecord): RetryAnswer | null {
  return response && { status: response.status, retryAfter: headerValues(response.headers, 'retry-after').at(0) ?? null }
}

function reasonOf({ response, error }: HopRecord): string {
  return response ? `${response.status} ${response.reason}`.trim() : (error?.message ?? '')
}

function tooManyAnswers(request: PreparedRequest, response: NonNullable<HopRecord['response']>, attempts: number): CoreError {
  const status = `${response.status} ${response.reason}`.trim()
  const often = attempts === 1 ? 'and no retry is left' : `the last of ${attempts} attempts too`
  return new CoreError('RetryError', 'receive', `${peerName(request.url)} answered ${status}, ${often}.`, {
    hint: 'The last answer is kept. Raise the number of retries in Options, or turn off raise_on_status there to take it as it is.',
    details: { status: response.status, attempts },
  })
}
