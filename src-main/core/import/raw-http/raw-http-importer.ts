/** Requests as they stand on the wire: request line, headers, an empty line, the body. Also the pseudo headers of HTTP/2. */
import { importedRequest, type ImportedRequest, emptyImport } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { createNotes, shown, unreadable, type Notes } from '../notes.ts'
import { documentOf } from '../request-parts/raw-request.ts'
import { urlOfTarget, valueOf, withoutOwnHost, type Headers } from '../request-parts/target.ts'
import { LineCounter } from '../shell-words/shell-text.ts'
import { unchunked } from './unchunked.ts'

const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,40}) (\S+) (HTTP\/\d(?:\.\d)?)[ \t]*$/
const START = /^\s*(?:[A-Z][A-Z-]{1,20} \S+ HTTP\/\d|:(?:method|authority|path|scheme):? )/
/** How many requests one text may hold. */
const MAX_REQUESTS = 200

export const rawHttpImporter: Importer = {
  format: 'raw-http',
  detect: ({ name, text }) =>
    !/\.(?:http|rest)$/i.test(name) && !/^###/m.test(text.slice(0, 20_000)) && START.test(text.slice(0, 20_000)) ? 3 : 0,
  read: (files) => {
    const notes = createNotes()
    const items = files.flatMap((file) => requestsOf(file, notes))
    return { ...emptyImport('raw-http'), items, notes: notes.list }
  },
}

interface Head {
  readonly method: string
  readonly target: string
  readonly version: string
  readonly scheme: string | null
  readonly headers: Headers
  readonly line: number
  /** Where the body begins. */
  readonly end: number
}

function requestsOf(file: SourceFile, notes: Notes): ImportedRequest[] {
  const items: ImportedRequest[] = []
  let at = file.text.search(/\S/)
  const counter = new LineCounter(file.text)
  while (at >= 0 && at < file.text.length && items.length < MAX_REQUESTS) {
    const head = headAt(file, at, counter.lineAt(at), notes)
    const { text, next } = bodyAt(file.text, head, notes)
    items.push(importedRequest(documentOf(rawOf(head, text, notes), notes)))
    at = next
  }
  if (at >= 0 && at < file.text.length)
    notes.add('lost', `Of the requests in the text, the first ${MAX_REQUESTS} are taken.`, counter.lineAt(at))
  if (items.length === 0) throw unreadable('There is no request in the text.', file.name, 1, 1)
  return items
}

