/** One request to the echo server with what every route wants to know of it, and the ways of answering it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { headerText } from '../lib/header-text.ts'

export interface EchoCall {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly method: string
  /** Path as it came, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Values of the route's `:name` segments, percent-decoded. */
  readonly params: Readonly<Record<string, string>>
  /** Absolute URL as the client must have had it, without the fragment. */
  readonly url: string
  readonly version: string
  /** Aborted when the client goes away. */
  readonly gone: AbortSignal
}

export interface Route {
  readonly methods: readonly string[]
  /** Segments; `:name` stands for any one of them, a last `*` for any number. */
  readonly path: string
  /** One line for the index page. */
  readonly about: string
  /** A link to try it from the index page, where following a link is enough. */
  readonly example?: string
  readonly answer: (call: EchoCall) => void | Promise<void>
}

export const ANY_METHOD = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Headers that clients add by themselves, some in lower case; as in httpbin they are spelt in the usual way. */
const USUAL_SPELLING = new Map(
  [
    'Host',
    'Connection',
    'Content-Length',
    'Content-Type',
    'Transfer-Encoding',
    'User-Agent',
    'Accept',
    'Accept-Encoding',
    'Cookie',
    'Authorization',
  ].map((name) => [name.toLowerCase(), name]),
)

/** The request's headers in wire order. Otherwise spelt as they came; one that came several times is joined by commas. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  const found = new Map<string, { readonly name: string; value: string }>()
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? ''
    // Posthaste writes Latin-1, other clients UTF-8; answers are read the same way.
    const value = headerText(request.rawHeaders[index + 1] ?? '')
    const same = found.get(name.toLowerCase())
    if (same) same.value += `,${value}`
    else found.set(name.toLowerCase(), { name: USUAL_SPELLING.get(name) ?? name, value })
  }
  return Object.fromEntries([...found.values()].map(({ name, value }) => [name, value]))
}

/** Pairs as an object; a name that comes several times has the list of its values. */
export function valuesOf(pairs: Iterable<readonly [string, string]>): Record<string, string | string[]> {
  const found = new Map<string, string | string[]>()
  for (const [name, value] of pairs) {
    const before = found.get(name)
    found.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(found)
}

/** Address of the client, without the notation of IPv4 in IPv6. */
export function originOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
}

/** A header of the request; empty where it has none. */
export function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : (value ?? '')
}

/** A whole number of the path or query, within limits; null where it is none. */
export function wholeNumber(text: string | null | undefined, min: number, max: number): number | null {
  if (text === null || text === undefined || !/^\d{1,10}$/.test(text)) return null
  const number = Number(text)
  return number >= min && number <= max ? number : null
}

export function sendJson(call: EchoCall, value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): void {
  sendText(call, `${JSON.stringify(value, null, 2)}\n`, 'application/json', status, headers)
}

export function sendText(
  call: EchoCall,
  text: string,
  contentType: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendBytes(call, Buffer.from(text, 'utf8'), contentType, status, headers)
}

export function sendBytes(
  call: EchoCall,
  body: Buffer,
  contentType: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  call.response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': body.length, ...headers })
  call.response.end(body)
}

/**
 * What a page of this server may do in a browser: nothing but show itself and send its forms here. Other pages on
 * 127.0.0.1 share their cookies with this server whatever the port, so no script may ever run in its name.
 */
export const NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'"

export function sendHtml(call: EchoCall, html: string): void {
  sendText(call, html, 'text/html; charset=utf-8', 200, { 'Content-Security-Policy': NO_SCRIPTS })
}

export function sendRedirect(
  call: EchoCall,
  location: string,
  status = 302,
  headers: Readonly<Record<string, string | string[]>> = {},
): void {
  call.response.writeHead(status, { Location: location, 'Content-Length': 0, ...headers })
  call.response.end()
}

/** The request cannot be answered as it asks: says why. */
export function refuse(call: EchoCall, status: number, problem: string): void {
  sendJson(call, { error: problem }, status)
}
