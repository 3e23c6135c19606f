/** What sending needs of a cookie jar; made by `cookie-jar.ts`, kept on disk by whoever owns the session. */
import type { ResponseCookie } from '#contract/model/exchange.ts'

export interface SessionCookies {
  /** Cookies to send to a URL, in the order of RFC 6265 §5.4. */
  readonly cookiesFor: (url: string) => readonly (readonly [name: string, value: string])[]
  /** Stores the Set-Cookie lines of a response; refused ones come back with the reason in words. */
  readonly store: (
    url: string,
    setCookieLines: readonly string[],
  ) => { readonly refused: readonly { readonly line: string; readonly reason: string }[] }
  readonly list: () => readonly ResponseCookie[]
  readonly serialize: () => unknown
}
