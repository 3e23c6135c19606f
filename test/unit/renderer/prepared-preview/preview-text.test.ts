import { DEFAULT_JAR, emptyAuth, NO_LAYERS } from '#contract/model/request-defaults.ts'
import { NodeIdSchema } from '#contract/model/ids.ts'
import type { Auth } from '#contract/model/request.ts'
import { describe, expect, test } from 'vitest'
import type { Preview } from '../../../../src-main/contract/model/prepared.ts'
import { headParts } from '../../../../src-renderer/features/response-viewer/masked-head.ts'
import { hasSecretLast, previewText, wholeText } from '../../../../src-renderer/features/prepared-preview/preview-text.ts'

const preview: Preview = {
  method: 'POST',
  url: 'https://h/a?x=1&key=s3cret',
  target: '/a?x=1&key=s3cret',
  headers: [
    { name: 'host', value: 'h', source: 'engine' },
    { name: 'Authorization', value: 'Basic dXNlcjpwYXNz', source: 'auth' },
    { name: 'X-API-Key', value: 'abc', source: 'auth' },
    { name: 'X-Mine', value: 'abc', source: 'user', row: 0 },
  ],
  route: null,
  bodyBytes: 2,
  bodyText: 'hi',
  bodyTruncated: false,
  retries: null,
  requests: 1,
  layers: NO_LAYERS,
  jar: DEFAULT_JAR,
  headerNotes: [],
  warnings: [],
  problems: [],
}

describe('previewText', () => {
  test('hides credentials and keeps their scheme and everything else', () => {
    const { headers, hasSecrets } = previewText(preview, false, false)

    expect(headers.map(({ value }) => value)).toEqual(['h', 'Basic ••••••••', '••••••••', 'abc'])
    expect(hasSecrets).toBe(true)
  })

  test('says which layer credentials, cookies and params come from', () => {
    const row = (name: string) => ({ name, value: '1', enabled: true })
    const session = { layer: 'session', name: 'alice' } as const
    const layered: Preview = {
      ...preview,
      headers: [...preview.headers, { name: 'Cookie', value: 'a=1', source: 'cookies' }],
      layers: {
        ...NO_LAYERS,
        auth: { auth: emptyAuth('basic'), origin: { layer: 'folder', id: NodeIdSchema.parse('f'), name: 'Users' } },
        cookies: [
          { row: row('a'), origin: session, hidden: false },
          { row: row('b'), origin: { layer: 'collection', id: null, name: 'Shop' }, hidden: true },
        ],
        params: [
          { row: row('p'), origin: session, hidden: false },
          { row: row('q'), origin: session, hidden: false },
        ],
      },
    }
    const { headers, requestSource } = previewText(layered, false, false)

    expect(headers.map(({ source }) => source)).toEqual([
      'engine',
      'Auth, folder Users',
      'Auth, folder Users',
      'you',
      'cookies, session alice',
    ])
    expect(requestSource).toBe('session alice')
    expect(previewText(preview, false, false).requestSource).toBe('')
  })

  test('hides a typed Authorization as well', () => {
    const typed: Preview = { ...preview, headers: [{ name: 'authorization', value: 'Bearer t', source: 'user', row: 0 }] }

    expect(previewText(typed, false, false).headers[0]?.value).toBe('Bearer ••••••••')
  })

  test('shows each header as the head of what was sent does', () => {
    const headers: Preview['headers'] = [
      { name: 'Cookie', value: 'sid=abc', source: 'user', row: 0 },
      { name: 'X-Session', value: 'abc', source: 'user', row: 1 },
    ]
    const shown = previewText({ ...preview, headers }, false, false).headers.map(({ name, value }) => `${name}: ${value}`)

    expect(shown).toEqual(['Cookie: sid=abc', 'X-Session: ••••••••'])
    const sent = ['GET / HTTP/1.1', ...headers.map(({ name, value }) => `${name}: ${value}`)].join('\r\n')
    expect(headParts(sent, false).headerLines).toEqual(shown)
  })

  test('hides a key in the query, the last pair', () => {
    expect(previewText(preview, true, false).requestLine).toBe('POST /a?x=1&key=•••••••• HTTP/1.1')
    expect(previewText(preview, false, false).requestLine).toBe('POST /a?x=1&key=s3cret HTTP/1.1')
  })

  test('revealed, everything is as it is sent', () => {
    const text = previewText(preview, true, true)

    expect(wholeText(text)).toBe(
      'POST /a?x=1&key=s3cret HTTP/1.1\nhost: h\nAuthorization: Basic dXNlcjpwYXNz\nX-API-Key: abc\nX-Mine: abc\n\nhi',
    )
  })

  test('hides the values of secret variables wherever they stand, also encoded', () => {
    const hidden: Preview = {
      ...preview,
      target: '/a%20b?k=a+b',
      headers: [{ name: 'X-Mine', value: 'is a b', source: 'inherited', origin: { layer: 'session', name: 'alice' } }],
      bodyText: '{"k":"a b"}',
      layers: { ...NO_LAYERS, secrets: ['a b'] },
    }
    const text = previewText(hidden, false, false)

    expect(text.requestLine).toBe('POST /••••••••?k=•••••••• HTTP/1.1')
    expect(text.headers).toEqual([{ name: 'X-Mine', value: 'is ••••••••', source: 'session alice' }])
    expect([text.body, text.hasSecrets]).toEqual(['{"k":"••••••••"}', true])
    expect(previewText(hidden, false, true).body).toBe('{"k":"a b"}')
  })

  test('says when there is nothing to hide', () => {
    expect(previewText({ ...preview, headers: [] }, false, false).hasSecrets).toBe(false)
  })
})

describe('hasSecretLast', () => {
  const oauth2 = { ...emptyAuth('oauth2'), tokenPlacement: 'query' } as Auth // of the same kind as the defaults
  const oauth1 = { ...emptyAuth('oauth1'), placement: 'query' } as Auth // of the same kind as the defaults

  test.each([
    [oauth2, '/?a=1&access_token=t', true],
    [oauth2, '/?a=1', false],
    [emptyAuth('oauth2'), '/?access_token=t', false],
    [oauth1, '/?oauth_nonce=n&oauth_signature=s', true],
    [oauth1, '/', false],
    [{ kind: 'apikey', key: 'k', value: 'v', placement: 'query' }, '/?k=v', true],
    [{ kind: 'none' }, '/?k=v', false],
  ] satisfies [Auth, string, boolean][])('%o in %s: %s', (auth, target, expected) => {
    expect(hasSecretLast(auth, target)).toBe(expected)
  })
})
