/**
 * URLs as Python requests reads and rewrites them: `prepare_url` over urllib3's `parse_url`, then `requote_uri`; and
 * for a redirect, `requote_uri` and `urljoin` alone. Followed to the letter, oddities included: one malformed `%` makes
 * every `%` of its part be encoded again, and escapes of unreserved characters are decoded after dot segments went.
 *
 * @see urllib3 2.7 `util/url.py`; requests 2.34 `models.py`, `utils.py`, `sessions.py`; CPython 3.11 `urllib/parse.py`
 */
import type { TargetUrl } from './url-parts.ts'
import { isIdna2008 } from './idna2008.ts'
import { addressOf, DEFAULT_PORT, shownUrl, splitScheme, urlProblem } from './url-parts.ts'

const UNRESERVED = 'A-Za-z0-9._\\-~'
const UNRESERVED_CHAR = new RegExp(`^[${UNRESERVED}]$`)
const USERINFO_CHARS = new RegExp(`[${UNRESERVED}!$&'()*+,;=:]`)
const PATH_CHARS = new RegExp(`[${UNRESERVED}!$&'()*+,;=:@/]`)
const QUERY_CHARS = new RegExp(`[${UNRESERVED}!$&'()*+,;=:@/?]`)
/** What `requote_uri` leaves alone, besides `%`. */
const REQUOTE_SAFE = new RegExp(`[${UNRESERVED}!#$&'()*+,/:;=?@[\\]]`)

/**
 * Parse the text of a URL as requests does.
 *
 * @throws {CoreError} `MissingSchema`, `InvalidSchema` or `InvalidURL`
 */
export function parseUrllib3(text: string): TargetUrl {
  const url = text.trimStart()
  const { scheme, rest } = splitScheme(url)
  const match = /^([^\\/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(rest)
  const [, authorityText = '', path = '', query = '', fragment = ''] = match ?? []
  // Zeros before a port are passed over, and one of nothing else is none.
  checkName(authorityText)
  const { userinfo, host, bracketed, port } = addressOf(authorityText.replace(/:0+(\d*)$/, ':$1'), url)
  const netloc = port === null ? bracketed : `${bracketed}:${port}`
  const rooted = path === '' || path.startsWith('/') ? path : `/${path}`
  const target = (unquoteUnreserved(encodeInvalid(withoutDotSegments(rooted), PATH_CHARS)) || '/') + part('?', query)
  const hash = part('#', fragment)
  return {
    scheme,
    host,
    port: port ?? DEFAULT_PORT[scheme],
    target,
    authority: hostHeader(bracketed, port, scheme),
    fragment: hash,
    href: `${scheme}://${netloc}${target}${hash}`,
    credentials: credentialsOf(userinfo),
  }
}

/** urllib3 encodes a name that is not ASCII by IDNA 2008, and refuses what that does not allow. */
function checkName(authority: string): void {
  const name = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  if (isIdna2008(name)) return
  throw urlProblem(
    'InvalidURL',
    `"${shownUrl(name)}" is not a host name: it holds a character that IDNA 2008 does not allow.`,
    'requests refuses it; Posthaste’s own rules and browsers send it.',
  )
}

/** Resolve the Location of a redirect as `Session.resolve_redirects` does: without the cleaning that a typed URL gets. */
export function urllib3Location(from: TargetUrl, location: string): TargetUrl {
  const text = location.startsWith('//') ? `${from.scheme}:${location}` : location.trimStart().replace(/[\t\r\n]/g, '')
  const hashAt = text.indexOf('#')
  const typedFragment = hashAt < 0 ? '' : text.slice(hashAt + 1)
  const fragment = typedFragment === '' ? from.fragment.slice(1) : typedFragment
  const bare = hashAt < 0 ? text : text.slice(0, hashAt)
  const reference = withoutOwnScheme(bare, from)
  const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference) ? requote(reference) : joined(from, requote(reference))
  const { scheme, rest } = splitScheme(absolute)
  const [, authorityText = '', path = '', query = ''] = /^([^/?#]*)([^?#]*)(?:\?(.*))?$/s.exec(rest) ?? []
  const { host, bracketed, port } = addressOf(authorityText, absolute)
  const netloc = port === null ? bracketed : `${bracketed}:${port}`
  const rooted = path === '' ? '/' : path
  const hash = fragment === '' ? '' : `#${requote(fragment)}`
  const queryPart = query === '' ? '' : `?${query}`
  return {
    scheme,
    host,
    port: port ?? DEFAULT_PORT[scheme],
    // urllib3 encodes once more what requests let through.
    target: encodeInvalid(rooted, PATH_CHARS) + (query === '' ? '' : `?${encodeInvalid(query, QUERY_CHARS)}`),
    authority: hostHeader(bracketed, port, scheme),
    fragment: hash,
    href: `${scheme}://${netloc}${rooted}${queryPart}${hash}`,
    credentials: null,
  }
}

/** `http:x` and `http:///x` name no host: to `urljoin` they are `/x` of the host that answered, where the scheme is its own. */
function withoutOwnScheme(reference: string, { scheme }: TargetUrl): string {
  const match = /^([A-Za-z]+):(?:\/\/(?=[/?]|$)|(?!\/\/))(.*)$/s.exec(reference)
  if (match?.[1]?.toLowerCase() !== scheme) return reference
  const rest = match[2] ?? ''
  if (rest === '' || rest === '//') return ''
  return rest.startsWith('/') || rest.startsWith('?') ? rest : `/${rest}`
}

/**
 * urllib3 takes the root's dot off the name, and http.client leaves out the zone of an IPv6 address, and the default port
 * even where it was typed.
 */
function hostHeader(bracketed: string, port: number | null, scheme: TargetUrl['scheme']): string {
  const host = bracketed.replace(/\.+$/, '').replace(/%[^\]]*\]$/, ']')
  return port === null || port === DEFAULT_PORT[scheme] ? host : `${host}:${port}`
}

function part(mark: string, text: string): string {
  return text === '' ? '' : mark + unquoteUnreserved(encodeInvalid(text, QUERY_CHARS))
}

/** A user without a colon has no password, and requests then sends no credentials at all. */
function credentialsOf(userinfo: string | null): TargetUrl['credentials'] {
  if (userinfo === null) return null
  const encoded = encodeInvalid(userinfo, USERINFO_CHARS)
  const colon = encoded.indexOf(':')
  if (colon < 0 || encoded === ':') return null
  return { username: unquote(encoded.slice(0, colon)), password: unquote(encoded.slice(colon + 1)) }
}

/** `urllib.parse.unquote`: bytes that are no UTF-8 become U+FFFD. */
function unquote(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
}

/** `_encode_invalid_chars`: escapes are kept, in upper case, only where every `%` begins one. */
function encodeInvalid(text: string, allowed: RegExp): string {
  const upper = text.toWellFormed().replace(/%[a-fA-F0-9]{2}/g, (escape) => escape.toUpperCase())
  const escapes = upper.match(/%[A-F0-9]{2}/g)?.length ?? 0
  const keepsPercent = escapes === upper.split('%').length - 1
  return encodeBytes(upper, (char) => (char === '%' ? keepsPercent : allowed.test(char)))
}

function encodeBytes(text: string, keeps: (char: string) => boolean): string {
  let result = ''
  for (const char of text) {
    if (char <= '\x7f' && keeps(char)) result += char
    else for (const byte of Buffer.from(char, 'utf8')) result += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return result
}

function unquoteUnreserved(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (escape, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16))
    return UNRESERVED_CHAR.test(char) ? char : escape
  })
}

