/** Requests as people and programs make them, and as nobody would: whatever both sides can be asked to send. */
import fc from 'fast-check'
import type { RefereeBody, RefereeCase, RefereePart } from './referee-case.ts'

export interface RefereeFiles {
  readonly some: string
  readonly none: string
}

/** Text without lone surrogates, from every plane. */
const anyText = fc.string({ unit: 'grapheme', maxLength: 12 })
const asciiText = fc.string({ unit: 'grapheme-ascii', maxLength: 12 })
/** What breaks encoders. */
const awkward = fc.constantFrom(
  '',
  ' ',
  '+',
  '%',
  '%zz',
  '%7e',
  '%2F',
  'é',
  '€',
  '😀',
  '&=',
  "~*'()!",
  '"',
  '\\',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\x7f',
  '[]',
  '{}|^`<>',
)
const text = fc.oneof(
  anyText,
  asciiText,
  awkward,
  fc.tuple(awkward, awkward).map((parts) => parts.join('')),
)
const name = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9_[\]-]{0,7}$/) },
  { weight: 1, arbitrary: text.filter((value) => value !== '') },
)

const pathChunk = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,6}$/),
  fc.constantFrom(
    '.',
    '..',
    '',
    '%7E',
    '%41',
    '%2f',
    '%zz',
    '%',
    'é',
    ' ',
    '[x]',
    'a;p=1',
    "!'()*",
    ':@',
    '$&,=+',
    '{}|^`"<>',
    '\\',
    '%E9',
    '%2e%2e',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 6 }).filter((value) => !/[?#/]/.test(value)),
)
const host = fc.constantFrom(
  'h.test',
  'H.Test',
  'h.test:8080',
  'h.test:80',
  'h_x.test',
  '127.0.0.1',
  'bücher.test',
  'faß.test',
  '[::1]',
  '[::1]:81',
  'h.test.',
  '0x7f.1',
  'u:p%40@h.test',
  'user@h.test',
  'é:ü@h.test',
  ':@h.test',
  'h.test:',
  '-a-.test',
  '☃.test',
  '１２７.0.0.1',
  'ab--é.test',
  'ÄÖ.日本.test',
  '[2001:DB8::A]',
  '[::ffff:127.0.0.1]:8080',
  'u:p@[::1]:81',
  'u%3Ax:p%2F@h.test',
  'a:b:c@h.test',
  '127.1',
  'h.test:0080',
  'u:@h.test',
)
const path = fc.array(pathChunk, { maxLength: 4 }).map((chunks) => chunks.map((chunk) => `/${chunk}`).join(''))
const query = fc.option(
  fc.oneof(
    fc.constantFrom('?', '?q', '?a=1&b=2', '?q=requests+language:python', '?a=%zz', '?a=%e9&b=[x]', '?a b=c d', '?x=?/', '?é=ü'),
    fc
      .string({ unit: 'grapheme-ascii', maxLength: 8 })
      .filter((value) => !value.includes('#'))
      .map((value) => `?${value}`),
  ),
  { nil: '' },
)
const fragment = fc.constantFrom('', '', '', '#f', '#', '#é x', '#a%zz')
const url = fc
  .tuple(fc.constantFrom('http://', 'http://', 'HTTP://', ' http://'), host, path, query, fragment)
  .map((parts) => parts.join(''))

const params = fc.array(fc.tuple(name, text), { maxLength: 3 })

const headerName = fc.oneof(
  fc.constantFrom(
    'X-A',
    'x-a',
    'X-Token',
    'User-Agent',
    'user-agent',
    'Accept',
    'ACCEPT',
    'Accept-Encoding',
    'Connection',
    'Host',
    'Content-Type',
    'content-type',
    'Cookie',
    'Authorization',
    'authorization',
    'Referer',
    'Expect',
    'Keep-Alive',
    'TE',
    'Content-Length',
    'Proxy-Authorization',
  ),
  fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,10}$/).filter((value) => !/^(?:transfer-encoding|upgrade)$/i.test(value)),
)
const headerValue = fc.oneof(
  fc.stringMatching(/^[!-~][ -~]{0,16}$/),
  fc.constantFrom('', 'a ', 'é', 'a\tb', '1, 2', '"q"', 'ÿ\xa0', 'naïve; ü="ß"', 'a\t', '\x80\x9f', '{"a": 1}'),
)
const headers = fc.array(
  fc.tuple(headerName, headerValue).map(([key, value]): readonly [string, string] => {
    const lower = key.toLowerCase()
    if (lower === 'connection') return [key, 'keep-alive']
    if (lower === 'host') return [key, 'other.test']
    return [key, value]
  }),
  { maxLength: 4 },
)

const cookieName = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,6}$/)
const cookies = fc.array(
  fc.tuple(cookieName, fc.oneof(fc.stringMatching(/^[ -:<-~]{0,8}$/), fc.constantFrom('é', '"a b"', '"a\\"b"', ''))),
  {
    maxLength: 3,
  },
)

