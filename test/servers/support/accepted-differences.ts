/**
 * Where Posthaste, asked to behave like requests, does not: each row of docs/requests-differences.md, with a request that
 * shows it and a way to tell other requests of its kind.
 */
import { refereeCase, type RefereeCase } from './referee-case.ts'
import { differs, type Sent, type Verdict } from './referee.ts'

export interface AcceptedDifference {
  /** The row's name in the document. */
  readonly id: string
  readonly example: RefereeCase
  /** Whether a difference is of this kind and no other. */
  readonly explains: (verdict: Verdict) => boolean
}

const REDIRECT = 'HTTP/1.1 302 Found\r\nLocation: /b\r\nSet-Cookie: s=1; Path=/\r\nContent-Length: 0\r\n\r\n'
const TO_CREDENTIALS = 'HTTP/1.1 302 Found\r\nLocation: http://u:p@h.test/b\r\nSet-Cookie: s=1; Path=/\r\nContent-Length: 0\r\n\r\n'

const MOVED = (location: string): string => `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`

const CHALLENGE = 'HTTP/1.1 401 Who\r\nWWW-Authenticate: Digest realm="r", nonce="n"\r\nContent-Length: 0\r\n\r\n'

/** A request with Digest that is asked for it. */
function challenged(challenge: string): RefereeCase {
  return refereeCase({
    auth: { kind: 'digest', username: 'u', password: 'p' },
    replies: [CHALLENGE.replace('Digest realm="r", nonce="n"', challenge)],
  })
}

/** A request that is refused before it is sent, for what it is asked to send. */
function refused(id: string, example: Partial<RefereeCase>, isSuch: (given: RefereeCase) => boolean): AcceptedDifference {
  return {
    id,
    example: refereeCase(example),
    explains: ({ given, ours, theirs }) => isSuch(given) && ours.requests.length === 0 && ours.error !== null && theirs.error === null,
  }
}

/** A request that Posthaste sends, in whole or one hop further, and requests raises an error instead. */
function sent(id: string, example: Partial<RefereeCase>, isSuch: (given: RefereeCase) => boolean): AcceptedDifference {
  return {
    id,
    example: refereeCase(example),
    explains: ({ given, ours, theirs }) =>
      isSuch(given) &&
      theirs.error !== null &&
      ours.error === null &&
      theirs.requests.every((request, at) => request === ours.requests[at]),
  }
}

function hasHeader(given: RefereeCase, isSuch: (name: string, value: string) => boolean): boolean {
  return given.headers.some(([name, value]) => isSuch(name, value))
}

function leadsTo(given: RefereeCase, pattern: RegExp): boolean {
  return (given.replies ?? []).some((reply) => pattern.test(reply))
}

