/**
 * From the text of a URL to what goes on the wire: host to connect to, Host header, request-target. Our own parser,
 * because WHATWG's `URL` drops a typed default port, rewrites `0x7f.1` to 127.0.0.1 and deletes tabs (what the screen
 * says would not be what is sent).
 *
 * @see RFC 3986; RFC 9112 §3.2; requests' behaviour in `prepare_url`
 */
import type { UrlRules } from './behaviour-rules.ts'
import { decodePercent, encodeAsCurl, encodePath, encodeQuery, removeDotSegments } from './percent-encoding.ts'
import type { TargetUrl } from './url-parts.ts'
import { parseUrllib3, urllib3Location } from './urllib3-url.ts'
import { addressOf, DEFAULT_PORT, splitScheme, urlProblem } from './url-parts.ts'
import { parseWhatwg, whatwgLocation } from './whatwg-url.ts'

/**
 * Parse the text of a URL, variables already filled in.
 *
 * @throws {CoreError} `MissingSchema`, `InvalidSchema` or `InvalidURL`, each naming what is wrong and where
 */
export function parseTargetUrl(text: string, rules: UrlRules = 'rfc3986'): TargetUrl {
  if (text.trim() === '') throw urlProblem('InvalidURL', 'The URL is empty.', 'Type an address such as https://example.com/path.')
  switch (rules) {
    case 'rfc3986':
      return parseRfc3986(text.trim(), RFC3986)
    case 'curl':
      return parseAsCurl(text.trim())
    case 'urllib3':
      return parseUrllib3(text)
    case 'whatwg':
      return parseWhatwg(text)
  }
}

interface Encoders {
  readonly path: (text: string) => string
  readonly query: (text: string) => string
}

const RFC3986: Encoders = { path: encodePath, query: encodeQuery }
const CURL: Encoders = { path: encodeAsCurl, query: encodeAsCurl }

/** curl encodes what is no printable ASCII and lets all else through; the default port is not in Host. */
function parseAsCurl(text: string): TargetUrl {
  const url = parseRfc3986(text, CURL)
  const authority = url.port === DEFAULT_PORT[url.scheme] ? url.authority.replace(/:\d+$/, '') : url.authority
  return { ...url, authority }
}

function parseRfc3986(text: string, encoders: Encoders): TargetUrl {
  const { scheme, rest } = splitScheme(text)
  const end = rest.search(/[/?#]/)
  const { userinfo, host, bracketed, port } = addressOf(end < 0 ? rest : rest.slice(0, end), text)
  const authority = port === null ? bracketed : `${bracketed}:${port}`
  return {
    scheme,
    host,
    port: port ?? DEFAULT_PORT[scheme],
    authority,
    credentials: parseUserinfo(userinfo),
    ...parseTail(end < 0 ? '' : rest.slice(end), `${scheme}://${authority}`, encoders),
  }
}

/**
 * Resolve a `Location` header against the URL that answered.
 *
 * @param location header value as received
 * @returns absolute URL; keeps `from`'s fragment if `location` has none
 * @throws {CoreError} `InvalidSchema` for a scheme other than http and https, `InvalidURL` for what is no URL reference
 * @see RFC 9110 §10.2.2; RFC 3986 §5.2
 */
export function resolveLocation(from: TargetUrl, location: string, rules: UrlRules = 'rfc3986'): TargetUrl {
  switch (rules) {
    case 'rfc3986':
    case 'curl':
      return rfc3986Location(from, rules === 'curl' ? withPlusForSpaces(location.trim()) : location.trim(), rules)
    case 'urllib3':
      return urllib3Location(from, location)
    case 'whatwg':
      return whatwgLocation(from, location)
  }
}

/** curl writes a space in the query of a Location as a form would. */
function withPlusForSpaces(location: string): string {
  return location.replace(/\?.*$/s, (query) => query.replaceAll(' ', '+'))
}

function rfc3986Location(from: TargetUrl, text: string, rules: 'rfc3986' | 'curl'): TargetUrl {
  const withFragment = (url: TargetUrl): TargetUrl =>
    url.fragment === '' && !text.includes('#') ? { ...url, fragment: from.fragment, href: url.href + from.fragment } : url
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return withFragment(parseTargetUrl(text, rules))
  if (text.startsWith('//')) return withFragment(parseTargetUrl(`${from.scheme}:${text}`, rules))
  const base = `${from.scheme}://${from.authority}`
  const path = from.target.split('?', 1)[0] ?? '/'
  if (text.startsWith('/')) return withFragment(parseTargetUrl(base + text, rules))
  if (text.startsWith('?')) return withFragment(parseTargetUrl(base + path + text, rules))
  if (text.startsWith('#')) return parseTargetUrl(base + from.target + text, rules)
  return withFragment(parseTargetUrl(base + path.slice(0, path.lastIndexOf('/') + 1) + text, rules))
}

/** The same URL with pairs added to its query, encoded as a form's are. */
export function withQueryPairs(url: TargetUrl, encodedPairs: readonly string[]): TargetUrl {
  if (encodedPairs.length === 0) return url
  const joiner = !url.target.includes('?') ? '?' : url.target.endsWith('?') || url.target.endsWith('&') ? '' : '&'
  const target = url.target + joiner + encodedPairs.join('&')
  return { ...url, target, href: `${url.scheme}://${url.authority}${target}${url.fragment}` }
}

/** A user without a password counts, as with curl; requests would silently send no credentials. */
function parseUserinfo(text: string | null): TargetUrl['credentials'] {
  if (text === null || text === '') return null
  const colon = text.indexOf(':')
  if (colon < 0) return { username: decodePercent(text), password: '' }
  return { username: decodePercent(text.slice(0, colon)), password: decodePercent(text.slice(colon + 1)) }
}

function parseTail(
  text: string,
  base: string,
  { path: encodePart, query: encodeRest }: Encoders,
): { target: string; fragment: string; href: string } {
  const hash = text.indexOf('#')
  const fragment = hash < 0 ? '' : `#${encodeRest(text.slice(hash + 1))}`
  const beforeHash = hash < 0 ? text : text.slice(0, hash)
  const mark = beforeHash.indexOf('?')
  const path = removeDotSegments(encodePart(mark < 0 ? beforeHash : beforeHash.slice(0, mark)))
  const query = mark < 0 ? '' : `?${encodeRest(beforeHash.slice(mark + 1))}`
  const target = (path === '' ? '/' : path) + query
  return { target, fragment, href: base + target + fragment }
}
