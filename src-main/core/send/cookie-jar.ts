/**
 * A session's cookies under the rules of browsers (RFC 6265bis): host-only cookies stay with their host, public
 * suffixes and the `__Host-` and `__Secure-` prefixes are heeded. Or, where a request asks for them, under those of
 * `netscape-cookies.ts`. In memory; its owner keeps `serialize()` on disk.
 *
 * Values travel as Latin-1 text, one character a byte, so that what a server set comes back to it byte for byte,
 * whatever its encoding; `list` and `parseSetCookie` show them as text.
 */
import { Cookie, CookieJar } from 'tough-cookie'
import type { ResponseCookie } from '#contract/model/exchange.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { headerText } from './header-text.ts'
import { netscapeCookie, netscapeCookiesFor } from './netscape-cookies.ts'
import type { SessionCookies } from './session-cookies.ts'

/**
 * @param serialized what `serialize` gave; a new jar where left out
 * @throws {CoreError} `Unreadable` where it is something else
 */
export function createCookieJar(serialized?: unknown): SessionCookies {
  const jar = serialized === undefined || serialized === null ? newJar() : restoredJar(serialized)
  const all = (): readonly Cookie[] => jar.serializeSync()?.cookies.flatMap((cookie) => Cookie.fromJSON(cookie) ?? []) ?? []
  // Most sends have no cookies at all, and asking the jar costs a URL parse.
  let isEmpty = all().length === 0

  return {
    cookiesFor: (url, rules) => {
      if (isEmpty) return []
      if (rules === 'netscape') return netscapeCookiesFor(all(), url, Date.now())
      return jar.getCookiesSync(url).map((cookie) => [cookie.key, cookie.value] as const)
    },
    store: (url, lines, rules) => {
      if (rules === 'netscape') return { refused: storeNetscape(jar, lines, url, () => (isEmpty = false)) }
      const refused: Refusal[] = []
      for (const line of lines) {
        try {
          jar.setCookieSync(line, url)
          isEmpty = false
        } catch (error) {
          refused.push({ line, reason: reasonOf(error) })
        }
      }
      return { refused }
    },
    list: () => all().flatMap((cookie) => (cookie.TTL() > 0 ? [describe(cookie)] : [])),
    serialize: () => jar.serializeSync(),
  }
}

/**
 * One Set-Cookie line as it is shown beside the response that set it.
 *
 * @param line as Latin-1 text
 * @returns null where it is no cookie
 */
export function parseSetCookie(line: string): ResponseCookie | null {
  const cookie = Cookie.parse(line, { loose: true })
  return cookie ? describe(cookie) : null
}

interface Refusal {
  readonly line: string
  readonly reason: string
}

/** Of the lines of one response those that delete come first, wherever they stand, as in http.cookiejar. */
function storeNetscape(jar: CookieJar, lines: readonly string[], url: string, onKept: () => void): Refusal[] {
  const results = lines.map((line) => ({ line, result: netscapeCookie(line, url, Date.now()) }))
  const refused: Refusal[] = []
  for (const { result } of results)
    if (result.kind === 'expired') placed(result.cookie, (...at) => jar.store.removeCookie(...at, () => undefined))
  for (const { line, result } of results) {
    if (result.kind === 'refused') refused.push({ line, reason: result.reason })
    if (result.kind !== 'kept') continue
    const { cookie } = result
    // The store calls back at once: it is in memory. A cookie that is replaced keeps its place in the order.
    placed(cookie, (...at) =>
      jar.store.findCookie(...at, (_error, known) => {
        if (!known) return
        cookie.creation = known.creation
        cookie.creationIndex = known.creationIndex
      }),
    )
    jar.store.putCookie(cookie, () => undefined)
    onKept()
  }
  return refused
}

function placed({ domain, path, key }: Cookie, act: (domain: string, path: string, key: string) => void): void {
  if (domain !== null && path !== null) act(domain, path, key)
}

function newJar(): CookieJar {
  // `strict` makes a refused prefix an error, so that it can be told; `localhost` and `.test` keep cookies as in browsers.
  return new CookieJar(undefined, {
    looseMode: true,
    prefixSecurity: 'strict',
    allowSpecialUseDomain: true,
    rejectPublicSuffixes: true,
  })
}

function restoredJar(serialized: unknown): CookieJar {
  try {
    if (typeof serialized !== 'object' || serialized === null || !('cookies' in serialized) || !Array.isArray(serialized.cookies)) {
      throw new Error('it holds no list of cookies')
    }
    const jar = newJar()
    for (const entry of serialized.cookies as readonly unknown[]) {
      const cookie = Cookie.fromJSON(entry)
      if (!cookie?.domain) throw new Error('a cookie in it has no domain')
      jar.store.putCookie(cookie, () => undefined)
    }
    return jar
  } catch (error) {
    throw new CoreError('Unreadable', 'store', `The kept cookies cannot be read: ${messageOf(error)}.`, { cause: error })
  }
}

function describe(cookie: Cookie): ResponseCookie {
  const expires = cookie.isPersistent() ? cookie.expiryDate() : undefined
  return {
    name: headerText(cookie.key),
    value: headerText(cookie.value),
    domain: cookie.domain,
    path: cookie.path,
    expires: expires && Number.isFinite(expires.getTime()) ? expires.toISOString() : null,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: cookie.sameSite ?? null,
  }
}

/** The library's reasons, in words for people. */
function reasonOf(error: unknown): string {
  const reason = messageOf(error)
  if (reason.includes('public suffix')) return 'its domain is one under which anyone can have a site'
  if (reason.includes("not in this host's domain")) return 'its domain is not that of the host that set it'
  if (reason.includes('__Secure prefix')) return 'a __Secure- cookie must be Secure'
  if (reason.includes('__Host prefix')) return 'a __Host- cookie must be Secure, without Domain, and for the path /'
  if (reason.includes('not a secure connection')) return 'it is Secure, but came over plain http://'
  if (reason.includes('failed to parse')) return 'it is not a cookie'
  return reason
}