const latin1 = fc.oneof(asciiText, fc.constantFrom('é', 'ü:', 'p:w', ''))
const auth: fc.Arbitrary<RefereeCase['auth']> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc
      .record({ kind: fc.constant('basic' as const), username: latin1, password: latin1 })
      .filter(({ username, password }) => username + password !== ''),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'header' as const, name: 'X-TokenAuth', value: '12345abcde' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('header' as const),
      name: fc.constantFrom('Authorization', 'accept', 'X-A', 'Content-Type', 'cookie'),
      value: fc.constant('Bearer t'),
    }),
  },
)

const numberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.bigInt().map(String),
  fc.constantFrom(
    '1.0',
    '-0',
    '-0.0',
    '1e5',
    '1E+16',
    '1e-5',
    '123456789012345678901234567890',
    '0.1',
    '1e22',
    '5e-324',
    '1e15',
    '1e16',
    '123456789.123456789',
    '1E400',
    '-1e400',
    '0e0',
    '1.10',
    '9007199254740993',
    '2.5e-7',
    '1e-4',
  ),
)
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    numberText,
    fc.oneof(text, anyText).map((value) => JSON.stringify(value)),
    fc.constantFrom(
      'true',
      'false',
      'null',
      '"\\ud800"',
      '"\\u00e9\\/"',
      '"\\u0000\\u007f\\u2028"',
      '"\\ud83d\\ude00"',
      '"\\udc00\\ud800"',
      '{"__proto__":1,"a":2,"a":3}',
      '{"2":1,"1":2}',
      ' [ ] ',
      '{}',
    ),
    fc.array(tie('json'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', '1', 'é', ''), tie('json')), { maxLength: 3 })
      .map((pairs) => `{ ${pairs.map(([key, value]) => `${JSON.stringify(key)} :${value}`).join(' ,\n')} }`),
  ),
}))

const partHeaders = fc.array(
  fc.tuple(fc.constantFrom('X-Part', 'x-b', 'Content-Location', 'content-location', 'Content-ID'), fc.constantFrom('1', 'v ', '', 'é')),
  { maxLength: 2 },
)
const partType = fc.constantFrom('', 'text/plain', 'application/json; charset=utf-8')

function part({ some, none }: RefereeFiles): fc.Arbitrary<RefereePart> {
  return fc.oneof(
    fc.record({ kind: fc.constant('plain' as const), name, value: text }),
    fc.record({
      kind: fc.constant('text' as const),
      name,
      value: text,
      type: fc.constantFrom('text/plain', 'application/json'),
      headers: partHeaders,
    }),
    fc.record({
      kind: fc.constant('file' as const),
      name,
      path: fc.constantFrom(some, none),
      filename: text.filter((value) => value !== ''),
      type: partType,
      headers: partHeaders,
    }),
  )
}

function body(files: RefereeFiles): fc.Arbitrary<RefereeBody> {
  return fc.oneof(
    fc.constant({ kind: 'none' as const }),
    fc.record({ kind: fc.constant('json' as const), text: json }),
    fc.record({ kind: fc.constant('raw' as const), text, as: fc.constantFrom('text' as const, 'xml' as const) }),
    fc.record({ kind: fc.constant('form' as const), rows: fc.array(fc.tuple(name, text), { maxLength: 4 }) }),
    fc.record({ kind: fc.constant('file' as const), path: fc.constantFrom(files.some, files.none) }),
    fc.record({ kind: fc.constant('multipart' as const), parts: fc.array(part(files), { maxLength: 4 }) }),
  )
}

/** A request of either side. */
export function anyCase(files: RefereeFiles): fc.Arbitrary<RefereeCase> {
  const parts = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'get', 'FOO'),
    url,
    params,
    headers,
    cookies,
    auth,
    body: body(files),
  })
  return parts.map((made) => (hasBytes(made.body, files) ? made : { ...made, headers: made.headers.filter(([key]) => !isLength(key)) }))
}

/** Where there is nothing to count, requests sends the typed length, and the server waits for ever. */
function isLength(key: string): boolean {
  return key.toLowerCase() === 'content-length'
}

function hasBytes(body: RefereeBody, { some }: RefereeFiles): boolean {
  switch (body.kind) {
    case 'none':
      return false
    case 'json':
      return body.text !== 'null'
    case 'raw':
      return body.text !== ''
    case 'form':
      return body.rows.length > 0
    case 'multipart':
      return body.parts.length > 0
    case 'file':
      return body.path === some
  }
}

