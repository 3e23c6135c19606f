/** An entry of a HAR as a request with its answer as an example: what was sent, without what belongs to the connection. */
import { isUtf8 } from 'node:buffer'
import type { HeaderList } from '#contract/model/exchange.ts'
import type { Body, RequestDocument, Row } from '#contract/model/request.ts'
import { importedRequest, plainRequest, type ImportedExample, type ImportedRequest } from '../imported.ts'
import { authOfHeader } from '../request-parts/auth-of-header.ts'
import { cookieRows } from '../request-parts/cookie-rows.ts'
import { at, firstText, numberOf, recordOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { row, urlWithParams } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { readBody } from './har-body.ts'

/** Longer answers are left out; an example is for reading. */
const LONGEST_ANSWER = 1024 * 1024

/** What Posthaste writes in the place of what it hides. */
const HIDDEN = '••••••••'

/** Of one connection (RFC 9110 §7.6.1), or counted anew. */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'expect', 'http2-settings'],
  ...['content-length', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions', 'sec-websocket-accept'],
])

/** Counts what is said of all entries together. */
export interface LeftOut {
  answers: number
}

export function readHarEntry(entry: Loose, name: string, notes: NotesHere, leftOut: LeftOut): ImportedRequest {
  const request = recordOf(at(entry, 'request'))
  const url = textOf(at(request, 'url')).trim()
  const sent = sentHeaders(request, url)
  const auth = authOfHeader(sent.map(({ name: key, value }) => [key, value]))
  const { cookies, headers } = withCookies(
    sent.filter(({ name: key }) => auth === null || key.toLowerCase() !== 'authorization'),
    request,
  )
  const isSocket = /^wss?:/i.test(url)
  const read = isSocket ? { body: socketBody(entry), headers } : readBody(request, headers, notes)
  if (JSON.stringify(request).includes(HIDDEN)) notes.lost(`What was hidden in it (${HIDDEN}) has to be filled in.`)
  const document: Partial<RequestDocument> = {
    method: textOf(at(request, 'method')).trim() || 'GET',
    ...urlWithParams(url, [], notes),
    headers: [...read.headers],
    body: read.body,
    auth: auth ?? { kind: 'none' },
    cookies: [...cookies],
  }
  const example = exampleOf(entry, document, notes, leftOut)
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
  leftOut: LeftOut,
): ImportedExample | null {
  const response = at(entry, 'response')
  const status = numberOf(at(response, 'status')) ?? 0
  if (status < 200) return null
  const text = answerText(recordOf(at(response, 'content')))
  if (text === null) {
    leftOut.answers += 1
    return null
  }
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
  if (typeof text !== 'string') return (numberOf(at(content, 'size')) ?? 1) > 0 ? null : ''
  if (textOf(at(content, 'encoding')) !== 'base64') return text
  if (text.length > LONGEST_ANSWER * 2) return null
  const bytes = Buffer.from(text, 'base64')
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null
}
