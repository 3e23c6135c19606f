/** One call to a mock: which example is asked for, and its answer on the wire, or a list of what there is. */
import { validateHeaderName, validateHeaderValue, type IncomingMessage, type ServerResponse } from 'node:http'
import type { HeaderList } from '#contract/model/exchange.ts'
import { bestExample, type MockCall, type MockExample } from './mock-routes.ts'

export interface MockOptions {
  /** Pages of any origin may read the answers. */
  readonly cors: boolean
}

/** What belongs to one connection or one coding of the body, not to the answer: RFC 9110 §7.6.1, and what is made anew. */
const REMADE = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
}
/** Examples named in the answer to a call that none fits. */
const MAX_LISTED = 500
/** The parameter that asks for an example by its name; no part of what is matched. */
const NAME_PARAMETER = '__example'

export function answerMock(
  request: IncomingMessage,
  response: ServerResponse,
  examples: readonly MockExample[],
  { cors }: MockOptions,
): void {
  request.resume() // what is sent counts for nothing, but has to be taken in
  if (cors) allowOrigins(request, response)
  const call = callOf(request)
  const example = bestExample(examples, call)
  if (example) return write(response, example, { method: call.method, cors })
  if (cors && request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
    response.writeHead(204).end()
    return
  }
  notFound(response, examples, call)
}

function callOf(request: IncomingMessage): MockCall {
  const [path = '/', search = ''] = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '').split(/\?(.*)/s)
  const query = new URLSearchParams(search)
  const named = header(request, 'x-mock-example') ?? preference(request, 'example') ?? query.get(NAME_PARAMETER)
  query.delete(NAME_PARAMETER)
  const code = preference(request, 'code')
  return {
    method: (request.method ?? 'GET').toUpperCase(),
    path,
    query,
    header: (name) => header(request, name),
    wanted: { name: named === null || named === undefined ? null : decodedName(named), status: code === undefined ? null : Number(code) },
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** A preference of the client, as `Prefer: code=404, example="Not found"` (RFC 7240 §2). */
function preference(request: IncomingMessage, name: string): string | undefined {
  const found = new RegExp(`(?:^|[,;])\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,;]+))`, 'i').exec(
    header(request, 'prefer') ?? '',
  )
  return found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2]
}

/** A name beyond ASCII comes percent-encoded, as it is told of in answers. */
function decodedName(name: string): string {
  try {
    return decodeURIComponent(name).trim()
  } catch {
    return name.trim()
  }
}

function write(
  response: ServerResponse,
  { name, status, statusText, answer }: MockExample,
  { method, cors }: { readonly method: string; readonly cors: boolean },
): void {
  const body = Buffer.from(answer.body, 'utf8')
  for (const [header, value] of headersOf(answer.headers, answer.type)) {
    // What was allowed to pages then stands in the way of what is allowed now.
    if (!cors || !/^access-control-/i.test(header)) response.appendHeader(header, value)
  }
  response.setHeader('X-Mock-Example', encodeURI(name))
  if (status !== 204 && status !== 304) response.setHeader('Content-Length', body.length)
  if (/^[\t\x20-\x7e\x80-\xff]+$/.test(statusText)) response.statusMessage = statusText
  response.statusCode = status
  response.end(method === 'HEAD' || status === 204 || status === 304 ? undefined : body)
}

/** The example's own headers, as far as they are headers and still true of this answer. */
function headersOf(headers: HeaderList, type: string | null): HeaderList {
  const kept = headers
    .filter(([name, value]) => !REMADE.has(name.toLowerCase()) && isValid(name, value))
    .map(([name, value]): [string, string] => [name, /^content-type$/i.test(name) ? inUtf8(value) : value])
  const isTyped = kept.some(([name]) => /^content-type$/i.test(name))
  const usual = type === null ? undefined : TYPES[type]
  return isTyped || usual === undefined ? kept : [...kept, ['Content-Type', usual]]
}

/** A body in a file is UTF-8, whatever it once was. */
function inUtf8(contentType: string): string {
  return contentType.replace(/(;\s*charset\s*=\s*)("[^"]*"|[^;\s]+)/i, '$1utf-8')
}

function isValid(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

function allowOrigins(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers
  response.setHeader('Access-Control-Allow-Origin', origin ?? '*')
  response.setHeader('Vary', 'Origin')
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Access-Control-Expose-Headers', 'X-Mock-Example')
  response.setHeader(
    'Access-Control-Allow-Methods',
    request.headers['access-control-request-method'] ?? 'GET, HEAD, POST, PUT, PATCH, DELETE',
  )
  const asked = request.headers['access-control-request-headers']
  if (asked !== undefined) response.setHeader('Access-Control-Allow-Headers', asked)
}

function notFound(response: ServerResponse, examples: readonly MockExample[], { method, path, wanted }: MockCall): void {
  const asked = [wanted.name === null ? '' : ` named “${wanted.name}”`, wanted.status === null ? '' : ` with status ${wanted.status}`].join(
    '',
  )
  const listed = examples.slice(0, MAX_LISTED).map(({ request, name, method: of, routes, status }) => ({
    request,
    example: name,
    method: of,
    path: routes[0]?.path ?? '/',
    status,
  }))
  const text = `${JSON.stringify({ error: `No example${asked} answers ${method} ${path}.`, examples: listed }, null, 2)}\n`
  response.writeHead(404, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
  response.end(method === 'HEAD' ? undefined : text)
}
