import { describe, expect, test } from 'vitest'
import { hideCredentials } from '#core/import/hide-credentials.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { Imported } from '#core/import/imported.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

async function read(...contents: readonly object[]): Promise<Imported> {
  const files = contents.map((content, index) => sourceFile(`${index}.json`, JSON.stringify(content)))
  return readImport(files, IMPORTERS, { tools: { progress: () => undefined, id: () => 'id' } })
}

function urlsOf({ items }: Imported): string[] {
  return items.map((item) => (item.kind === 'request' ? item.document.url : ''))
}

describe('addresses without a scheme', () => {
  test('of Postman go by http, also those in a variable of an environment', async () => {
    const request = (url: string): object => ({ name: url, request: { method: 'GET', url } })
    const addresses = ['localhost:8080/a', 'https://h.test', '{{base}}/b?x=1', '{{secure}}/c', '{{unknown}}/d', '{{scheme}}://e', '']
    const collection = { info: { name: 'C', schema: SCHEMA }, item: addresses.map(request) }
    const value = (key: string, of: string): object => ({ key, value: of, enabled: true })
    const environment = {
      name: 'E',
      values: [value('base', 'api.test:81/v1'), value('secure', 'https://s.test'), value('scheme', 'http')],
      _postman_variable_scope: 'environment',
    }

    const imported = await read(collection, environment)

    expect(urlsOf(imported)).toEqual([
      'http://localhost:8080/a',
      'https://h.test',
      'http://{{base}}/b?x=1',
      '{{secure}}/c',
      '{{unknown}}/d',
      '{{scheme}}://e',
      '',
    ])
    expect(imported.notes.map(({ message }) => message)).toEqual([
      '2 addresses have no scheme: it is written in front here, as the program sends them.',
    ])
  })

  test('of Hoppscotch go by https, where they are not this machine’s; of variables of one name the first holds', async () => {
    const request = (endpoint: string, variables: readonly (readonly [string, string])[] = []): object => ({
      v: '7',
      name: endpoint,
      method: 'GET',
      endpoint,
      params: [],
      headers: [],
      auth: { authType: 'none', authActive: true },
      body: { contentType: null, body: null },
      requestVariables: variables.map(([key, value]) => ({ key, value, active: true })),
    })
    const pairs = [['m', 'post'], ['m', 'get'], ['secretKey', 'abcdef0123456789']] as const // prettier-ignore
    const imported = await read({ v: 3, name: 'H', folders: [], requests: [request('h.test/a'), request('localhost:3000', pairs)] })

    expect(urlsOf(imported)).toEqual(['https://h.test/a', 'http://localhost:3000'])
    const { imported: hidden } = hideCredentials(imported)
    const [, second] = hidden.items
    expect(second?.kind === 'request' ? second.document.variables.map(({ name, value }) => `${name}: ${value}`) : []).toEqual([
      'm: post',
      'secretKey: {{secret_key}}',
    ])
    expect(hidden.secrets).toEqual({ secret_key: 'abcdef0123456789' })
  })
})
