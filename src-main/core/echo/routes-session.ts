/** Routes about who asks: cookies, credentials, and what a cache sends to ask whether anything is new. */
import { headerOf, refuse, sendJson, sendRedirect, valuesOf, wholeNumber, type EchoCall, type Route } from './echo-call.ts'
import { seenRequest } from './routes-inspect.ts'

/** Pairs of a Cookie header, as they are. */
function cookiesOf(call: EchoCall): [string, string][] {
  const pairs = headerOf(call.request, 'cookie').split(';')
  return pairs
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? ['', pair] : [pair.slice(0, equals), pair.slice(equals + 1)]
    })
}

function setCookies(call: EchoCall, cookies: readonly (readonly [string, string])[]): void {
  // RFC 6265 §4.1.1; what a value may not hold would end the cookie or the header.
  const wrong = cookies.find(([name, value]) => !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) || !/^[\x21-\x3a\x3c-\x7e]*$/.test(value))
  if (wrong) refuse(call, 400, `A cookie cannot be named “${wrong[0]}” or have that value.`)
  else sendRedirect(call, '/cookies', 302, { 'Set-Cookie': cookies.map(([name, value]) => `${name}=${value}; Path=/`) })
}

function deleteCookies(call: EchoCall): void {
  const names = [...call.query.keys()].filter((name) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
  const gone = names.map((name) => `${name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/`)
  sendRedirect(call, '/cookies', 302, { 'Set-Cookie': gone })
}

/** The credentials of an Authorization header of one scheme; null where it is of another, or none. */
function credentials(call: EchoCall, scheme: string): string | null {
  const [given = '', ...rest] = headerOf(call.request, 'authorization').split(' ')
  const value = rest.join(' ').trim()
  return given.toLowerCase() === scheme && value !== '' ? value : null
}

function checkBasic(call: EchoCall): void {
  const wanted = `${call.params['user'] ?? ''}:${call.params['password'] ?? ''}`
  const bytes = Buffer.from(credentials(call, 'basic') ?? '', 'base64')
  // Clients differ in how they encode: UTF-8 as RFC 7617 recommends, or Latin-1 as Python requests does.
  if (bytes.toString('utf8') === wanted || bytes.toString('latin1') === wanted)
    sendJson(call, { authenticated: true, user: call.params['user'] })
  else sendJson(call, { authenticated: false }, 401, { 'WWW-Authenticate': 'Basic realm="Echo", charset="UTF-8"' })
}

function checkBearer(call: EchoCall): void {
  const token = credentials(call, 'bearer')
  if (token === null) sendJson(call, { authenticated: false }, 401, { 'WWW-Authenticate': 'Bearer' })
  else sendJson(call, { authenticated: true, token })
}

const CACHED = { ETag: '"echo"', 'Last-Modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }

function notModified(call: EchoCall, etag: string): void {
  call.response.writeHead(304, { ETag: etag })
  call.response.end()
}

function answerCache(call: EchoCall): void {
  const { headers } = call.request
  if (headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined) notModified(call, CACHED.ETag)
  else sendJson(call, seenRequest(call), 200, CACHED)
}

/** Conditions by entity tag. @see RFC 9110 §13.1.1, §13.1.2 */
function answerEtag(call: EchoCall): void {
  const etag = call.params['etag'] ?? ''
  if (!/^[\x21\x23-\x7e]+$/.test(etag)) {
    refuse(call, 400, 'An entity tag holds no quotes, blanks or characters outside ASCII.')
    return
  }
  const lists = (name: string): boolean | null => {
    const value = headerOf(call.request, name)
    if (value === '') return null
    return value.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '').replaceAll('"', '')))
  }
  if (lists('if-none-match') === true) notModified(call, `"${etag}"`)
  else if (lists('if-match') === false) refuse(call, 412, 'If-Match names another entity tag.')
  else sendJson(call, seenRequest(call), 200, { ETag: `"${etag}"` })
}

function answerMaxAge(call: EchoCall): void {
  const seconds = wholeNumber(call.params['seconds'], 0, 31_536_000)
  if (seconds === null) refuse(call, 400, 'Give a number of seconds, a year at most.')
  else sendJson(call, seenRequest(call), 200, { 'Cache-Control': `public, max-age=${seconds}` })
}

export const SESSION_ROUTES: readonly Route[] = [
  {
    methods: ['GET'],
    path: '/cookies',
    about: 'The cookies that came.',
    example: '/cookies',
    answer: (call) => sendJson(call, { cookies: valuesOf(cookiesOf(call)) }),
  },
  {
    methods: ['GET'],
    path: '/cookies/set',
    about: 'Sets the cookies of the query, then leads to /cookies.',
    example: '/cookies/set?flavour=oat',
    answer: (call) => setCookies(call, [...call.query]),
  },
  {
    methods: ['GET'],
    path: '/cookies/set/:name/:value',
    about: 'Sets one cookie, then leads to /cookies.',
    example: '/cookies/set/flavour/oat',
    answer: (call) => setCookies(call, [[call.params['name'] ?? '', call.params['value'] ?? '']]),
  },
  {
    methods: ['GET'],
    path: '/cookies/delete',
    about: 'Deletes the cookies that the query names.',
    example: '/cookies/delete?flavour',
    answer: deleteCookies,
  },
  {
    methods: ['GET'],
    path: '/basic-auth/:user/:password',
    about: 'Asks for this name and password.',
    example: '/basic-auth/user/password',
    answer: checkBasic,
  },
  { methods: ['GET'], path: '/bearer', about: 'Asks for a bearer token; any will do.', answer: checkBearer },
  {
    methods: ['GET'],
    path: '/cache',
    about: '304 where the request says what it has, else like /get.',
    example: '/cache',
    answer: answerCache,
  },
  { methods: ['GET'], path: '/cache/:seconds', about: 'Like /get, to be kept for so long.', example: '/cache/60', answer: answerMaxAge },
  { methods: ['GET'], path: '/etag/:etag', about: 'Heeds If-None-Match and If-Match.', example: '/etag/v1', answer: answerEtag },
]