export const ACCEPTED: readonly AcceptedDifference[] = [
  {
    id: 'malformed-percent-beside-params',
    example: refereeCase({ url: 'http://h.test/?a=%zz', params: [['b', 'é']] }),
    explains: ({ given: { url, params }, ours, theirs }) =>
      params.length > 0 &&
      /\?[^#]*%(?![0-9a-fA-F]{2})/.test(url) &&
      !differs({ given: refereeCase(), ours: withoutTarget(ours), theirs: withoutTarget(theirs) }),
  },
  {
    id: 'cookie-order-after-redirect',
    example: refereeCase({ cookies: [['a', '1']], replies: [REDIRECT] }),
    explains: ({ given, ours, theirs }) =>
      given.cookies.length > 0 &&
      leadsTo(given, /^Location: /m) &&
      !differs({ given, ours: withSortedCookies(ours), theirs: withSortedCookies(theirs) }),
  },
  {
    id: 'credentials-in-location-hide-cookies',
    example: refereeCase({ replies: [TO_CREDENTIALS] }),
    explains: ({ given, ours, theirs }) =>
      leadsTo(given, /^Location: http:\/\/[^/]*@/m) && !differs({ given, ours: withoutCookies(ours), theirs: withoutCookies(theirs) }),
  },
  {
    id: 'zone-of-ipv6',
    example: refereeCase({ url: 'http://[fe80::1%25eth0]/a b' }),
    explains: ({ given: { url }, ours, theirs }) =>
      /\/\/\[[^\]]*%/.test(url) && !differs({ given: refereeCase(), ours: withoutTarget(ours), theirs: withoutTarget(theirs) }),
  },
  {
    id: 'cookie-port',
    example: refereeCase({ jar: [['http://h.test/', 'a=1; Port="80"']] }),
    explains: ({ given, ours, theirs }) =>
      (given.jar ?? []).some(([, line]) => /; *port\b/i.test(line)) &&
      !differs({ given, ours: withoutCookies(ours), theirs: withoutCookies(theirs) }),
  },
  {
    id: 'cookie-of-host-and-domain',
    example: refereeCase({
      jar: [
        ['http://h.test/', 'a=1'],
        ['http://h.test/', 'a=2; Domain=h.test'],
      ],
    }),
    explains: ({ given, ours, theirs }) =>
      [...(given.jar ?? []).map(([, line]) => line), ...(given.replies ?? [])].some((text) => /; *domain=/i.test(text)) &&
      !differs({ given, ours: withoutCookies(ours), theirs: withoutCookies(theirs) }),
  },
  {
    id: 'row-without-text',
    example: refereeCase({ method: 'POST', body: { kind: 'form', rows: [['', '']] } }),
    explains: ({ given: { body } }) => body.kind === 'form' && body.rows.some(([name, value]) => name === '' && value === ''),
  },
  {
    id: 'location-host-not-ascii',
    example: refereeCase({ replies: [MOVED('http://\xc3\xbc.test/')] }),
    explains: ({ given, ours, theirs }) =>
      leadsTo(given, /^Location: (?:http:)?\/\/[^/\r]*[\x80-\xff]/m) && ours.requests.length === theirs.requests.length,
  },
  {
    id: 'location-twice',
    example: refereeCase({ replies: [MOVED('/a\r\nLocation: /b')] }),
    explains: ({ given }) => leadsTo(given, /^Location: .*\r\nLocation: /m),
  },
  sent('location-not-utf-8', { replies: [MOVED('/\xe9')] }, (given) => leadsTo(given, /^Location: .*\xe9/m)),
  sent('header-leading-space', { headers: [['X-A', ' a']] }, (given) => hasHeader(given, (_name, value) => /^[ \t]/.test(value))),
  refused('host-name', { url: 'http://h .test/' }, ({ url }) => /^https?:\/\/[^/?#]*(?: |\.\.|[^./]{64})/i.test(url)),
  refused('method-connect', { method: 'CONNECT' }, ({ method }) => method.toUpperCase() === 'CONNECT'),
  refused('header-name-space', { headers: [['X Y', '1']] }, (given) => hasHeader(given, (name) => name.includes(' '))),
  refused('header-control', { headers: [['X-A', 'a\0b']] }, (given) =>
    hasHeader(given, (_name, value) => /[\0-\x08\x0b-\x1f\x7f]/.test(value)),
  ),
  refused('transfer-encoding-typed', { headers: [['Transfer-Encoding', 'gzip']] }, (given) =>
    hasHeader(given, (name) => name.toLowerCase() === 'transfer-encoding'),
  ),
  refused('upgrade-typed', { headers: [['Upgrade', 'h2c']] }, (given) => hasHeader(given, (name) => name.toLowerCase() === 'upgrade')),
  refused('cookie-semicolon', { cookies: [['a', '1;b=2']] }, ({ cookies }) => cookies.some(([, value]) => value.includes(';'))),
  refused('cookie-name', { cookies: [['a b', '1']] }, ({ cookies }) => cookies.some(([name]) => !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name))),
  {
    id: 'digest-unknown',
    example: challenged('Digest realm="r", nonce="n", qop="auth-int"'),
    explains: ({ given, ours, theirs }) =>
      leadsTo(
        given,
        /^WWW-Authenticate: Digest .*(?:qop="auth-int|qop="auth-int, auth"|algorithm=(?!MD5|SHA\b|SHA-(?:256|512)\b)|SHA-\d+-)/im,
      ) &&
      ours.requests.length <= theirs.requests.length &&
      theirs.requests[1] === theirs.requests[0],
  },
  {
    id: 'digest-several',
    example: challenged('Digest realm="a", nonce="n"\r\nWWW-Authenticate: Digest realm="b", nonce="m", algorithm=SHA-256'),
    explains: ({ given, ours, theirs }) =>
      leadsTo(given, /^WWW-Authenticate: Digest .*\r\nWWW-Authenticate: Digest /im) && ours.requests.length === theirs.requests.length,
  },
  {
    id: 'digest-path-parameters',
    example: { ...challenged('Digest realm="r", nonce="n"'), url: 'http://h.test/a;p=1/b;q=2?x' },
    explains: ({ given, ours, theirs }) =>
      /\/[^/?#]*;[^/?#]*(?:[?#]|$)/.test(given.url) &&
      !differs({ given, ours: withoutAuthorization(ours), theirs: withoutAuthorization(theirs) }),
  },
  {
    id: 'digest-after-redirect',
    example: { ...challenged('Digest realm="r", nonce="n"'), replies: [CHALLENGE, MOVED('/b'), CHALLENGE.replace('"n"', '"m"')] },
    explains: ({ given }) => given.auth?.kind === 'digest' && leadsTo(given, /^Location: /m),
  },
  {
    id: 'digest-other-status',
    example: { ...challenged(''), replies: [CHALLENGE.replace('401', '403')] },
    explains: ({ given, ours }) => leadsTo(given, /^HTTP\/1\.1 4(?!01)[^]*\r\nWWW-Authenticate: Digest/m) && ours.requests.length === 1,
  },
  sent(
    'digest-user-not-latin-1',
    { ...challenged('Digest realm="r", nonce="n"'), auth: { kind: 'digest', username: '€', password: 'p' } },
    ({ auth }) => auth?.kind === 'digest' && /[^\0-\xff]/.test(auth.username),
  ),
  sent('digest-without-realm', challenged('Digest nonce="n"'), (given) => leadsTo(given, /^WWW-Authenticate: Digest (?!.*realm=)/m)),
]

function withoutAuthorization(sent: Sent): Sent {
  return eachOf(sent, (request) => request.replace(/^Authorization: .*\r\n/m, ''))
}

function eachOf({ requests, error }: Sent, change: (request: string) => string): Sent {
  return { requests: requests.map(change), error }
}

function withoutTarget(sent: Sent): Sent {
  return eachOf(sent, (request) => request.replace(/ .* HTTP\/1\.1/, ''))
}

function withoutCookies(sent: Sent): Sent {
  return eachOf(sent, (request) => request.replace(/^Cookie: .*\r\n/m, ''))
}

function withSortedCookies(sent: Sent): Sent {
  return eachOf(sent, (request) =>
    request.replace(/^Cookie: (.*)\r$/m, (_line, cookies: string) => `Cookie: ${cookies.split('; ').sort().join('; ')}\r`),
  )
}
