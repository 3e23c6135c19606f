/**
 * Sends a question to an authorization server as any request is sent, with the same timeouts, proxies and TLS as the
 * request it is for. What comes of it is also a hop to be shown, from which every secret is taken out.
 */
import { randomUUID } from 'node:crypto'
import type { Hop, ReceivedResponse, SentRequest } from '#contract/model/exchange.ts'
import { ExchangeIdSchema, type BodyId } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Options, RequestDocument } from '#contract/model/request.ts'
import { isSecretHeaderName } from '#contract/model/secret-names.ts'
import type { TokenAnswer, TokenQuestion } from '../auth/oauth2.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { createMemoryBodies } from '../bodies/memory-bodies.ts'
import { CoreError } from '../lib/core-error.ts'
import type { ConnectionPool } from '../send/connection-pool.ts'
import { createCookieJar } from '../send/cookie-jar.ts'
import { headerValues } from '../send/response-body.ts'
import { sendRequest } from '../send/send-request.ts'
import { prepareFor, type Surroundings } from './prepare-for.ts'

const MAX_ANSWER_BYTES = 1024 * 1024
const MASK = '••••••••'
const SECRET_FIELD = /token|secret|password|assertion|^code$|verifier|^key$/i

export interface TokenRequestDeps extends Surroundings {
  readonly pool: ConnectionPool
  /** Where the bodies of hops are kept, without their secrets. */
  readonly bodies: BodyStore
}

/** What the question is for: its options hold for the question too. */
export interface AskingRequest {
  readonly options: Options
  readonly root: string | null
  readonly signal: AbortSignal
}

/**
 * @returns the answer, and the hop it was; the hop is null where nothing came back
 * @throws {CoreError} the problem or failure that left the question unanswered
 */
export async function askTokenServer(
  question: TokenQuestion,
  { options, root, signal }: AskingRequest,
  deps: TokenRequestDeps,
): Promise<{ readonly answer: TokenAnswer; readonly hop: Hop | null }> {
  const cookies = createCookieJar()
  const own: Surroundings = { ...deps, jarFor: async () => cookies }
  const subject = {
    document: documentOf(question, options),
    // What is around the request is in its options already.
    place: null,
    choice: { environment: null, session: null, given: {} },
    root,
    seed: randomUUID(),
    withoutAmbient: true,
  }
  const { request, problems } = await prepareFor(subject, own)
  if (!request) throw unsendable(problems[0])
  const bodies = createMemoryBodies(MAX_ANSWER_BYTES)
  const exchange = await sendRequest(request, {
    id: ExchangeIdSchema.parse(randomUUID()),
    pool: deps.pool,
    bodies,
    cookies,
    signal,
    onStep: () => undefined,
    now: deps.now,
  })
  if (exchange.error || !exchange.response || !exchange.request || !exchange.connection) throw failure(exchange.error)
  const { response, connection } = exchange
  const { other = 0, ...timings } = exchange.timings
  const sent = question.body
  const received = await textOf(bodies, response)
  const hop: Hop = {
    kind: 'token',
    at: 0,
    request: await maskedRequest(exchange.request, sent, deps.bodies),
    response: await maskedResponse(response, received, deps.bodies),
    timings: { ...timings, total: timings.total - other },
    connection,
    because: `${response.status}: the access token was asked for`,
    dropped: [],
  }
  const contentType = headerValues(response.headers, 'content-type').at(0) ?? ''
  return { answer: { status: response.status, contentType, body: received }, hop }
}

function documentOf({ url, headers, body }: TokenQuestion, options: Options): RequestDocument {
  const { retry: _retry, chunkedUpload: _chunked, stepRedirects: _step, encoding: _encoding, ...kept } = options
  return {
    ...emptyRequest(),
    method: 'POST',
    url,
    headers: headers.filter(([name]) => name.toLowerCase() !== 'user-agent').map(([name, value]) => ({ name, value, enabled: true })),
    body: { kind: 'text', text: body },
    options: { ...kept, followRedirects: false },
  }
}

/** A problem of the question is one of the fields it was made of. */
function unsendable(
  problem: { readonly kind: CoreError['kind']; readonly message: string; readonly hint?: string | undefined } | undefined,
): CoreError {
  if (!problem) throw new Error('A request that was not prepared has no problem.')
  return new CoreError(problem.kind, 'prepare', problem.message, {
    ...(problem.hint !== undefined && { hint: problem.hint }),
    where: { section: 'auth', field: 'accessTokenUrl' },
  })
}

function failure(
  error: {
    readonly kind: CoreError['kind']
    readonly stage: CoreError['stage']
    readonly message: string
    readonly hint?: string | undefined
  } | null,
): CoreError {
  if (!error) return new CoreError('TokenError', 'receive', 'The authorization server gave no answer.')
  return new CoreError(error.kind, error.stage, `No access token: ${error.message}`, error.hint === undefined ? {} : { hint: error.hint })
}

async function textOf(bodies: BodyStore, { bodyId, bodyBytes }: ReceivedResponse): Promise<string> {
  return bodyId === null ? '' : (await bodies.read(bodyId, 0, bodyBytes)).toString('utf8')
}

async function maskedRequest(request: SentRequest, body: string, bodies: BodyStore): Promise<SentRequest> {
  return {
    ...request,
    url: maskedUrl(request.url),
    headers: request.headers.map(([name, value]) => [name, isSecretHeaderName(name) ? MASK : value]),
    head: request.head
      .split('\r\n')
      .map((line, index) => (index === 0 ? maskedUrl(line) : maskedLine(line)))
      .join('\r\n'),
    bodyId: await kept(bodies, maskedForm(body)),
  }
}

async function maskedResponse(response: ReceivedResponse, body: string, bodies: BodyStore): Promise<ReceivedResponse> {
  return { ...response, url: maskedUrl(response.url), bodyId: await kept(bodies, maskedAnswer(body)) }
}

async function kept(bodies: BodyStore, text: string): Promise<BodyId | null> {
  return text === '' ? null : (await bodies.put(Buffer.from(text))).id
}

function maskedLine(line: string): string {
  const name = line.slice(0, Math.max(0, line.indexOf(':')))
  return isSecretHeaderName(name) ? `${name}: ${MASK}` : line
}

function maskedUrl(text: string): string {
  return text.replace(/([?&])([^=&\s]+)=([^&\s#]*)/g, (whole, mark: string, name: string) =>
    SECRET_FIELD.test(name) ? `${mark}${name}=${MASK}` : whole,
  )
}

function maskedForm(body: string): string {
  return body
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0] ?? ''
      return SECRET_FIELD.test(name) ? `${name}=${MASK}` : pair
    })
    .join('&')
}

/** The shape and what is no secret stay: that is what one looks for. */
function maskedAnswer(body: string): string {
  try {
    return JSON.stringify(masked(JSON.parse(body)), null, 2)
  } catch {
    return /(?:token|secret)[^=&]*=/i.test(body) ? maskedForm(body) : body
  }
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_FIELD.test(key) && typeof item === 'string' && !/^token_type$|^error/.test(key) ? MASK : masked(item),
    ]),
  )
}
