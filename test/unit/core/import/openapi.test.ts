import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RequestDocumentSchema } from '#contract/model/request.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { Imported, ImportedItem, ImportedRequest } from '#core/import/imported.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { openapiImporter } from '#core/import/openapi/openapi-importer.ts'
import { readImport } from '#core/import/read-import.ts'
import { CoreError } from '#core/lib/core-error.ts'

const FIXTURES = new URL('../../../fixtures/import/openapi/', import.meta.url)
const TOOLS = { progress: () => undefined, id: () => 'id' }

const fixture = (name: string): string => readFileSync(new URL(name, FIXTURES), 'utf8')

function read(...texts: readonly (string | object)[]): Imported {
  return openapiImporter.read(
    texts.map((text, index) => sourceFile(`file-${index}.json`, typeof text === 'string' ? text : JSON.stringify(text))),
    TOOLS,
  )
}

function requestsIn(items: readonly ImportedItem[]): ImportedRequest[] {
  return items.flatMap((item) => (item.kind === 'request' ? [item] : requestsIn(item.items)))
}

/** A description of one operation. */
function operation(of: object, more: object = {}): object {
  return { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/x': { post: { responses: {}, ...of } } }, ...more }
}

function onlyRequest(imported: Imported): ImportedRequest {
  const [first] = requestsIn(imported.items)
  if (!first) throw new Error('It has no request.')
  return first
}

function jsonBody(schema: object, schemas: object = {}): unknown {
  const imported = read(operation({ requestBody: { content: { 'application/json': { schema } } } }, { components: { schemas } }))
  const { body } = onlyRequest(imported).document
  return body.kind === 'json' ? JSON.parse(body.text) : body
}

describe('OpenAPI descriptions', () => {
  test.each([
    ['shop-3.0', 'yaml'],
    ['notes-3.1', 'json'],
    ['pets-2.0', 'yaml'],
  ])('%s becomes what it should', (name, extension) => {
    const file = sourceFile(name, fixture(`${name}.input.${extension}`))

    const imported = openapiImporter.read([file], TOOLS)

    expect(openapiImporter.detect(file)).toBe(3)
    expect(imported).toEqual(JSON.parse(fixture(`${name}.expected.json`)))
  })

  test('references lead to other files that were handed over with it', async () => {
    const names = ['several/api.yaml', 'several/paths/users.yaml', 'several/schemas/user.json']
    const files = names.map((name) => sourceFile(name, fixture(name)))

    const imported = await readImport(files, IMPORTERS, { tools: TOOLS })

    expect(onlyRequest(imported).document).toMatchObject({
      name: 'Create a user',
      url: '{{baseUrl}}/users',
      body: { kind: 'json', text: '{\n  "name": "Ada"\n}' },
    })
    expect(imported.notes).toEqual([])
  })

  test('several descriptions become a folder each', () => {
    const imported = read(operation({ summary: 'a' }), { ...operation({ summary: 'b' }), info: { title: 'Other' } })

    expect(imported.items).toMatchObject([
      { kind: 'folder', name: 'T' },
      { kind: 'folder', name: 'Other' },
    ])
  })

  test('what stands beside a reference counts before what it leads to', () => {
    const shared = { get: { summary: 'one', responses: {} }, parameters: [{ name: 'a', in: 'query', example: 'far' }] }
    const { items } = read({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      servers: [{ url: 'https://example.com' }],
      paths: {
        '/near': { $ref: '#/components/pathItems/Shared', parameters: [{ name: 'b', in: 'query', example: 'near' }] },
        '/far': { $ref: '#/components/pathItems/Shared' },
      },
      components: { pathItems: { Shared: shared } },
    })

    expect(requestsIn(items).map(({ document }) => document.params.map(({ name, value }) => `${name}=${value}`))).toEqual([
      ['b=near'],
      ['a=far'],
    ])
  })

  test('a schema may say more beside its reference', () => {
    const schemas = { Name: { type: 'string', example: 'Ada' } }
    const properties = { first: { $ref: '#/components/schemas/Name' }, second: { $ref: '#/components/schemas/Name', example: 'Grace' } }

    expect(jsonBody({ type: 'object', properties }, schemas)).toEqual({ first: 'Ada', second: 'Grace' })
  })

  test('what is missing or elsewhere is a note, and is not fetched', () => {
    const { notes } = read(
      operation(
        { parameters: [{ $ref: '#/nowhere' }, { $ref: 'other.yaml#/x' }, { $ref: 'https://example.com/x.json' }] },
        { servers: [{ url: 'https://example.com' }] },
      ),
    )

    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringContaining('#/nowhere refers to what is not there'),
      expect.stringContaining('other.yaml#/x refers to what is not there'),
      'https://example.com/x.json is elsewhere and was not fetched.',
    ])
  })

  test('a broken text says where it breaks', () => {
    expect(() => read('openapi: 3.0.0\ninfo:\n  title: "T\n')).toThrow(
      expect.objectContaining({ kind: 'Unreadable', parts: expect.objectContaining({ details: expect.objectContaining({ line: 4 }) }) }),
    )
  })

  test('broken JSON is told in the words of JSON', () => {
    expect(() => read('{"openapi": "3.0.0",\n "paths": [}')).toThrow('file-0.json is not valid JSON: line 2, column 12')
  })

  test('a text of no version is refused', () => {
    expect(() => read({ paths: {} })).toThrow(CoreError)
  })

  test('a later version is read as far as it is known', () => {
    const imported = read({ ...operation({ summary: 'x' }), openapi: '3.2.0' })

    expect(requestsIn(imported.items)).toHaveLength(1)
    expect(imported.notes[0]?.message).toContain('version 3.2.0')
  })

  test('other formats are not taken for it', () => {
    expect(openapiImporter.detect(sourceFile('x', '{"log":{"entries":[]}}'))).toBe(0)
    expect(openapiImporter.detect(sourceFile('x', 'GET https://example.com/openapi: x'))).toBe(0)
    expect(openapiImporter.detect(sourceFile('x', '{"type":"object","properties":{"a":{"type":"string"}}}'))).toBe(1)
  })
})

