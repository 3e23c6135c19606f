/**
 * Where a redirect leads and what goes with it. Pure: it neither sends nor stores. Which method, which headers and which
 * cookies go on is for the rules to say; nothing is left out without being named.
 *
 * @see RFC 9110 §15.4; WHATWG Fetch "HTTP-redirect fetch"
 */
import type { DroppedHeader } from '#contract/model/exchange.ts'
import type { PreparedHeader } from '#contract/model/prepared.ts'
import type { RedirectRules } from '../prepare/behaviour-rules.ts'
import { cookieHeaderValue, cookieUrl, mergeCookies } from '../prepare/cookie-header.ts'
import { withCookieLine } from '../prepare/head.ts'
import { isTyped, type PreparedRequest } from '../prepare/prepared-request.ts'
import type { TargetUrl } from '../prepare/url-parts.ts'
import { headForRoute } from '../prepare/proxy-head.ts'
import { routeTo } from '../prepare/route-policy.ts'
import { optionDetails } from '../prepare/option-origins.ts'
import { resolveLocation } from '../prepare/target-url.ts'
import { CoreError } from '../lib/core-error.ts'
import { isSecretHeader } from '../prepare/secret-headers.ts'
import type { SessionCookies } from './session-cookies.ts'

const FOLLOWED = new Set([301, 302, 303, 307, 308])

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
  /** Headers of the request before that are not sent on. */
  readonly dropped: readonly DroppedHeader[]
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
  const rules = current.policy.rules.redirects
  const url = locationUrl(current, location)
  const method = redirectedMethod(current.method, status, rules)
  const keepsBody = rules.body === 'with-method' ? method === current.method : status === 307 || status === 308
  const crosses = !isSameOrigin(current.url, url, rules)
  const move: Move = { current, url, crosses, keepsBody, rules, dropped: [], warnings: [] }
  const kept = current.headers.filter((header) => goesOn(header, move)).map((header) => withHost(header, move))
  const cookies = ownCookies(first, move)
  // A typed Cookie header that is left out leaves room for the jar.
  const usesJar = current.usesJar || move.dropped.some(({ name }) => name.toLowerCase() === 'cookie')
  const sized = keepsBody ? kept : withLengthOfNothing(kept, method, current.method, rules)
  const policy = current.policyFor?.(url) ?? current.policy
  const lines = usesJar ? withCookies(sized, { url, cookies, policy }, cookiesFor) : sized
  const { headers, warnings } = headForRoute(lines, url, routeTo(url, policy.route), current.proxyAuthorization)
  move.warnings.push(...warnings)
  return {
    request: {
      ...current,
      method,
      url,
      policy,
      headers,
      cookies,
      usesJar,
      flow: crosses ? current.ambient : (current.flow ?? lookedUpAgain(current)),
      body: keepsBody ? current.body : null,
    },
    dropped: move.dropped,
    warnings: move.warnings,
  }
}

/** requests looks into netrc at every redirect, also where a request began with credentials of its own. */
function lookedUpAgain({ policy, ambient }: PreparedRequest): PreparedRequest['flow'] {
  return policy.rules.credentials.power === 'auth' ? ambient : null
}

/** One step from an address to another, and what is left behind on the way. */
interface Move {
  readonly current: PreparedRequest
  readonly url: TargetUrl
  /** Whether it leads to another origin. */
  readonly crosses: boolean
  readonly keepsBody: boolean
  readonly rules: RedirectRules
  readonly dropped: DroppedHeader[]
  readonly warnings: string[]
}

/** 303 asks for the answer elsewhere; 301 and 302 turn POST into GET because every browser does. */
function redirectedMethod(method: string, status: number, { toGet }: RedirectRules): string {
  const methods = toGet[status] ?? []
  return methods === '*' ? (method === 'HEAD' ? method : 'GET') : methods.includes(method) ? 'GET' : method
}

/** Whether a header goes on; one that does not is named, with the reason. */
function goesOn(header: PreparedHeader, move: Move): boolean {
  const { current, url, crosses, keepsBody, rules } = move
  const name = header.name.toLowerCase()
  const drop = (why: string): false => {
    move.dropped.push({ name: header.name, why })
    return false
  }
  // An answer to a challenge is bound to the address it was made for.
  if (current.flow !== null && header.source === 'auth') return drop('it answered a challenge at the address before')
  if (!keepsBody && (isOfBody(header, current) || rules.bodyHeaders.includes(name))) return drop('the body it speaks of is not sent on')
  if (header.source !== 'cookies' && rules.neverSentOn.includes(name)) {
    return drop(
      name === 'cookie'
        ? 'a typed Cookie is not sent on at a redirect; the jar is used from here'
        : `a typed ${header.name} is not sent on at a redirect`,
    )
  }
  if (!crosses || header.source === 'cookies' || name === 'host' || !isLeftAtOrigin(header, rules)) return true
  move.warnings.push(`${header.name} was not sent on to ${url.authority}, which is another origin than ${current.url.authority}.`)
  return drop(`${url.authority} is another origin than ${current.url.authority}`)
}

/** Whether a header came with the body; those of `--json` go on like typed ones. */
function isOfBody({ name, value, source }: PreparedHeader, { policy }: PreparedRequest): boolean {
  return source === 'body' && !policy.rules.body.jsonHeaders.some(([jsonName, jsonValue]) => jsonName === name && jsonValue === value)
}

