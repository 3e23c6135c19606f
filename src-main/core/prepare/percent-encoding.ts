/**
 * Percent-encoding of URL parts (RFC 3986 §2.1, §3.3, §3.4). What was typed stays as typed: only what may not stand in
 * a URL is encoded, and of malformed escapes only their own `%`.
 */

/** Unreserved, sub-delims, `:` and `@`: what a path segment may hold besides escapes. */
const SEGMENT = /[A-Za-z0-9\-._~!$&'()*+,;=:@]/

/** Encode what may not stand in a path; `/` is kept. */
export function encodePath(text: string): string {
  return encodeExcept(text, (char) => char === '/' || SEGMENT.test(char))
}

/** Encode what may not stand in a query or fragment; `/` and `?` are kept. */
export function encodeQuery(text: string): string {
  return encodeExcept(text, (char) => char === '/' || char === '?' || SEGMENT.test(char))
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

function encodeExcept(text: string, keeps: (char: string) => boolean): string {
  let result = ''
  let index = 0
  for (const char of text.toWellFormed()) {
    const isEscape = char === '%' && /^[0-9a-fA-F]{2}/.test(text.slice(index + 1, index + 3))
    result += isEscape || keeps(char) ? char : encodeURIComponent(char)
    index += char.length
  }
  return result
}