describe('samples of schemas', () => {
  test('a schema that holds itself ends', () => {
    const node = {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Node' } } },
    }

    expect(jsonBody({ $ref: '#/components/schemas/Node' }, { Node: node })).toEqual({ name: 'string', children: [] })
  })

  test('references that circle come to nothing, and are notes', () => {
    const { items, notes } = read({
      openapi: '3.0.0',
      info: {},
      servers: [{ url: 'https://example.com' }],
      paths: {
        '/a': { $ref: '#/paths/~1b' },
        '/b': { $ref: '#/paths/~1a' },
        '/c': { get: { parameters: [{ $ref: '#/components/parameters/A' }] } },
      },
      components: { parameters: { A: { $ref: '#/components/parameters/A' } } },
    })

    expect(requestsIn(items).map(({ document }) => document.url)).toEqual(['{{baseUrl}}/c'])
    expect(notes.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      ': #/paths/~1b refers to what leads back to itself: nothing stands there.',
      ': #/paths/~1a refers to what leads back to itself: nothing stands there.',
      '/a: Nothing of this path is there.',
      '/b: Nothing of this path is there.',
      ': #/components/parameters/A refers to what leads back to itself: nothing stands there.',
    ])
  })

  test('a body of schemas without end has what is outermost in them, and a note says what it is without', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 4095 }, (_, index) => {
        const [left, right] = [2 * index + 1, 2 * index + 2].map((next) => ({ $ref: `#/components/schemas/S${next % 4095}` }))
        return [`S${index}`, { type: 'object', properties: { left, right, name: { type: 'string' } } }]
      }),
    )
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } }
    const imported = read(operation({ requestBody: { content } }, { components: { schemas } }))

    const { body } = onlyRequest(imported).document
    const sides = { left: expect.anything(), right: expect.anything(), name: 'string' }
    expect(body.kind === 'json' && JSON.parse(body.text)).toEqual({
      ...sides,
      left: expect.objectContaining(sides),
      right: expect.objectContaining(sides),
    })
    expect(imported.notes.map(({ message }) => message)).toContain(
      'Bodies that were made of large schemas are without what is nested deepest in them.',
    )
  })

  test('a schema that grows tenfold with each level stays small', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 12 }, (_, level) => [
        `L${level}`,
        {
          type: 'object',
          properties: Object.fromEntries(
            Array.from({ length: 10 }, (_all, index) => [`p${index}`, { $ref: `#/components/schemas/L${level + 1}` }]),
          ),
        },
      ]),
    )

    const text = JSON.stringify(jsonBody({ $ref: '#/components/schemas/L0' }, { ...schemas, L12: { type: 'string' } }))

    expect(text.length).toBeLessThan(100_000)
  })

  test('sizes that a schema asks for are bounded', () => {
    const text = JSON.stringify(
      jsonBody({
        type: 'object',
        properties: { a: { type: 'string', minLength: 1e9 }, b: { type: 'array', minItems: 1e9, items: { type: 'integer' } } },
      }),
    )

    expect(text.length).toBeLessThan(1000)
  })

  test('no key of a description reaches the prototype of objects', () => {
    const text =
      '{"type":"object","allOf":[{"properties":{"__proto__":{"properties":{"polluted":{"example":1}}},"a":{"example":1}}},{"example":{"__proto__":{"polluted":1}}}]}'
    const imported = read(
      JSON.stringify(operation({ requestBody: { content: { 'application/json': { schema: 'SCHEMA' } } } })).replace('"SCHEMA"', text),
    )

    expect(onlyRequest(imported).document.body).toMatchObject({ kind: 'json' })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('parts are merged, and of alternatives the first that is not null is taken', () => {
    expect(
      jsonBody({
        allOf: [
          { type: 'object', properties: { a: { type: 'integer', default: 4 } }, example: { b: 2 } },
          { type: 'object', properties: { c: { oneOf: [{ type: 'null' }, { type: 'string', format: 'date' }] } } },
        ],
      }),
    ).toEqual({ a: 4, b: 2, c: '2019-08-24' })
  })

  test('an XML body has names, attributes and wrapped lists', () => {
    const schema = {
      type: 'object',
      properties: {
        id: { type: 'integer', example: 3, xml: { attribute: true } },
        name: { type: 'string', example: 'a' },
        tags: { type: 'array', xml: { wrapped: true }, items: { type: 'string', example: 't', xml: { name: 'tag' } } },
      },
    }
    const imported = read(
      operation(
        { requestBody: { content: { 'text/xml': { schema: { $ref: '#/components/schemas/Pet' } } } } },
        { components: { schemas: { Pet: schema } } },
      ),
    )

    const { body, headers } = onlyRequest(imported).document

    expect(headers).toEqual([{ name: 'Content-Type', value: 'text/xml', enabled: true }])
    expect(body.kind === 'xml' ? body.text.replace(/>\s+</g, '><') : '').toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Pet id="3"><name>a</name><tags><tag>t</tag></tags></Pet>\n',
    )
  })

  test('an example is taken before a sample, and a text of JSON as it stands', () => {
    const bodyOf = (content: object): unknown => onlyRequest(read(operation({ requestBody: { content } }))).document.body

    expect(bodyOf({ 'application/json': { example: '{"a": 1}', schema: { type: 'object' } } })).toMatchObject({ text: '{"a": 1}' })
    expect(bodyOf({ 'application/json': { example: 'a', schema: { type: 'string' } } })).toMatchObject({ text: '"a"' })
    expect(bodyOf({ 'application/json': { schema: { type: 'array', items: { enum: ['x', 'y'] } } } })).toMatchObject({
      text: '[\n  "x"\n]',
    })
  })
})

