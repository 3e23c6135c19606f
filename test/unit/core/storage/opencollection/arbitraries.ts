/** Random requests, as a form could hold them, and random ways in which a person could have laid out a file. */
import fc from 'fast-check'
import { isScalar, parseDocument, Scalar, visit } from 'yaml'
import { OAUTH1_METHODS, OAUTH2_FLOWS } from '#contract/model/auth-names.ts'
import type { Auth, Body, Options, Param, Part, RequestDocument, Row } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { reconcile } from '#contract/model/url-query.ts'
import { SOCKET_MESSAGE_KINDS } from '#contract/model/websocket.ts'

/** Text with what YAML makes hard: quotes, colons, hashes, line breaks, leading spaces, control and lone surrogates. */
export const hardText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(
      '\n',
      ' ',
      '\t',
      '#',
      ':',
      '-',
      '"',
      "'",
      '{',
      '}',
      'a',
      '\\',
      '|',
      '>',
      '&',
      '*',
      '!',
      '%',
      '@',
      '`',
      '?',
      ',',
      '[',
    ),
    maxLength: 12,
  }),
  fc.string({
    unit: fc.constantFrom('\r', '\n', '\0', '\u0085', '\u2028', '\uFEFF', '\ud800', '\udc00', '\u007f', 'é', '漢', '😀', ' '),
    maxLength: 6,
  }),
  fc.constantFrom(
    '',
    'true',
    'no',
    'null',
    '~',
    '1',
    '1.10',
    '0x1f',
    '1e3',
    '.5',
    '2026-11-20',
    '12:30',
    '- a',
    '? b',
    'a: b',
    '{{x}}',
    '---',
    '...',
    '<<',
    '=',
    '"',
    '\n',
    ' \n',
    'a\n',
    'a\n\n',
    ' a\n b',
    'a\r\nb',
    '  \n  a',
  ),
)

const lineText = hardText.map((text) => text.replace(/[\r\n]/g, ''))
const description = fc.option(
  hardText.filter((text) => text !== ''),
  { nil: undefined },
)

export const row: fc.Arbitrary<Row> = fc
  .record({ name: hardText, value: hardText, enabled: fc.boolean(), description })
  .map(({ description: note, ...rest }) => ({ ...rest, ...(note !== undefined && { description: note }) }))

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
const given = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<T>

const rules = fc
  .record({
    required: optional(fc.boolean()),
    type: optional(fc.constantFrom('string' as const, 'integer' as const, 'uuid' as const)),
    minLength: optional(fc.nat(99)),
    maxLength: optional(fc.nat(99)),
    pattern: optional(hardText),
  })
  .map(given)

export const variable: fc.Arbitrary<Variable> = fc
  .record({ base: row, kind: fc.constantFrom('plain', 'plain', 'secret', 'ask', 'raw'), rules })
  .map(({ base, kind, rules: asked }) => ({
    ...base,
    ...(kind === 'secret' && { secret: true, value: '' }),
    ...(kind === 'ask' && { ask: true }),
    ...(kind === 'raw' && { raw: true }),
    ...(Object.keys(asked).length > 0 && { rules: asked }),
  }))

const param: fc.Arbitrary<Param> = fc
  .tuple(row, fc.constantFrom<'query' | 'path'>('query', 'query', 'path'), fc.option(lineText, { nil: '' }))
  .map(([base, kind, raw]) => ({ ...base, kind, ...(kind === 'query' && !base.enabled && raw !== '' && { raw }) }))

const part: fc.Arbitrary<Part> = fc.oneof(
  fc
    .tuple(row, lineText, fc.array(row, { maxLength: 2 }))
    .map(([base, contentType, headers]): Part => ({ kind: 'text', ...base, contentType, headers })),
  fc
    .tuple(
      row,
      lineText,
      fc.array(row, { maxLength: 2 }),
      fc.array(
        hardText.filter((path) => path !== ''),
        { maxLength: 3 },
      ),
      lineText,
    )
    .map(([{ value: _value, ...base }, contentType, headers, files, filename]): Part => ({
      kind: 'file',
      ...base,
      contentType,
      headers,
      files,
      filename,
    })),
)

