/**
 * An exchange as an HTTP Archive (HAR 1.2): every try and hop as an entry, in the order they took, with headers in wire
 * order, cookies, times and connections. Bodies are in it up to a bound; of longer ones it says how long they are. What
 * is secret is hidden unless it is asked for.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
import type { Connection, Exchange, HeaderList, ReceivedResponse, SentRequest, Timings } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { parseQuery, splitUrl } from '#contract/model/url-query.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { decoderFor } from '../bodies/encoding.ts'
import { isText } from '#contract/model/is-text.ts'
import { VERSION } from '../lib/version.ts'

import type { Har, HarContent, HarCookie, HarEntry, HarPair, HarPostData, HarRequest, HarResponse, HarTimings } from './har-format.ts'
import { harMask, NOTHING_HIDDEN, type HarMask } from './har-mask.ts'

/** Longer bodies are left out. */
export const HAR_BODY_BYTES = 1024 * 1024
/** So much of bodies in all. */
const HAR_BODIES_BYTES = 8 * 1024 * 1024

type Bodies = Pick<BodyStore, 'read' | 'stat'>

export interface HarWishes {
  /** Values of secret variables; null: nothing is hidden. */
  readonly secrets: readonly string[] | null
}

/** One request with what came of it. */
interface Part {
  /** Milliseconds from the beginning of the exchange. */
  readonly at: number
  readonly request: SentRequest
  readonly response: ReceivedResponse | null
  readonly timings: Timings
  readonly connection: Connection | null
  readonly comment: string
}

/** What parts of an entry are made with. */
interface Making {
  readonly bodies: Bodies
  readonly mask: HarMask
  /** How many bytes of bodies may still go in. */
  left: number
}

/** The archive of an exchange. What was not sent has no entry. */
export async function harOf(exchange: Exchange, bodies: Bodies, { secrets }: HarWishes): Promise<Har> {
  const making: Making = { bodies, mask: secrets === null ? NOTHING_HIDDEN : harMask(secrets), left: HAR_BODIES_BYTES }
  const entries: HarEntry[] = []
  for (const part of partsOf(exchange)) entries.push(await entryOf(part, Date.parse(exchange.startedAt), making))
  return { log: { version: '1.2', creator: { name: 'Posthaste', version: VERSION }, entries } }
}

function partsOf({ history, attempts, request, response, timings, connection, error }: Exchange): readonly Part[] {
  const tries = attempts.flatMap((attempt) =>
    attempt.request === null ? [] : [{ ...attempt, request: attempt.request, comment: `Tried again: ${attempt.reason}` }],
  )
  const hops = history.map((hop) => ({ ...hop, comment: hop.because }))
  const before = [...tries, ...hops].toSorted((one, other) => one.at - other.at)
  if (request === null) return before
  const at = Math.max(0, timings.total - ownTime(timings))
  return [...before, { at, request, response, timings, connection, comment: error?.message ?? '' }]
}

async function entryOf(
  { at, request, response, timings, connection, comment }: Part,
  startedAt: number,
  making: Making,
): Promise<HarEntry> {
  const { remoteAddress = null, localPort = null, proxy = null } = connection ?? {}
  return {
    startedDateTime: isoTime(startedAt + at),
    time: rounded(ownTime(timings)),
    request: await requestOf(request, making),
    response: response === null ? noResponse(comment) : await responseOf(response, making),
    cache: {},
    timings: timingsOf(timings),
    ...(remoteAddress !== null && proxy === null && { serverIPAddress: remoteAddress }),
    ...(localPort !== null && { connection: String(localPort) }),
    ...(comment !== '' && { comment: making.mask.text(comment) }),
  }
}

async function requestOf(request: SentRequest, making: Making): Promise<HarRequest> {
  const { mask } = making
  const { method, httpVersion, head, bodyBytes } = request
  const url = mask.url(request.url, request.secretParams)
  const query = splitUrl(url).query
  const postData = await postDataOf(request, making)
  return {
    method,
    url,
    httpVersion: `HTTP/${httpVersion}`,
    cookies: sentCookies(request.headers, mask),
    headers: pairs(mask.headers(request.headers)),
    queryString: query === null ? [] : parseQuery(query).map(({ name, value }) => ({ name, value })),
    ...(postData && { postData }),
    // With the line ends and the empty line; HTTP/2 packs its fields.
    headersSize: httpVersion.startsWith('1') ? Buffer.byteLength(head) + 4 : -1,
    bodySize: bodyBytes,
  }
}

