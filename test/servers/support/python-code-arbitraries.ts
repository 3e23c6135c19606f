/** Forms as people fill them, with what can be around them: whatever code is made of. */
import fc from 'fast-check'
import type { Auth, Options, RequestDocument, Row } from '#contract/model/request.ts'
import type { Adapter } from '#contract/model/session.ts'
import { paramsFromUrl } from '#contract/model/url-query.ts'
import type { Behaviour } from '#contract/model/wire-options.ts'
import type { Around } from '../../support/code-kit.ts'
import { documentOf } from './referee-case.ts'
import { anyCase, type RefereeFiles } from './referee-arbitraries.ts'
import type { CodeCase } from './python-code.ts'

const REFERENCE = '{{token}}'
const SECRET_URL = `http://h.test/${REFERENCE}/x?a=${REFERENCE}`

function row([name, value]: readonly [string, string]): Row {
  return { name, value, enabled: true }
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/)
const rows = (name: fc.Arbitrary<string>): fc.Arbitrary<Row[]> =>
  fc
    .uniqueArray(fc.tuple(name, fc.oneof(word, fc.constantFrom('é', 'a b', '', REFERENCE))), {
      maxLength: 3,
      selector: ([key]) => key.toLowerCase(),
    })
    .map((pairs) => pairs.map(row))

const moreAuth: fc.Arbitrary<Auth> = fc.oneof(
  fc.record({ kind: fc.constant('bearer' as const), token: fc.constantFrom('t0ken', REFERENCE, ' x ') }),
  fc.record({
    kind: fc.constant('apikey' as const),
    key: fc.constantFrom('X-Api-Key', 'api_key', 'Accept'),
    value: fc.constantFrom('k', REFERENCE, 'a b&c'),
    placement: fc.constantFrom('header' as const, 'query' as const),
  }),
  fc.record({ kind: fc.constant('digest' as const), username: fc.constantFrom('u', 'ü'), password: fc.constantFrom('p', REFERENCE) }),
  fc.record({
    kind: fc.constant('header' as const),
    name: fc.constantFrom('X-A', 'Authorization'),
    prefix: fc.constantFrom('', 'Token ', 'a"b{} '),
    value: word,
  }),
  fc.record({
    kind: fc.constant('basic' as const),
    username: word,
    password: fc.constantFrom(REFERENCE, 'é', ''),
    charset: fc.constantFrom('utf-8' as const, 'latin-1' as const),
  }),
)

const retry = fc.record({
  total: fc.constantFrom(0, 3),
  statusForcelist: fc.subarray([503]),
  backoffFactor: fc.constantFrom(0, 0.5),
})
const options: fc.Arbitrary<Options> = fc.record(
  {
    timeout: fc.record({ connect: fc.constantFrom(5, 3.05, null), read: fc.constantFrom(5, 27, null) }, { requiredKeys: [] }),
    followRedirects: fc.boolean(),
    maxRedirects: fc.constantFrom(0, 5, 30),
    verify: fc.boolean(),
    trustEnv: fc.boolean(),
    retry,
    omitHeaders: fc.subarray(['Accept', 'user-agent', 'Accept-Encoding', 'Connection', 'X-None']),
  },
  { requiredKeys: [] },
)

const adapter: fc.Arbitrary<Adapter> = fc.record(
  { prefix: fc.constantFrom('http://h.test', 'http://h.test/a', 'https://', 'http://'), retry, pool: fc.constant({ maxConnections: 2 }) },
  { requiredKeys: ['prefix'] },
)
const headerName = fc.constantFrom('X-S', 'X-A', 'Accept', 'User-Agent', 'X-Token', 'Referer')
const around: fc.Arbitrary<Around> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      session: fc.record({
        headers: rows(headerName),
        params: rows(word),
        cookies: rows(word),
        auth: fc.oneof(fc.constant({ kind: 'none' as const }), moreAuth),
        adapters: fc.array(adapter, { maxLength: 2 }),
      }),
      collection: fc.record({ headers: rows(headerName) }),
    }),
  },
)

/** With a secret variable in some of its texts. */
function withSecrets(document: RequestDocument, places: readonly boolean[]): RequestDocument {
  const [inHeaders, inBody, inUrl, inCookies] = places
  const last = (list: readonly Row[]): Row[] => list.map((one, at) => (at === list.length - 1 ? { ...one, value: REFERENCE } : one))
  const { body } = document
  return {
    ...document,
    variables: [{ name: 'token', value: '', enabled: true, secret: true }],
    headers: inHeaders
      ? last(document.headers.filter(({ name }) => !/^(?:content-length|connection|host)$/i.test(name)))
      : document.headers,
    cookies: inCookies ? last(document.cookies) : document.cookies,
    body: !inBody
      ? body
      : body.kind === 'form'
        ? { ...body, rows: last(body.rows) }
        : body.kind === 'json'
          ? { ...body, text: `{"a": "${REFERENCE}"}` }
          : body,
    ...(inUrl && { url: SECRET_URL, params: paramsFromUrl(SECRET_URL, []) }),
  }
}

/** A request that follows the rules of a behaviour, with what is around it. */
export function anyCodeCase(files: RefereeFiles, behaviour: Behaviour = 'requests'): fc.Arbitrary<CodeCase> {
  return fc
    .record({
      made: anyCase(files),
      auth: fc.option(moreAuth, { nil: null, freq: 2 }),
      options: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: options }),
      around,
      places: fc.tuple(
        fc.boolean(),
        fc.boolean(),
        fc.nat(3).map((n) => n === 0),
        fc.boolean(),
      ),
    })
    .map(({ made, auth, options: more, around: layers, places }) => {
      const document = documentOf(made, '')
      const { unixSocket: _socket, ...plain } = document.options
      // A header that stands for two things, and two sorts of credentials, are both sent by all but requests: no matter of code.
      const kinds = [(auth ?? document.auth).kind, layers.session?.auth?.kind]
      const isTwice = document.auth.kind === 'header' && /^(?:content-type|cookie|accept)$/i.test(document.auth.name)
      const isOdd = behaviour !== 'requests' && (isTwice || (kinds.includes('digest') && document.url.includes('@')))
      const form = {
        ...document,
        ...(auth && { auth }),
        ...(isOdd && { auth: { kind: 'none' as const } }),
        options: { ...plain, timeout: {}, ...more, behaviour },
      }
      const around = isOdd ? {} : layers
      return { document: withSecrets(form, places), around }
    })
}
