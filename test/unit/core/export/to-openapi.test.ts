import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Auth, RequestDocument } from '#contract/model/request.ts'
import { emptyAuth } from '#contract/model/request-defaults.ts'
import { inferredSchema, scalarOf } from '#core/export/openapi/infer-schema.ts'
import { toOpenapi } from '#core/export/openapi/to-openapi.ts'
import type { ExportTree } from '#core/export/export-tree.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { ImportedItem } from '#core/import/imported.ts'
import { openapiImporter } from '#core/import/openapi/openapi-importer.ts'
import { folderItem, requestItem, shopTree, tree, variable } from '../../../support/export-trees.ts'

function textOf(from: ExportTree): string {
  return toOpenapi(from).files[0]?.text ?? ''
}

function parsed(from: ExportTree): Record<string, unknown> {
  return parse(textOf(from)) as Record<string, unknown>
}

function backAgain(from: ExportTree): ReturnType<typeof openapiImporter.read> {
  return openapiImporter.read([sourceFile('api.yaml', textOf(from))], { progress: () => undefined, id: () => 'id' })
}

function documentsOf(items: readonly ImportedItem[]): RequestDocument[] {
  return items.flatMap((item) => (item.kind === 'request' ? [item.document] : documentsOf(item.items)))
}

/** What a description can say: files are named by whoever sends, and disabled rows come last. */
function saidOf(document: RequestDocument): object {
  const { body } = document
  const parts =
    body.kind === 'multipart' ? { ...body, parts: body.parts.map((part) => (part.kind === 'file' ? { ...part, files: [] } : part)) } : body
  return { ...document, body: parts, assertions: undefined }
}

