/** What programs of the command line send, made comparable; and words as a shell takes them. */

/** A request as it went over the wire, without what says nothing. */
export interface Sent {
  readonly line: string
  readonly headers: readonly string[]
  readonly body: string
}

/**
 * @param excepted names of headers that may differ, in lower case
 * @param typed    names of those that were typed, which may not
 */
export function sentOf(request: string, excepted: ReadonlySet<string>, typed: ReadonlySet<string>): Sent {
  const gap = request.indexOf('\r\n\r\n')
  const [line = '', ...lines] = request.slice(0, gap).split('\r\n')
  const boundary = /boundary=([^\s;]+)/.exec(request.slice(0, gap))?.[1]
  const unmarked = (text: string): string => (boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY'))
  const headers = lines.flatMap((one) => {
    const colon = one.indexOf(':')
    const name = one.slice(0, colon).toLowerCase()
    const value = one.slice(colon + 1).trim()
    if (excepted.has(name) && !typed.has(name)) return []
    if (name === 'content-length' && (value === '0' || boundary !== undefined)) return []
    return [`${name}: ${name === 'cookie' ? value.replace(/;[ \t]*/g, '; ') : unmarked(value)}`]
  })
  return { line: encodedLine(line), headers: headers.toSorted(), body: unmarked(request.slice(gap + 4)) }
}

/** The request line with what RFC 3986 does not have encoded, in upper case. */
function encodedLine(line: string): string {
  const encoded = line.replace(/%(?![0-9A-Fa-f]{2})|["<>\\^`{|}[\]\x80-\xff]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
  return encoded.replace(/%[0-9A-Fa-f]{2}/g, (escape) => escape.toUpperCase())
}

/** Words quoted in one of the ways that a shell knows. */
export function quoted(word: string, way: number): string {
  if (way === 0 && /^[\w.:/=-]+$/.test(word)) return word
  if (way === 1) return `"${word.replace(/[\\"$`]/g, '\\$&')}"`
  if (way === 2) return `$'${word.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('é', '\\u00e9')}'`
  return `'${word.replaceAll("'", "'\\''")}'`
}
