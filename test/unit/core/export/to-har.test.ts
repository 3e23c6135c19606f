import { describe, expect, test } from 'vitest'
import type { Har, HarEntry } from '#core/history/har-format.ts'
import { toHar } from '#core/export/har/to-har.ts'
import type { ExportTree } from '#core/export/export-tree.ts'
import { requestItem, shopTree, tree, variable } from '../../../support/export-trees.ts'

function entriesOf(from: ExportTree): readonly HarEntry[] {
  return (JSON.parse(toHar(from).files[0]?.text ?? '') as Har).log.entries
}

describe('a HAR of requests', () => {
  test('has each with the first saved answer', () => {
    const entries = entriesOf(shopTree())

    expect(entries.map(({ request, response, comment }) => [request.method, request.url, response.status, comment])).toEqual([
      ['POST', 'http://localhost:8080/orders?notify=true', 201, 'Orders / Create an order'],
      ['GET', 'http://localhost:8080/orders/7', 0, 'Orders / Read an order'],
      ['POST', 'http://localhost:8080/login', 0, 'Log in'],
      ['POST', 'http://localhost:8080/files', 0, 'Upload'],
      ['PUT', 'http://localhost:8080/notes', 0, 'Put a text'],
    ])
    expect(entries[0]?.request).toMatchObject({
      queryString: [{ name: 'notify', value: 'true' }],
      headers: [
        { name: 'X-Trace', value: 't-1' },
        { name: 'Authorization', value: 'Bearer {{token}}' },
        { name: 'Content-Type', value: 'application/json' },
      ],
      postData: { mimeType: 'application/json', text: '{\n  "amount": 9.5,\n  "tags": [\n    "a"\n  ]\n}' },
    })
    expect(entries[0]?.response).toMatchObject({
      statusText: 'Created',
      content: { mimeType: 'application/json', text: '{\n  "id": 7\n}', size: 13 },
    })
    expect(entries[2]?.request.postData).toEqual({
      mimeType: 'application/x-www-form-urlencoded',
      params: [{ name: 'user', value: 'ada' }],
      text: 'user=ada',
    })
    expect(entries[3]?.request.postData?.params).toEqual([
      { name: 'note', value: 'hello' },
      { name: 'photo', contentType: 'image/png', fileName: 'cat.png' },
    ])
  })

  test('variables have their values, encoded where they stand in a path; secrets are by their names', () => {
    const item = requestItem({
      url: '{{base}}/:id?k={{key}}',
      params: [{ name: 'id', value: '{{who}}', enabled: true, kind: 'path' }],
      variables: [variable('base', 'https://x.example.com'), variable('who', 'a b/c'), variable('key', '', { secret: true })],
      cookies: [{ name: 'sid', value: '{{key}}', enabled: true }],
    })

    const [entry] = entriesOf(tree([item]))

    expect(entry?.request.url).toBe('https://x.example.com/a%20b%2Fc?k={{key}}')
    expect(entry?.request.cookies).toEqual([{ name: 'sid', value: '{{key}}' }])
    expect(entry?.request.headers).toEqual([{ name: 'Cookie', value: 'sid={{key}}' }])
  })

  test('of several environments none is chosen: what the collection says holds', () => {
    const environment = (name: string, value: string) => ({
      name,
      extends: null,
      dotEnvPath: null,
      color: null,
      variables: [variable('host', value), variable('path', name)],
    })
    const defaults = { headers: [], auth: { kind: 'none' as const }, variables: [variable('host', 'own.example.com')], options: {} }
    const item = requestItem({ url: 'https://{{host}}/{{path}}' })

    expect(
      entriesOf(tree([item], { defaults, environments: [environment('a', 'a.example.com'), environment('b', 'b.example.com')] }))[0]
        ?.request.url,
    ).toBe('https://own.example.com/a')
    expect(entriesOf(tree([item], { defaults, environments: [environment('b', 'b.example.com')] }))[0]?.request.url).toBe(
      'https://b.example.com/b',
    )
  })

  test('a URL has no spaces, but in references', () => {
    const [entry] = entriesOf(tree([requestItem({ url: 'https://x.example.com/a b?q=c d&r={{ no such }}' })]))

    expect(entry?.request.url).toBe('https://x.example.com/a%20b?q=c%20d&r={{no such}}')
    expect(entry?.request.queryString[0]).toEqual({ name: 'q', value: 'c d' })
  })

  test('the credentials of Basic are encoded where they are known', () => {
    const auth = { kind: 'basic', username: 'ada', password: 'pw' } as const

    expect(entriesOf(tree([requestItem({ url: 'https://x.example.com', auth })]))[0]?.request.headers).toEqual([
      { name: 'Authorization', value: 'Basic YWRhOnB3' },
    ])
  })

  test('references in them stay, and are told of', () => {
    const auth = { kind: 'basic', username: 'ada', password: '{{password}}' } as const
    const { files, notes } = toHar(tree([requestItem({ url: 'https://x.example.com', auth })]))

    expect(files[0]?.text).toContain('"Basic ada:{{password}}"')
    expect(notes).toMatchObject([{ message: expect.stringContaining('not coded as Base64') }])
  })
})
