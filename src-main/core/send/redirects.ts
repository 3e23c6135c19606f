/**
 * Where a redirect leads and what goes with it. Pure: it neither sends nor stores. Unlike requests it keeps method and
 * body where the standard does not call for GET, and takes no secret to another origin without saying so.
 *
 * @see RFC 9110 §15.4; WHATWG Fetch "HTTP-redirect fetch"
 */
import type { PreparedHeader } from '#contract/model/prepared.ts'
import { cookieHeaderValue, mergeCookies } from '../prepare/cookie-header.ts'
import type { PreparedRequest, TargetUrl } from '../prepare/prepared-request.ts'
import { headForRoute } from '../prepare/proxy-head.ts'
import { routeTo } from '../prepare/route-policy.ts'
import { resolveLocation } from '../prepare/target-url.ts'
import { CoreError } from '../lib/core-error.ts'
import { isSecretHeader } from '../prepare/secret-headers.ts'
import type { SessionCookies } from './session-cookies.ts'

const FOLLOWED = new Set([301, 302, 303, 307, 308])
/** Headers that speak of a body and go with it. */
const BODY_HEADERS = new Set(['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location'])

export interface RedirectInput {
  /** The request as it was first sent: its own cookies are bound to its host. */
  readonly first: PreparedRequest
  /** The request that was answered. */
  readonly current: PreparedRequest
  readonly status: number
  /** The Location header as received; null where there was none. */
  readonly location: string | null
  /** The jar, which already knows the cookies of this answer. */
  readonly cookiesFor: SessionCookies['cookiesFor']
}

export interface Redirect {
  readonly request: PreparedRequest
  readonly warnings: readonly string[]
}

/** Whether a response asks to be redirected, followed or not. */
export function isRedirect(status: number, location: string | null): location is string {
  return FOLLOWED.has(status) && location !== null && location.trim() !== ''
}

/**
 * The request that a redirect asks for.
 *
 * @returns null where the response is no redirect
 * @throws {CoreError} `InvalidSchema` or `InvalidURL` that names the Location
 */
export function followRedirect({ first, current, status, location, cookiesFor }: RedirectInput): Redirect | null {
  if (!isRedirect(status, location)) return null
  const url = locationUrl(current.url, location)
  const warnings: string[] = []
  const method = redirectedMethod(current.method, status)
  const keepsBody = method === current.method
  const crosses = !isSameOrigin(current.url, url)
  const kept = current.headers.filter((header) => {
    // An answer to a challenge is bound to the address it was made for.
    if (current.flow !== null && header.source === 'auth') return false
    if (!keepsBody && (header.source === 'body' || BODY_HEADERS.has(header.name.toLowerCase()))) return false
    if (header.source === 'cookies' || !crosses || isConnectionHeader(header)) return true
    if (!isSecretHeader(header)) return true
    warnings.push(`${header.name} was not sent on to ${url.authority}, which is another origin than ${current.url.authority}.`)
    return false
  })
  const cookies = ownCookies(first, current, url, warnings)
  const lines = withCookies(withHost(kept, current, url, crosses, warnings), current.usesJar ? [cookiesFor(url.href), cookies] : null)
  const head = headForRoute(lines, url, routeTo(url, current.policy.route), current.proxyAuthorization)
  warnings.push(...head.warnings)
  const { headers } = head
  return {
    request: { ...current, method, url, headers, cookies, flow: crosses ? null : current.flow, body: keepsBody ? current.body : null },
    warnings,
  }
}

/** 303 asks for the answer elsewhere; 301 and 302 turn POST into GET because every browser does. */
function redirectedMethod(method: string, status: number): string {
  if (status === 303) return method === 'HEAD' ? 'HEAD' : 'GET'
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method
}

function locationUrl(from: TargetUrl, location: string): TargetUrl {
  try {
    return resolveLocation(from, location)
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    const why = error.kind === 'InvalidSchema' ? 'which is no http:// or https:// address' : 'which is no address'
    throw new CoreError(error.kind, 'receive', `${from.authority} redirects to "${maskedLocation(location)}", ${why}.`, {
      hint: 'The response is kept. Turn off Follow redirects to see it alone.',
      cause: error,
    })
  }
}

/** A Location to be shown: without credentials, and not endless. */
export function maskedLocation(location: string): string {
  const masked = location.replace(/\/\/[^/?#@]*@/, '//…@')
  return masked.length > 200 ? `${masked.slice(0, 200)}…` : masked
}

/** Going from http to https on the default ports of one host keeps what was meant for that host. */
function isSameOrigin(from: TargetUrl, to: TargetUrl): boolean {
  if (from.host !== to.host) return false
  if (from.scheme === to.scheme) return from.port === to.port
  return from.scheme === 'http' && from.port === 80 && to.port === 443
}

function isConnectionHeader(header: PreparedHeader): boolean {
  return header.name === 'host' || header.name === 'connection'
}

/** The rows of Cookies belong to the host they were typed for, and do not leave TLS once they were sent under it. */
function ownCookies(first: PreparedRequest, current: PreparedRequest, url: TargetUrl, warnings: string[]): PreparedRequest['cookies'] {
  if (url.host === first.url.host && !(first.url.scheme === 'https' && url.scheme === 'http')) return first.cookies
  if (current.cookies.length > 0) {
    const names = current.cookies.map(([name]) => name).join(', ')
    warnings.push(`The cookies of this request (${names}) were not sent on to ${url.authority}.`)
  }
  return []
}

function withHost(
  headers: readonly PreparedHeader[],
  current: PreparedRequest,
  url: TargetUrl,
  crosses: boolean,
  warnings: string[],
): readonly PreparedHeader[] {
  return headers.map((header) => {
    if (header.name.toLowerCase() !== 'host') return header
    if (header.source !== 'user') return { name: 'host', value: url.authority, source: 'engine' }
    if (!crosses) return header
    warnings.push(
      `The typed Host "${header.value}" was not sent on to ${url.authority}, which is another origin than ${current.url.authority}.`,
    )
    return { name: 'host', value: url.authority, source: 'engine' }
  })
}

/** The request's headers with the cookies that the jar has for it now: an answer may have set some. */
export function withFreshCookies(
  { headers, url, usesJar, cookies }: PreparedRequest,
  cookiesFor: SessionCookies['cookiesFor'],
): PreparedRequest['headers'] {
  return withCookies(headers, usesJar ? [cookiesFor(url.href), cookies] : null)
}

/** Puts the cookies of the new URL in the place of the old ones: after the headers that are the request's own. */
function withCookies(
  headers: readonly PreparedHeader[],
  sources: readonly [fromJar: PreparedRequest['cookies'], own: PreparedRequest['cookies']] | null,
): readonly PreparedHeader[] {
  if (sources === null) return headers
  const pairs = mergeCookies(...sources)
  const rest = headers.filter((header) => header.source !== 'cookies')
  if (pairs.length === 0) return rest
  const found = rest.findIndex((header) => header.source === 'auth' || header.source === 'url' || header.name === 'content-length')
  const at = found < 0 ? rest.length : found
  return [...rest.slice(0, at), { name: 'Cookie', value: cookieHeaderValue(pairs), source: 'cookies' }, ...rest.slice(at)]
}