function isLeftAtOrigin(header: PreparedHeader, { crossOrigin }: RedirectRules): boolean {
  const name = header.name.toLowerCase()
  switch (crossOrigin) {
    case 'secrets':
      return isSecretHeader(header)
    case 'authorization':
      return name === 'authorization'
    case 'authorization-and-cookie':
      return name === 'authorization' || name === 'cookie'
  }
}

/** http.client says that there is no body, right behind Host, for a method that it expects one of. */
function withLengthOfNothing(
  headers: readonly PreparedHeader[],
  method: string,
  before: string,
  { saysNothingFor }: RedirectRules,
): readonly PreparedHeader[] {
  if (method !== before || saysNothingFor === null || saysNothingFor.includes(method)) return headers
  const at = headers.findIndex((header) => header.name === 'Host' && header.source === 'engine') + 1
  return [...headers.slice(0, at), { name: 'Content-Length', value: '0', source: 'body' }, ...headers.slice(at)]
}

function locationUrl({ url: from, policy }: PreparedRequest, location: string): TargetUrl {
  try {
    return resolveLocation(from, location, policy.rules.url)
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    const why = error.kind === 'InvalidSchema' ? 'which is no http:// or https:// address' : 'which is no address'
    throw new CoreError(error.kind, 'receive', `${from.authority} redirects to "${maskedLocation(location)}", ${why}.`, {
      hint: 'The response is kept. Turn off Follow redirects to see it alone.',
      details: { location: maskedLocation(location), ...optionDetails(policy.origins, 'followRedirects') },
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
function isSameOrigin(from: TargetUrl, to: TargetUrl, { upgradeIsSameOrigin }: RedirectRules): boolean {
  if (from.host !== to.host) return false
  if (from.scheme === to.scheme) return from.port === to.port
  return upgradeIsSameOrigin && from.scheme === 'http' && from.port === 80 && to.port === 443
}

/** The rows of Cookies belong to the host they were typed for, and do not leave TLS once they were sent under it. */
function ownCookies(first: PreparedRequest, { current, url, rules, dropped, warnings }: Move): PreparedRequest['cookies'] {
  if (rules.ownCookies === 'everywhere') return first.cookies
  if (url.host === first.url.host && !(first.url.scheme === 'https' && url.scheme === 'http')) return first.cookies
  if (current.cookies.length > 0) {
    const names = current.cookies.map(([name]) => name).join(', ')
    warnings.push(`The cookies of this request (${names}) were not sent on to ${url.authority}.`)
    dropped.push({ name: `Cookie: ${names}`, why: `they were typed for ${first.url.authority}` })
  }
  return []
}

/** Host names the new address, but for one that was typed and may go on. */
function withHost(header: PreparedHeader, { current, url, crosses, rules, dropped, warnings }: Move): PreparedHeader {
  if (header.name.toLowerCase() !== 'host') return header
  if (!isTyped(header)) return { ...header, value: url.authority }
  if (!crosses || rules.typedHost === 'always') return header
  const why = `${url.authority} is another origin than ${current.url.authority}`
  warnings.push(
    `The typed Host "${header.value}" was not sent on to ${url.authority}, which is another origin than ${current.url.authority}.`,
  )
  dropped.push({ name: `Host: ${header.value}`, why })
  return { name: header.name, value: url.authority, source: 'engine' }
}

/** The request's headers with the cookies that the jar has for it now: an answer may have set some. */
export function withFreshCookies(request: PreparedRequest, cookiesFor: SessionCookies['cookiesFor']): PreparedRequest['headers'] {
  if (!request.usesJar) return request.headers
  return withCookieLine(request.headers, cookieLine(request, request.headers, cookiesFor), request.policy.rules)
}

/** The same for the answer to a challenge. */
export function withAnswerCookies(request: PreparedRequest, cookiesFor: SessionCookies['cookiesFor']): PreparedRequest['headers'] {
  if (!request.usesJar || request.policy.rules.credentials.digest !== 'requests') return withFreshCookies(request, cookiesFor)
  return request.headers.some(({ source }) => source === 'cookies') ? request.headers : withCookies(request.headers, request, cookiesFor)
}

function withCookies(
  headers: readonly PreparedHeader[],
  request: CookieSubject,
  cookiesFor: SessionCookies['cookiesFor'],
): readonly PreparedHeader[] {
  const { rules } = request.policy
  const value = cookieLine(request, headers, cookiesFor)
  if (rules.redirects.cookiePlace === 'slot' || value === null) return withCookieLine(headers, value, rules)
  return [...withCookieLine(headers, null, rules), { name: 'Cookie', value, source: 'cookies' }]
}

type CookieSubject = Pick<PreparedRequest, 'url' | 'cookies' | 'policy'>

function cookieLine(
  { url, cookies: own, policy }: CookieSubject,
  headers: readonly PreparedHeader[],
  cookiesFor: SessionCookies['cookiesFor'],
): string | null {
  const { cookies: rules } = policy.rules
  const pairs = mergeCookies(cookiesFor(cookieUrl(url, headers, rules), rules), own, rules)
  return pairs.length === 0 ? null : cookieHeaderValue(pairs)
}
