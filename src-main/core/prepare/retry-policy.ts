/** The retries of a request's options, checked and with urllib3's defaults. */
import { DEFAULT_RETRY, RETRIED_METHODS } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import type { RetryRules } from './behaviour-rules.ts'
import { isHeaderName } from './headers.ts'
import type { RetryPolicy } from './prepared-request.ts'
import type { Problems } from './problems.ts'

type Retry = NonNullable<Options['retry']>

/** More than this is no patience but a mistake. */
const MAX_COUNT = 1000
/** A day, in seconds: no timer of Node runs for more than 24 of them. */
const MAX_SECONDS = 86_400

const COUNTS = ['total', 'connect', 'read', 'status', 'other'] as const
const SECONDS = ['backoffFactor', 'backoffMax', 'backoffJitter'] as const
/** Fields of urllib3's `Retry`, by ours. */
const NAMES = {
  total: 'total',
  connect: 'connect',
  read: 'read',
  status: 'status',
  other: 'other',
  backoffFactor: 'backoff_factor',
  backoffMax: 'backoff_max',
  backoffJitter: 'backoff_jitter',
} as const

/** The policy of the `retry` option; null where there is none. Values that make no sense become problems beside their field. */
export function retryPolicyOf(retry: Retry | undefined, rules: RetryRules, problems: Problems): RetryPolicy | null {
  if (retry === undefined) return null
  const add = (field: keyof Retry, message: string, hint?: string): void =>
    problems.add('InvalidOption', { section: 'options', field: `retry.${field}` }, message, hint)
  for (const field of COUNTS) checkRange(retry, field, MAX_COUNT, '', add)
  for (const field of SECONDS) checkRange(retry, field, MAX_SECONDS, ' s', add)
  const statuses = retry.statusForcelist ?? []
  const wrongStatus = statuses.find((status) => status < 100 || status > 999)
  if (wrongStatus !== undefined) add('statusForcelist', `${wrongStatus} is not a status: one has three digits.`)
  const methods = methodsOf(retry, rules)
  const wrongMethod = methods?.find((method) => !isHeaderName(method.trim()))
  if (wrongMethod !== undefined) add('allowedMethods', `"${wrongMethod.slice(0, 60)}" is not a method.`, 'Such as GET, POST.')
  return {
    total: retry.total ?? DEFAULT_RETRY.total,
    connect: retry.connect ?? null,
    read: retry.read ?? null,
    status: retry.status ?? null,
    other: rules.causes === 'urllib3' ? (retry.other ?? null) : 0,
    statusForcelist: new Set(statuses),
    allowedMethods: methods === null ? null : new Set(methods.map((method) => method.trim().toUpperCase())),
    backoffFactorMs: (retry.backoffFactor ?? DEFAULT_RETRY.backoffFactor) * 1000,
    backoffMaxMs: (retry.backoffMax ?? DEFAULT_RETRY.backoffMax) * 1000,
    backoffJitterMs: (retry.backoffJitter ?? DEFAULT_RETRY.backoffJitter) * 1000,
    respectRetryAfter: retry.respectRetryAfter ?? true,
    raiseOnStatus: retry.raiseOnStatus ?? true,
    wrongRetryAfter: rules.wrongRetryAfter,
  }
}

/** Null: all. */
function methodsOf({ allowedMethods }: Retry, rules: RetryRules): readonly string[] | null {
  if (allowedMethods === undefined) return RETRIED_METHODS
  return allowedMethods?.length === 0 && rules.noMethods === 'all' ? null : allowedMethods
}

function checkRange(
  retry: Retry,
  field: keyof typeof NAMES,
  limit: number,
  unit: string,
  add: (field: keyof Retry, message: string) => void,
): void {
  const value = retry[field]
  if (value === undefined || (value >= 0 && value <= limit)) return
  add(field, `The ${NAMES[field]} of the retries is ${value}${unit}; it must be from 0 to ${limit}${unit}.`)
}
