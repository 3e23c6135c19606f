/**
 * The one table from what undici, Node's clients and OpenSSL (in Electron: BoringSSL) call a failure to what a person is told:
 * a kind, one sentence that names the host, and what to do. Nothing else in core knows these codes.
 */
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { entryIn, looksLikeHttp, refuses, withoutFullStop, type Entry, type FailureContext } from './failure-entry.ts'
import {
  BAD_BODY,
  BAD_STATUS,
  BREAKS,
  BROKEN,
  BROKEN_BODY,
  HTTP_FAILURES,
  LENGTHS_DIFFER,
  lengthsIn,
  LENIENT_HINT,
  NOT_HTTP,
  UNASKED_UPGRADE,
} from './http-failures.ts'
import { brokenHandshake, tlsEntry, unknownTls } from './tls-failures.ts'

const SHOWN_BYTES = 2048
const unknownFailure = refuses(
  ({ peer }, error) => `The connection to ${peer} failed: ${withoutFullStop(messageOf(error))}.`,
  'Try again; check the address and the network.',
)

/**
 * What a failure is called in this product.
 *
 * @param error what was thrown; a `CoreError` is passed on as it is
 */
export function failureOf(error: unknown, context: FailureContext): CoreError {
  if (error instanceof CoreError) return error
  const code = codeOf(error)
  const entry = entryFor(error, code, context)
  const details: Record<string, unknown> = { ...(code !== null && { code }), ...receivedDetails(context) }
  const mayBeLenient = entry === NOT_HTTP && context.isStrict && looksLikeHttp(context)
  const hint = mayBeLenient ? LENIENT_HINT : entry.hint
  if (mayBeLenient) details.mayBeLenient = true
  if (entry.option !== undefined) details.option = entry.option
  return new CoreError(entry.kind, entry.stage, inSentence(entry.message(context, error)), {
    ...(hint !== undefined && { hint: typeof hint === 'string' ? hint : hint(context, error) }),
    ...(Object.keys(details).length > 0 && { details }),
    cause: error,
  })
}

/** The entry of a code alone; null where the table has none. */
export function isMapped(code: string): boolean {
  return entryIn(HTTP_FAILURES, code) !== null || isHpe(code) || tlsEntry(code) !== null
}

/** Why a certificate that was not insisted on would have been refused, as the sentence that would have said so. */
export function certificateFault(error: unknown, context: FailureContext): string {
  return failureOf(error, context).message
}

function entryFor(error: unknown, code: string | null, context: FailureContext): Entry {
  const name = error instanceof Error ? error.name : ''
  if (name === 'HTTPParserError' || (code !== null && isHpe(code))) return context.hasHead ? BAD_BODY : badReply(context)
  const found = code === null ? null : (entryIn(HTTP_FAILURES, code) ?? tlsEntry(code))
  if (found && context.hasHead && BREAKS.has(found)) return BROKEN_BODY
  if (found === BROKEN && context.stage === 'tls') return brokenHandshake
  if (found === NOT_HTTP || ((found === null || found === BROKEN) && saysBadReply(error))) return badReply(context)
  if (code === 'ERR_ASSERTION' && !context.hasHead && context.received.length > 0) return asserted(context)
  if (found && found !== unknownTls) return found
  const inWords = tlsEntry(messageOf(error).toUpperCase().replaceAll(' ', '_'))
  if (inWords) return inWords
  return found ?? (context.stage === 'tls' ? unknownTls : unknownFailure)
}

/** A 101 follows the rules of HTTP/1.1; it only does not follow from what was asked. */
function badReply(context: FailureContext): Entry {
  const { received } = context
  if (looksLikeHttp(context) && lengthsIn(received).length > 1) return LENGTHS_DIFFER
  return statusesIn(received).includes('101') ? UNASKED_UPGRADE : NOT_HTTP
}

/** What undici does not refuse but only asserts not to be there: a status below 100, a 101 that is not of the connection. Its words are of its code. */
function asserted({ received }: FailureContext): Entry {
  const statuses = statusesIn(received)
  if (statuses.includes('101')) return UNASKED_UPGRADE
  if (statuses.some((status) => Number(status) < 100)) return BAD_STATUS
  return { ...NOT_HTTP, message: (context) => NOT_HTTP.message(context, new Error('')) }
}

function statusesIn(received: Buffer): readonly string[] {
  const lines = received
    .subarray(0, SHOWN_BYTES)
    .toString('latin1')
    .matchAll(/^HTTP\/\d\.\d (\d+)(?=[ \r]|$)/gm)
  return [...lines].map(([, status = '']) => status)
}

/** undici's own words for an interim reply that nobody asked for. */
function saysBadReply(error: unknown): boolean {
  return /^bad (?:response|upgrade)$/.test(messageOf(error))
}

/** Several addresses may have failed, each in its way; the first failure speaks for all. */
function codeOf(error: unknown): string | null {
  return systemCode(error) ?? (error instanceof AggregateError ? systemCode(error.errors[0]) : null)
}

function receivedDetails({ received, hasHead }: FailureContext): Record<string, unknown> {
  if (hasHead || received.length === 0) return {}
  const shown = received.subarray(0, SHOWN_BYTES)
  return { received: shown.toString('latin1'), receivedBase64: shown.toString('base64'), receivedBytes: received.length }
}

/** A verdict of Node's parser; a head that is too large has an entry of its own. */
function isHpe(code: string): boolean {
  return code.startsWith('HPE_') && code !== 'HPE_HEADER_OVERFLOW'
}

/** A peer may be called by words, such as `The proxy …`; within a sentence they are small. */
function inSentence(message: string): string {
  return message.replace(/(?<=\S )The proxy /g, 'the proxy ')
}
