/**
 * Credentials that stand in a query: an API key, a token, the signature of OAuth 1.0. Which params they are is known where
 * a request is prepared, and goes with what was sent; here their values are hidden.
 */
import type { Auth } from './request.ts'
import { decodeQueryText } from './url-query.ts'

/** Names of the params of a URL that hold credentials. */
export function secretParamsOf(auth: Auth): string[] {
  switch (auth.kind) {
    case 'apikey':
      return auth.placement === 'query' && auth.key !== '' ? [auth.key] : []
    case 'oauth1':
      return auth.placement === 'query' ? ['oauth_signature'] : []
    case 'oauth2':
      return auth.tokenPlacement === 'query' && auth.tokenQueryName !== '' ? [auth.tokenQueryName] : []
    default:
      return []
  }
}

/**
 * A text with the values of params replaced wherever they stand in a query of it.
 *
 * @param text URL, request-target, request line, or pseudo-headers
 * @param names as they read when decoded
 */
export function withMaskedParams(text: string, names: readonly string[], mask: string): string {
  if (names.length === 0) return text
  return text.replace(/([?&])([^?=&\s#]+)=([^&\s#]+)/g, (pair: string, sign: string, name: string) =>
    names.includes(decodeQueryText(name)) ? `${sign}${name}=${mask}` : pair,
  )
}
