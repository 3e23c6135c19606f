/**
 * One hop: a connection, a request on it, the answer, and the record of all three. It never fails for what can be
 * expected; the error is part of the record, with whatever had come before it. Whether another hop follows is decided
 * in `send-request.ts`.
 */
import { refusalWarning } from '#contract/model/cookie-refusal.ts'
import type { Connection, ExchangeStep, Hop, ReceivedResponse, SentRequest, Timings } from '#contract/model/exchange.ts'
import { reasonWords } from '#contract/model/route-reason.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { CoreError } from '../lib/core-error.ts'
import { isTyped, type PreparedRequest } from '../prepare/prepared-request.ts'
import { routeTo } from '../prepare/route-policy.ts'
import type { ConnectionPool, Lease } from './connection-pool.ts'
import { parseSetCookie } from './cookie-facts.ts'
import { headerText } from '../lib/header-text.ts'
import { HopExchange } from './hop-exchange.ts'
import type { RefusedTunnel } from './open-request.ts'
import { withItsOption } from './opening-errors.ts'
import { openRequestBody } from './request-body.ts'
import { headerValue, headerValues, type ReceivedBody } from './response-body.ts'
import type { SocketPort } from './websocket-port.ts'
import { tunnelHops } from './tunnel-hops.ts'
import { isChunked, isOfHttp1, type BodyStream, type Wire } from './wire.ts'

export interface HopRun {
  readonly pool: ConnectionPool
  readonly bodies: BodyStore
  /** Its reason is the `CoreError` to end with. */
  readonly signal: AbortSignal
  readonly onStep: (step: ExchangeStep) => void
  /** Zero for the first. */
  readonly hop: number
  /** Through which others speak on a WebSocket. */
  readonly port?: SocketPort
  /** On a new connection, whatever is kept. */
  readonly isFresh: boolean
}

export interface HopRecord {
  /** Null where nothing was written. */
  readonly request: SentRequest | null
  readonly response: ReceivedResponse | null
  readonly timings: Timings
  readonly connection: Connection | null
  /** As Latin-1 text, one character a byte. */
  readonly setCookieLines: readonly string[]
  readonly location: string | null
  readonly warnings: readonly string[]
  readonly error: CoreError | null
  /**
   * A kept connection turned out to be dead: `unsent` before anything was written, `unanswered` after. Null where the
   * connection was new, or has answered.
   */
  readonly lost: 'unsent' | 'unanswered' | null
  /** What a proxy refused on the way; their times are from the beginning of this, and not in its own. */
  readonly tunnels: readonly Hop[]
}

interface Clock {
  queued: number
  dns: number
  connect: number
  tls: number
}

/** Send one request and take its answer, following nothing. */
export async function runHop(request: PreparedRequest, run: HopRun): Promise<HopRecord> {
  const started = performance.now()
  const clock: Clock = { queued: 0, dns: 0, connect: 0, tls: 0 }
  const refused: RefusedTunnel[] = []
  const ownStart = (): number => started + refused.reduce((sum, { timings }) => sum + timings.total, 0)
  let lease: Lease | null = null
  let body: Buffer | BodyStream | null = null
  try {
    body = await openRequestBody(request.body, isChunked(request))
    lease = await run.pool.acquire({
      url: request.url,
      policy: request.policy,
      proxyAuthorization: request.proxyAuthorization,
      proxyAuth: request.proxyAuth,
      connectTimeoutMs: request.policy.timeouts.connect,
      signal: run.signal,
      onStep: run.onStep,
      clock,
      refused,
      isFresh: run.isFresh,
    })
    const { wire } = lease.connection
    const exchange = new HopExchange({ ...run, request, body, wire })
    await exchange.run()
    const tunnels = refused.length === 0 ? [] : await tunnelHops(refused, request.url.href, run.bodies)
    const sentId = request.body === null ? null : await keepSent(request, run.bodies, wire)
    const sent = wire.record.sentHead() === '' ? null : sentRequest(request, wire, sentId)
    const received = (await (exchange.log ?? exchange.responseBody)?.finish()) ?? null
    return recordOf({ request, lease, exchange, sent, received, clock: { ...clock, started: ownStart() }, tunnels })
  } catch (error) {
    if (body && !Buffer.isBuffer(body)) body.destroy()
    if (!(error instanceof CoreError)) throw error
    const opened = performance.now()
    const timings = {
      ...summedUp({ ...clock, started: ownStart() }, { opened, sent: opened, head: opened, ended: opened }),
      reusedConnection: false,
    }
    return {
      ...NOTHING,
      timings,
      error: withItsOption(error, request.policy.origins),
      tunnels: await tunnelHops(refused, request.url.href, run.bodies),
    }
  } finally {
    lease?.connection.wire.record.forget()
    lease?.release()
  }
}

const NOTHING = { request: null, response: null, connection: null, setCookieLines: [], location: null, warnings: [], lost: null }

/** All that came of one hop. */
interface HopParts extends Pick<HopRecord, 'tunnels'> {
  readonly request: PreparedRequest
  readonly lease: Lease
  readonly exchange: HopExchange
  readonly sent: SentRequest | null
  readonly received: ReceivedBody | null
  readonly clock: Clock & { readonly started: number }
}