describe('parameters', () => {
  const urlOf = (parameter: object): string => {
    const { url } = onlyRequest(read(operation({ parameters: [{ name: 'color', in: 'query', required: true, ...parameter }] }))).document
    return url.replace('{{baseUrl}}/x', '')
  }
  const list = ['blue', 'black']
  const object = { R: 100, G: 200 }

  test.each([
    [{ example: list }, '?color=blue&color=black'],
    [{ example: list, explode: false }, '?color=blue,black'],
    [{ example: list, style: 'spaceDelimited', explode: false }, '?color=blue%20black'],
    [{ example: list, style: 'pipeDelimited', explode: false }, '?color=blue%7Cblack'],
    [{ example: object }, '?R=100&G=200'],
    [{ example: object, explode: false }, '?color=R,100,G,200'],
    [{ example: object, style: 'deepObject' }, '?color%5BR%5D=100&color%5BG%5D=200'],
    [{ example: 'a/b c&d', allowReserved: true }, '?color=a/b+c%26d'],
    [{ example: '' }, '?color='],
  ])('of the query: %j', (parameter, expected) => {
    expect(urlOf(parameter)).toBe(expected)
  })

  test.each([
    [{ example: list }, 'blue,black'],
    [{ example: object }, 'R,100,G,200'],
    [{ example: object, explode: true }, 'R=100,G=200'],
    [{ example: list, style: 'label' }, '.blue,black'],
    [{ example: list, style: 'label', explode: true }, '.blue.black'],
    [{ example: 'blue', style: 'matrix' }, ';color=blue'],
    [{ example: list, style: 'matrix' }, ';color=blue,black'],
    [{ example: list, style: 'matrix', explode: true }, ';color=blue;color=black'],
    [{ example: object, style: 'matrix', explode: true }, ';R=100;G=200'],
  ])('of the path: %j', (parameter, expected) => {
    const paths = { '/x/{color}': { get: { parameters: [{ name: 'color', in: 'path', required: true, ...parameter }] } } }

    const { document } = onlyRequest(read({ ...operation({}), paths }))

    expect(document.url).toBe('{{baseUrl}}/x/:color')
    expect(document.params).toEqual([{ name: 'color', value: expected, enabled: true, kind: 'path' }])
  })
})

