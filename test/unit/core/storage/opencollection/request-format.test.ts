import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { newRequestText, readRequest, writeRequest } from '#core/storage/opencollection/request-format.ts'
import { laidOut, layout, notesIn, request } from './arbitraries.ts'

const BRUNO = join(import.meta.dirname, '../../../../fixtures/collections/bruno-3')
const fixture = (name: string): string => readFileSync(join(BRUNO, name), 'utf8')
const read = (text: string): RequestDocument => readRequest(text, 'a.yml', 'a').document
const write = (text: string, document: RequestDocument): string => writeRequest(text, document, 'a.yml', 'a')
const plain = (document: RequestDocument): unknown => JSON.parse(JSON.stringify(document))
const change = (text: string, edit: Partial<RequestDocument>): string => write(text, { ...read(text), ...edit })

describe('any request', () => {
  test('reads back the same from a new file', () => {
    fc.assert(
      fc.property(request, (document) => {
        expect(plain(read(newRequestText(document, 1)))).toEqual(plain(document))
      }),
      { numRuns: 100 },
    )
  })

  test('reads back the same when written over any other file, however that was laid out', () => {
    fc.assert(
      fc.property(request, request, layout, (first, second, how) => {
        const text = laidOut(newRequestText(first, 1), how)
        fc.pre(isReadable(text))

        expect(plain(read(write(text, second)))).toEqual(plain(second))
      }),
      { numRuns: 100 },
    )
  })

  test('written unchanged leaves every byte, however the file was laid out', () => {
    fc.assert(
      fc.property(request, layout, (document, how) => {
        const text = laidOut(newRequestText(document, 1), how)
        fc.pre(isReadable(text))

        expect(write(text, read(text))).toBe(text)
      }),
      { numRuns: 100 },
    )
  })

  test('keeps every comment, key order and the other lines when one field changes', () => {
    fc.assert(
      fc.property(request, layout, fc.constantFrom('GET', 'x'), (document, how, method) => {
        const text = laidOut(newRequestText({ ...document, method: 'POST' }, 1), how)
        fc.pre(isReadable(text))

        const written = change(text, { method })

        expect(notesIn(written)).toEqual(notesIn(text))
        expect(changedLines(text, written)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 100 },
    )
  })

  function isReadable(text: string): boolean {
    try {
      read(text)
      return true
    } catch {
      return false // the library lays out a few texts in ways it cannot read itself
    }
  }
})

describe('a file of Bruno 3', () => {
  test.each(yamlFiles(BRUNO))('%s, opened and saved, is the same bytes', (name) => {
    const text = fixture(name)

    expect(write(text, read(text))).toBe(text)
  })

  test('gives URL and params, headers, body and docs', () => {
    expect(read(fixture('users/Create user.yml'))).toEqual({
      name: 'Create user',
      method: 'POST',
      url: '{{base_url}}/users?notify=true',
      params: [
        { name: 'notify', value: 'true', enabled: true, kind: 'query', description: 'Sends a mail' },
        { name: 'dry', value: '1', enabled: false, kind: 'query' },
      ],
      headers: [
        { name: 'Content-Type', value: 'application/json', enabled: true },
        { name: 'X-Off', value: '1', enabled: false },
      ],
      body: { kind: 'json', text: '{\n  "name": "Ada",\n  "age": 36\n}', asTyped: false },
      auth: { kind: 'inherit' },
      cookies: [],
      options: { followRedirects: true, maxRedirects: 5 },
      variables: [],
      assertions: [{ expression: 'res.status', operator: 'eq', value: '201', enabled: true }],
      scripts: [{ type: 'tests', code: 'test("created", function() {\n  expect(res.status).to.equal(201);\n});' }],
      docs: '# Create a user\n\nNeeds a token.',
    })
  })

  test('reads and writes scripts of runtime.scripts, whatever their lines hold', () => {
    const text =
      'info: { name: A, type: http }\nhttp: { method: GET, url: x }\nruntime:\n  scripts:\n    - type: before-request\n      code: |-\n        // sign it\n        req.setHeader("a", "1");\n'
    const document = read(text)
    expect(document.scripts).toEqual([{ type: 'before-request', code: '// sign it\nreq.setHeader("a", "1");' }])
    expect(write(text, document)).toBe(text)

    const added = { type: 'tests', code: 'test("ok", () => {\n\texpect(res.status).to.equal(200); // {{name}}: #\n});\n' }
    expect(read(write(text, { ...document, scripts: [...(document.scripts ?? []), added] })).scripts).toEqual([
      document.scripts?.[0],
      added,
    ])
  })

  test('takes changed assertions into runtime.assertions, and leaves what else is there', () => {
    const text =
      'info: { name: A, type: http }\nhttp: { method: GET, url: x }\nruntime:\n  # checked\n  assertions:\n    - { expression: res.status, operator: eq, value: 200, other: 1 }\n  scripts: []\n'
    const document = read(text)
    const added = { expression: "res.jsonpath('$.id')", operator: 'eq', value: '12345678901234567890', enabled: false }

    const written = write(text, { ...document, assertions: [...(document.assertions ?? []), added] })

    expect(read(written).assertions).toEqual([{ expression: 'res.status', operator: 'eq', value: '200', enabled: true }, added])
    expect(written).toContain('value: 200, other: 1')
    expect(written).toContain('# checked')
    const { assertions: _, ...without } = document
    expect(read(write(written, without)).assertions).toBeUndefined()
    expect(write(written, without)).toContain('scripts: []')
  })

  test('takes captures into runtime.actions, and leaves the actions that it does not know where they are', () => {
    const text = [
      'info: { name: A, type: http }',
      'http: { method: GET, url: x }',
      'runtime:',
      '  actions:',
      '    - type: set-variable',
      '      phase: before-request',
      '      selector: { expression: req.url, method: jsonq }',
      '      variable: { name: before, scope: runtime }',
      '    # the token',
      '    - type: set-variable',
      '      phase: after-response',
      '      selector: { expression: res.body.token, method: jsonq }',
      '      variable: { name: token, scope: environment }',
      '    - { type: play-sound }',
      '',
    ].join('\n')
    const document = read(text)
    const token = { name: 'token', expression: 'res.body.token', scope: 'environment', enabled: true }
    const added = { name: 'id', expression: "res.headers['x-id']", scope: 'runtime', enabled: false }
    expect(document.captures).toEqual([token])

    const written = write(text, { ...document, captures: [{ ...token, scope: 'collection' }, added] })

    expect(read(written).captures).toEqual([{ ...token, scope: 'collection' }, added])
    expect(written).toContain('# the token')
    expect(written).toContain('{ type: play-sound }')
    expect(written).toContain('phase: before-request')
    const { captures: _, ...without } = document
    expect(read(write(written, without)).captures).toBeUndefined()
    expect(write(written, without)).toContain('{ type: play-sound }')
  })

  test('keeps the gate and the messages of a status under posthaste', () => {
    const text = 'info: { name: A, type: http }\nhttp: { method: GET, url: x }\n'
    const asked = { raiseForStatus: true as const, statusMessages: [{ status: '400', show: 'res.body.message', enabled: true }] }

    const written = write(text, { ...read(text), ...asked })

    expect(written).toContain('raise_for_status: true')
    expect(read(written)).toEqual({ ...read(text), ...asked })
    expect(write(written, read(text))).toBe(text)
    expect(read(`${text}posthaste: { status_messages: { 400: res.body.message } }\n`).statusMessages).toEqual(asked.statusMessages)
  })

  test('gives path params, basic credentials and a timeout in seconds', () => {
    const document = read(fixture('users/Get user.yml'))

    expect(document.params).toEqual([{ name: 'id', value: '42', enabled: true, kind: 'path' }])
    expect(document.auth).toEqual({ kind: 'basic', username: 'ada', password: '{{password}}' })
    expect(document.options).toEqual({ timeout: { total: 1.5 }, followRedirects: false, maxRedirects: 5 })
  })

  test('gives several files under one name', () => {
    expect(read(fixture('Upload.yml')).body).toEqual({
      kind: 'multipart',
      parts: [
        { kind: 'text', name: 'caption', value: 'Hello', enabled: true, contentType: '', headers: [] },
        {
          kind: 'file',
          name: 'photos',
          files: ['files/a.jpg', 'files/b.jpg'],
          filename: '',
          enabled: true,
          contentType: 'image/jpeg',
          headers: [],
        },
        { kind: 'file', name: 'unused', files: [], filename: '', enabled: false, contentType: '', headers: [] },
      ],
    })
  })

  test('gives the selected file, and editing it leaves the others', () => {
    const text = fixture('Send file.yml')

    expect(read(text).body).toEqual({ kind: 'file', path: 'files/new.bin', contentType: 'application/x-thing' })
    expect(change(text, { body: { kind: 'file', path: './c.bin', contentType: 'application/x-thing' } })).toBe(
      text.replace('files/new.bin', './c.bin'),
    )
  })

  test('keeps credentials of a kind it does not know, word for word', () => {
    const text = fixture('Send file.yml').replace('flow: client_credentials', 'flow: implicit')

    expect(read(text).auth).toEqual({ kind: 'unsupported', type: 'oauth2' })
    expect(change(text, { method: 'POST' })).toBe(text.replace('method: PUT', 'method: POST'))
  })

  test('changes one field of OAuth 2.0 credentials and leaves the rest as it was written', () => {
    const text = fixture('Send file.yml')
    const { auth } = read(text)

    expect(auth).toMatchObject({ kind: 'oauth2', flow: 'client_credentials', clientId: 'shop', clientAuth: 'body', tokenPrefix: 'Bearer' })
    expect(auth.kind === 'oauth2' && change(text, { auth: { ...auth, clientId: 'store' } })).toBe(
      text.replace('clientId: shop', 'clientId: store'),
    )
  })

  test('gives a GraphQL item as a body of that kind', () => {
    const document = read(fixture('Search.yml'))

    expect(document.body).toEqual({
      kind: 'graphql',
      query: 'query Search($text: String!) {\n  items(text: $text) { id }\n}',
      variables: '{\n  "text": "sea"\n}',
    })
    expect(document.auth).toEqual({ kind: 'apikey', key: 'X-Api-Key', value: '{{key}}', placement: 'header' })
  })

  test.each([
    ['type at the top.yml', { name: 'Top level', url: 'http://localhost/old' }],
    [
      'documented.yml',
      { auth: { kind: 'basic', username: 'admin', password: 'secret' }, params: [{ name: 'id', value: '7', enabled: true, kind: 'path' }] },
    ],
    ['runtime auth.yml', { method: 'POST', auth: { kind: 'bearer', token: 'abc' } }],
    ['variants.yml', { body: { kind: 'text', text: 'many words' } }],
  ])('in an older or documented variant is understood: %s', (name, expected) => {
    const document = read(fixture(`Old items/${name}`))

    const params = document.params.filter((row) => row.kind === 'path')
    expect({ ...document, params }).toMatchObject(expected)
  })

  test.each([
    ['documented.yml', { auth: { kind: 'basic', username: 'root', password: 'secret' } }, 'username: admin', 'username: root'],
    ['runtime auth.yml', { auth: { kind: 'bearer', token: 'xyz' } }, 'token: abc', 'token: xyz'],
    ['variants.yml', { body: { kind: 'text', text: 'few words' } }, 'many words', 'few words'],
    ['type at the top.yml', { name: 'New' }, 'name: Top level', 'name: New'],
  ] as const)('in such a variant is edited where it stands: %s', (name, edit, from, to) => {
    const text = fixture(`Old items/${name}`)

    expect(change(text, edit)).toBe(text.replace(from, to))
  })
})

describe('writing', () => {
  const base = '# mine\ninfo:\n  name: A   # the name\n  type: http\n  seq: 3\nhttp:\n  method: GET\n  url: http://x/\nfuture: [1, 2]\n'

  test('changes only the value that changed', () => {
    expect(change(base, { name: 'B: c' })).toBe(base.replace('name: A ', 'name: "B: c" '))
  })

  test('puts a new section where it usually stands', () => {
    const written = change(base, { headers: [{ name: 'X', value: '1', enabled: false }], auth: { kind: 'inherit' } })

    expect(written).toBe(
      base.replace(
        'url: http://x/\n',
        'url: http://x/\n  headers:\n    - name: X\n      value: "1"\n      disabled: true\n  auth: inherit\n',
      ),
    )
  })

  test('takes out a section that is empty, and no more', () => {
    const withHeaders = change(base, { headers: [{ name: 'X', value: '1', enabled: true }], options: { verify: false } })

    expect(change(withHeaders, { headers: [], options: {} })).toBe(base)
  })

  test('writes text of several lines as a literal block, in the indentation that is there', () => {
    const text = `${base}docs: |-\n     one\n     two\n`

    expect(change(text, { docs: 'one\n\n  2' })).toBe(`${base}docs: |-\n     one\n\n       2\n`)
  })

  test('keeps line ends of Windows and a byte order mark', () => {
    const text = `\uFEFF${base.replaceAll('\n', '\r\n')}`

    const written = change(text, { body: { kind: 'text', text: 'a\nb' } })

    expect(written.startsWith('\uFEFF# mine\r\n')).toBe(true)
    expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(read(written).body).toEqual({ kind: 'text', text: 'a\nb' })
  })

  test('keeps a carriage return that was typed', () => {
    const body = { kind: 'text', text: 'a\r\nb\r' } as const

    expect(read(change(base, { body })).body).toEqual(body)
  })

  test('moves a row with its comments and unknown keys', () => {
    const rows =
      'headers:\n    # about A\n    - name: A\n      value: "1"\n    # about B\n    - name: B\n      value: "2"\n      colour: red\n'
    const text = base.replace('url: http://x/\n', `url: http://x/\n  ${rows}`)
    const [first, second] = read(text).headers

    const written = change(text, { headers: [second!, first!] })

    expect(written).toContain('    # about B\n    - name: B\n      value: "2"\n      colour: red\n    - name: A')
    expect(written).toContain('# about A')
  })

  test('keeps the spelling of a number that is read as text', () => {
    const text = base.replace('url: http://x/\n', 'url: http://x/\n  headers:\n    - name: V\n      value: 1.10\n')

    const written = change(text, { headers: [{ name: 'V', value: '1.10', enabled: false }] })

    expect(written).toContain('value: 1.10\n      disabled: true')
    expect(read(written).headers).toEqual([{ name: 'V', value: '1.10', enabled: false }])
  })

  test('edits what an alias stands for without changing the other places', () => {
    const text = `${base.replace('future: [1, 2]', 'shared: &rows\n  - name: A\n    value: "1" # kept')}posthaste:\n  cookies: *rows\n`
    const withHeaders = text.replace('url: http://x/\n', 'url: http://x/\n  headers: *rows\n').replace(/shared:[^]*?# kept\n/, '')
    const reordered = `shared: &rows\n  - name: A\n    value: "1" # kept\n${withHeaders}`

    const written = change(reordered, { headers: [{ name: 'A', value: '2', enabled: true }] })

    expect(read(written).headers).toEqual([{ name: 'A', value: '2', enabled: true }])
    expect(read(written).cookies).toEqual([{ name: 'A', value: '1', enabled: true }])
    expect(written).toContain('# kept')
  })

  test('turns an HTTP request into a GraphQL item and back', () => {
    const graphql = change(base, { body: { kind: 'graphql', query: '{\n  a\n}', variables: '' } })

    expect(parse(graphql)).toMatchObject({ info: { type: 'graphql' }, graphql: { url: 'http://x/', body: { query: '{\n  a\n}' } } })
    expect(change(graphql, { body: { kind: 'none' } })).toBe(base)
  })

  test('puts what the format has no word for beside the thing it extends', () => {
    const document: RequestDocument = {
      ...emptyRequest('A'),
      body: {
        kind: 'multipart',
        parts: [
          {
            kind: 'file',
            name: 'file',
            files: ['./sid.jpg'],
            filename: 'фото.jpg',
            contentType: 'image/jpeg',
            enabled: true,
            headers: [{ name: 'X-Part', value: '1', enabled: true }],
          },
        ],
      },
      auth: { kind: 'header', name: 'Authorization', prefix: 'Token ', value: 'abc' },
      cookies: [{ name: 'cillian', value: '123', enabled: true }],
      options: { timeout: { connect: 3.05, read: 27, total: 60 }, verify: './ca.pem' },
    }

    const file: unknown = parse(newRequestText(document, 1))

    expect(file).toMatchObject({
      http: {
        body: {
          type: 'multipart-form',
          data: [
            {
              name: 'file',
              type: 'file',
              value: ['./sid.jpg'],
              contentType: 'image/jpeg',
              posthaste: { filename: 'фото.jpg', headers: [{ name: 'X-Part', value: '1' }] },
            },
          ],
        },
        auth: {
          type: 'apikey',
          key: 'Authorization',
          value: 'Token abc',
          placement: 'header',
          posthaste: { kind: 'header', prefix: 'Token ' },
        },
      },
      settings: { timeout: 60_000 },
      posthaste: { cookies: [{ name: 'cillian', value: '123' }], timeout: { connect: 3.05, read: 27 }, verify: './ca.pem' },
    })
  })

  test('writes no default: an empty request is a few lines', () => {
    expect(newRequestText({ ...emptyRequest('Ping'), url: 'http://x/' }, 1)).toBe(
      'info:\n  name: Ping\n  type: http\n  seq: 1\n\nhttp:\n  method: GET\n  url: http://x/\n',
    )
  })

  test('writes the query both in the URL and in the params, where either changed', () => {
    const text = base.replace('http://x/', 'http://x/?a=1')

    const written = change(text, { url: 'http://x/?a=1&b=%20', params: [row('a', '1'), row('b', ' ')] })

    expect(parse(written)).toMatchObject({
      http: {
        url: 'http://x/?a=1&b=%20',
        params: [
          { name: 'a', value: '1', type: 'query' },
          { name: 'b', value: ' ', type: 'query' },
        ],
      },
    })
  })

  test('keeps how a row that is off stood in the URL, and only while it is off', () => {
    const text = base.replace('http://x/', 'http://x/?a=1')
    const off: RequestDocument['params'][number] = { ...row('b', 'ü'), enabled: false, raw: '&b=ü' }

    const written = change(text, { params: [row('a', '1'), off] })
    const back = change(written, { url: 'http://x/?a=1&&b=ü', params: [row('a', '1'), row('b', 'ü')] })

    expect(parse(written)).toMatchObject({ http: { params: [{}, { name: 'b', value: 'ü', disabled: true, posthaste: { raw: '&b=ü' } }] } })
    expect(read(written).params).toEqual([row('a', '1'), off])
    expect(back).not.toMatch(/disabled|posthaste/)
  })

  function row(name: string, value: string): RequestDocument['params'][number] {
    return { name, value, enabled: true, kind: 'query' }
  }
})

describe('a file that is no request', () => {
  test.each([
    ['', 'it is empty'],
    ['- a\n', 'not a mapping'],
    ['services: {}\n', 'neither info.type nor http'],
    ['type: object\nproperties: {}\n', 'neither info.type nor http'],
    ['info:\n  type: grpc\n', 'it is a gRPC request'],
    ['info:\n  type: soap\n', '"soap" is not known'],
    ['info: {type: http}\nhttp: {body: {type: protobuf, data: x}}\n', 'body type "protobuf"'],
    ['a: 1\n---\nb: 2\n', 'more than one YAML document'],
    ['info:\n  type: http\nhttp:\n  url: a\n  url: b\n', 'map keys must be unique (line 5, column 3)'],
    ['info:\n  type: "http\n', '(line 3, column 1)'],
    [
      `a: &a [x]\n${'bcdefghij'.replace(/./g, (name, index: number) => `${name}: &${name} [${`*${'abcdefghi'[index]}, `.repeat(9)}]\n`)}`,
      'stand for too much',
    ],
  ])('says why in one sentence: %#', (text, why) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ kind: 'Unreadable', message: expect.stringContaining(why) }))
  })

  test('tells the line and the column apart from the sentence', () => {
    expect(() => read('info:\n\tname: x\n')).toThrow(
      expect.objectContaining({ parts: expect.objectContaining({ details: { line: 2, column: 1 } }) }),
    )
  })

  test('never throws anything else, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ':', ' ', '\n', '-', '{', '[', '"', '&', '*', '|', 'info', 'http', '\t'), maxLength: 60 }),
        (text) => {
          try {
            read(text)
          } catch (error) {
            expect(error).toMatchObject({ kind: 'Unreadable' })
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})

function yamlFiles(folder: string): string[] {
  const skipped = ['broken.yml', 'Hello service.yml', 'folder.yml', 'opencollection.yml', 'Local.yml']
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.yml') && !skipped.some((other) => name.endsWith(other)),
  )
}

function changedLines(before: string, after: string): number {
  const [one, other] = [before.split('\n'), after.split('\n')]
  return one.length === other.length ? one.filter((line, index) => line !== other[index]).length : Number.POSITIVE_INFINITY
}