function recordOf({ request, lease, exchange, sent, received: body, clock, tunnels }: HopParts): HopRecord {
  const { connection, isReused } = lease
  const setCookieLines = headerValues(exchange.answer?.headers ?? [], 'set-cookie')
  const response: ReceivedResponse | null =
    exchange.answer && body
      ? {
          url: request.url.href,
          status: exchange.answer.status,
          reason: exchange.answer.reason,
          httpVersion: exchange.answer.httpVersion,
          headers: exchange.headers,
          informational: exchange.interim.map(({ status, headers, at }) => ({ status, headers, at: round(at) })),
          trailers: exchange.trailers,
          cookies: setCookieLines.flatMap((line) => parseSetCookie(line) ?? []),
          encoding: body.encoding,
          encodingFrom: body.encodingFrom,
          bodyBytes: body.bodyBytes,
          wireBytes: body.wireBytes,
          bodyId: body.bodyId,
          ...(body.arrivalsId !== null && { arrivalsId: body.arrivalsId }),
          ...resumedFrom(exchange),
        }
      : null
  const hasNoReply = exchange.error !== null && !exchange.answer && !connection.wire.record.hasReceived()
  return {
    request: sent,
    response,
    timings: { ...summedUp(clock, marksOf(exchange)), reusedConnection: isReused },
    connection: factsOf(request, connection.facts),
    setCookieLines,
    location: headerValue(exchange.headers, 'location'),
    warnings: [...connection.warnings, ...warningsOf(request, exchange, sent), ...(body?.warnings ?? [])],
    error: exchange.error ?? body?.error ?? null,
    lost: isReused && hasNoReply ? (exchange.isUnsent ? 'unsent' : isBroken(exchange.error) ? 'unanswered' : null) : null,
    tunnels,
  }
}

/** A connection that is used again may have been opened by another rule for the same proxy: what decided is this request's. */
function factsOf({ url, policy }: PreparedRequest, facts: Connection): Connection {
  return facts.proxy === null ? facts : { ...facts, proxy: { ...facts.proxy, why: reasonWords(routeTo(url, policy.route).reason) } }
}

function resumedFrom({ responseBody }: HopExchange): Pick<ReceivedResponse, 'resumedFrom'> {
  const from = responseBody?.resumedFrom ?? null
  return from === null ? {} : { resumedFrom: from }
}

function sentRequest(request: PreparedRequest, { record, httpVersion }: Wire, bodyId: SentRequest['bodyId']): SentRequest {
  const head = record.sentHead()
  return {
    method: request.method,
    url: request.url.href,
    httpVersion,
    headers: fieldsOf(httpVersion === '2' ? head : head.slice(head.indexOf('\r\n') + 2)),
    head,
    bodyBytes: isChunked(request) ? 0 : record.sentBodyBytes(),
    bodyId,
    ...(request.secretParams.length > 0 && { secretParams: [...request.secretParams] }),
  }
}

function fieldsOf(lines: string): [name: string, value: string][] {
  return lines.split('\r\n').map((line) => {
    const colon = line.indexOf(': ')
    return [line.slice(0, colon), line.slice(colon + 2)]
  })
}

/** Only an empty body goes in chunks: what ends it is framing. A copy that cannot be kept is no reason to lose the answer. */
async function keepSent(request: PreparedRequest, bodies: BodyStore, { record }: Wire): Promise<SentRequest['bodyId']> {
  const start = isChunked(request) ? [] : record.sentBodyStart()
  if (start.length === 0) return null
  try {
    return (await bodies.put(Buffer.concat(start))).id
  } catch (error) {
    if (error instanceof CoreError) return null
    throw error
  }
}

function warningsOf(request: PreparedRequest, exchange: HopExchange, sent: SentRequest | null): string[] {
  const warnings = [...exchange.warnings]
  if (sent?.httpVersion === '2') warnings.push(...leftOut(request))
  const bytes = request.body?.bytes ?? 0
  if (exchange.answer && sent && sent.bodyBytes < bytes) {
    warnings.push(`The server answered before the whole body was sent (${sent.bodyBytes} of ${bytes} bytes).`)
  }
  return warnings
}

function leftOut({ headers }: PreparedRequest): string[] {
  const names = headers.filter((header) => isTyped(header) && isOfHttp1(header)).map(({ name }) => name)
  return names.length === 0 ? [] : [`HTTP/2 has no such header: ${names.join(', ')} was left out.`]
}

/** That the server reset a stream of HTTP/2 is its answer: the connection lives on. */
function isBroken(error: CoreError | null): boolean {
  return error?.kind === 'ConnectionError' && error.parts.details?.['code'] !== 'ERR_HTTP2_STREAM_ERROR'
}

/** Moments of a hop in order, each where the phase before it ended. */
interface HopMarks {
  readonly opened: number
  readonly sent: number
  readonly head: number
  readonly ended: number
}

/** What did not happen took no time. */
function marksOf({ marks }: HopExchange): HopMarks {
  const ended = marks.ended ?? performance.now()
  const head = marks.head ?? ended
  return { opened: marks.begun, sent: Math.min(marks.sent ?? head, head), head, ended }
}

/** The phases, which add up to the total; before the connection, all that was no part of opening it is `queued`. */
function summedUp(clock: Clock & { readonly started: number }, { opened, sent, head, ended }: HopMarks): Omit<Timings, 'reusedConnection'> {
  const dns = round(clock.dns)
  const connect = round(clock.connect)
  const tls = round(clock.tls)
  const queued = round(opened - clock.started - dns - connect - tls)
  const send = round(sent - opened)
  const wait = round(head - sent)
  const download = round(ended - head)
  return { queued, dns, connect, tls, send, wait, download, total: round(queued + dns + connect + tls + send + wait + download) }
}

/** To the microsecond: finer is noise. */
function round(ms: number): number {
  return Math.max(0, Math.round(ms * 1000) / 1000)
}

/** The warnings of Set-Cookie lines that a jar refused; their values may be secrets. */
export function refusalWarnings(refused: readonly { readonly line: string; readonly reason: string }[]): string[] {
  return refused.map(({ line, reason }) => refusalWarning(headerText(line.split(/[=;]/, 1)[0] ?? '').trim(), reason))
}
