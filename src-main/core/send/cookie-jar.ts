/**
 * A session's cookies under the rules of browsers (RFC 6265bis): host-only cookies stay with their host, public
 * suffixes and the `__Host-` and `__Secure-` prefixes are heeded. Or, where a request asks for them, under those of
 * `netscape-cookies.ts`. In memory; its owner is told of every change and keeps the cookies on disk.
 *
 * Values travel as Latin-1 text, one character a byte; `cookie-facts.ts` shows them as text.
 */
import type { Cookie } from 'tough-cookie'
import { CookieJar, MemoryCookieStore } from 'tough-cookie'
import type { CookieId } from '#contract/model/cookie.ts'
import { messageOf } from '../lib/core-error.ts'
import type { CookieRules } from '../prepare/behaviour-rules.ts'
import { cookieIdOf, isAlive, keysOf, keptCookie, withDate } from './cookie-facts.ts'
import { netscapeCookie, netscapeCookiesFor } from './netscape-cookies.ts'
import type { SessionCookies } from './session-cookies.ts'

export type CookieChange =
  | { readonly kind: 'set'; readonly cookie: Cookie }
  | { readonly kind: 'removed'; readonly id: CookieId }
  /** Sent just now: only its last use is another. */
  | { readonly kind: 'used'; readonly cookie: Cookie }

/** A jar with what its owner needs of it. */
export interface CookieBox extends SessionCookies {
  /** Oldest first; those that have expired are among them until they are removed. */
  readonly all: () => readonly Cookie[]
  readonly find: (id: CookieId) => Cookie | null
  readonly sentTo: (url: string, rules?: CookieRules) => readonly Cookie[]
  /** A cookie that replaces one of the same name, domain and path takes its place in the order. */
  readonly put: (cookie: Cookie) => void
  /** What was there; null: nothing. */
  readonly remove: (id: CookieId) => Cookie | null
  /** Other cookies in place of those in it, in this order; told to nobody. */
  readonly reset: (cookies: readonly Cookie[]) => void
}

/** An empty jar. @param onChange told of each change to a cookie, at once */
export function createCookieJar(onChange: (change: CookieChange) => void = () => undefined): CookieBox {
  const store = new MemoryCookieStore()
  const jar = newJar(store)
  const all = (): readonly Cookie[] => valueNow((done) => store.getAllCookies(done)) ?? []
  const find = ({ name, domain, path }: CookieId): Cookie | null => {
    for (const key of keysOf(name)) {
      const cookie = valueNow<Cookie | undefined>((done) => store.findCookie(domain, path, key, done))
      if (cookie) return cookie
    }
    return null
  }
  // Most sends have no cookies at all, and asking the jar costs a URL parse.
  let isEmpty = true

  const keep = (cookie: Cookie): void => {
    isEmpty = false
    onChange({ kind: 'set', cookie: withDate(cookie) })
  }
  const put = (cookie: Cookie): void => {
    putInPlace(store, cookie)
    keep(cookie)
  }
  const take = (cookie: Cookie): void => {
    atPlace(cookie, (...at) => store.removeCookie(...at, () => undefined))
    onChange({ kind: 'removed', id: cookieIdOf(cookie) })
  }
  const sentTo = (url: string, rules?: CookieRules): readonly Cookie[] => {
    if (isEmpty) return []
    return rules === 'netscape' ? netscapeCookiesFor(all(), url, Date.now()) : browserCookiesFor(jar, all(), url)
  }
  return {
    all,
    find,
    sentTo,
    put,
    cookiesFor: (url, rules) => sentTo(url, rules).map((cookie) => [cookie.key, cookie.value] as const),
    used: (url, rules) => {
      for (const cookie of sentTo(url, rules)) {
        cookie.lastAccessed = new Date()
        onChange({ kind: 'used', cookie })
      }
    },
    store: (url, lines, rules) => ({
      refused: rules === 'netscape' ? storeNetscape(lines, url, { put, take }) : storeAsBrowser(jar, lines, url, { put: keep, take }),
    }),
    remove: (id) => {
      const cookie = find(id)
      if (cookie) take(cookie)
      return cookie
    },
    reset: (cookies) => {
      store.removeAllCookies(() => undefined)
      for (const [index, cookie] of cookies.entries()) {
        cookie.creationIndex = index
        store.putCookie(cookie, () => undefined)
      }
      isEmpty = cookies.length === 0
    },
    list: () => all().flatMap((cookie) => (isAlive(cookie) ? [keptCookie(cookie)] : [])),
  }
}

interface Refusal {
  readonly line: string
  readonly reason: string
}

/** One that has expired when it comes deletes what was there, and is none itself. @see RFC 6265bis §5.7 */
function storeAsBrowser(jar: CookieJar, lines: readonly string[], url: string, { put, take }: Shelf): Refusal[] {
  const refused: Refusal[] = []
  for (const line of lines) {
    try {
      const kept = jar.setCookieSync(line, url)
      if (kept) (isAlive(kept) ? put : take)(kept)
    } catch (error) {
      refused.push({ line, reason: reasonOf(error) })
    }
  }
  return refused
}

interface Shelf {
  readonly put: (cookie: Cookie) => void
  readonly take: (cookie: Cookie) => void
}

/** Of the lines of one response those that delete come first, wherever they stand, as in http.cookiejar. */
function storeNetscape(lines: readonly string[], url: string, { put, take }: Shelf): Refusal[] {
  const results = lines.map((line) => ({ line, result: netscapeCookie(line, url, Date.now()) }))
  const refused: Refusal[] = []
  for (const { result } of results) if (result.kind === 'expired') take(result.cookie)
  for (const { line, result } of results) {
    if (result.kind === 'refused') refused.push({ line, reason: result.reason })
    if (result.kind === 'kept') put(result.cookie)
  }
  return refused
}

/** The library notes a use whenever it is asked, and a preview asks as well; what it noted is taken back. */
function browserCookiesFor(jar: CookieJar, all: readonly Cookie[], url: string): readonly Cookie[] {
  const uses = new Map(all.map((cookie) => [cookie, cookie.lastAccessed]))
  // Without `expire` it would also remove what has expired, behind the back of whoever keeps the file.
  const found = jar.getCookiesSync(url, { expire: false, sort: true })
  for (const cookie of found) cookie.lastAccessed = uses.get(cookie) ?? null
  return found.filter((cookie) => isAlive(cookie))
}

function putInPlace(store: MemoryCookieStore, cookie: Cookie): void {
  atPlace(cookie, (...at) => {
    const known = valueNow<Cookie | undefined>((done) => store.findCookie(...at, done))
    if (!known) return
    cookie.creation = known.creation
    cookie.creationIndex = known.creationIndex
  })
  store.putCookie(cookie, () => undefined)
}

function atPlace({ domain, path, key }: Cookie, act: (domain: string, path: string, key: string) => void): void {
  if (domain !== null && path !== null) act(domain, path, key)
}

/** What the store calls back with: it is in memory, so it does so at once. */
function valueNow<T>(ask: (done: (error: Error | null, value?: T) => void) => void): T | undefined {
  let answer: T | undefined
  ask((_error, value) => (answer = value))
  return answer
}

function newJar(store: MemoryCookieStore): CookieJar {
  // `strict` makes a refused prefix an error, so that it can be told; `localhost` and `.test` keep cookies as in browsers.
  return new CookieJar(store, {
    looseMode: true,
    prefixSecurity: 'strict',
    allowSpecialUseDomain: true,
    rejectPublicSuffixes: true,
  })
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
