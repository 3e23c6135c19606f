/**
 * URLs as browsers read them: the URL Standard, by Node's own parser. Tabs and line breaks vanish, a default port is
 * dropped, `0x7f.1` becomes 127.0.0.1, a backslash is a slash.
 *
 * @see WHATWG URL §4.4
 */
import type { TargetUrl } from './url-parts.ts'
import { DEFAULT_PORT, splitScheme, urlProblem, shownUrl } from './url-parts.ts'
import { decodePercent } from './percent-encoding.ts'

/** @throws {CoreError} `MissingSchema`, `InvalidSchema` or `InvalidURL` */
export function parseWhatwg(text: string): TargetUrl {
  const trimmed = text.trim()
  if (!/^https?:/i.test(trimmed.replace(/[\t\r\n]/g, ''))) splitScheme(trimmed)
  return targetOf(trimmed, undefined)
}

/** Resolve the Location of a redirect; the fragment goes on where it names none (Fetch, "HTTP-redirect fetch"). */
export function whatwgLocation(from: TargetUrl, location: string): TargetUrl {
  const url = targetOf(location, from.href)
  return url.fragment === '' && from.fragment !== '' ? { ...url, fragment: from.fragment, href: url.href + from.fragment } : url
}

function targetOf(text: string, base: string | undefined): TargetUrl {
  const url = URL.parse(text, base)
  if (url === null) throw urlProblem('InvalidURL', `"${shownUrl(text)}" is not a URL that a browser would take.`)
  const scheme = url.protocol === 'https:' ? 'https' : url.protocol === 'http:' ? 'http' : null
  if (scheme === null) {
    throw urlProblem('InvalidSchema', `"${url.protocol}" is not a scheme that can be requested.`, 'Use http:// or https://.')
  }
  // A `?` without a query is sent, and `search` does not tell; Chromium encodes | in a path, which Node's parser leaves.
  const target = url.pathname.replaceAll('|', '%7C') + (url.search || (/^[^#]*\?/.test(url.href) ? '?' : ''))
  const credentials =
    url.username === '' && url.password === '' ? null : { username: decodePercent(url.username), password: decodePercent(url.password) }
  return {
    scheme,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? DEFAULT_PORT[scheme] : Number(url.port),
    target,
    authority: url.host,
    fragment: url.hash,
    href: `${scheme}://${url.host}${target}${url.hash}`,
    credentials,
  }
}
