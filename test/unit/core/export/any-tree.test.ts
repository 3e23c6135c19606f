/** Whatever a form holds, an export is a text that its readers can read. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Auth, Body, RequestDocument, Row } from '#contract/model/request.ts'
import { emptyAuth, emptyRequest } from '#contract/model/request-defaults.ts'
import { toHar } from '#core/export/har/to-har.ts'
import { toHttpFile } from '#core/export/http-file/to-http-file.ts'
import { toK6 } from '#core/export/k6/to-k6.ts'
import { toOpenapi } from '#core/export/openapi/to-openapi.ts'
import { toPostman } from '#core/export/postman/to-postman.ts'
import type { ExportTree } from '#core/export/export-tree.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { openapiImporter } from '#core/import/openapi/openapi-importer.ts'
import { postmanImporter } from '#core/import/postman/postman-importer.ts'
import { runK6 } from '../../../support/k6-stand-in.ts'
import { folderItem, requestItem, tree, variable } from '../../../support/export-trees.ts'

const TOOLS = { progress: () => undefined, id: () => 'id' }

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom(
    '{{name}}',
    'a{{a-b}}c',
    '{{$uuid}}',
    '${x}',
    '`',
    '\'"\\',
    '{{',
    '}}',
    '\r\n',
    '</script>',
    '__proto__',
    '{"a": {{name}}}',
    '[1, 2]',
    '%zz',
    '#',
    '*/',
    '---',
    ': - &a *b',
  ),
)
const row: fc.Arbitrary<Row> = fc.record({ name: text, value: text, enabled: fc.boolean() })
const part = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    name: text,
    value: text,
    enabled: fc.boolean(),
    contentType: text,
    headers: fc.array(row, { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('file' as const),
    name: text,
    files: fc.array(text, { maxLength: 2 }),
    filename: text,
    enabled: fc.boolean(),
    contentType: text,
    headers: fc.array(row, { maxLength: 1 }),
  }),
)
const body: fc.Arbitrary<Body> = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc.record({ kind: fc.constant('json' as const), text: fc.oneof(text, fc.json()), asTyped: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('text' as const, 'xml' as const), text }),
  fc.record({ kind: fc.constant('graphql' as const), query: text, variables: text }),
  fc.record({ kind: fc.constant('form' as const), rows: fc.array(row, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('multipart' as const), parts: fc.array(part, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('file' as const), path: text, contentType: text }),
)
const auth: fc.Arbitrary<Auth> = fc.oneof(
  fc.constantFrom<Auth>({ kind: 'none' }, { kind: 'inherit' }, emptyAuth('oauth1'), emptyAuth('awsv4')),
  fc.record({ kind: fc.constantFrom('basic' as const, 'digest' as const), username: text, password: text }),
  fc.record({ kind: fc.constant('bearer' as const), token: text }),
  fc.record({
    kind: fc.constant('apikey' as const),
    key: text,
    value: text,
    placement: fc.constantFrom('header' as const, 'query' as const),
  }),
  fc.record({ kind: fc.constant('header' as const), name: text, prefix: text, value: text }),
  fc
    .record({
      flow: fc.constantFrom('client_credentials' as const, 'password' as const, 'authorization_code' as const),
      clientId: text,
      clientSecret: text,
      scope: text,
    })
    .map((fields) => ({ ...emptyAuth('oauth2'), ...fields })),
)
const url = fc
  .tuple(
    fc.constantFrom('https://x.example.com', '{{name}}', 'http://{{name}}:8080', '', 'x'),
    fc.array(text, { maxLength: 3 }),
    fc.constantFrom('', '?a=b&c', '?q={{name}}', '#f'),
  )
  .map(([origin, segments, query]) => origin + segments.map((segment) => `/${segment}`).join('') + query)
const document: fc.Arbitrary<Partial<RequestDocument>> = fc.record({
  name: text,
  method: fc.constantFrom('GET', 'POST', 'purge', 'X Y'),
  url,
  params: fc.array(
    fc.record({ name: text, value: text, enabled: fc.boolean(), kind: fc.constantFrom('query' as const, 'path' as const) }),
    { maxLength: 3 },
  ),
  headers: fc.array(row, { maxLength: 3 }),
  cookies: fc.array(row, { maxLength: 2 }),
  body,
  auth,
  docs: text,
  assertions: fc.array(
    fc.record({
      expression: fc.oneof(text, fc.constantFrom('res.status', "res.body['a'].b")),
      operator: fc.constantFrom('eq', 'in', 'matches', 'isNull', 'x'),
      value: text,
      enabled: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
})
const anyTree: fc.Arbitrary<ExportTree> = fc
  .record({ documents: fc.array(document, { minLength: 1, maxLength: 3 }), folder: text, value: text, name: text })
  .map(({ documents, folder, value, name }) => {
    const items = documents.map((fields) => requestItem({ ...emptyRequest(), ...fields }))
    return tree([folderItem(folder, items.slice(1)), ...items.slice(0, 1)], {
      name,
      defaults: {
        headers: [],
        auth: { kind: 'none' },
        variables: [variable('name', value), variable('secret', 'S3CRET-VALUE', { secret: true })],
        options: {},
      },
      environments: [{ name: folder, extends: null, dotEnvPath: null, color: null, variables: [variable('a-b', value)] }],
    })
  })

describe('any tree', () => {
  const check = (property: (from: ExportTree) => void): void => fc.assert(fc.property(anyTree, property), { numRuns: 150 })

  test('as Postman is JSON that is read again', () => {
    check((from) => {
      const { files } = toPostman(from)
      expect(files.map((file) => file.text).join('')).not.toContain('S3CRET')
      const [file] = files
      postmanImporter.read([sourceFile('x.json', file?.text ?? '')], TOOLS)
    })
  }, 60_000)

  test('as OpenAPI is YAML that is read again', () => {
    check((from) => {
      const content = toOpenapi(from).files[0]?.text ?? ''
      expect(content).not.toContain('S3CRET')
      expect(parse(content)).toMatchObject({ openapi: '3.1.0' })
      openapiImporter.read([sourceFile('x.yaml', content)], TOOLS)
    })
  }, 60_000)

  test('as HAR is JSON', () => {
    check((from) => {
      const content = toHar(from).files[0]?.text ?? ''
      expect(content).not.toContain('S3CRET')
      JSON.parse(content)
    })
  }, 60_000)

  test('as .http has a heading for each request', () => {
    check((from) => {
      const content = toHttpFile(from).files[0]?.text ?? ''
      expect(content).not.toContain('S3CRET')
      expect(content.match(/^### /gm)?.length ?? 0).toBeGreaterThan(0)
    })
  }, 60_000)

  test('as k6 is a script that runs', () => {
    check((from) => {
      const content = toK6(from, {}).files[0]?.text ?? ''
      expect(content).not.toContain('S3CRET')
      const files = new Proxy({}, { get: () => '' })
      runK6(content, { files, env: { NAME: 'n' }, answer: { status: 200, headers: {}, body: '{"access_token":"t","id_token":"t"}' } })
    })
  }, 60_000)
})
