import { describe, expect, test } from 'vitest'
import { newRequestDocument } from '#contract/model/request-defaults.ts'
import {
  exampleRequest,
  readExamples,
  renamedExample,
  withExample,
  withoutExample,
} from '../../../../../src-main/core/storage/opencollection/examples-format.ts'
import { readRequest, writeRequest } from '../../../../../src-main/core/storage/opencollection/request-format.ts'

const FILE = `info: { name: Get user, type: http, seq: 1 }
http:
  method: GET
  url: "{{base}}/users/:id" # where they live
# what the server says
examples:
  - name: Found # the usual
    description: { content: One user., type: text/markdown }
    x-own: kept
    request:
      url: "{{base}}/users/1"
      method: GET
      headers: [ { name: Accept, value: application/json }, { name: X-Off, value: "1", disabled: true } ]
    response:
      status: 200
      statusText: OK
      headers:
        - { name: Content-Type, value: application/json }
      body:
        type: json
        data: |-
          {"id": 12345678901234567890}
  - name: Gone
    response: { status: "404" }
docs: Says who it is.
`
const NAME = 'Get user.yml'

describe('examples of a request file', () => {
  test('are read as Bruno writes them, and forgivingly', () => {
    expect(readExamples(FILE, NAME)).toEqual([
      {
        name: 'Found',
        description: 'One user.',
        request: { method: 'GET', url: '{{base}}/users/1', headers: [['Accept', 'application/json']], body: null },
        response: {
          status: 200,
          statusText: 'OK',
          headers: [['Content-Type', 'application/json']],
          body: { type: 'json', data: '{"id": 12345678901234567890}' },
        },
      },
      {
        name: 'Gone',
        description: '',
        request: { method: 'GET', url: '', headers: [], body: null },
        response: { status: 404, statusText: '', headers: [], body: null },
      },
    ])
    for (const text of ['', 'info: { name: x }\n', 'examples: none\n', 'examples:\n']) expect(readExamples(text, NAME)).toEqual([])
    expect(() => readExamples('examples: [', NAME)).toThrow(expect.objectContaining({ kind: 'Unreadable' }))
  })

  test('stay as they are, comments and all, while the request is edited', () => {
    const { document } = readRequest(FILE, NAME, 'x')

    const text = writeRequest(FILE, { ...document, method: 'HEAD', docs: 'Other.' }, NAME, 'x')

    expect(text).toBe(
      FILE.replace('method: GET\n  url: "{{base}}/users/:id"', 'method: HEAD\n  url: "{{base}}/users/:id"').replace(
        'docs: Says who it is.',
        'docs: Other.',
      ),
    )
  })

  test('are added, and nothing else of the file changes', () => {
    const added = withExample(FILE, { name: 'New', response: { status: 201, body: { type: 'text', data: 'a: b\n# c\n\ttab' } } }, NAME)

    expect(readExamples(added, NAME).map(({ name }) => name)).toEqual(['Found', 'Gone', 'New'])
    expect(readExamples(added, NAME)[2]?.response.body).toEqual({ type: 'text', data: 'a: b\n# c\n\ttab' })
    expect(withoutExample(added, 2, NAME).text).toBe(FILE)
  })

  test('are put before the docs of a file that had none, and leave it as it was when the last is gone', () => {
    const bare = 'info:\n  name: Bare\n  type: http\n\nhttp:\n  method: GET\n  url: http://h/\n\n# About it\ndocs: Words.\n'

    const added = withExample(bare, { name: 'One', response: { status: 200 } }, NAME)

    expect(added).toMatch(/url: http:\/\/h\/\n[\s\S]*examples:\n +- name: One\n[\s\S]*# About it\ndocs: Words\.\n$/)
    expect(readExamples(withoutExample(added, 0, NAME).text, NAME)).toEqual([])
    expect(withoutExample(added, 0, NAME).text).not.toContain('examples')
  })

  test('are renamed in place, removed, and brought back to their place', () => {
    const renamed = renamedExample(FILE, 0, 'It: "is" there', NAME)
    expect(readExamples(renamed, NAME)[0]?.name).toBe('It: "is" there')
    expect(renamed.split('\n').filter((line) => !FILE.includes(line))).toHaveLength(1)
    expect(renamed).toContain('# the usual')

    const { text, example } = withoutExample(FILE, 0, NAME)
    expect(readExamples(text, NAME).map(({ name }) => name)).toEqual(['Gone'])
    expect(example).toMatchObject({ name: 'Found', 'x-own': 'kept' })
    expect(readExamples(withExample(text, example, NAME, 0), NAME)).toEqual(readExamples(FILE, NAME))
  })

  test.each([
    '{"a":1}',
    'line\r\nother\r\n',
    '  leading',
    'trailing  \n',
    '\u0007bell \u2028 \ufeff',
    '',
    '- x',
    '"quoted"',
    '🙂',
    'x'.repeat(5000),
  ])('keep a body to the letter: %j', (data) => {
    const text = withExample(FILE, { name: 'B', response: { body: { type: 'text', data } } }, NAME)

    expect(readExamples(text, NAME)[2]?.response.body?.data).toBe(data)
  })

  test('have the request as it was typed, without its credentials', () => {
    const document = {
      ...newRequestDocument(),
      method: 'POST',
      url: '{{base}}/users?page=1',
      headers: [{ name: 'X-A', value: '{{token}}', enabled: true }],
      body: { kind: 'json' as const, text: '{"n":1}', asTyped: false },
      auth: { kind: 'bearer' as const, token: 'sk-live-1' },
    }

    expect(exampleRequest(document)).toMatchObject({
      url: '{{base}}/users?page=1',
      method: 'POST',
      headers: [{ name: 'X-A', value: '{{token}}' }],
      body: { type: 'json', data: '{"n":1}' },
    })
    expect(JSON.stringify(exampleRequest(document))).not.toContain('sk-live-1')
  })
})
