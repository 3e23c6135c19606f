/** Whether two requests say the same, though a client of its own kind writes each: other defaults, another order. */
import type { Sent } from './referee.ts'

/** What each client says of itself, and of lengths. */
const OF_THE_CLIENT: ReadonlySet<string> = new Set([
  'user-agent',
  'accept',
  'accept-encoding',
  'accept-language',
  'connection',
  'content-length',
  'transfer-encoding',
])

/** The requests of a side in a form that can be compared. @param targets whether the request lines count */
export function meaningOf({ requests, error }: Sent, targets: boolean): unknown {
  return { requests: requests.map((request) => meaning(request, targets)), failed: error !== null }
}

function meaning(request: string, targets: boolean): unknown {
  const end = request.indexOf('\r\n\r\n')
  const [line = '', ...lines] = request.slice(0, end).split('\r\n')
  const headers = new Map<string, string>()
  for (const header of lines) {
    const colon = header.indexOf(':')
    const name = header.slice(0, colon).toLowerCase()
    const value = header.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')
    const before = headers.get(name)
    if (!OF_THE_CLIENT.has(name)) headers.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`)
  }
  const body = isChunked(lines) ? '' : request.slice(end + 4)
  // As the body has it: a typed Content-Type may not.
  const boundary = /^--(\S+)\r\nContent-Disposition/.exec(body)?.[1]
  return {
    line: targets ? normal(line) : line.replace(/ .*/s, ''),
    headers: [...headers]
      .map(([name, value]) => [name, value.replace(name === 'host' ? /\.*(?::(?:0*80)?)?$/ : /[ \t]+$/, '')])
      .map((pair) => pair.join(': ').replace(boundary ?? '\0', 'BOUNDARY'))
      .toSorted(),
    body: (boundary === undefined ? body : body.replaceAll(boundary, 'BOUNDARY'))
      .replace(/; filename\*=[^\r\n]*/g, '')
      .replace(/^content-location:/gim, 'Content-Location:'),
  }
}

/** Escapes in one way of writing (RFC 3986 §6.2.2). */
function normal(target: string): string {
  return target.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const char = decodeURIComponent(`%${escape.slice(1)}`.replace(/%[89a-f]./i, ''))
    return /^[A-Za-z0-9._~-]$/.test(char) ? char : escape.toUpperCase()
  })
}

/** An empty file, to requests: other clients say that its length is 0. */
function isChunked(lines: readonly string[]): boolean {
  return lines.some((line) => /^transfer-encoding: chunked$/i.test(line))
}
