/**
 * Percent-encoding of URL parts (RFC 3986 §2.1, §3.3, §3.4). What was typed stays as typed: only what may not stand in
 * a URL is encoded, and of malformed escapes only their own `%`.
 */

/** What may not stand in a path: all but unreserved, sub-delims, `:`, `@` and `/`; a `%` may, where it begins an escape. */
const NOT_OF_PATH = /%(?![0-9a-fA-F]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gu
/** The same of a query or fragment, where `?` may stand too. */
const NOT_OF_QUERY = /%(?![0-9a-fA-F]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]/gu

/** Encode what may not stand in a path; `/` is kept. */
export function encodePath(text: string): string {
  return text.toWellFormed().replace(NOT_OF_PATH, encodeURIComponent)
}

/** Encode what may not stand in a query or fragment; `/` and `?` are kept. */
export function encodeQuery(text: string): string {
  return text.toWellFormed().replace(NOT_OF_QUERY, encodeURIComponent)
}

/** Encode what is no printable ASCII, in lower case, as curl does. */
export function encodeAsCurl(text: string): string {
  return text.toWellFormed().replace(/[^!-~]/gu, (char) => encodeURIComponent(char).toLowerCase())
}

/** Encode a value to be one path segment: `/`, `?`, `#` and `%` are encoded too. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** Decode escapes as UTF-8; malformed ones stay as they are. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

/** Resolve `.` and `..` segments (RFC 3986 §5.2.4), as requests, curl and browsers all do. */
export function removeDotSegments(path: string): string {
  if (!path.includes('/.')) return path
  const output: string[] = []
  const segments = path.split('/')
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1
    if (segment === '.' || segment === '..') {
      if (segment === '..' && output.length > 1) output.pop()
      if (last) output.push('')
      return
    }
    output.push(segment)
  })
  return output.join('/')
}
