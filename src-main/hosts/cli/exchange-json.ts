/**
 * The exchange as `--json` prints it: the same facts as the window shows, with the bodies in place of their ids. Its
 * shape is part of the stable surface.
 */
import { buffer } from 'node:stream/consumers'
import { otherProblems, type WireError } from '#contract/errors.ts'
import type { Checks } from '#contract/model/checks.ts'
import type { Exchange, ReceivedResponse, SentRequest } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { isText } from '#contract/model/is-text.ts'
import type { Core } from '#core/create-core.ts'
import { onCommandLine } from './flag-hints.ts'

/** How much of a body is printed, in bytes. */
const PRINTED_BYTES = 1024 * 1024

type Bodies = Pick<Core, 'openBody'>
type Printer = Bodies & { readonly mask: (text: string) => string }
type PrintedBody = { readonly bodyText: string } | { readonly bodyBase64: string }

export interface PrintWishes {
  /** What to report instead of the exchange's own, such as the failure that `--fail` makes of a status. */
  readonly error: WireError | null
  /** Absolute path of the file the body was written to. */
  readonly savedTo: string | null
  /** Takes secrets out of what was sent; null: there are none, or they are wanted. */
  readonly mask: ((text: string) => string) | null
  /** What would have been sent, where nothing was. */
  readonly unsent: SentRequest | null
}

/** What was received is printed as it came. */
export async function exchangeJson(core: Bodies, exchange: Exchange, { error, savedTo, mask, unsent }: PrintWishes): Promise<object> {
  const bodies: Printer = { openBody: core.openBody, mask: mask ?? ((text) => text) }
  const { response } = exchange
  const request = exchange.request ?? unsent
  const printed = response && (await responseJson(bodies, response))
  return {
    ok: error === null && exchange.ok,
    request: request && (await requestJson(bodies, request)),
    response: printed && (savedTo === null ? printed : { ...printed, savedTo }),
    history: await inOrder(exchange.history, async (hop) => ({
      ...hop,
      request: await requestJson(bodies, hop.request),
      response: await responseJson(bodies, hop.response),
    })),
    attempts: await inOrder(exchange.attempts, async (attempt) => ({
      ...attempt,
      request: attempt.request && (await requestJson(bodies, attempt.request)),
      response: attempt.response && (await responseJson(bodies, attempt.response)),
      error: attempt.error && errorJson(attempt.error),
    })),
    timings: exchange.timings,
    connection: exchange.connection,
    ...checksJson(exchange.checks),
    warnings: exchange.warnings,
    ...(error && { error: errorJson(error) }),
  }
}

/** The same shape for a request that could not even be read. */
export function unsentJson(error: WireError): object {
  const nothing = {
    request: null,
    response: null,
    history: [],
    attempts: [],
    timings: null,
    connection: null,
    ...checksJson(undefined),
    warnings: [],
  }
  return { ok: false, ...nothing, error: errorJson(error) }
}

/** Rows by number are the window's own. */
function checksJson(checks: Checks | undefined): object {
  const { assertions = [], captured = [], tests = [], console = [], messages = [], faults = [] } = checks ?? {}
  return {
    assertions: assertions.map(({ row: _, ...result }) => result),
    captured: captured.map(({ row: _, ...result }) => result),
    tests,
    console,
    messages,
    ...(faults.length > 0 && { faults }),
  }
}

function errorJson(error: WireError): object {
  const { kind, message, hint } = onCommandLine(error)
  const others = otherProblems(error).map(onCommandLine)
  return { kind, message, ...(hint !== undefined && { hint }), ...(others.length > 0 && { others }) }
}

async function requestJson(bodies: Printer, request: SentRequest): Promise<object> {
  const { method, httpVersion, bodyBytes, bodyId } = request
  const { mask } = bodies
  const headers = request.headers.map(([name, value]) => [name, mask(value)])
  const body = await printedBody(bodies, bodyId, bodyBytes, 'utf-8', false)
  return {
    method,
    url: mask(request.url),
    httpVersion,
    headers,
    bodyBytes,
    ...('bodyText' in body ? { bodyText: mask(body.bodyText) } : body),
  }
}

async function responseJson(bodies: Printer, response: ReceivedResponse): Promise<object> {
  const { bodyId, ...facts } = { ...response, url: bodies.mask(response.url) }
  const uncertain = response.encodingFrom === 'guess' || response.encodingFrom === 'default'
  return { ...facts, ...(await printedBody(bodies, bodyId, response.bodyBytes, response.encoding ?? 'utf-8', uncertain)) }
}

async function printedBody(bodies: Bodies, id: BodyId | null, bytes: number, encoding: string, uncertain: boolean): Promise<PrintedBody> {
  const body = id === null ? null : await bodies.openBody(id)
  if (!body || body.bytes === 0) return { bodyText: '' }
  const start = await buffer(body.stream({ start: 0, end: Math.min(body.bytes, PRINTED_BYTES) - 1 }))
  const text = decodeExactly(start, encoding, start.length < bytes)
  return text !== null && (!uncertain || isText(text)) ? { bodyText: text } : { bodyBase64: start.toString('base64') }
}

/**
 * Text of bytes, or null where some of them mean nothing in the encoding, or Node does not know it.
 *
 * @param isCut whether more follows: a character broken off at the end is then left out
 */
export function decodeExactly(bytes: Uint8Array, encoding: string, isCut: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isCut })
  } catch {
    return null
  }
}

async function inOrder<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await map(item))
  return results
}
