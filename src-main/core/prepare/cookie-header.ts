/** The Cookie header's text (RFC 6265 §5.4). Which cookies go in is decided by whoever calls. */
import type { CookieRules } from './behaviour.ts'

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
  if (rules === 'netscape') return [...fromJar, ...new Map(own)]
  const replaced = new Set(own.map(([name]) => name))
  return [...fromJar.filter(([name]) => !replaced.has(name)), ...own]
}
