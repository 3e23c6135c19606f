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

/** A request that is refused before it is sent. */
function refused(id: string, example: Partial<RefereeCase>): AcceptedDifference {
  return {
    id,
    example: refereeCase(example),
    explains: ({ ours, theirs }) => ours.requests.length === 0 && ours.error !== null && theirs.error === null,
  }
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
    explains: ({ given, ours, theirs }) => !differs({ given, ours: withSortedCookies(ours), theirs: withSortedCookies(theirs) }),
  },
  {
    id: 'credentials-in-location-hide-cookies',
    example: refereeCase({ replies: [TO_CREDENTIALS] }),
    explains: ({ given, ours, theirs }) =>
      (given.replies ?? []).some((reply) => /^Location: http:\/\/[^/]*@/m.test(reply)) &&
      !differs({ given, ours: withoutCookies(ours), theirs: withoutCookies(theirs) }),
  },
  refused('method-connect', { method: 'CONNECT' }),
  refused('header-name-space', { headers: [['X Y', '1']] }),
  refused('header-nul', { headers: [['X-A', 'a\0b']] }),
  refused('transfer-encoding-typed', { headers: [['Transfer-Encoding', 'gzip']] }),
  refused('upgrade-typed', { headers: [['Upgrade', 'h2c']] }),
  refused('cookie-semicolon', { cookies: [['a', '1;b=2']] }),
  refused('cookie-name', { cookies: [['a b', '1']] }),
]

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
