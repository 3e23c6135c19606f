/** What sending needs of a cookie jar; made by `cookie-jar.ts`, kept on disk by `core/jars`. */
import type { KeptCookie } from '#contract/model/cookie.ts'
import type { CookieRules } from '../prepare/behaviour-rules.ts'
import type { CookiePair } from '../prepare/cookie-header.ts'

export interface SessionCookies {
  /** Cookies to send to a URL, by the rules of browsers where none are named: longer paths first, then older ones. */
  readonly cookiesFor: (url: string, rules?: CookieRules) => readonly CookiePair[]
  /** Notes that the cookies for a URL were sent just now. */
  readonly used: (url: string, rules?: CookieRules) => void
  /** Stores the Set-Cookie lines of a response; refused ones come back with the reason in words. */
  readonly store: (
    url: string,
    setCookieLines: readonly string[],
    rules?: CookieRules,
  ) => { readonly refused: readonly { readonly line: string; readonly reason: string }[] }
  /** Those that have not expired, oldest first. */
  readonly list: () => readonly KeptCookie[]
}