/** `requote_uri`: an escape of letters or digits that are not hex makes every `%` be encoded. */
function requote(text: string): string {
  const isMalformed = [...text.matchAll(/%([0-9A-Za-z]{2})/g)].some(([, pair = '']) => !/^[0-9a-fA-F]{2}$/.test(pair))
  const wellFormed = text.toWellFormed()
  return isMalformed
    ? encodeBytes(wellFormed, (char) => REQUOTE_SAFE.test(char))
    : encodeBytes(unquoteUnreserved(wellFormed), (char) => char === '%' || REQUOTE_SAFE.test(char))
}

/** `_remove_path_dot_segments`. */
function withoutDotSegments(path: string): string {
  const output: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') output.pop()
    else if (segment !== '.') output.push(segment)
  }
  if (path.startsWith('/') && (output.length === 0 || output[0] !== '')) output.unshift('')
  if (path.endsWith('/.') || path.endsWith('/..')) output.push('')
  return output.join('/')
}

/** `urljoin` of a reference without scheme and authority. Unlike RFC 3986 it drops empty segments of a relative path. */
function joined(from: TargetUrl, reference: string): string {
  const base = /^[^:]+:\/\/[^/?#]*/.exec(from.href)?.[0] ?? `${from.scheme}://${from.authority}`
  const [basePath = '/', baseQuery = ''] = from.target.split(/\?(.*)/s)
  const [path = '', query = ''] = reference.split(/\?(.*)/s)
  if (path === '') return `${base}${basePath}${query === '' && baseQuery === '' ? '' : `?${query === '' ? baseQuery : query}`}`
  const directory = basePath.split('/')
  if (directory.at(-1) !== '') directory.pop()
  const relative = [...directory, ...path.split('/')]
  const segments = path.startsWith('/')
    ? path.split('/')
    : relative.filter((segment, at) => at === 0 || at === relative.length - 1 || segment !== '')
  const resolved: string[] = []
  for (const segment of segments) {
    if (segment === '..') resolved.pop()
    else if (segment !== '.') resolved.push(segment)
  }
  if (segments.at(-1) === '.' || segments.at(-1) === '..') resolved.push('')
  const text = resolved.join('/')
  const rooted = text === '' ? '/' : text.startsWith('/') ? text : `/${text}`
  return `${base}${rooted}${query === '' ? '' : `?${query}`}`
}