async function responseOf(response: ReceivedResponse, making: Making): Promise<HarResponse> {
  const { mask } = making
  const headers = mask.headers(response.headers)
  return {
    status: response.status,
    statusText: response.reason,
    httpVersion: `HTTP/${response.httpVersion}`,
    cookies: response.cookies.map((cookie): HarCookie => ({
      name: cookie.name,
      value: mask.cookie(cookie.value),
      ...(cookie.path !== null && { path: cookie.path }),
      ...(cookie.domain !== null && { domain: cookie.domain }),
      ...(cookie.expires !== null && { expires: cookie.expires }),
      ...(cookie.sameSite !== null && { sameSite: cookie.sameSite }),
      httpOnly: cookie.httpOnly,
      secure: cookie.secure,
    })),
    headers: pairs(headers),
    content: await contentOf(response, making),
    redirectURL: mask.url(headerOf(response.headers, 'location')),
    headersSize: -1,
    bodySize: response.wireBytes,
  }
}

/** Readers expect a response in every entry; a status of 0 is how browsers write that none came. */
function noResponse(comment: string): HarResponse {
  return {
    status: 0,
    statusText: '',
    httpVersion: '',
    cookies: [],
    headers: [],
    content: { size: 0, compression: 0, mimeType: 'x-unknown' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    ...(comment !== '' && { comment }),
  }
}

async function postDataOf({ headers, bodyId, bodyBytes }: SentRequest, making: Making): Promise<HarPostData | null> {
  if (bodyBytes === 0) return null
  const mimeType = headerOf(headers, 'content-type')
  const bytes = await bytesOf(bodyId, bodyBytes, making)
  if (bytes === null) return { mimeType, params: [], text: '', comment: leftOut(bodyBytes) }
  const text = textOf(bytes, 'utf-8')
  if (text !== null) return { mimeType, params: [], text: making.mask.text(text) }
  // The format has no place for bytes in a request: tools that read it agree on base64 with a note.
  return { mimeType, params: [], text: bytes.toString('base64'), comment: 'base64' }
}

async function contentOf({ headers, bodyId, bodyBytes, wireBytes, encoding }: ReceivedResponse, making: Making): Promise<HarContent> {
  const basis = { size: bodyBytes, compression: bodyBytes - wireBytes, mimeType: headerOf(headers, 'content-type') || 'x-unknown' }
  if (bodyBytes === 0) return basis
  const bytes = await bytesOf(bodyId, bodyBytes, making)
  if (bytes === null) return { ...basis, comment: leftOut(bodyBytes) }
  const text = encoding === null ? null : textOf(bytes, encoding)
  return text === null ? { ...basis, text: bytes.toString('base64'), encoding: 'base64' } : { ...basis, text: making.mask.text(text) }
}

/** Null where it is too long, or no longer kept. */
async function bytesOf(id: BodyId | null, bytes: number, making: Making): Promise<Buffer | null> {
  if (id === null || bytes > HAR_BODY_BYTES || bytes > making.left) return null
  if ((await making.bodies.stat(id)) === null) return null
  making.left -= bytes
  return making.bodies.read(id, 0, bytes)
}

function textOf(bytes: Buffer, encoding: string): string | null {
  try {
    const decoder = decoderFor(encoding)
    const text = decoder.write(bytes) + (decoder.end() ?? '')
    return isText(text) ? text : null
  } catch {
    return null // an encoding that is none
  }
}

function leftOut(bytes: number): string {
  return `The body of ${bytes} bytes was left out.`
}

function sentCookies(headers: HeaderList, mask: HarMask): readonly HarCookie[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(/;\s*/))
    .flatMap((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? [] : [{ name: pair.slice(0, equals), value: mask.cookie(pair.slice(equals + 1)) }]
    })
}

function timingsOf({ queued, dns, connect, tls, send, wait, download, reusedConnection }: Timings): HarTimings {
  const ofConnecting = (ms: number): number => (reusedConnection || ms === 0 ? -1 : rounded(ms))
  return {
    blocked: rounded(queued),
    dns: ofConnecting(dns),
    connect: ofConnecting(connect + tls),
    ssl: ofConnecting(tls),
    send: rounded(send),
    wait: rounded(wait),
    receive: rounded(download),
  }
}

/** What one hop took by itself: the `total` of an exchange's last hop is that of them all. */
function ownTime({ queued, dns, connect, tls, send, wait, download, reusedConnection }: Timings): number {
  return queued + (reusedConnection ? 0 : dns + connect + tls) + send + wait + download
}

function pairs(headers: HeaderList): readonly HarPair[] {
  return headers.map(([name, value]) => ({ name, value }))
}

function headerOf(headers: HeaderList, name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}

/** Times beyond what a date can be, which only a damaged or foreign record has, are the last or the first one. */
function isoTime(time: number): string {
  return new Date(Math.max(-8.64e15, Math.min(time, 8.64e15))).toISOString()
}