/** @throws {CoreError} `Unreadable` where the text does not begin with a request line, or a header is none */
function headAt(file: SourceFile, start: number, line: number, notes: Notes): Head {
  const { lines, end } = headLines(file.text, start)
  const pseudo = new Map<string, string>()
  const headers: [string, string][] = []
  const first = REQUEST_LINE.exec(lines[0] ?? '')
  lines.slice(first ? 1 : 0).forEach((text, index) => {
    const number = line + index + (first ? 1 : 0)
    const [, name, value = ''] = /^(:?[^:\s][^: \t]*)[ \t]*(?::[ \t]*|(?<=[ \t])(?=\S))(.*)$/.exec(text) ?? []
    const last = headers.at(-1)
    if (/^[ \t]/.test(text) && last) last[1] += ` ${text.trim()}`
    else if (name === undefined)
      throw unreadable(`"${shown(text)}" is no header.`, file.name, number, 1, 'A header is a name, a colon and a value.')
    else if (name.startsWith(':')) pseudo.set(name.slice(1).toLowerCase(), value.trim())
    else headers.push([name, value.trim()])
  })
  const method = first?.[1] ?? pseudo.get('method')
  if (method === undefined)
    throw unreadable('The text does not begin with a request line.', file.name, line, 1, 'Such as: GET /path HTTP/1.1')
  const authority = pseudo.get('authority')
  if (authority !== undefined && valueOf(headers, 'host') === null) headers.push(['Host', authority])
  if (valueOf(headers, 'host') === null && /^[/*]/.test(first?.[2] ?? '/'))
    notes.add('lost', 'There is no Host header: the URL lacks its host.', line)
  return {
    method,
    target: first?.[2] ?? pseudo.get('path') ?? '/',
    version: first?.[3] ?? 'HTTP/2',
    scheme: pseudo.get('scheme') ?? null,
    headers,
    line,
    end,
  }
}

/** Lines up to the first empty one. */
function headLines(text: string, start: number): { readonly lines: string[]; readonly end: number } {
  const lines: string[] = []
  let at = start
  while (at < text.length) {
    const close = text.indexOf('\n', at)
    const stop = close < 0 ? text.length : close
    const line = text.slice(at, stop).replace(/\r$/, '')
    at = close < 0 ? text.length : close + 1
    if (line.trim() === '') break
    lines.push(line)
  }
  return { lines, end: at }
}

/** The body: as long as its Content-Length says, as its chunks are, or all that is left. */
function bodyAt(text: string, { headers, end, line }: Head, notes: Notes): { readonly text: string; readonly next: number } {
  const rest = text.slice(end)
  if (/\bchunked\b/i.test(valueOf(headers, 'transfer-encoding') ?? '')) {
    const body = unchunked(rest)
    if (body === null) notes.add('changed', 'The chunks of the body do not add up: it stands as it is.', line)
    return { text: body?.text ?? rest, next: body === null ? text.length : nextRequest(text, end + body.length) }
  }
  const length = Number(valueOf(headers, 'content-length') ?? NaN)
  const follows = nextRequest(text, end)
  if (length === 0 || (follows === end && follows < text.length)) return { text: '', next: follows }
  if (!(length > 0)) return { text: rest.replace(/\r?\n$/, ''), next: text.length }
  // No character is less than a byte.
  const bytes = Buffer.from(rest.slice(0, length), 'utf8')
  if (bytes.length >= length) {
    const body = bytes.subarray(0, length).toString('utf8')
    return { text: body, next: nextRequest(text, end + body.length) }
  }
  notes.add('changed', `The body is shorter than its Content-Length of ${length} says: it is sent with the length that it has.`, line)
  return { text: rest, next: text.length }
}

/** Where the next request line stands, if nothing but empty lines is before it; else the end. */
function nextRequest(text: string, from: number): number {
  const found = text.slice(from).search(/\S/)
  if (found < 0) return text.length
  return REQUEST_LINE.test(headLines(text, from + found).lines[0] ?? '') ? from + found : text.length
}

function rawOf(head: Head, body: string, notes: Notes): Parameters<typeof documentOf>[0] {
  const { method, target, version, scheme, headers, line } = head
  const isSecond = /^HTTP\/2/.test(version)
  const { url, isGuessed } = urlOfTarget(target, headers, scheme ?? (isSecond ? 'https' : null))
  if (isGuessed)
    notes.add('changed', `The text does not say whether it is http or https: ${url.slice(0, url.indexOf(':'))} is taken.`, line)
  if (method === 'CONNECT') notes.add('lost', 'CONNECT asks a proxy for a tunnel: set the proxy in Options.', line)
  if (valueOf(headers, 'content-encoding') !== null && body !== '')
    notes.add('changed', 'The body is sent as the text it is here, whatever its Content-Encoding says.', line)
  const isMultipart = /^multipart\//i.test(valueOf(headers, 'content-type') ?? '')
  return {
    name: '',
    method,
    url,
    headers: withoutOwnHost(headers, url).filter(([name]) => name.toLowerCase() !== 'transfer-encoding'),
    // Between the parts of a multipart body the line breaks are CR LF, which texts lose.
    body:
      body === '' ? { kind: 'none' } : { kind: 'text', text: isMultipart && !body.includes('\r\n') ? body.replaceAll('\n', '\r\n') : body },
    defaultType: null,
    auth: null,
    options: { followRedirects: false, ...(isSecond && { http2: true }) },
    line,
  }
}