describe('security', () => {
  const schemes = {
    a: { type: 'http', scheme: 'bearer' },
    b: { type: 'apiKey', in: 'query', name: 'k' },
    c: { type: 'http', scheme: 'hoba' },
  }

  test('what all operations share stands around them', () => {
    const paths = { '/a': { get: { security: [{ a: [] }] }, post: {}, put: { security: [{}] } } }

    const imported = read({ ...operation({}), paths, components: { securitySchemes: schemes } })

    expect(imported.defaults.auth).toEqual({ kind: 'bearer', token: '{{aToken}}' })
    expect(requestsIn(imported.items).map(({ document }) => document.auth.kind)).toEqual(['inherit', 'none', 'none'])
  })

  test('a key beside the credentials is a row of each request', () => {
    const imported = read({ ...operation({}, { security: [{ a: [], b: [] }] }), components: { securitySchemes: schemes } })

    const { document } = onlyRequest(imported)

    expect(document.auth).toEqual({ kind: 'inherit' })
    expect(document.url).toBe('{{baseUrl}}/x?k={{b}}')
    expect(document.params).toEqual([{ name: 'k', value: '{{b}}', enabled: true, kind: 'query' }])
  })

  test('a kind that there is no form for is a note', () => {
    const { notes } = read({ ...operation({}, { security: [{ c: [] }] }), components: { securitySchemes: schemes } })

    expect(notes).toMatchObject([{ severity: 'lost', message: expect.stringContaining('"hoba"') }, { severity: 'changed' }])
  })
})

describe('any text', () => {
  test('is a valid import or a CoreError', () => {
    const texts = [fixture('shop-3.0.input.yaml'), fixture('notes-3.1.input.json'), fixture('pets-2.0.input.yaml')]
    const mutated = fc
      .record({
        text: fc.constantFrom(...texts),
        at: fc.nat(6000),
        length: fc.nat(40),
        put: fc.oneof(fc.string(), fc.constantFrom('[]', '{}', 'null', '1', ' - ', ': ', '"$ref": "#/paths"')),
      })
      .map(({ text, at, length, put }) => text.slice(0, at) + put + text.slice(at + length))
    fc.assert(fc.property(mutated, isImportOrRefusal), { numRuns: 300 })
  }, 60_000)

  test('so are descriptions whose parts are of other kinds', () => {
    const replaced = fc
      .record({
        which: fc.nat(400),
        value: fc.oneof(
          fc.json().map((text): unknown => JSON.parse(text)),
          fc.constant({ $ref: '#/paths' }),
        ),
      })
      .map(({ which, value }) => {
        const data: unknown = JSON.parse(fixture('notes-3.1.input.json'))
        replaceNode(data, which, value)
        return JSON.stringify(data)
      })
    fc.assert(fc.property(replaced, isImportOrRefusal), { numRuns: 300 })
  }, 60_000)
})

/** Puts a value in place of the node of that number, counted depth first. */
function replaceNode(root: unknown, which: number, value: unknown): void {
  let left = which
  const visit = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false
    const holder = node as Record<string, unknown> // a list is one too, by its indexes
    for (const key of Object.keys(node)) {
      left -= 1
      if (left < 0) {
        holder[key] = value
        return true
      }
      if (visit(holder[key])) return true
    }
    return false
  }
  visit(root)
}

function isImportOrRefusal(text: string): void {
  const start = performance.now()
  try {
    for (const { document } of requestsIn(read(text).items)) RequestDocumentSchema.parse(document)
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
  }
  if (performance.now() - start > 3000) throw new Error('It took too long.')
}
