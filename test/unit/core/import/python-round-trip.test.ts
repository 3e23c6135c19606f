import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Auth, Body, Options, Part, RequestDocument, Row } from '#contract/model/request.ts'
import type { Session } from '#contract/model/session.ts'
import { reconcile } from '#contract/model/url-query.ts'
import { generatePython } from '#core/codegen/python/generate.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { Imported } from '#core/import/imported.ts'
import { pythonImporter } from '#core/import/python/python-importer.ts'
import { CoreError } from '#core/lib/core-error.ts'
import { codeOf, type Around } from '../../../support/code-kit.ts'
import { tempDir } from '../../../support/temp-dir.ts'
import { selfSigned } from '../../../support/tls.ts'

const TOOLS = { progress: () => undefined, id: () => 'id' }

/** Files that are named have to be there for a request to be prepared. */
const FOLDER = mkdtempSync(join(tmpdir(), 'posthaste-python-'))
for (const name of ['body.bin', 'one.txt', 'two.txt']) writeFileSync(join(FOLDER, name), 'x')
afterAll(() => {
  rmSync(FOLDER, { recursive: true, force: true })
})

interface RoundTrip {
  readonly code: string
  readonly made: Imported
  /** Made of what was imported. */
  readonly again: string
}

async function roundTrip(document: Partial<RequestDocument>, around: Around = {}): Promise<RoundTrip> {
  const { text: code } = await codeOf(generatePython, document, around)
  const made = pythonImporter.read([sourceFile('', code)], TOOLS)
  const [item] = made.items
  if (item?.kind !== 'request' || made.items.length !== 1) throw new Error(`It is not one request:\n${code}`)
  const [session] = made.sessions
  const inside: Around = { ...(session && { session }), collection: { variables: made.defaults.variables } }
  const { text: again } = await codeOf(generatePython, item.document, inside)
  return { code, made, again }
}

function documentOf(made: Imported): RequestDocument {
  const [item] = made.items
  if (item?.kind !== 'request') throw new Error('It is no request.')
  return item.document
}

const row = (name: string, value: string): Row => ({ name, value, enabled: true })

