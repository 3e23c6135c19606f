/**
 * Cookies under the rules of Python's `http.cookiejar` with its default policy, which are Netscape's: a cookie without
 * Domain goes to subdomains too, any Domain with a dot in it that the host ends with will do, any Path may be set, and
 * Secure means https only. HttpOnly, SameSite and name prefixes are kept and not heeded.
 *
 * @see CPython 3.11 `http/cookiejar.py`; requests 2.34 `cookies.py`
 */
import { Cookie } from 'tough-cookie'

/** What a Set-Cookie line does. */
export type NetscapeCookie =
  | { readonly kind: 'kept'; readonly cookie: Cookie }
  /** It has expired: one of its name, domain and path is forgotten. */
  | { readonly kind: 'expired'; readonly cookie: Cookie }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * @param line as Latin-1 text
 * @param now milliseconds since the epoch
 */
export function netscapeCookie(line: string, url: string, now: number): NetscapeCookie {
  const { hostname, pathname } = placeOf(url)
  const [first = '', ...attributes] = line.split(/;\s*/)
  const pair = pairOf(first)
  if (pair === null || pair[0] === '') return { kind: 'refused', reason: 'it is not a cookie' }
  const known = new Map(attributes.flatMap(attributeOf))
  const domain = known.get('domain')?.toLowerCase().replace(/^\./, '')
  if (domain !== undefined && !mayBeDomain(domain, hostname)) {
    return { kind: 'refused', reason: 'its domain is not that of the host that set it, or has no dot in it' }
  }
  if (attributes.some((text) => /^(?:domain|path|version|max-age)$/i.test(text.trim()))) {
    return { kind: 'refused', reason: 'an attribute that needs a value has none' }
  }
  const maxAge = known.get('max-age')
  if (maxAge !== undefined && !/^\s*[+-]?\d+\s*$/.test(maxAge)) return { kind: 'refused', reason: 'its Max-Age is no number' }
  const [name, value] = pair
  const expires = expiryOf(known, now)
  const cookie = new Cookie({
    // A cookie without "=" is its name alone; browsers take it for a value.
    key: value === null ? '' : name,
    value: value === null ? name : withoutEscapedQuotes(value),
    domain: domain ?? hostname,
    hostOnly: domain === undefined,
    path: known.get('path') || directoryOf(pathname),
    secure: known.has('secure'),
    httpOnly: known.has('httponly'),
    sameSite: known.get('samesite')?.toLowerCase(),
    expires: expires ?? 'Infinity',
    creation: new Date(now),
  })
  return { kind: expires !== null && expires.getTime() <= now ? 'expired' : 'kept', cookie }
}

/** The cookies that go to a URL, in the order in which http.cookiejar writes them. */
export function netscapeCookiesFor(cookies: readonly Cookie[], url: string, now: number): readonly Cookie[] {
  const { hostname, pathname, protocol } = placeOf(url)
  const isSent = (cookie: Cookie): boolean =>
    isOfHost(cookie, hostname) &&
    isOfPath(cookie.path ?? '/', pathname) &&
    (!cookie.secure || protocol === 'https:') &&
    (cookie.expiryTime() ?? Infinity) > now
  // A domain stands where its first cookie was set, sent or not.
  const groups = new Map<string, Map<string, Cookie[]>>()
  for (const cookie of cookies) {
    const domain = `${cookie.hostOnly === true ? '' : '.'}${cookie.domain ?? ''}`
    const paths = groups.get(domain) ?? new Map<string, Cookie[]>()
    groups.set(domain, paths)
    paths.set(cookie.path ?? '/', [...(paths.get(cookie.path ?? '/') ?? []), cookie])
  }
  return [...groups.values()]
    .flatMap((paths) => [...paths.values()].flat())
    .filter(isSent)
    .sort((one, other) => (other.path ?? '/').length - (one.path ?? '/').length)
}

/** A URL's parts as they stand in it: `URL` would take out dot segments, which http.cookiejar leaves. */
function placeOf(url: string): Pick<URL, 'hostname' | 'pathname' | 'protocol'> {
  const { hostname, protocol } = new URL(url)
  return { hostname, protocol, pathname: /^[^:]+:\/\/[^/?#]*(\/[^?#]*)/.exec(url)?.[1] ?? '/' }
}

function pairOf(text: string): readonly [name: string, value: string | null] | null {
  const equals = text.indexOf('=')
  const name = (equals < 0 ? text : text.slice(0, equals)).trim()
  if (name === '') return null
  return [name, equals < 0 ? null : text.slice(equals + 1).trim()]
}

function attributeOf(text: string): readonly (readonly [name: string, value: string])[] {
  const pair = pairOf(text)
  return pair === null ? [] : [[pair[0].toLowerCase(), pair[1] ?? '']]
}

/** Max-Age wins over Expires; a date that cannot be read is none. Null: until the session ends. */
function expiryOf(known: ReadonlyMap<string, string>, now: number): Date | null {
  const maxAge = known.get('max-age')
  if (maxAge !== undefined) return new Date(Math.min(now + Number(maxAge) * 1000, 8.64e15))
  const expires = known.get('expires')
  const time = expires === undefined ? NaN : Date.parse(expires.replace(/^"|"$/g, ''))
  return Number.isNaN(time) ? null : new Date(time)
}

/** requests deletes what it takes for escapes in a value that stands in quotes. */
function withoutEscapedQuotes(value: string): string {
  return value.startsWith('"') && value.endsWith('"') ? value.replaceAll('\\"', '') : value
}

/** Up to the last slash, without it. */
function directoryOf(pathname: string): string {
  return pathname.slice(0, pathname.lastIndexOf('/')) || '/'
}

/** A name without a dot is taken for one under `.local`. */
function effective(host: string): string {
  return host.includes('.') || host.includes(':') ? host : `${host}.local`
}

function mayBeDomain(domain: string, hostname: string): boolean {
  const host = effective(hostname)
  if (!domain.includes('.') && !host.endsWith('.local')) return false
  return `.${host}`.endsWith(`.${domain}`) || domain === hostname
}

/** Whether a cookie goes to a host. @param hostname as `URL` has it */
export function isOfHost(cookie: Cookie, hostname: string): boolean {
  const domain = cookie.domain ?? ''
  return `.${effective(hostname)}`.endsWith(`.${cookie.hostOnly === true ? effective(domain) : domain}`)
}

/** Whether a path is the cookie's or below it. */
export function isOfPath(path: string, pathname: string): boolean {
  return pathname === path || (pathname.startsWith(path) && (path.endsWith('/') || pathname[path.length] === '/'))
}
