/** Routes that send back what came: the request's address, headers and body, in httpbin's words. */
import { ANY_METHOD, headerOf, headersOf, originOf, refuse, sendJson, valuesOf, type EchoCall, type Route } from './echo-call.ts'
import { readEchoBody } from './echo-body.ts'

/** What `/get` answers, and other routes with it. */
export function seenRequest(call: EchoCall): Record<string, unknown> {
  return { args: valuesOf(call.query), headers: headersOf(call.request), origin: originOf(call.request), url: call.url }
}

async function sendBody(call: EchoCall): Promise<void> {
  const { data, files, form, json } = await readEchoBody(call)
  const { args, headers, origin, url } = seenRequest(call)
  sendJson(call, { args, data, files, form, headers, json, origin, url })
}

async function sendAnything(call: EchoCall): Promise<void> {
  const { data, files, form, json } = await readEchoBody(call)
  const { args, headers, origin, url } = seenRequest(call)
  sendJson(call, { args, data, files, form, headers, json, method: call.method, origin, url })
}

export const INSPECT_ROUTES: readonly Route[] = [
  {
    methods: ['GET'],
    path: '/get',
    about: 'The query, headers and address of a GET.',
    example: '/get?page=1',
    answer: (call) => sendJson(call, seenRequest(call)),
  },
  { methods: ['POST'], path: '/post', about: 'What a POST brought: fields, files, JSON or text.', answer: sendBody },
  { methods: ['PUT'], path: '/put', about: 'What a PUT brought.', answer: sendBody },
  { methods: ['PATCH'], path: '/patch', about: 'What a PATCH brought.', answer: sendBody },
  { methods: ['DELETE'], path: '/delete', about: 'What a DELETE brought.', answer: sendBody },
  { methods: [], path: '/anything/*', about: 'What any method brought, and which it was.', example: '/anything', answer: sendAnything },
  {
    methods: ['GET'],
    path: '/headers',
    about: 'The request’s headers.',
    example: '/headers',
    answer: (call) => sendJson(call, { headers: headersOf(call.request) }),
  },
  {
    methods: ['GET'],
    path: '/ip',
    about: 'The address the request came from.',
    example: '/ip',
    answer: (call) => sendJson(call, { origin: originOf(call.request) }),
  },
  {
    methods: ['GET'],
    path: '/user-agent',
    about: 'The User-Agent header.',
    example: '/user-agent',
    answer: (call) => sendJson(call, { 'user-agent': headerOf(call.request, 'user-agent') || null }),
  },
  {
    methods: ANY_METHOD,
    path: '/response-headers',
    about: 'Answers with the headers that the query names.',
    example: '/response-headers?X-One=1&X-Two=2',
    answer: sendResponseHeaders,
  },
]

const OWN_HEADERS = ['content-length', 'transfer-encoding', 'connection', 'content-encoding']

/** Sets the headers that the query names, those of the message's framing apart, and lists them as httpbin does. */
function sendResponseHeaders(call: EchoCall): void {
  const { response } = call
  const asked = Object.entries(valuesOf(call.query)).filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase()))
  response.setHeader('Content-Type', 'application/json')
  try {
    for (const [name, values] of asked) response.setHeader(name, values)
  } catch {
    for (const name of response.getHeaderNames()) response.removeHeader(name)
    refuse(call, 400, 'The query names a header that HTTP does not allow.')
    return
  }
  const listed = { 'Content-Type': response.getHeader('Content-Type'), ...Object.fromEntries(asked) }
  let body = Buffer.alloc(0)
  // The body holds its own length, which may grow by a digit for it.
  for (let length = -1; length !== body.length;) {
    length = body.length
    body = Buffer.from(`${JSON.stringify({ 'Content-Length': String(length), ...listed }, null, 2)}\n`, 'utf8')
  }
  response.setHeader('Content-Length', body.length)
  // Whatever type was asked for, the body must not run as a page: it holds what a link can say.
  response.appendHeader('Content-Security-Policy', 'sandbox')
  response.end(body)
}