describe('a form, as Python and back', () => {
  const url = 'https://example.com/a/b'
  const forms: readonly (readonly [string, Partial<RequestDocument>])[] = [
    ['rows', { headers: [row('X-A', '1'), row('x-b', 'é "q" \\ {x}')], cookies: [row('c', 'd')] }],
    [
      'omitted headers',
      {
        headers: [
          { ...row('User-Agent', ''), omit: true },
          { ...row('Accept', ''), omit: true },
        ],
      },
    ],
    ['JSON', { method: 'POST', body: { kind: 'json', text: '{"a": [1, 2.0, 1e100, null, true, "é\\n"], "b": {}}', asTyped: false } }],
    [
      'JSON as typed',
      { method: 'POST', body: { kind: 'json', text: '{"a":1}', asTyped: true }, headers: [row('Content-Type', 'application/json')] },
    ],
    ['text of several lines', { method: 'POST', body: { kind: 'text', text: 'a\nb "c"\n\\d\né' } }],
    ['XML', { method: 'PUT', body: { kind: 'xml', text: '<?xml version="1.0"?>\n<a/>' } }],
    ['a form', { method: 'POST', body: { kind: 'form', rows: [row('a', '1'), row('a', '2'), row('é', '&=')] } }],
    ['a file', { method: 'PUT', body: { kind: 'file', path: `${FOLDER}/body.bin`, contentType: '' } }],
    ['Basic', { auth: { kind: 'basic', username: 'u', password: 'p"' } }],
    ['Basic in UTF-8', { auth: { kind: 'basic', username: 'ü', password: '€', charset: 'utf-8' } }],
    ['Digest', { auth: { kind: 'digest', username: 'u', password: 'p' } }],
    ['Bearer', { auth: { kind: 'bearer', token: 'a b' } }],
    ['a header with a prefix', { auth: { kind: 'header', name: 'X-Auth', prefix: 'Token ', value: 'two words' } }],
    ['a header without one', { auth: { kind: 'header', name: 'X-Auth', prefix: '', value: 'two words' } }],
    ['an API key', { auth: { kind: 'apikey', key: 'X-Key', value: 'Key 1', placement: 'header' } }],
    [
      'options',
      {
        options: {
          timeout: { connect: 2, read: 30.5 },
          followRedirects: false,
          verify: false,
        },
      },
    ],
    ['one timeout', { options: { timeout: { connect: 5, read: 5 } } }],
    ['proxies', { options: { proxies: { http: 'http://u:p@p:1', https: null, 'all://h': 'socks5h://p:2' }, noProxy: 'a.test,b.test' } }],
    ['HEAD that follows', { method: 'HEAD', options: { followRedirects: true } }],
    ['another method', { method: 'PROPFIND' }],
  ]

  test.each(forms)('%s: the fields are those of before', async (_name, fields) => {
    const { made } = await roundTrip({ url, ...fields, options: { behaviour: 'requests', ...fields.options } })

    const { method, headers, body, auth, cookies, options } = documentOf(made)
    expect({ method, headers, auth, cookies, options }).toEqual({
      method: fields.method ?? 'GET',
      headers: fields.headers ?? [],
      auth: fields.auth ?? { kind: 'none' },
      cookies: fields.cookies ?? [],
      options: { behaviour: 'requests', ...fields.options },
    })
    expect(laidOut(body)).toEqual(laidOut(fields.body ?? { kind: 'none' }))
  })

  test('certificates keep their paths', async () => {
    const { key, cert } = await selfSigned('DNS:example.com')
    const folder = await tempDir()
    const [keyPath, certPath] = [join(folder, 'k.pem'), join(folder, 'c.pem')]
    writeFileSync(keyPath, key)
    writeFileSync(certPath, cert)
    const options = { behaviour: 'requests', verify: certPath, cert: { cert: certPath, key: keyPath } } as const

    const { made } = await roundTrip({ url, options })

    expect(documentOf(made).options).toEqual(options)
  })

  test('the query is as it was, what is encoded otherwise than requests does included', async () => {
    const typed = `${url}?a=b+c&d=%20e&f&g=h:/i#top`

    const { made } = await roundTrip({ url: typed, options: { behaviour: 'requests' } })

    expect(documentOf(made).url).toBe(typed)
  })

  test('parts keep their names, types and headers', async () => {
    const part = { enabled: true, contentType: '', headers: [] as Row[] }
    const parts: Part[] = [
      { kind: 'text', name: 'a', value: '1', ...part },
      { kind: 'file', name: 'f', files: [`${FOLDER}/one.txt`], filename: '', ...part },
      {
        kind: 'file',
        name: 'f',
        files: [`${FOLDER}/two.txt`],
        filename: 'renamed.txt',
        ...part,
        contentType: 'text/plain',
        headers: [row('X-P', '1')],
      },
      { kind: 'text', name: 'm', value: '{}', ...part, contentType: 'application/json' },
    ]

    const { made } = await roundTrip({
      url,
      method: 'POST',
      body: { kind: 'multipart', parts },
      options: { behaviour: 'requests' },
    })

    expect(documentOf(made).body).toEqual({ kind: 'multipart', parts })
  })

  test('secrets come back as references and secret variables', async () => {
    const secret = { name: 'API_TOKEN', value: '', enabled: true, secret: true }
    const fields = {
      url: `${url}/{{API_TOKEN}}?q={{API_TOKEN}}`,
      headers: [row('X-Token', 'a {{API_TOKEN}}')],
      auth: { kind: 'bearer', token: '{{API_TOKEN}}' },
    } as const

    const { made } = await roundTrip(
      { ...fields, headers: [...fields.headers], options: { behaviour: 'requests' } },
      { collection: { variables: [secret] } },
    )

    expect(documentOf(made)).toMatchObject(fields)
    expect(made.defaults.variables).toEqual([secret])
  })

  test('a session with all that it has', async () => {
    const session: Partial<Session> = {
      headers: [row('X-S', '1')],
      params: [row('p', 'q r')],
      cookies: [row('c', 'd')],
      auth: { kind: 'basic', username: 'u', password: 'p' },
      options: { maxRedirects: 5, trustEnv: false },
      adapters: [
        {
          prefix: 'https://example.com/',
          pool: { maxConnections: 3 },
          retry: { total: 4, connect: 1, statusForcelist: [500, 503], allowedMethods: null, backoffFactor: 0.5, raiseOnStatus: false },
        },
      ],
    }

    const { made, code, again } = await roundTrip({ url, options: { behaviour: 'requests' } }, { session })

    expect(made.sessions).toEqual([{ name: 'session', ...session }])
    expect(again).toBe(code)
  })
})

