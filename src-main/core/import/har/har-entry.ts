/** An entry of a HAR as a request with its answer as an example: what was sent, without what belongs to the connection. */
import { isUtf8 } from 'node:buffer'
import type { HeaderList } from '#contract/model/exchange.ts'
import type { Body, Part, RequestDocument, Row } from '#contract/model/request.ts'
import { encodePair } from '#contract/model/url-query.ts'
import { importedRequest, plainRequest, type ImportedExample, type ImportedRequest } from '../imported.ts'
import { authOfHeader } from '../request-parts/auth-of-header.ts'
import { bodyOfText } from '../request-parts/body-of-text.ts'
import { cookieRows } from '../request-parts/cookie-rows.ts'
import { at, firstText, numberOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { bareType, headerValue, row, urlWithParams, withContentType } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

/** Longer answers are left out; an example is for reading. */
const LONGEST_ANSWER = 1024 * 1024

/** What Posthaste writes in the place of what it hides. */
const HIDDEN = '••••••••'

/** Of one connection (RFC 9110 §7.6.1), or counted anew. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect', 'http2-settings'],
  ...['content-length', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions', 'sec-websocket-accept'],
])

export function readHarEntry(entry: Loose, name: string, notes: NotesHere): ImportedRequest {
  const request = recordOf(at(entry, 'request'))
  const url = textOf(at(request, 'url')).trim()
  const sent = sentHeaders(request, url)
  const auth = authOfHeader(sent.map(({ name: key, value }) => [key, value]))
  const { cookies, headers } = withCookies(
    sent.filter(({ name: key }) => auth === null || key.toLowerCase() !== 'authorization'),
    request,
  )
  const isSocket = /^wss?:/i.test(url)
  const read = isSocket ? { body: socketBody(entry), headers } : readBody(recordOf(at(request, 'postData')), headers, notes)
  if (JSON.stringify(request).includes(HIDDEN)) notes.lost(`What was hidden in it (${HIDDEN}) has to be filled in.`)
  const document: Partial<RequestDocument> = {
    method: textOf(at(request, 'method')).trim() || 'GET',
    ...urlWithParams(url, [], notes),
    headers: [...read.headers],
    body: read.body,
    auth: auth ?? { kind: 'none' },
    cookies: [...cookies],
  }
  const example = exampleOf(entry, document, notes)
  return importedRequest(plainRequest(name, document), example === null ? [] : [example])
}

function sentHeaders(request: Loose, url: string): Row[] {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? ''
  return recordsOf(at(request, 'headers')).flatMap((entry) => {
    const [name, value] = [textOf(at(entry, 'name')), textOf(at(entry, 'value'))]
    const key = name.toLowerCase()
    if (name === '' || name.startsWith(':') || OF_CONNECTION.has(key)) return []
    return key === 'host' && value.toLowerCase() === host ? [] : row(name, value)
  })
}

/** Cookies of the header, which is what was sent; else of the list beside it. */
function withCookies(headers: readonly Row[], request: Loose): { readonly cookies: readonly Row[]; readonly headers: readonly Row[] } {
  const isCookie = ({ name }: Row): boolean => name.toLowerCase() === 'cookie'
  const read = headers.filter(isCookie).map(({ value }) => cookieRows(value))
  if (read.length === 0) {
    const cookies = recordsOf(at(request, 'cookies')).map((cookie) => row(textOf(at(cookie, 'name')), textOf(at(cookie, 'value'))))
    return { cookies: cookies.filter(({ name }) => name !== ''), headers }
  }
  const rows = read.filter((one) => one !== null)
  return rows.length === read.length ? { cookies: rows.flat(), headers: headers.filter((one) => !isCookie(one)) } : { cookies: [], headers }
}

interface ReadBody {
  readonly body: Body
  readonly headers: readonly Row[]
}

function readBody(data: Loose, headers: readonly Row[], notes: NotesHere): ReadBody {
  const typed = headerValue(headers, 'content-type')
  const mimeType = typed || textOf(at(data, 'mimeType'))
  const text = textOf(at(data, 'text'))
  const params = recordsOf(at(data, 'params'))
  const comment = textOf(at(data, 'comment'))
  const type = bareType(mimeType)
  const file = /^The body is the file (.*)\.$/s.exec(comment)?.[1]
  if (file !== undefined) return { body: { kind: 'file', path: file, contentType: '' }, headers: withContentType(headers, mimeType) }
  if (comment === 'base64' || /^The body of \d+ bytes was left out\.$/.test(comment)) {
    notes.lost('Its body is not text, or was too long to be in the file: choose the file to send.')
    return { body: { kind: 'file', path: '', contentType: '' }, headers: withContentType(headers, mimeType) }
  }
  if (type === 'multipart/form-data' && text === '' && params.length > 0) {
    return { body: { kind: 'multipart', parts: params.map((param) => partOf(param, notes)) }, headers: withoutType(headers) }
  }
  const content = text === '' && params.length > 0 ? params.map(pairOf).join('&') : text
  const body = bodyOfText(content, mimeType)
  if (body.kind === 'multipart') {
    for (const part of body.parts)
      if (part.kind === 'file') notes.lost(`What the file ${part.name} holds is not in the archive: choose the file.`)
    return { body, headers: withoutType(headers) }
  }
  return { body, headers: body.kind === 'none' ? headers : withContentType(headers, mimeType) }
}

function withoutType(headers: readonly Row[]): Row[] {
  return headers.filter(({ name }) => name.toLowerCase() !== 'content-type')
}

function pairOf(param: Loose): string {
  return encodePair({ name: textOf(at(param, 'name')), value: textOf(at(param, 'value')) })
}

function partOf(param: Loose, notes: NotesHere): Part {
  const base = { name: textOf(at(param, 'name')), enabled: true, contentType: textOf(at(param, 'contentType')), headers: [] }
  const file = textOf(at(param, 'fileName'))
  if (file === '') return { ...base, kind: 'text', value: textOf(at(param, 'value')) }
  const isPath = /[/\\]/.test(file)
  if (!isPath) notes.lost(`What the file ${file} holds is not in the archive: choose the file.`)
  return { ...base, kind: 'file', files: isPath ? [file] : [], filename: isPath ? '' : file }
}

/** Browsers write what went to and fro in `_webSocketMessages`. */
function socketBody(entry: Loose): Body {
  const sent = recordsOf(at(entry, '_webSocketMessages')).filter((message) => textOf(at(message, 'type')) === 'send')
  return {
    kind: 'websocket',
    messages: sent.map((message) => ({
      title: '',
      type: numberOf(at(message, 'opcode')) === 2 ? ('binary' as const) : ('text' as const),
      data: textOf(at(message, 'data')),
    })),
  }
}

function exampleOf(
  entry: Loose,
  { method = 'GET', url = '', headers = [], body }: Partial<RequestDocument>,
  notes: NotesHere,
): ImportedExample | null {
  const response = at(entry, 'response')
  const status = numberOf(at(response, 'status')) ?? 0
  const text = answerText(recordOf(at(response, 'content')))
  if (status <= 0 || text === null) return null
  if (text.length > LONGEST_ANSWER) {
    notes.lost('Its answer is longer than 1 MiB, and was left out.')
    return null
  }
  const statusText = textOf(at(response, 'statusText'))
  return {
    name: firstText(response, 'comment') || `${status} ${statusText}`.trim(),
    description: '',
    method,
    url,
    requestHeaders: headers.map(({ name, value }) => [name, value]),
    requestBody: body && 'text' in body ? body.text : null,
    status: Math.trunc(status),
    statusText,
    headers: headerList(at(response, 'headers')),
    body: text,
  }
}

function headerList(value: unknown): HeaderList {
  return recordsOf(value)
    .map((entry): [string, string] => [textOf(at(entry, 'name')), textOf(at(entry, 'value'))])
    .filter(([name]) => name !== '' && !name.startsWith(':'))
}

/** Null where the answer is none that is text, or is not in the file. */
function answerText(content: Loose): string | null {
  const text = at(content, 'text')
  if (typeof text !== 'string') return null
  if (textOf(at(content, 'encoding')) !== 'base64') return text
  if (text.length > LONGEST_ANSWER * 2) return null
  const bytes = Buffer.from(text, 'base64')
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null
}
