/**
 * From the text of a URL to what goes on the wire: host to connect to, Host header, request-target. Our own parser,
 * because WHATWG's `URL` drops a typed default port, rewrites `0x7f.1` to 127.0.0.1 and deletes tabs (what the screen
 * says would not be what is sent).
 *
 * @see RFC 3986; RFC 9112 §3.2; requests' behaviour in `prepare_url`
 */
import { isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import type { ErrorKind } from '#contract/errors.ts'
import { CoreError } from '../lib/core-error.ts'
import { decodePercent, encodePath, encodeQuery, removeDotSegments } from './percent-encoding.ts'
import type { TargetUrl } from './prepared-request.ts'

const DEFAULT_PORT = { http: 80, https: 443 } as const
const MAX_SHOWN = 120

/**
 * Parse the text of a URL, variables already filled in.
 *
 * @throws {CoreError} `MissingSchema`, `InvalidSchema` or `InvalidURL`, each naming what is wrong and where
 */
export function parseTargetUrl(text: string): TargetUrl {
  const trimmed = text.trim()
  if (trimmed === '') throw problem('InvalidURL', 'The URL is empty.', 'Type an address such as https://example.com/path.')
  const { scheme, rest } = splitScheme(trimmed)
  const end = rest.search(/[/?#]/)
  const authorityText = end < 0 ? rest : rest.slice(0, end)
  const after = end < 0 ? '' : rest.slice(end)
  const { userinfo, hostText, portText } = splitAuthority(authorityText)
  const host = parseHost(hostText, trimmed)
  const port = parsePort(portText, trimmed) ?? DEFAULT_PORT[scheme]
  const bracketed = isIPv6(host) ? `[${host}]` : host
  const authority = portText === null || portText === '' ? bracketed : `${bracketed}:${port}`
  return { scheme, host, port, authority, credentials: parseUserinfo(userinfo), ...parseTail(after, `${scheme}://${authority}`) }
}

/**
 * Resolve a `Location` header against the URL that answered.
 *
 * @param location header value as received
 * @returns absolute URL; keeps `from`'s fragment if `location` has none
 * @throws {CoreError} `InvalidSchema` for a scheme other than http and https, `InvalidURL` for what is no URL reference
 * @see RFC 9110 §10.2.2; RFC 3986 §5.2
 */
export function resolveLocation(from: TargetUrl, location: string): TargetUrl {
  const text = location.trim()
  const withFragment = (url: TargetUrl): TargetUrl =>
    url.fragment === '' && !text.includes('#') ? { ...url, fragment: from.fragment, href: url.href + from.fragment } : url
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return withFragment(parseTargetUrl(text))
  if (text.startsWith('//')) return withFragment(parseTargetUrl(`${from.scheme}:${text}`))
  const base = `${from.scheme}://${from.authority}`
  const path = from.target.split('?', 1)[0] ?? '/'
  if (text.startsWith('/')) return withFragment(parseTargetUrl(base + text))
  if (text.startsWith('?')) return withFragment(parseTargetUrl(base + path + text))
  if (text.startsWith('#')) return parseTargetUrl(base + from.target + text)
  return withFragment(parseTargetUrl(base + path.slice(0, path.lastIndexOf('/') + 1) + text))
}

/** The same URL with pairs added to its query, encoded as a form's are. */
export function withQueryPairs(url: TargetUrl, encodedPairs: readonly string[]): TargetUrl {
  if (encodedPairs.length === 0) return url
  const joiner = !url.target.includes('?') ? '?' : url.target.endsWith('?') || url.target.endsWith('&') ? '' : '&'
  const target = url.target + joiner + encodedPairs.join('&')
  return { ...url, target, href: `${url.scheme}://${url.authority}${target}${url.fragment}` }
}

function splitScheme(text: string): { scheme: 'http' | 'https'; rest: string } {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(text)
  const looksLikeHostAndPort = match !== null && /^\d+(?:[/?#]|$)/.test(match[2] ?? '')
  if (!match || looksLikeHostAndPort) {
    const address = text.replace(/^:?\/*/, '')
    const suggested = `${isLocal(address) ? 'http' : 'https'}://${address}`
    throw problem('MissingSchema', `The URL "${shown(text)}" has no scheme.`, `Perhaps you meant ${shown(suggested)}?`)
  }
  const scheme = (match[1] ?? '').toLowerCase()
  const rest = match[2] ?? ''
  if (scheme !== 'http' && scheme !== 'https') {
    throw problem('InvalidSchema', `"${shown(scheme)}:" is not a scheme that can be requested.`, 'Use http:// or https://.')
  }
  if (!rest.startsWith('//')) throw problem('InvalidURL', `The URL "${shown(text)}" has no host.`, `Write it as ${scheme}://host/path.`)
  return { scheme, rest: rest.slice(2) }
}

/** Whether an address without a scheme is this machine's: servers under development rarely speak TLS. */
function isLocal(address: string): boolean {
  const authority = address.split(/[/?#]/, 1)[0] ?? ''
  return /^(?:[^@]*@)?(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])\.?(?::\d*)?$/i.test(authority)
}

function splitAuthority(text: string): { userinfo: string | null; hostText: string; portText: string | null } {
  const at = text.lastIndexOf('@')
  const userinfo = at < 0 ? null : text.slice(0, at)
  const hostPort = text.slice(at + 1)
  const closing = hostPort.startsWith('[') ? hostPort.indexOf(']') : -1
  if (hostPort.startsWith('[') && closing < 0) {
    throw problem('InvalidURL', `The bracket of "${shown(hostPort)}" is not closed.`, 'An IPv6 address stands in brackets, such as [::1].')
  }
  const colon = closing >= 0 ? (hostPort[closing + 1] === ':' ? closing + 1 : -1) : hostPort.indexOf(':')
  if (colon < 0) return { userinfo, hostText: hostPort, portText: null }
  return { userinfo, hostText: hostPort.slice(0, colon), portText: hostPort.slice(colon + 1) }
}

function parseHost(text: string, url: string): string {
  if (text === '') throw problem('InvalidURL', `The URL "${shown(url)}" has no host.`, 'Write it as https://host/path.')
  if (text.startsWith('[')) {
    const inner = text.endsWith(']') ? text.slice(1, -1) : ''
    if (!isIPv6(inner)) throw problem('InvalidURL', `"${shown(text)}" is not an IPv6 address.`, 'Write it in brackets, such as [::1].')
    return inner.toLowerCase()
  }
  const decoded = decodePercent(text)
  const ascii = /^[\x20-\x7e]*$/.test(decoded) ? decoded.toLowerCase() : domainToASCII(decoded)
  if (!isHostName(ascii)) {
    const why = /\s/.test(decoded) ? 'it holds a space' : 'a label is empty, too long or holds a character that no host name has'
    throw problem('InvalidURL', `"${shown(decoded)}" is not a host name: ${why}.`)
  }
  return ascii
}

function isHostName(host: string): boolean {
  const labels = (host.endsWith('.') ? host.slice(0, -1) : host).split('.')
  return host.length <= 254 && labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))
}

function parsePort(text: string | null, url: string): number | null {
  if (text === null || text === '') return null
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (port >= 1 && port <= 65_535) return port
  throw problem('InvalidURL', `"${shown(text)}" is not a port, in ${shown(url)}.`, 'A port is a number from 1 to 65535.')
}

/** A user without a password counts, as with curl; requests would silently send no credentials. */
function parseUserinfo(text: string | null): TargetUrl['credentials'] {
  if (text === null || text === '') return null
  const colon = text.indexOf(':')
  if (colon < 0) return { username: decodePercent(text), password: '' }
  return { username: decodePercent(text.slice(0, colon)), password: decodePercent(text.slice(colon + 1)) }
}

function parseTail(text: string, base: string): { target: string; fragment: string; href: string } {
  const hash = text.indexOf('#')
  const fragment = hash < 0 ? '' : `#${encodeQuery(text.slice(hash + 1))}`
  const beforeHash = hash < 0 ? text : text.slice(0, hash)
  const mark = beforeHash.indexOf('?')
  const path = removeDotSegments(encodePath(mark < 0 ? beforeHash : beforeHash.slice(0, mark)))
  const query = mark < 0 ? '' : `?${encodeQuery(beforeHash.slice(mark + 1))}`
  const target = (path === '' ? '/' : path) + query
  return { target, fragment, href: base + target + fragment }
}

function problem(kind: ErrorKind, message: string, hint?: string): CoreError {
  return new CoreError(kind, 'prepare', message, { where: { section: 'url' }, ...(hint !== undefined && { hint }) })
}

/** A URL in a message: without credentials, and not endless. */
function shown(text: string): string {
  const masked = text.replace(/\/\/[^/?#@]*@/, '//…@')
  return masked.length > MAX_SHOWN ? `${masked.slice(0, MAX_SHOWN)}…` : masked
}
