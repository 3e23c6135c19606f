import { describe, expect, test } from 'vitest'
import type { RequestDocument } from '#contract/model/request.ts'
import { hideCredentials } from '#core/import/hide-credentials.ts'
import {
  emptyImport,
  importedFolder,
  importedRequest,
  NO_DEFAULTS,
  plainRequest,
  type Imported,
  type ImportedExample,
} from '#core/import/imported.ts'

function importOf(...documents: Partial<RequestDocument>[]): Imported {
  return { ...emptyImport('curl'), items: documents.map((fields, index) => importedRequest(plainRequest(`r${index}`, fields))) }
}

function documentOf(imported: Imported, index = 0): RequestDocument {
  const item = imported.items[index]
  if (item?.kind !== 'request') throw new Error('It is no request.')
  return item.document
}

const row = (name: string, value: string): RequestDocument['headers'][number] => ({ name, value, enabled: true })

describe('hiding credentials', () => {
  test('the secret fields of credentials become references, and their values secrets of the collection', () => {
    const { imported, hidden } = hideCredentials(
      importOf(
        { auth: { kind: 'basic', username: 'ann', password: 'hunter2' } },
        { auth: { kind: 'bearer', token: 'abc' } },
        { auth: { kind: 'apikey', key: 'X-Api-Key', value: 'k1', placement: 'header' } },
      ),
    )

    expect(documentOf(imported, 0).auth).toEqual({ kind: 'basic', username: 'ann', password: '{{password}}' })
    expect(documentOf(imported, 1).auth).toEqual({ kind: 'bearer', token: '{{token}}' })
    expect(documentOf(imported, 2).auth).toMatchObject({ value: '{{api_key}}' })
    expect(imported.secrets).toEqual({ password: 'hunter2', token: 'abc', api_key: 'k1' })
    expect(imported.defaults.variables).toEqual(['password', 'token', 'api_key'].map((name) => ({ ...row(name, ''), secret: true })))
    expect(hidden).toEqual(['password', 'token', 'api_key'])
  })

  test('the same value is the same variable, another value of the name a numbered one', () => {
    const { imported } = hideCredentials(
      importOf(
        { auth: { kind: 'bearer', token: 'one' } },
        { headers: [row('Authorization', 'Bearer one')] },
        { headers: [row('authorization', 'Token two')] },
      ),
    )

    expect(documentOf(imported, 1).headers).toEqual([row('Authorization', 'Bearer {{token}}')])
    expect(documentOf(imported, 2).headers).toEqual([row('authorization', 'Token {{token_2}}')])
    expect(imported.secrets).toEqual({ token: 'one', token_2: 'two' })
  })

  test('headers, cookies, form fields and params that are called like secrets', () => {
    const { imported } = hideCredentials(
      importOf({
        url: 'https://a.test/x?page=1&api_key=s3cr%2Bet&q=a%20b#f',
        params: [
          { ...row('page', '1'), kind: 'query' },
          { ...row('api_key', 's3cr+et'), kind: 'query' },
          { ...row('q', 'a b'), kind: 'query' },
        ],
        headers: [row('Cookie', 'sid=1; theme=dark'), row('Accept', '*/*')],
        cookies: [row('session', 'xyz'), row('theme', 'dark')],
        body: { kind: 'form', rows: [row('user', 'ann'), row('password', 'pw')] },
      }),
    )
    const document = documentOf(imported)

    expect(document.url).toBe('https://a.test/x?page=1&api_key={{api_key}}&q=a%20b#f')
    expect(document.params.map(({ value }) => value)).toEqual(['1', '{{api_key}}', 'a b'])
    expect(document.headers).toEqual([row('Cookie', '{{cookie}}'), row('Accept', '*/*')])
    expect(document.cookies).toEqual([row('session', '{{session}}'), row('theme', 'dark')])
    expect(document.body).toEqual({ kind: 'form', rows: [row('user', 'ann'), row('password', '{{password}}')] })
    expect(imported.secrets).toMatchObject({ api_key: 's3cr+et', password: 'pw' })
  })

  test('the password of a URL and of a proxy', () => {
    const { imported } = hideCredentials(
      importOf({
        url: 'https://ann:p%40ss@a.test/',
        options: { proxies: { https: 'http://me:secret@proxy.test:8080', http: null } },
      }),
    )

    expect(documentOf(imported).url).toBe('https://ann:{{password}}@a.test/')
    expect(documentOf(imported).options.proxies).toEqual({ https: 'http://me:{{proxy_password}}@proxy.test:8080', http: null })
    expect(imported.secrets).toEqual({ password: 'p%40ss', proxy_password: 'secret' })
  })

  test('references and empty values stay', () => {
    const source = importOf({ auth: { kind: 'bearer', token: '{{mine}}' }, headers: [row('X-Token', '')] })

    expect(hideCredentials(source)).toEqual({ imported: { ...source, secrets: {} }, hidden: [] })
  })

  test('variables in clear that are called like secrets become secrets where they stand', () => {
    const variables = [row('password', 'pw'), row('tokenUrl', 'https://a.test/token'), row('base', 'https://a.test')]
    const source: Imported = {
      ...emptyImport('postman'),
      defaults: { ...NO_DEFAULTS, variables: [row('apiKey', 'one')] },
      items: [importedFolder('F', [], { defaults: { ...NO_DEFAULTS, variables: [row('apiKey', 'two')] } })],
      environments: [{ environment: { name: 'Dev', extends: null, dotEnvPath: null, color: null, variables }, secrets: {} }],
    }

    const { imported, hidden } = hideCredentials(source)

    expect(imported.secrets).toEqual({ apiKey: 'one' })
    expect(imported.items[0]).toMatchObject({
      secrets: { apiKey: 'two' },
      defaults: { variables: [{ name: 'apiKey', value: '', secret: true }] },
    })
    expect(imported.environments[0]).toMatchObject({
      secrets: { password: 'pw' },
      environment: { variables: [{ name: 'password', value: '', secret: true }, variables[1], variables[2]] },
    })
    expect(hidden).toEqual(['apiKey', 'apiKey', 'password'])
  })

  test('a secret that is known where it goes is referred to, and its names are not taken', () => {
    const { imported } = hideCredentials(importOf({ auth: { kind: 'bearer', token: 'abc' } }, { auth: { kind: 'bearer', token: 'new' } }), {
      byValue: new Map([['abc', 'shop_token']]),
      taken: new Set(['token']),
    })

    expect(documentOf(imported, 0).auth).toEqual({ kind: 'bearer', token: '{{shop_token}}' })
    expect(documentOf(imported, 1).auth).toEqual({ kind: 'bearer', token: '{{token_2}}' })
    expect(imported.secrets).toEqual({ token_2: 'new' })
  })

  test('examples lose the headers that open an account', () => {
    const example: ImportedExample = {
      name: 'ok',
      description: '',
      method: 'GET',
      url: 'https://a.test/?token=abc',
      requestHeaders: [['Authorization', 'Bearer abc'] as const, ['Accept', '*/*'] as const],
      requestBody: null,
      status: 200,
      statusText: 'OK',
      headers: [['Set-Cookie', 'sid=1']],
      body: '',
    }
    const source: Imported = {
      ...emptyImport('har'),
      items: [importedRequest(plainRequest('r', { auth: { kind: 'bearer', token: 'abc' } }), [example])],
    }

    const [item] = hideCredentials(source).imported.items

    expect(item?.kind === 'request' && item.examples).toMatchObject([
      { url: 'https://a.test/?token={{token}}', requestHeaders: [['Accept', '*/*']], headers: [] },
    ])
  })
})