/** JSON is laid out anew; its values are what counts. */
function laidOut(body: Body): unknown {
  return body.kind === 'json' && !body.asTyped ? { ...body, text: JSON.parse(body.text) as unknown } : body
}

describe('any form', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('a', 'B', '0', ' ', '"', "'", '\\', '{', '}', '%', '&', '=', '\n', '#', '/', ':'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  })
  const plain = text.filter((value) => !/\{\{|\}\}/.test(value) && value.isWellFormed())
  const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,8}$/)
  const headerValue = fc.stringMatching(/^(?:[!-~](?:[ -~]{0,10}[!-~])?)?$/).filter((value) => !/\{\{/.test(value))
  const headers = fc.uniqueArray(fc.tuple(token, headerValue), { maxLength: 4, selector: ([name]) => name.toLowerCase() })
  const rowsOf = (pairs: readonly (readonly [string, string])[]): Row[] => pairs.map(([name, value]) => row(name, value))
  const rows = fc
    .array(
      fc.tuple(
        plain.filter((name) => name !== ''),
        plain,
      ),
      { maxLength: 4 },
    )
    .map(rowsOf)
  const body: fc.Arbitrary<Body> = fc.oneof(
    fc.constant<Body>({ kind: 'none' }),
    fc
      .jsonValue()
      .map((value): Body => ({ kind: 'json', text: JSON.stringify(value), asTyped: false }))
      .filter((made) => made.kind === 'json' && !/\{\{|\}\}/.test(made.text)),
    plain.map((value): Body => ({ kind: 'text', text: value })),
    rows.map((made): Body => ({ kind: 'form', rows: made })),
    rows.map((made): Body => ({
      kind: 'multipart',
      parts: made.map(({ name, value }) => ({ kind: 'text', name, value, enabled: true, contentType: '', headers: [] })),
    })),
  )
  const auth: fc.Arbitrary<Auth> = fc.oneof(
    fc.constant<Auth>({ kind: 'none' }),
    fc.record({ kind: fc.constant('basic' as const), username: headerValue, password: headerValue }),
    fc.record({ kind: fc.constant('digest' as const), username: headerValue, password: headerValue }),
    fc.record({ kind: fc.constant('bearer' as const), token: headerValue }),
    fc.record({ kind: fc.constant('header' as const), name: token, prefix: fc.constantFrom('', 'Token ', 'X'), value: headerValue }),
  )
  const seconds = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 99 }), fc.constantFrom(0.5, 3.05))
  const options: fc.Arbitrary<Options> = fc.record(
    {
      timeout: fc.record({ connect: seconds, read: seconds }),
      followRedirects: fc.boolean(),
      verify: fc.oneof(fc.boolean(), fc.constant(false)),
      maxRedirects: fc.integer({ min: 1, max: 40 }),
      trustEnv: fc.boolean(),
      retry: fc.record(
        { total: fc.nat(5), backoffFactor: fc.constantFrom(0, 0.3, 1), allowedMethods: fc.constantFrom(null, ['GET']) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  const form = fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'LINK'),
      path: fc.stringMatching(/^[a-z0-9/._~-]{0,10}$/),
      query: rows,
      headers,
      body,
      auth,
      cookies: fc.array(fc.tuple(token, token), { maxLength: 2 }),
      options,
    })
    .map(({ path, query, headers: pairs, cookies, options: some, ...rest }): Partial<RequestDocument> => {
      const { url, params } = reconcile(
        `https://example.com/${path}`,
        query.map((one) => ({ ...one, kind: 'query' as const })),
      )
      return { ...rest, url, params, headers: rowsOf(pairs), cookies: rowsOf(cookies), options: { behaviour: 'requests', ...some } }
    })

  test('is the same code again after it was code', async () => {
    await fc.assert(
      fc.asyncProperty(form, async (document) => {
        // What no request can be made of has no code.
        fc.pre(
          await codeOf(generatePython, document).then(
            () => true,
            (error: unknown) => !(error instanceof CoreError),
          ),
        )
        const first = await roundTrip(document)
        expect(withoutMounts(first.again)).toBe(withoutMounts(first.code))
      }),
      { numRuns: 150 },
    )
  })
})

/** A retry of the request itself is a session's adapters afterwards: the same is mounted for both schemes, in other words. */
function withoutMounts(code: string): string {
  return code.replaceAll(/^ *(?:adapter = HTTPAdapter|session\.mount)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\n/gm, '')
}
