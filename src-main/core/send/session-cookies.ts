/** What sending needs of a cookie jar; made by `cookie-jar.ts`, kept on disk by whoever owns the session. */
import type { ResponseCookie } from '#contract/model/exchange.ts'
import type { CookieRules } from '../prepare/behaviour.ts'
import type { CookiePair } from '../prepare/cookie-header.ts'

export interface SessionCookies {
  /** Cookies to send to a URL, by the rules of browsers where none are named: longer paths first, then older ones. */
  readonly cookiesFor: (url: string, rules?: CookieRules) => readonly CookiePair[]
  /** Stores the Set-Cookie lines of a response; refused ones come back with the reason in words. */
  readonly store: (
    url: string,
    setCookieLines: readonly string[],
    rules?: CookieRules,
  ) => { readonly refused: readonly { readonly line: string; readonly reason: string }[] }
  readonly list: () => readonly ResponseCookie[]
  readonly serialize: () => unknown
}
