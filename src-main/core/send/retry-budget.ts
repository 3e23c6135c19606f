/**
 * Whether one hop is tried again: counts what its retries have cost, by cause, as urllib3's `Retry` does. A redirect, an
 * answer to a challenge and the next part of an upload begin with a full budget, as each is a send of its own in requests.
 */
import { CoreError } from '../lib/core-error.ts'
import { optionDetails, placeOfOption } from '../prepare/option-origins.ts'
import type { PreparedRequest, RetryPolicy } from '../prepare/prepared-request.ts'
import { asksForMore, retryAfterMs, waitBeforeRetry, type RetryAnswer } from '../prepare/retry-schedule.ts'
import { peerName } from './peer-name.ts'
import { retryAnswer, retryCause, type RetryCause } from './retry-causes.ts'
import type { HopRecord } from './run-hop.ts'

export type RetryDecision =
  /** The record stands, for all that retries care. */
  | { readonly kind: 'stands' }
  /** No more retries: the record stands, with this error. */
  | { readonly kind: 'spent'; readonly error: CoreError }
  /** The attempt to come, from 2, and how many there may be as long as the cause stays the same. */
  | { readonly kind: 'retry'; readonly waitMs: number; readonly reason: string; readonly attempt: number; readonly of: number }

export class RetryBudget {
  readonly #request: PreparedRequest
  readonly #left: Record<'total' | RetryCause, number>
  #made = 0
  /** Those since a redirect. */
  #inRow = 0

  constructor(request: PreparedRequest) {
    const { retry } = request.policy
    this.#request = request
    this.#left = {
      total: retry?.total ?? 0,
      connect: retry?.connect ?? Infinity,
      read: retry?.read ?? Infinity,
      status: retry?.status ?? Infinity,
      redirect: Infinity,
      other: retry?.other ?? Infinity,
    }
  }

  /**
   * What to do after a try; a retry it decides for is taken off the budget.
   *
   * @param now milliseconds since the epoch, for a Retry-After that names a date
   */
  decide(record: HopRecord, now: number): RetryDecision {
    const { retry, rules } = this.#request.policy
    const cause = retryCause(this.#request, record, this.#left.total)
    if (!retry || !cause) return { kind: 'stands' }
    this.#left.total -= 1
    this.#left[cause] -= 1
    if (this.#left.total < 0 || this.#left[cause] < 0) return this.#spent(retry, record)
    this.#made += 1
    // The backoff begins anew behind a redirect.
    this.#inRow = cause === 'redirect' ? 0 : this.#inRow + 1
    const answer = retryAnswer(record, rules.retries.causes === 'urllib3')
    const waitMs = waitBeforeRetry(retry, this.#inRow, answer, { now, random: Math.random() })
    if (waitMs === null) return { kind: 'spent', error: wrongRetryAfter(this.#request, answer?.retryAfter ?? '') }
    const reason = asksForMore(retry, answer, now)
      ? longReason(record, answer)
      : isAsked(retry, answer, now)
        ? askedReason(record, answer)
        : reasonOf(record)
    const attempt = this.#made + 1
    return { kind: 'retry', waitMs, reason, attempt, of: attempt + Math.min(this.#left.total, this.#left[cause]) }
  }

  #spent(retry: RetryPolicy, { response, error }: HopRecord): RetryDecision {
    const attempts = this.#made + 1
    if (response) {
      return retry.raiseOnStatus ? { kind: 'spent', error: tooManyAnswers(this.#request, response, attempts) } : { kind: 'stands' }
    }
    if (!error) return { kind: 'stands' }
    const kind = error.kind === 'ReadTimeout' ? this.#request.policy.rules.retries.spentSilence : error.kind
    if (this.#made === 0 && kind === error.kind) return { kind: 'stands' }
    const message = this.#made === 0 ? error.message : `${error.message} It was tried ${attempts} times.`
    return { kind: 'spent', error: new CoreError(kind, error.stage, message, { ...error.parts, cause: error }) }
  }
}

function reasonOf({ response, error }: HopRecord): string {
  return response ? `${response.status} ${response.reason}`.trim() : (error?.message ?? '')
}

function longReason(record: HopRecord, answer: RetryAnswer | null): string {
  return `${reasonOf(record)}; it asks for more than the 6 h that are waited at most (Retry-After: ${shortened(answer?.retryAfter ?? '')})`
}

function askedReason(record: HopRecord, answer: RetryAnswer | null): string {
  return `${reasonOf(record)}; it asks for this wait (Retry-After: ${shortened(answer?.retryAfter ?? '')})`
}

/** Whether the wait is the server's wish, and no backoff. */
function isAsked({ respectRetryAfter }: RetryPolicy, answer: RetryAnswer | null, now: number): boolean {
  const retryAfter = respectRetryAfter ? (answer?.retryAfter ?? null) : null
  return retryAfter !== null && (retryAfterMs(retryAfter, answer?.madeAt ?? now) ?? 0) > 0
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value
}

function tooManyAnswers(request: PreparedRequest, response: NonNullable<HopRecord['response']>, attempts: number): CoreError {
  const status = `${response.status} ${response.reason}`.trim()
  const often = attempts === 1 ? 'and no retry is left' : `the last of ${attempts} attempts too`
  return new CoreError('RetryError', 'receive', `${peerName(request.url)} answered ${status}, ${often}.`, {
    hint: `The last answer is kept. Raise the number of retries ${placeOfOption(request.policy.origins, 'retry')}, or turn off Fail when used up (raise_on_status) there to take it as it is.`,
    details: { status: response.status, attempts, ...optionDetails(request.policy.origins, 'retry'), option: 'retry.total' },
  })
}

function wrongRetryAfter({ url, policy }: PreparedRequest, value: string): CoreError {
  return new CoreError(
    'InvalidHeader',
    'receive',
    `${peerName(url)} says in no known form when to try again: Retry-After: ${shortened(value)}.`,
    {
      hint: `The answer is kept. requests gives up there; turn off Heed Retry-After ${placeOfOption(policy.origins, 'retry')} to back off instead.`,
      details: { ...optionDetails(policy.origins, 'retry'), option: 'retry.respectRetryAfter' },
    },
  )
}
