import { describe, expect, test } from 'vitest'
import type { Part } from '#contract/model/request.ts'
import { toHttpFile } from '#core/export/http-file/to-http-file.ts'
import type { ExportTree } from '#core/export/export-tree.ts'
import { requestItem, shopTree, tree, variable } from '../../../support/export-trees.ts'

function textOf(from: ExportTree): string {
  return toHttpFile(from).files[0]?.text ?? ''
}

describe('an .http file', () => {
  test('has no spaces in its URLs, where they would end', () => {
    expect(textOf(tree([requestItem({ name: 'R', url: 'https://x.example.com/a b?q=c d&r={{ no such }}' })]))).toBe(
      '### R\nGET https://x.example.com/a%20b?q=c%20d&r={{ no such }}\n',
    )
  })

  test('has each request with what is around it', () => {
    expect(textOf(shopTree())).toBe(`### Orders / Create an order
# Makes one.
POST {{baseUrl}}/orders?notify=true
X-Trace: t-1
Content-Type: application/json
Authorization: Bearer {{token}}

{
  "amount": 9.5,
  "tags": [
    "a"
  ]
}

### Orders / Read an order
GET {{baseUrl}}/orders/7
Authorization: Basic ada {{password}}

### Log in
POST {{baseUrl}}/login
Content-Type: application/x-www-form-urlencoded

user=ada

### Upload
POST {{baseUrl}}/files
Content-Type: multipart/form-data; boundary=boundary-4
Authorization: Bearer {{token}}

--boundary-4
Content-Disposition: form-data; name="note"

hello
--boundary-4
Content-Disposition: form-data; name="photo"; filename="cat.png"
Content-Type: image/png

< cat.png
--boundary-4--

### Put a text
PUT {{baseUrl}}/notes
Content-Type: text/plain
Authorization: Bearer {{token}}

a
b
`)
  })

  test('environments stand in the file that JetBrains reads beside it, secrets without their values', () => {
    const environment = {
      name: 'E',
      extends: null,
      dotEnvPath: null,
      color: null,
      variables: [variable('host', 'x'), variable('key', 'abc', { secret: true })],
    }

    const { files } = toHttpFile(tree([], { environments: [environment] }))

    expect(files[1]).toEqual({ name: 'http-client.env.json', text: '{\n  "E": {\n    "host": "x",\n    "key": ""\n  }\n}\n' })
  })

  test('variables of the collection stand at its head, but for secrets and what environments define', () => {
    const variables = [
      variable('a', '1\n2'),
      variable('b', '2'),
      variable('c', 'abc', { secret: true }),
      variable('d', '4', { enabled: false }),
    ]
    const environment = { name: 'E', extends: null, dotEnvPath: null, color: null, variables: [variable('b', 'x')] }
    const defaults = { headers: [], auth: { kind: 'none' as const }, variables, options: {} }

    expect(textOf(tree([requestItem({ name: 'R', url: 'https://x.example.com' })], { defaults, environments: [environment] }))).toBe(
      '@a = 1 2\n\n### R\nGET https://x.example.com\n',
    )
  })

  test('a row that is off is a comment, and no line can be broken into', () => {
    const headers = [
      { name: 'X-Off', value: '1', enabled: false },
      { name: 'X-On', value: 'a\r\nX-Evil: b', enabled: true },
    ]
    const item = requestItem({
      name: 'Two\nlines',
      url: 'https://x.example.com',
      headers,
      docs: 'One.\n\nTwo.',
      options: { followRedirects: false },
    })

    expect(textOf(tree([item]))).toBe(
      '### Two lines\n# One.\n#\n# Two.\n# @no-redirect\nGET https://x.example.com\nX-On: a X-Evil: b\n# X-Off: 1\n',
    )
  })

  test('what it does not have is named', () => {
    const item = requestItem({
      name: 'R',
      url: 'https://x.example.com',
      auth: { kind: 'awsv4', accessKeyId: '', secretAccessKey: '', sessionToken: '', service: '', region: '' },
      scripts: [{ type: 'tests', code: 'x' }],
      options: { http2: true },
    })

    expect(toHttpFile(tree([item])).notes.map(({ message }) => message)).toEqual([
      'Scripts are not exported.',
      'Options that an .http file does not have are not exported: http2.',
      'Credentials of the kind awsv4 are not in it.',
    ])
  })
})

describe('texts that try to be more than texts in an .http file', () => {
  test.each([
    ['the next request', 'a\n###\nGET https://evil.test/'],
    ['a file to send', '< /etc/passwd'],
    ['a file with references', '<@utf8 ./secret.txt'],
    ['a script to run', '{}\n\n> {% client.global.set("a", 1) %}'],
    ['where the answer goes', '{}\n>>! /home/me/.bashrc'],
  ])('a body is put into a file of its own where it would be %s', (_what, text) => {
    const item = requestItem({ name: 'R', method: 'POST', url: 'https://a.test/', body: { kind: 'text', text } })

    const { files } = toHttpFile(tree([item]))

    expect(files[0]?.text).toBe('### R\nPOST https://a.test/\nContent-Type: text/plain\n\n< ./Shop.body-1.txt\n')
    expect(files[1]).toEqual({ name: 'Shop.body-1.txt', text })
  })

  test.each(['<a>\n  <b/>\n</a>', 'a < b\nb > a', '# no comment', '> '])('a body that is a text stays where it is: %j', (text) => {
    const item = requestItem({ name: 'R', method: 'POST', url: 'https://a.test/', body: { kind: 'xml', text } })

    expect(textOf(tree([item]))).toContain(`\n\n${text}\n`)
  })

  test('names, docs and rows end no line', () => {
    const evil = 'a\r\n###\rGET https://evil.test/'
    const row = { name: evil, value: evil, enabled: true }
    const item = requestItem({
      name: evil,
      docs: evil,
      method: evil,
      url: 'https://a.test/',
      headers: [row, { ...row, enabled: false }],
      cookies: [row],
      body: { kind: 'file', path: evil, contentType: evil },
    })

    const text = textOf(tree([item], { defaults: { headers: [], auth: { kind: 'none' }, variables: [variable(evil, evil)], options: {} } }))

    expect(text.split(/[\r\n]+/).filter((line) => /^(?:###|GET)/.test(line))).toEqual(['### a ### GET https://evil.test/'])
  })

  test('a part that holds such lines is told of', () => {
    const part: Part = { kind: 'text', name: 'a', value: '< /etc/passwd', enabled: true, contentType: '', headers: [] }
    const item = requestItem({ name: 'R', method: 'POST', url: 'https://a.test/', body: { kind: 'multipart', parts: [part] } })

    expect(toHttpFile(tree([item])).notes).toMatchObject([{ message: 'Lines of its body are read as something else: ###, < or >.' }])
  })
})