describe('an OpenAPI description', () => {
  test('read again, it has the same requests', () => {
    const before = shopTree()

    const after = backAgain(before)

    expect(documentsOf(after.items).map(saidOf)).toEqual(documentsOf(before.items).map(saidOf))
    expect(after).toMatchObject({
      name: 'Shop',
      defaults: { auth: { kind: 'bearer', token: '{{token}}' } },
      environments: [
        {
          environment: {
            name: 'Local',
            variables: [
              { name: 'baseUrl', value: 'http://localhost:{{port}}' },
              { name: 'port', value: '8080' },
            ],
          },
        },
      ],
    })
    expect(after.items.map((item) => (item.kind === 'folder' ? [item.name, item.docs] : item.document.name))).toEqual([
      ['Orders', 'What was bought.'],
      'Log in',
      'Upload',
      'Put a text',
    ])
  })

  test('saved answers are responses with examples', () => {
    const [folder] = backAgain(shopTree()).items
    const [order] = folder?.kind === 'folder' ? folder.items : []

    expect(order?.kind === 'request' ? order.examples : []).toMatchObject([
      { name: 'Made', description: 'It worked.', status: 201, statusText: 'Created', body: '{\n  "id": 7\n}' },
    ])
  })

  test('holds no secret, and names where credentials go', () => {
    const oauth2 = {
      ...emptyAuth('oauth2'),
      clientSecret: '{{oauthClientSecret}}',
      accessTokenUrl: 'https://id.example.com/token',
      scope: 'a b',
    } as Auth
    const items = [
      requestItem({ name: 'A', url: 'https://x.example.com/a', auth: { kind: 'basic', username: 'u', password: '{{pw}}' } }),
      requestItem({ name: 'B', url: 'https://x.example.com/b', auth: { kind: 'apikey', key: 'k', value: '{{key}}', placement: 'query' } }),
      requestItem({ name: 'C', url: 'https://x.example.com/c', auth: oauth2 }),
      requestItem({ name: 'D', url: 'https://x.example.com/d' }),
    ]

    expect(parsed(tree(items))).toMatchObject({
      paths: {
        '/a': { get: { security: [{ pw: [] }] } },
        '/b': { get: { security: [{ key: [] }] } },
        '/c': { get: { security: [{ oauth: ['a', 'b'] }] } },
        '/d': { get: expect.not.objectContaining({ security: expect.anything() }) },
      },
      components: {
        securitySchemes: {
          pw: { type: 'http', scheme: 'basic' },
          key: { type: 'apiKey', in: 'query', name: 'k' },
          oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://id.example.com/token', scopes: { a: '', b: '' } } } },
        },
      },
    })
  })

  test('a request to another server names it, and names in a path are parameters', () => {
    const items = [
      requestItem({ name: 'A', url: '{{baseUrl}}/a' }),
      requestItem({
        name: 'B',
        url: '{{baseUrl}}/files/{{name}}.{{ending}}',
        variables: [variable('name', 'x'), variable('ending', 'pdf')],
      }),
      requestItem({ name: 'C', url: 'https://other.example.com/c' }),
    ]
    const defaults = {
      headers: [],
      auth: { kind: 'none' as const },
      variables: [variable('baseUrl', 'https://x.example.com/v1')],
      options: {},
    }

    expect(parsed(tree(items, { defaults }))).toMatchObject({
      servers: [{ url: 'https://x.example.com/v1' }],
      paths: {
        '/files/{name}.{ending}': {
          get: {
            parameters: [
              { name: 'name', in: 'path', required: true, example: 'x' },
              { name: 'ending', in: 'path', example: 'pdf' },
            ],
          },
        },
        '/c': { get: { servers: [{ url: 'https://other.example.com' }] } },
      },
    })
  })

  test('what a description has no room for is named', () => {
    const once = { url: 'https://x.example.com/a' }
    const items = [
      requestItem({ ...once, name: 'First' }),
      folderItem('F', [requestItem({ ...once, name: 'Second' }), requestItem({ ...once, name: 'Third', method: 'PURGE' })]),
    ]

    expect(toOpenapi(tree(items)).notes).toEqual([
      { severity: 'lost', where: 'F / Second', line: null, message: 'There is GET /a already, and a description has each once.' },
      { severity: 'lost', where: 'F / Third', line: null, message: 'A description has no method PURGE.' },
    ])
  })

  test('assertions, captures and the gate stand beside each operation, and come back', () => {
    const checks = {
      raiseForStatus: true as const,
      assertions: [{ expression: "res.css('h1')", operator: 'eq', value: 'x', enabled: false }],
      captures: [{ name: 'id', expression: 'res.body.id', scope: 'runtime', enabled: true }],
    }
    const from = tree([requestItem({ name: 'A', url: 'https://x.example.com/a', ...checks })])

    expect(toOpenapi(from).notes).toEqual([])
    expect(documentsOf(backAgain(from).items)).toMatchObject([checks])
  })

  test('a JSON text that would not come back as it is stays a text', () => {
    const body = { kind: 'json' as const, text: '{"id": 12345678901234567890, "x": {{x}}}', asTyped: false }
    const exact = { kind: 'json' as const, text: '{"n": 1.0}', asTyped: false }
    const items = [
      requestItem({ name: 'A', method: 'POST', url: 'https://x.example.com/a', body }),
      requestItem({ name: 'B', method: 'POST', url: 'https://x.example.com/b', body: exact }),
    ]

    expect(documentsOf(backAgain(tree(items)).items).map((document) => document.body)).toEqual([body, exact])
  })
})

describe('an inferred schema', () => {
  test.each([
    [null, { type: 'null' }],
    [1, { type: 'integer' }],
    [1.5, { type: 'number' }],
    [[1, 2.5], { type: 'array', items: { type: 'number' } }],
    [['a', null], { type: 'array', items: { type: ['string', 'null'] } }],
    [[], { type: 'array', items: {} }],
    [[{ a: 1 }, { b: 'x' }], { type: 'array', items: { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } } } }],
  ])('of %j', (value, expected) => {
    expect(inferredSchema(value)).toEqual(expected)
  })

  test.each([
    ['1', 1],
    ['-0.5', -0.5],
    ['1.0', '1.0'],
    ['007', '007'],
    ['1e5', '1e5'],
    ['12345678901234567890', '12345678901234567890'],
    ['true', true],
    ['', ''],
  ])('the text %s is %j', (text, expected) => {
    expect(scalarOf(text)).toBe(expected)
  })
})