export const body: fc.Arbitrary<Body> = fc.oneof(
  fc.constant<Body>({ kind: 'none' }),
  fc.record({ kind: fc.constant('json' as const), text: hardText, asTyped: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('text' as const, 'xml' as const), text: hardText }),
  fc.record({ kind: fc.constant('graphql' as const), query: hardText, variables: hardText }),
  fc.record({ kind: fc.constant('form' as const), rows: fc.array(row, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('multipart' as const), parts: fc.array(part, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('file' as const), path: hardText, contentType: hardText }),
  fc.record({
    kind: fc.constant('websocket' as const),
    messages: fc.array(fc.record({ title: hardText, type: fc.constantFrom(...SOCKET_MESSAGE_KINDS), data: hardText }), { maxLength: 3 }),
  }),
)

const oauth2Param = fc.record({
  name: hardText,
  value: hardText,
  enabled: fc.boolean(),
  placement: fc.constantFrom('header' as const, 'query' as const, 'body' as const),
})
const oauth2 = fc
  .record({
    kind: fc.constant('oauth2' as const),
    flow: fc.constantFrom(...OAUTH2_FLOWS),
    authorizationUrl: hardText,
    accessTokenUrl: hardText,
    refreshTokenUrl: hardText,
    callbackUrl: hardText,
    clientId: hardText,
    clientSecret: hardText,
    clientAuth: fc.constantFrom('basic' as const, 'body' as const),
    username: hardText,
    password: hardText,
    scope: hardText,
    state: hardText,
    pkce: fc.boolean(),
    authorizationParams: fc.array(oauth2Param, { maxLength: 2 }),
    tokenParams: fc.array(oauth2Param, { maxLength: 2 }),
    refreshParams: fc.array(oauth2Param, { maxLength: 2 }),
    tokenId: hardText,
    tokenSource: fc.constantFrom('access_token' as const, 'id_token' as const),
    tokenPlacement: fc.constantFrom('header' as const, 'query' as const),
    tokenPrefix: hardText,
    tokenQueryName: hardText,
    autoFetch: fc.boolean(),
    autoRefresh: fc.boolean(),
  })
  // The file has one of the two.
  .map((made) => (made.tokenPlacement === 'query' ? { ...made, tokenPrefix: 'Bearer' } : { ...made, tokenQueryName: 'access_token' }))

export const auth: fc.Arbitrary<Auth> = fc.oneof(
  fc.constantFrom<Auth>({ kind: 'none' }, { kind: 'inherit' }),
  fc
    .record({
      kind: fc.constant('basic' as const),
      username: hardText,
      password: hardText,
      charset: fc.option(fc.constantFrom('utf-8' as const, 'latin-1' as const), { nil: undefined }),
    })
    .map(({ charset, ...basic }) => (charset === undefined ? basic : { ...basic, charset })),
  fc.record({ kind: fc.constant('digest' as const), username: hardText, password: hardText }),
  fc.record({ kind: fc.constant('bearer' as const), token: hardText }),
  fc.record({
    kind: fc.constant('apikey' as const),
    key: hardText,
    value: hardText,
    placement: fc.constantFrom('header' as const, 'query' as const),
  }),
  fc.record({ kind: fc.constant('header' as const), name: hardText, prefix: hardText, value: hardText }),
  oauth2,
  fc.record({
    kind: fc.constant('oauth1' as const),
    consumerKey: hardText,
    consumerSecret: hardText,
    accessToken: hardText,
    accessTokenSecret: hardText,
    signatureMethod: fc.constantFrom(...OAUTH1_METHODS),
    privateKey: hardText,
    privateKeyIn: fc.constantFrom('text' as const, 'file' as const),
    callbackUrl: hardText,
    verifier: hardText,
    timestamp: hardText,
    nonce: hardText,
    version: hardText,
    realm: hardText,
    placement: fc.constantFrom('header' as const, 'query' as const, 'body' as const),
    includeBodyHash: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('awsv4' as const),
    accessKeyId: hardText,
    secretAccessKey: hardText,
    sessionToken: hardText,
    service: hardText,
    region: hardText,
  }),
  fc.record({ kind: fc.constant('unsupported' as const), type: fc.constantFrom('wsse', 'ntlm') }),
)

const seconds = fc.oneof(fc.constant(null), fc.constantFrom(0, 0.5, 3.05, 27, 60), fc.double({ min: 0, max: 1e6, noNaN: true }))
const count = fc.integer({ min: 0, max: 20 })
const factor = fc.constantFrom(0, 0.5, 1, 120)
const ownName = fc.constantFrom('http', 'https', 'all', 'https://api.test', 'api.test:443')

const wireOptions = {
  behaviour: optional(fc.constantFrom('posthaste' as const, 'requests' as const, 'curl' as const, 'browser' as const)),
  stepRedirects: optional(fc.boolean()),
  cert: optional(
    fc.record({ cert: optional(hardText), key: optional(hardText), pfx: optional(hardText), passphrase: optional(hardText) }).map(given),
  ),
  tls: optional(fc.record({ minVersion: optional(fc.constantFrom('TLSv1.2' as const, 'TLSv1.3' as const)) }).map(given)),
  http2: optional(fc.boolean()),
  proxies: optional(fc.dictionary(ownName, fc.option(hardText), { noNullPrototype: true })),
  noProxy: optional(hardText),
  trustEnv: optional(fc.boolean()),
  unixSocket: optional(hardText),
  resolve: optional(fc.dictionary(ownName, hardText, { noNullPrototype: true })),
  lenient: optional(fc.boolean()),
  retry: optional(
    fc
      .record({
        total: optional(count),
        connect: optional(count),
        statusForcelist: optional(fc.array(count, { maxLength: 3 })),
        allowedMethods: optional(fc.option(fc.array(hardText, { maxLength: 2 }))),
        backoffFactor: optional(factor),
        respectRetryAfter: optional(fc.boolean()),
      })
      .map(given),
  ),
  encoding: optional(hardText),
  chunkedUpload: optional(
    fc.record({ parts: count, indexField: optional(hardText) }).map(({ parts, ...rest }) => ({ parts, ...given(rest) })),
  ),
}

export const options: fc.Arbitrary<Options> = fc
  .record({
    timeout: optional(fc.record({ connect: optional(seconds), read: optional(seconds), total: optional(seconds) })),
    followRedirects: optional(fc.boolean()),
    maxRedirects: optional(fc.integer({ min: 0, max: 1000 })),
    verify: optional(
      fc.oneof(
        fc.boolean(),
        hardText.filter((text) => text !== ''),
      ),
    ),
    ...wireOptions,
  })
  .map(({ timeout, ...rest }) => {
    const limits = given(timeout ?? {})
    return { ...given(rest), ...(Object.keys(limits).length > 0 && { timeout: limits }) }
  })

/** What is asked of the answer; a list without entries is no list. */
const checks: fc.Arbitrary<Pick<RequestDocument, 'assertions' | 'captures' | 'statusMessages' | 'raiseForStatus'>> = fc
  .record({
    assertions: fc.array(
      fc.record({ expression: hardText, operator: fc.constantFrom('eq', 'matches'), value: hardText, enabled: fc.boolean() }),
      {
        maxLength: 2,
      },
    ),
    captures: fc.array(
      fc.record({ name: hardText, expression: hardText, scope: fc.constantFrom('runtime', 'environment'), enabled: fc.boolean() }),
      { maxLength: 3 },
    ),
    statusMessages: fc.array(fc.record({ status: hardText, show: hardText, enabled: fc.boolean() }), { maxLength: 2 }),
    raiseForStatus: fc.boolean(),
  })
  .map(({ assertions, captures, statusMessages, raiseForStatus }) => ({
    ...(assertions.length > 0 && { assertions }),
    ...(captures.length > 0 && { captures }),
    ...(statusMessages.length > 0 && { statusMessages }),
    ...(raiseForStatus && { raiseForStatus: true as const }),
  }))

/** A request whose URL and params agree, as they do in the form. */
export const request: fc.Arbitrary<RequestDocument> = fc
  .record({
    name: hardText.filter((text) => text !== ''),
    method: fc.oneof(fc.constantFrom('GET', 'POST', 'm-search', ''), lineText),
    url: fc.oneof(fc.constantFrom('http://localhost/get?a=1&b=%20c#frag', '{{$echo}}/get', 'x?=&a', ''), lineText),
    params: fc.array(param, { maxLength: 4 }),
    headers: fc.array(row, { maxLength: 4 }),
    body,
    auth,
    cookies: fc.array(row, { maxLength: 2 }),
    options,
    variables: fc.array(variable, { maxLength: 2 }),
    checks,
    docs: hardText,
  })
  .map(({ url, params, checks: asked, ...rest }) => ({ ...rest, ...asked, ...settled(url, params) }))
  // A WebSocket is asked for by a GET, which its file does not say.
  .map((document) => (document.body.kind === 'websocket' ? { ...document, method: 'GET' } : document))

function settled(url: string, params: readonly Param[]): { url: string; params: Param[] } {
  let state = reconcile(url, params)
  for (let round = 0; round < 4; round += 1) state = reconcile(state.url, state.params)
  return { url: state.url, params: state.params }
}

/** How a person or another program could have laid out the same content. */
export interface Layout {
  readonly seed: number
  readonly indent: number
  readonly indentSeq: boolean
  readonly lineWidth: number
  readonly crlf: boolean
  readonly bom: boolean
  readonly lastNewline: boolean
  readonly blankLines: boolean
}

export const layout: fc.Arbitrary<Layout> = fc.record({
  seed: fc.integer(),
  indent: fc.integer({ min: 1, max: 5 }),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 40, 80),
  crlf: fc.boolean(),
  bom: fc.boolean(),
  lastNewline: fc.boolean(),
  blankLines: fc.boolean(),
})

/** The same content in another layout: flow collections, quotes, comments, indentation, line ends. */
export function laidOut(text: string, how: Layout): string {
  const document = parseDocument(text)
  const dice = generator(how.seed)
  let comments = 0
  visit(document, {
    Collection: (_key, node) => {
      if (dice() < 0.15) node.flow = true
      if (dice() < 0.1 && !node.flow) node.commentBefore = ` note ${(comments += 1)}`
    },
    Pair: (_key, pair) => {
      if (isScalar(pair.key) && dice() < 0.1) pair.key.commentBefore = ` note ${(comments += 1)}`
      if (isScalar(pair.key) && how.blankLines && dice() < 0.3) pair.key.spaceBefore = true
    },
    Scalar: (key, node) => {
      if (key === 'key') return
      if (typeof node.value === 'string' && dice() < 0.3) node.type = dice() < 0.5 ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE
      if (dice() < 0.1) node.comment = ` note ${(comments += 1)}`
    },
  })
  const plain = document.toString({ indent: how.indent, indentSeq: how.indentSeq, lineWidth: how.lineWidth })
  const ended = how.lastNewline ? plain : plain.replace(/\n$/, '')
  return (how.bom ? '\uFEFF' : '') + (how.crlf ? ended.replaceAll('\n', '\r\n') : ended)
}

/** The marks that `laidOut` left, in order. */
export function notesIn(text: string): string[] {
  return [...text.matchAll(/# note \d+/g)].map(([note]) => note)
}

/** mulberry32: the layout follows from its seed, so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