const location = fc.oneof(
  fc.constantFrom(
    '/x',
    'y/z?q=1',
    '?q',
    '#g',
    '//other.test/p',
    'http://other.test/a/../b',
    'http://h.test:8080/',
    '/a/./b/../c',
    'http://[::1]/v6',
    'http://127.0.0.1:8080/v4',
    'http://localhost/l',
    '/d/e/f?x#y',
    '?',
    'HTTP://H.TEST/',
    '/%E9/%c3%a9',
    '../up',
    './',
    '',
  ),
  fc.constantFrom('/é', '/%7e/%41/%zz', '/a b', 'http://OTHER.test', '/%', 'x//y', '/[x]?{y}', '/q?a=%c3#h', 'http://sub.h.test/'),
  fc.constantFrom('http:x', 'http:/x', 'http:///x?q', 'HTTP://', '//', '///x', '/\\x', 'foo', '//other.test', 'http://h.test:80/'),
)
const setCookie = fc.oneof(
  fc.constantFrom(
    's=1',
    's=2; Path=/',
    't=3; Path=/d',
    'u=4; Domain=h.test',
    'v=5; Secure',
    'w=6; Max-Age=0',
    's=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  ),
  fc.constantFrom(
    'x=7; HttpOnly; SameSite=Strict',
    'novalue',
    '=v',
    'q="a\\"b"',
    'y=8; Domain=test',
    'z=9; Domain=.h.test; Path=/x',
    '__Host-a=1',
    'k=a=b; Max-Age=100',
    'm=1; Max-Age=soon',
    'm=2; Max-Age=',
    'm=3; Path',
    'm=4; Domain',
    'm=5; Version',
    'm=6; Secure=x; Expires=foo',
    'p=1; Path=/other',
    's=3; Path=/d/',
    's=4; Path=/d/e',
    's=5; Domain=.h.test',
    'r=1; Domain=other.test',
    'r=2; Domain=sub.h.test; Path=/d',
    'r=3; Max-Age=-1',
    '\xe9=\xfc',
    ' sp = a b ; Path=/',
    'S=6; PATH=/; SECURE',
  ),
)
const reply = fc
  .record({ status: fc.constantFrom(301, 302, 303, 307, 308, 300, 304), location, cookies: fc.array(setCookie, { maxLength: 2 }) })
  .map(({ status, location: to, cookies: lines }) => {
    const head = [
      `HTTP/1.1 ${status} Moved`,
      `Location: ${Buffer.from(to, 'utf8').toString('latin1')}`,
      ...lines.map((line) => `Set-Cookie: ${line}`),
    ]
    return [...head, ...(status === 304 ? [] : ['Content-Length: 0']), '', ''].join('\r\n')
  })

/** A request that is challenged, and maybe once more. */
export function anyChallenged(files: RefereeFiles): fc.Arbitrary<RefereeCase> {
  const parameter = (key: string, ...values: readonly string[]): fc.Arbitrary<string[]> =>
    fc.constantFrom(...values).map((value) => (value === '' ? [] : [`${key}=${value}`]))
  const challenge = fc
    .tuple(
      parameter('realm', '"r"', '"a b, c=d"', '"a \\"b\\" \\\\c"', '"\xe9"', '""', 'r'),
      parameter('nonce', '"n1"', '"n/2=="', '"n,3"'),
      parameter('qop', '', '"auth"', '"auth,auth-int"', 'auth', '"auth-int,auth"'),
      parameter('algorithm', '', 'MD5', 'md5', '"MD5"', 'MD5-sess', 'SHA', 'SHA-256', '"SHA-512"'),
      parameter('opaque', '', '"o"', '"o, p"'),
      parameter('stale', '', 'false', 'TRUE'),
    )
    .map((parameters) => `Digest ${parameters.flat().join(', ')}`)
  const reply401 = fc
    .tuple(challenge, fc.array(setCookie, { maxLength: 1 }))
    .map(([line, cookies]) =>
      [
        'HTTP/1.1 401 Who',
        `WWW-Authenticate: ${line}`,
        ...cookies.map((cookie) => `Set-Cookie: ${cookie}`),
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    )
  const login = fc.record({
    kind: fc.constant('digest' as const),
    username: fc.constantFrom('u', 'ünä', 'a "b\\', 'a:b', ''),
    password: fc.constantFrom('p', 'pässword', '€'),
  })
  const from = fc.constantFrom('http://h.test/', 'http://h.test/d?x=y&z', 'http://h.test:81/%7Ea b', 'http://h.test/a,b\'(c)?q="1"#f')
  return fc
    .tuple(anyCase(files), from, login, fc.array(reply401, { minLength: 1, maxLength: 2 }))
    .map(([made, url, credentials, replies]) => ({ ...made, url, auth: credentials, replies }))
}

/** A request that is led on, with what the session's jar holds. */
export function anyJourney(files: RefereeFiles): fc.Arbitrary<RefereeCase> {
  const plainUrl = fc.constantFrom(
    'http://h.test/d/e?k=1#f',
    'http://h.test/',
    'http://sub.h.test/d/e',
    'http://127.0.0.1/d/',
    'http://localhost/d',
    'http://h.test:80/x',
    'http://[::1]:81/d/e',
  )
  const jarLine = fc.tuple(fc.constantFrom('http://h.test/', 'http://h.test/d/e', 'http://sub.h.test/', 'http://other.test/'), setCookie)
  return fc
    .tuple(anyCase(files), plainUrl, fc.array(reply, { minLength: 1, maxLength: 3 }), fc.array(jarLine, { maxLength: 3 }))
    .map(([made, from, replies, jar]) => ({ ...made, url: from, params: [], replies, jar }))
}
