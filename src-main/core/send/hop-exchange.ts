/**
 * One request and its answer on one open connection: listens to the wire, keeps the times, lets no silence last longer
 * than the read timeout, and tells of progress. It ends exactly once, whole or with the error that cut it short; what
 * had come until then stays.
 */
import type { Duplex } from 'node:stream'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { streamKindOf } from '#contract/model/record.ts'
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { CoreError } from '../lib/core-error.ts'
import { tooLateAt } from './deadline.ts'
import { optionDetails, placeOfOption } from '../prepare/option-origins.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { forwardingProxy, requestTarget, routeTo } from '../prepare/route-policy.ts'
import { headerText } from '../lib/header-text.ts'
import { peerName, secondsText } from './peer-name.ts'
import { createResponseBody, headerValue, headerValues, type ResponseBody } from './response-body.ts'
import { resumptionOf } from './resumed-body.ts'
import { surplusWarnings } from './surplus.ts'
import { runSocket } from './run-websocket.ts'
import { createSocketLog, type SocketLog } from './websocket-log.ts'
import { createSocketPort, type SocketPort } from './websocket-port.ts'
import { failureOf } from './transport-errors.ts'
import { agreedIn, handshakeFault } from './websocket-answer.ts'
import { UNSENT, type BodyStream, type Wire, type WireEvents, type WireHead } from './wire.ts'

/** Progress is told so often at most; what came in between is told at the end of that time. */
const PROGRESS_MS = 100

export interface HopExchangeInput {
  readonly request: PreparedRequest
  readonly body: Buffer | BodyStream | null
  readonly wire: Wire
  readonly bodies: BodyStore
  readonly hop: number
  /** Its reason is the `CoreError` to end with. */
  readonly signal: AbortSignal
  readonly onStep: (step: ExchangeStep) => void
  /** Through which others speak on a WebSocket; absent: nobody does. */
  readonly port?: SocketPort
}

/** When things happened, by the monotonic clock; null where they did not. */
export interface Marks {
  begun: number
  sent: number | null
  head: number | null
  ended: number | null
}

/** As text, in the form of the record, which they become part of. */
type HeaderLines = [name: string, value: string][]

/** So much may come that is no part of an answer, and so many interim responses: far more than any server has a use for. */
const FRUITLESS_BYTES = 4 * 1024 * 1024
const INTERIM_RESPONSES = 1000

/** The progress that was last told. */
interface Told {
  readonly at: number
  readonly bytes: number
}

export class HopExchange implements WireEvents {
  readonly #input: HopExchangeInput
  readonly #done = Promise.withResolvers<void>()
  readonly #onAbort = (): void => this.#fail(this.#input.signal.reason)
  #timer: NodeJS.Timeout | null = null
  #isOver = false
  /** Of the body on the wire; null: not known, or not yet. */
  #expectedBytes: number | null = null
  #sentBytes = 0
  /** What came since there was last something of an answer in it. */
  #fruitlessBytes = 0
  #waits = 0
  #sentTold: Told = { at: 0, bytes: 0 }
  #receivedTold: Told = { at: 0, bytes: 0 }
  #toTell: NodeJS.Timeout | null = null
  /** Headers of the answer as text. */
  headers: HeaderLines = []
  answer: WireHead | null = null
  responseBody: ResponseBody | null = null
  /** Of a WebSocket, in place of a body. */
  log: SocketLog | null = null
  error: CoreError | null = null
  /** The connection had gone before the request was written. */
  isUnsent = false
  readonly marks: Marks = { begun: performance.now(), sent: null, head: null, ended: null }
  readonly interim: { readonly status: number; readonly headers: HeaderLines; readonly at: number }[] = []
  trailers: HeaderLines = []
  readonly warnings: string[] = []

  constructor(input: HopExchangeInput) {
    this.#input = input
  }

