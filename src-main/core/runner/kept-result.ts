/** One send of a run as it is kept: its numbers, what failed in one line, and of a failure what went over the wire; no secrets. */
import type { Checks } from '#contract/model/checks.ts'
import { countChecks } from '#contract/model/check-count.ts'
import type { WireError } from '#contract/errors.ts'
import type { Exchange, SentRequest } from '#contract/model/exchange.ts'
import { isText } from '#contract/model/is-text.ts'
import { KEPT_BODY_BYTES, type RunFailure } from '#contract/model/run.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { harMask } from '../history/har-mask.ts'
import { masked, type Mask } from '../history/mask.ts'
import type { IndexRecord } from './run-index.ts'
import type { StoredLine } from './stored-result.ts'

export interface Sent {
  readonly exchange: Exchange
  readonly mask: Mask | null
  /** As typed, for where nothing was sent. */
  readonly typedUrl: string
  /** Values of the data, as they may be shown. */
  readonly data: Readonly<Record<string, string>>
  /** In place of the exchange's own. */
  readonly error: WireError | null
}

export interface KeptResult {
  readonly record: Omit<IndexRecord, 'offset' | 'item' | 'iteration' | 'startedAt'>
  readonly line: StoredLine
}

/** Credentials that were typed in clear, which are no variable's: known by the names of headers and params. */
const TYPED = harMask([])
/** Longest line that tells what failed. */
const PROBLEM_LENGTH = 300

/** @param failOnStatus whether a status of 400 or more is a failure */
export async function keptResult(sent: Sent, bodies: Pick<BodyStore, 'read'>, failOnStatus: boolean): Promise<KeptResult> {
  const { exchange, mask, error } = sent
  const { response, request, timings, attempts, checks } = exchange
  const counted = countChecks(checks)
  const status = response?.status ?? 0
  const isBadStatus = failOnStatus && status >= 400
  const isSkipped = checks?.flow?.isSkipped === true
  const isFailed = !isSkipped && (error !== null || !exchange.ok || counted.failed > 0 || isBadStatus)
  const problem = isFailed ? problemOf(error, checks, isBadStatus ? `${status} ${response?.reason ?? ''}`.trim() : null) : null
  const url = withoutFragment(request?.url ?? sent.typedUrl)
  return {
    record: {
      durationMs: timings.total,
      bytes: response?.bodyBytes ?? 0,
      status,
      isFailed,
      isSkipped,
      isError: !isSkipped && (error !== null || !exchange.ok),
      checksPassed: counted.passed,
      checksFailed: counted.failed,
    },
    line: {
      url: textMask(mask)(TYPED.url(url, request?.secretParams)),
      ...(response && response.reason !== '' && { reason: response.reason }),
      ...(attempts.length > 0 && { retries: attempts.length }),
      ...(problem !== null && { problem: textMask(mask)(problem) }),
      ...(checks && hasAny(checks) && { checks: masked(checks, mask) }),
      ...(error && { error: masked(error, mask) }),
      ...(exchange.warnings.length > 0 && { warnings: masked(exchange.warnings, mask) }),
      ...(Object.keys(sent.data).length > 0 && { data: sent.data }),
      ...(isFailed && { failure: await failureOf(exchange, mask, bodies) }),
    },
  }
}

function hasAny({ assertions, captured, messages, tests, console: lines, faults }: Checks): boolean {
  return [assertions, captured, messages, tests, lines, faults].some(({ length }) => length > 0)
}

function problemOf(error: WireError | null, checks: Checks | undefined, status: string | null): string {
  const texts = [
    error?.message,
    ...(checks?.faults.map(({ message }) => message) ?? []),
    ...(checks?.assertions ?? []).flatMap((one) => {
      if (one.passed) return []
      const what = `${one.expression} ${one.operator} ${one.value}`.trim()
      return [one.problem === undefined ? `${what}: is ${one.actual ?? 'nothing'}` : `${what}: ${one.problem}`]
    }),
    ...(checks?.tests ?? []).flatMap(({ name, passed, skipped, message = '' }) =>
      passed || skipped === true ? [] : [`${name}${message === '' ? '' : `: ${message}`}`],
    ),
    ...(checks?.captured ?? []).flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name} was not captured: ${problem}`])),
    status === null ? undefined : `The server answered ${status}.`,
  ]
  const first = texts.find((text) => text !== undefined && text !== '') ?? 'It failed.'
  return first.replace(/\s+/g, ' ').slice(0, PROBLEM_LENGTH)
}

async function failureOf({ request, response }: Exchange, mask: Mask | null, bodies: Pick<BodyStore, 'read'>): Promise<RunFailure> {
  const text = textMask(mask)
  return {
    requestHead: request ? text(headOf(request)) : '',
    responseHeaders: TYPED.headers(response?.headers ?? []).map(([name, value]) => [name, text(value)]),
    body: response ? await shownBody(response, bodies, text) : null,
    bodyBytes: response?.bodyBytes ?? 0,
  }
}

async function shownBody(
  { bodyId, bodyBytes, encoding }: NonNullable<Exchange['response']>,
  bodies: Pick<BodyStore, 'read'>,
  mask: (text: string) => string,
): Promise<string | null> {
  if (bodyId === null || bodyBytes === 0) return ''
  try {
    const bytes = await bodies.read(bodyId, 0, KEPT_BODY_BYTES)
    const text = new TextDecoder(encoding ?? 'utf-8').decode(bytes, { stream: bodyBytes > bytes.byteLength })
    return isText(text) ? mask(text) : null
  } catch {
    return null // in an encoding that Node does not know, or gone
  }
}

function headOf({ head, headers, secretParams }: SentRequest): string {
  const line = (head.split('\r\n')[0] ?? '').replace(
    /^(\S+ )(\S+)/,
    (_all, method: string, target: string) => `${method}${TYPED.url(target, secretParams)}`,
  )
  return [line, ...TYPED.headers(headers).map(([name, value]) => `${name}: ${value}`)].join('\n')
}

function withoutFragment(url: string): string {
  const at = url.indexOf('#')
  return at < 0 ? url : url.slice(0, at)
}

function textMask(mask: Mask | null): Mask {
  return mask ?? ((text) => text)
}
