/** The Cookie header's text (RFC 6265 §5.4). Which cookies go in is decided by whoever calls. */
import type { PreparedHeader } from '#contract/model/prepared.ts'
import type { CookieRules } from './behaviour-rules.ts'
import { isTyped } from './prepared-request.ts'
import type { TargetUrl } from './url-parts.ts'
import { connectionUrl } from './websocket.ts'

/** A cookie to be sent. */
export type CookiePair = readonly [name: string, value: string]

/** `a=1; b=2`, nothing quoted or escaped, as every client sends it. */
export function cookieHeaderValue(pairs: readonly CookiePair[]): string {
  return pairs.map(([name, value]) => (name === '' ? value : `${name}=${value}`)).join('; ')
}

/**
 * The jar's cookies and the request's own in one list, the request's own last. They replace the jar's of their name; to
 * requests they are cookies of another domain, so both are sent.
 */
export function mergeCookies(fromJar: readonly CookiePair[], own: readonly CookiePair[], rules: CookieRules): readonly CookiePair[] {
  if (own.length === 0) return fromJar
  if (rules === 'netscape') return [...fromJar, ...new Map(own.map(([name, value]) => [name, asKept(value)]))]
  const replaced = new Set(own.map(([name]) => name))
  return [...fromJar.filter(([name]) => !replaced.has(name)), ...own]
}

/** The URL that cookies are looked up and stored for. http.cookiejar goes by a typed Host, and all others by the URL. */
export function cookieUrl(url: TargetUrl, headers: readonly PreparedHeader[], rules: CookieRules): string {
  if (rules === 'netscape') {
    const typed = headers.find((header) => isTyped(header) && header.name.toLowerCase() === 'host')
    const href = `${url.scheme}://${typed?.value ?? ''}${url.target}`
    if (typed && URL.canParse(href)) return href
  }
  // A WebSocket's cookies are those of the address that it is opened at (RFC 6455 §4.1).
  return url.href.startsWith('ws') ? connectionUrl(url.href) : url.href
}

/** Escaped quotes in a quoted value are taken out by requests (`RequestsCookieJar.set_cookie`). */
function asKept(value: string): string {
  return value.startsWith('"') && value.endsWith('"') ? value.replaceAll('\\"', '') : value
}
