/** Where a cookie goes and where it does not, in words: what the rules of sending come to for one URL or one host. */
import { canonicalDomain, domainMatch, getPublicSuffix, pathMatch, type Cookie } from 'tough-cookie'
import type { CookieRules } from '../prepare/behaviour-rules.ts'
import { isAlive } from './cookie-facts.ts'
import { isOfHost, isOfPath } from './netscape-cookies.ts'

/** Whether a cookie could go to a host, on some path: the host's own ones, and those of a domain above it. */
export function isForHost(cookie: Cookie, host: string): boolean {
  const name = canonicalDomain(host)
  return cookie.hostOnly === true ? cookie.domain === name : domainMatch(name, cookie.domain ?? undefined, false) === true
}

/** Whether a cookie is of the same site as a host, so that one may wonder why it is not sent there. */
export function isOfSite(cookie: Cookie, host: string): boolean {
  const name = canonicalDomain(host) ?? ''
  const domain = cookie.domain ?? ''
  if (name === domain || `.${name}`.endsWith(`.${domain}`) || `.${domain}`.endsWith(`.${name}`)) return true
  const site = siteOf(name)
  return site !== null && site === siteOf(domain)
}

/** Whether anyone can have a site under this domain, so that no cookie may be for all of it. */
export function isPublicSuffix(domain: string): boolean {
  return siteOf(domain) === null
}

/** Why a cookie that is not sent to a URL is not. */
export function whyNotSent(cookie: Cookie, url: string, rules: CookieRules): string {
  const { hostname, pathname, protocol } = new URL(url)
  const goesToHost = rules === 'netscape' ? isOfHost(cookie, hostname) : isForHost(cookie, hostname)
  if (!goesToHost) {
    return cookie.hostOnly === true
      ? `it is for ${cookie.domain ?? ''} alone, not for other hosts`
      : `it is for ${cookie.domain ?? ''} and the hosts under it`
  }
  const path = cookie.path ?? '/'
  if (!(rules === 'netscape' ? isOfPath(path, pathname) : pathMatch(pathname, path)))
    return `it is for the path ${path} and what is below it`
  if (cookie.secure && protocol !== 'https:') return 'it is Secure, and this address is plain http://'
  return isAlive(cookie) ? 'the rules of cookies leave it out' : 'it has expired'
}

/** The name that somebody owns, such as `example.co.uk`; null where there is none. */
function siteOf(domain: string): string | null {
  try {
    return getPublicSuffix(domain, { allowSpecialUseDomain: true }) ?? null
  } catch {
    // So the library says that a name like `test` is a suffix.
    return null
  }
}