  /** Send, and resolve when it is over; the outcome is in the fields. */
  run(): Promise<void> {
    const { request, body, wire, signal } = this.#input
    if (signal.aborted) this.#fail(signal.reason)
    else {
      signal.addEventListener('abort', this.#onAbort, { once: true })
      const target = requestTarget(request.url, routeTo(request.url, request.policy.route))
      wire.send({ method: request.method, target, headers: request.headers, body, isUpgrade: request.isSocket }, this)
    }
    return this.#done.promise
  }

  started(): void {
    if (this.#isOver) return
    const { request, hop, onStep } = this.#input
    this.marks.begun = performance.now()
    onStep({ kind: 'requestHead', hop, method: request.method, url: request.url.href, bodyBytes: request.body?.bytes ?? null })
    this.#listenForSilence()
  }

  bodySent(bytes: number): void {
    if (this.#isOver) return
    this.#sentBytes += bytes
    this.#timer?.refresh()
    if (performance.now() - this.#sentTold.at >= PROGRESS_MS) this.#tellSent()
  }

  sent(): void {
    if (this.#isOver) return
    this.marks.sent = performance.now()
    this.#timer?.refresh()
    this.#tellSent()
  }

  heard(bytes: number): void {
    this.#timer?.refresh()
    this.#fruitlessBytes += bytes
    // On a WebSocket it is for the messages to say how long they are.
    if (this.#fruitlessBytes > FRUITLESS_BYTES && this.log === null) this.#fail(this.#endless())
  }

  warned(text: string): void {
    this.warnings.push(text)
  }

  informational(status: number, headers: WireHead['headers']): void {
    if (this.#isOver) return
    this.interim.push({ status, headers: textOf(headers), at: performance.now() - this.marks.begun })
    this.#timer?.refresh()
    if (this.interim.length > INTERIM_RESPONSES) this.#fail(this.#endless())
  }

  head(head: WireHead): void {
    if (this.#isOver) return
    const { bodies, request } = this.#input
    const { encoding, rules, timeouts } = request.policy
    this.#answered(head)
    const resumption = resumptionOf(request.resume, head.status, (name) => headerValues(this.headers, name))
    if (resumption.kind !== 'rest' && resumption.warning !== null) this.warnings.push(resumption.warning)
    this.responseBody = createResponseBody(bodies, this.headers, { encoding, charset: rules.charset }, this.#elapsed, resumption)
    this.#tellHead(head, this.responseBody.arrivingId, timeouts.read)
  }

  data(chunk: Buffer): void | Promise<void> {
    if (this.#isOver || !this.responseBody) return
    this.#fruitlessBytes = 0
    const taken = this.responseBody.receive(chunk)
    this.#timer?.refresh()
    const quietMs = performance.now() - this.#receivedTold.at
    if (quietMs >= PROGRESS_MS) this.#tellReceived()
    else this.#toTell ??= setTimeout(() => this.#tellReceived(), PROGRESS_MS - quietMs)
    const written = taken ? this.#waitFor(taken) : undefined
    // There is nothing to hold back behind the last byte, and undici takes a close that it meets in a pause for a break.
    return this.responseBody.wireBytes() === this.#expectedBytes ? undefined : written
  }

  ended(trailers: WireHead['headers']): void {
    this.trailers = textOf(trailers)
    this.warnings.push(...this.#surplus())
    this.#tellReceived()
    this.#settle(null)
  }

  upgraded(head: WireHead, socket: Duplex): void {
    if (this.#isOver) {
      socket.destroy()
      return
    }
    const { request, bodies, onStep, port = createSocketPort() } = this.#input
    this.#answered(head)
    this.log = createSocketLog(bodies, this.#elapsed)
    // Of a WebSocket, silence is no fault.
    this.#stopListening()
    this.#tellHead(head, this.log.arrivingId, null)
    const fault = handshakeFault(request.headers, this.headers)
    if (fault !== null) {
      this.#fail(new CoreError('ConnectionError', 'receive', `${nearSide(request)} did not open a WebSocket: ${fault}.`))
      return
    }
    runSocket({
      socket,
      agreed: agreedIn(this.headers),
      peer: peerName(request.url),
      log: this.log,
      port,
      onStep,
      onHeard: () => this.heard(0),
    })
      .then((error) => (error ? this.#fail(error) : this.#settle(null)))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => socket.destroy())
  }

  failed(error: unknown): void {
    this.isUnsent = error === UNSENT
    this.#fail(this.#input.wire.fault() ?? error)
  }

  readonly #elapsed = (): number => performance.now() - this.marks.begun

  #answered(head: WireHead): void {
    this.marks.head = performance.now()
    this.#fruitlessBytes = 0
    this.#timer?.refresh()
    this.answer = head
    this.headers = textOf(head.headers)
    this.#expectedBytes = expectedBytes(this.headers, this.#input.request.method)
  }

  #tellHead({ status, reason, httpVersion }: WireHead, arrivingId: BodyId, read: number | null): void {
    const { request, onStep } = this.#input
    const { total } = request.policy.timeouts
    onStep({
      kind: 'responseHead',
      status,
      reason,
      url: request.url.href,
      bodyBytes: this.#wholeBytes(),
      httpVersion,
      headers: this.headers,
      arrivingId,
      limits: { read, total },
    })
  }

  /** While the disk catches up, nothing is read, so silence is no fault of the other side. */
  #waitFor(taken: Promise<void>): Promise<void> {
    this.#waits += 1
    this.#stopListening()
    return taken.then(
      () => {
        this.#waits -= 1
        if (this.#waits === 0 && !this.#isOver) this.#listenForSilence()
      },
      (error: unknown) => this.#fail(error),
    )
  }

  #fail(error: unknown): void {
    if (this.#isOver) return
    const { request, wire } = this.#input
    const failure = failureOf(error, {
      peer: nearSide(request),
      host: request.url.host,
      scheme: request.url.scheme,
      stage: this.answer ? 'receive' : 'send',
      hasHead: this.answer !== null,
      received: wire.record.received(),
      bodyBytes: this.responseBody?.wireBytes() ?? 0,
      expectedBytes: this.#expectedBytes,
      unfinished: this.#unfinishedBody(),
      isStrict: !request.policy.isLenient,
      hasClientCertificate: request.policy.tls.client !== null,
    })
    this.#settle(this.#atItsPhase(failure))
    wire.destroy(failure)
  }

  #settle(error: CoreError | null): void {
    if (this.#isOver) return
    // An answer may be whole before the end of the body was noticed that it answers.
    this.#tellSent()
    this.#isOver = true
    if (this.#toTell) clearTimeout(this.#toTell)
    this.error = error
    this.marks.ended = performance.now()
    this.#stopListening()
    const { body } = this.#input
    // It may not have been read to its end: the server can answer early.
    if (body && !Buffer.isBuffer(body)) body.destroy()
    this.#input.signal.removeEventListener('abort', this.#onAbort)
    this.#done.resolve()
  }

  #listenForSilence(): void {
    const limit = this.#input.request.policy.timeouts.read
    this.#stopListening()
    if (limit !== null) this.#timer = setTimeout(() => this.#fail(this.#silence(limit)), limit)
  }

  #stopListening(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** The reader of HTTP passes over some things however long they are, and no timeout meets a server that goes on talking. */
  #endless(): CoreError {
    const message = `${nearSide(this.#input.request)} goes on and on with what is no part of an answer.`
    return new CoreError('TooLarge', 'receive', message, {
      hint: 'Interim responses, a status line or marks between chunks without end: the server is at fault.',
    })
  }

  #silence(limit: number): CoreError {
    const { request } = this.#input
    const peer = nearSide(request)
    const total = request.body?.bytes ?? 0
    const { origins } = request.policy
    const raiseIt = `raise the read timeout ${placeOfOption(origins, 'timeout.read')}`
    const details = optionDetails(origins, 'timeout.read')
    if (this.answer) {
      const message = `${peer} sent nothing for ${secondsText(limit)}, after ${this.responseBody?.wireBytes() ?? 0} bytes of the body.`
      const isStream = streamKindOf(headerValue(this.headers, 'content-type') ?? '') !== null
      const hint = isStream
        ? `What came is shown. A stream may well be silent for long: choose no limit, or ${raiseIt}.`
        : `What came is shown. To wait longer, ${raiseIt}.`
      return new CoreError('ReadTimeout', 'receive', message, { hint, details })
    }
    if (this.marks.sent === null && total > 0) {
      const message = `${peer} took nothing of the body for ${secondsText(limit)}, after ${this.#sentBytes} of ${total} bytes.`
      return new CoreError('ReadTimeout', 'send', message, {
        hint: `The server has stopped reading. To wait longer, ${raiseIt}.`,
        details,
      })
    }
    return new CoreError('ReadTimeout', 'receive', `${peer} did not answer within ${secondsText(limit)}.`, {
      hint: `The request was sent. To wait longer, ${raiseIt}.`,
      details,
    })
  }

  #unfinishedBody(): { sent: number; total: number } | null {
    const { body } = this.#input.request
    return body === null || this.marks.sent !== null || this.#sentBytes === 0 ? null : { sent: this.#sentBytes, total: body.bytes }
  }

  #atItsPhase(failure: CoreError): CoreError {
    const bytes = this.responseBody?.wireBytes() ?? 0
    if (this.answer) return tooLateAt(failure, 'receive', 'body', `${bytes} bytes of the body had come.`)
    const { body } = this.#input.request
    return body !== null && this.marks.sent === null
      ? tooLateAt(failure, 'send', 'send', `${this.#sentBytes} of ${body.bytes} bytes of the body were sent.`)
      : tooLateAt(failure, 'receive', 'wait', 'The request was sent, and no answer had come.')
  }

  #tellSent(): void {
    const bytes = this.#sentBytes
    const total = this.#input.request.body?.bytes ?? null
    if (bytes === this.#sentTold.bytes || total === 0) return
    this.#sentTold = { at: performance.now(), bytes }
    this.#input.onStep({ kind: 'bodySent', bytes, total })
  }

  #tellReceived(): void {
    if (this.#toTell) clearTimeout(this.#toTell)
    this.#toTell = null
    const bytes = this.responseBody?.wireBytes() ?? 0
    if (bytes === this.#receivedTold.bytes) return
    this.#receivedTold = { at: performance.now(), bytes }
    this.#input.onStep({ kind: 'bodyReceived', bytes: (this.responseBody?.resumedFrom ?? 0) + bytes, total: this.#wholeBytes() })
  }

  #surplus(): string[] {
    const { request, wire } = this.#input
    const bytes = this.responseBody?.wireBytes() ?? 0
    const hasBody = request.method !== 'HEAD' && this.answer?.status !== 204 && this.answer?.status !== 304
    const isCoded = hasBody && headerValue(this.headers, 'transfer-encoding') !== null
    return surplusWarnings(nearSide(request), wire, { bytes, expectedBytes: this.#expectedBytes, isCoded })
  }

  /** With what had come of the body earlier. */
  #wholeBytes(): number | null {
    const expected = this.#expectedBytes
    return expected === null ? null : (this.responseBody?.resumedFrom ?? 0) + expected
  }
}

/** From the Content-Length; null where there is none, or no body by rule. */
function expectedBytes(headers: HeaderLines, method: string): number | null {
  const length = headerValue(headers, 'content-length')
  if (length === null || method === 'HEAD' || !/^\d+$/.test(length) || headerValue(headers, 'transfer-encoding') !== null) return null
  return Number(length)
}

function textOf(headers: WireHead['headers']): HeaderLines {
  return headers.map(([name, value]) => [headerText(name), headerText(value)])
}

/** Who is at the other end of the connection: a proxy that was sent the request itself, else the server. */
function nearSide({ url, policy }: PreparedRequest): string {
  const proxy = forwardingProxy(url, routeTo(url, policy.route))
  return proxy ? `The proxy ${proxy.shown}` : peerName(url)
}
