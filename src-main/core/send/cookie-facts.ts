/**
 * Cookies as people and files have them. In memory their names and values are Latin-1 text, one character a byte, so
 * that what a server set comes back to it byte for byte; here they become text, and text becomes bytes again.
 */
import { Cookie } from 'tough-cookie'
import type { CookieId, KeptCookie } from '#contract/model/cookie.ts'
import type { ResponseCookie } from '#contract/model/exchange.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { headerText } from '../lib/header-text.ts'

const LAST_DATE = 8.64e15

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

/** All that is known of a cookie in a jar. */
export function keptCookie(cookie: Cookie): KeptCookie {
  const shown = describe(cookie)
  return {
    ...shown,
    domain: cookie.domain ?? '',
    path: cookie.path ?? '/',
    hostOnly: cookie.hostOnly ?? false,
    created: isoDate(cookie.creation),
    lastUsed: isoDate(cookie.lastAccessed),
    ...(bytesOf(shown.value) !== cookie.value && { rawValue: cookie.value }),
  }
}

/** The cookie of a jar that such facts describe. What is not dated is as old as now. */
export function cookieOf(facts: KeptCookie): Cookie {
  const now = new Date()
  return new Cookie({
    key: bytesOf(facts.name),
    value: facts.rawValue ?? bytesOf(facts.value),
    domain: facts.domain,
    path: facts.path,
    hostOnly: facts.hostOnly,
    secure: facts.secure,
    httpOnly: facts.httpOnly,
    sameSite: facts.sameSite ?? undefined,
    expires: facts.expires === null ? 'Infinity' : new Date(facts.expires),
    creation: facts.created === null ? now : new Date(facts.created),
    lastAccessed: facts.lastUsed === null ? now : new Date(facts.lastUsed),
  })
}

/** What a cookie is found by. */
export function cookieIdOf(cookie: Cookie): CookieId {
  return { name: headerText(cookie.key), domain: cookie.domain ?? '', path: cookie.path ?? '/' }
}

/** The keys under which the library may have a cookie of this name: its bytes as UTF-8, or the name as it was shown. */
export function keysOf(name: string): readonly string[] {
  return [...new Set([bytesOf(name), name])]
}

/** The same as one text, to compare and to look up by. */
export function idText({ name, domain, path }: CookieId): string {
  return JSON.stringify([domain, path, name])
}

/**
 * Gives a cookie a date in place of its Max-Age: the library counts that from the last use, so that a cookie in use
 * would never expire.
 *
 * @see RFC 6265bis §5.7, step 8: the date is settled when the cookie is stored
 */
export function withDate(cookie: Cookie): Cookie {
  if (cookie.maxAge === null) return cookie
  const time = cookie.expiryTime() ?? 0
  cookie.expires = new Date(Math.min(Math.max(time, 0), LAST_DATE))
  cookie.maxAge = null
  return cookie
}

/** Whether it may still be sent. @param now milliseconds since the epoch */
export function isAlive(cookie: Cookie, now = Date.now()): boolean {
  return (cookie.expiryTime() ?? Infinity) > now
}

/**
 * The cookies of a file of ours.
 *
 * @throws {CoreError} `Unreadable` where it is something else
 */
export function restoredCookies(content: unknown): Cookie[] {
  try {
    if (typeof content !== 'object' || content === null || !('cookies' in content) || !Array.isArray(content.cookies)) {
      throw new Error('it holds no list of cookies')
    }
    return (content.cookies as readonly unknown[]).map((entry) => {
      const cookie = Cookie.fromJSON(entry)
      if (!cookie?.domain) throw new Error('a cookie in it has no domain')
      return withDate(cookie)
    })
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
    expires: isoDate(expires ?? null),
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite: cookie.sameSite ?? null,
  }
}

function isoDate(date: Date | 'Infinity' | null): string | null {
  return date instanceof Date && Number.isFinite(date.getTime()) ? date.toISOString() : null
}

function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
