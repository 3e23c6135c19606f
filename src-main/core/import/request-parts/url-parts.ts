/** Parts of a URL's text that importers ask for, without judging whether it is one. */
import { decodePercent } from '../../prepare/percent-encoding.ts'
import { splitUrl } from '#contract/model/url-query.ts'

const AUTHORITY = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)/i

/** Whether a segment of the path is `.` or `..`. */
export function dotSegments(url: string): boolean {
  return /\/\.{1,2}(?:\/|$)/.test(splitUrl(url).base)
}

/** The credentials of a URL, decoded, as `user:password`, and the URL without them; null where it has none. */
export function withUrlCredentials(url: string): { readonly user: string; readonly url: string } | null {
  const [whole, scheme = '', authority = ''] = AUTHORITY.exec(url) ?? []
  const at = authority.lastIndexOf('@')
  if (whole === undefined || at < 0) return null
  const [name = '', ...password] = authority.slice(0, at).split(':')
  const user = decodePercent(name) + (password.length === 0 ? '' : `:${decodePercent(password.join(':'))}`)
  return { user, url: scheme + authority.slice(at + 1) + url.slice(whole.length) }
}
