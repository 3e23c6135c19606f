/**
 * What of a try calls for another one: the cause it counts as, by the rules of the request's behaviour. How often, and
 * after how long, is for `retry-budget.ts`.
 *
 * @see urllib3 2.7 `util/retry.py` (`increment`), `connectionpool.py` (`urlopen`), where its errors get their classes
 */
import type { ErrorKind } from '#contract/errors.ts'
import { systemCode, type CoreError } from '../lib/core-error.ts'
import { emailDate } from '../prepare/email-date.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { isRetriedMethod, isRetriedStatus, type RetryAnswer } from '../prepare/retry-schedule.ts'
import { isRedirect } from './redirects.ts'
import { headerValue, headerValues } from './response-body.ts'
import type { HopRecord } from './run-hop.ts'

/** `redirect`: a status that is listed and leads on; urllib3 counts it apart, and has no limit for it here. */
export type RetryCause = 'connect' | 'read' | 'status' | 'redirect' | 'other'

/** The connection did not come about, or broke before an answer. */
const OF_CONNECTION: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['ConnectionError', 'ConnectTimeout', 'ProxyError'])
/** With these, the head of an answer counts all the same. */
const OF_BODY: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['ContentDecodingError', 'ChunkedEncodingError', 'ReadTimeout'])
/** A handshake that the other side broke off; a certificate that is not trusted will not be the next time either. */
const BROKEN_HANDSHAKE = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'])

/**
 * Why a try is made again; null where it is not.
 *
 * @param left how many retries are left in all
 */
export function retryCause({ method, policy }: PreparedRequest, record: HopRecord, left: number): RetryCause | null {
  const { retry, rules } = policy
  if (!retry) return null
  const { error } = record
  const isUrllib3 = rules.retries.causes === 'urllib3'
  const answer = retryAnswer(record, isUrllib3)
  if (answer) {
    const isWhole = error === null || OF_BODY.has(error.kind)
    if (!isWhole || !isRetriedStatus(retry, method, answer, left)) return null
    return isUrllib3 && isRedirect(answer.status, record.location) ? 'redirect' : 'status'
  }
  const cause = error && (isUrllib3 ? causeAsUrllib3(error) : causeByHarm(error, record.request !== null))
  return cause === 'read' && !isRetriedMethod(retry, method) ? null : cause
}

/**
 * @param isUrllib3 whether several lines of one name are one text, and a date is held against this machine's clock; else the
 * first counts, and a date is held against the server's: ours may be hours off
 */
export function retryAnswer({ response }: HopRecord, isUrllib3: boolean): RetryAnswer | null {
  if (!response) return null
  const { status, headers } = response
  const values = headerValues(headers, 'retry-after')
  const madeAt = isUrllib3 ? null : emailDate(headerValue(headers, 'date') ?? '')
  return { status, retryAfter: values.length === 0 ? null : isUrllib3 ? values.join(', ') : (values[0] ?? null), madeAt }
}

/** Where nothing was written, nothing can happen twice. */
function causeByHarm(error: CoreError, wasSent: boolean): RetryCause | null {
  if (error.kind === 'SSLError') return BROKEN_HANDSHAKE.has(String(error.parts.details?.['code'])) ? 'connect' : null
  if (OF_CONNECTION.has(error.kind)) return wasSent ? 'read' : 'connect'
  return error.kind === 'ReadTimeout' ? 'read' : null
}

/**
 * `NewConnectionError` and `ConnectTimeoutError` are of connecting, `ReadTimeoutError` and `ProtocolError` of reading;
 * all else is the rest. A handshake that stands still is a `ReadTimeoutError` there, one that is reset a `ProtocolError`.
 */
function causeAsUrllib3({ kind, stage, parts }: CoreError): RetryCause | null {
  switch (kind) {
    case 'ConnectionError':
      return stage === 'connect' ? 'connect' : 'read'
    case 'ConnectTimeout':
      return parts.details?.['phase'] === 'tls' ? 'read' : 'connect'
    case 'ReadTimeout':
      return 'read'
    case 'SSLError':
      return wasReset(parts.cause) ? 'read' : 'other'
    case 'ProxyError':
      // Without a code it was the proxy that said no.
      return parts.details?.['code'] === undefined ? 'other' : 'connect'
    default:
      return null
  }
}

/** Node says ECONNRESET of a connection that was closed in order, too; that one has not failed in the system. */
function wasReset(error: unknown): boolean {
  return systemCode(error) === 'ECONNRESET' && typeof error === 'object' && error !== null && 'syscall' in error
}
