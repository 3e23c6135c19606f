import { describe, expect, test } from 'vitest'
import type { RequestDocument } from '#contract/model/request.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { ImportedItem } from '#core/import/imported.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'
import { toPostman } from '#core/export/postman/to-postman.ts'
import type { ExportTree } from '#core/export/export-tree.ts'
import { folderItem, requestItem, shopTree, tree, variable } from '../../../support/export-trees.ts'

const TOOLS = { progress: () => undefined, id: () => 'id' }

function documentsOf(items: readonly ImportedItem[]): RequestDocument[] {
  return items.flatMap((item) => (item.kind === 'request' ? [item.document] : documentsOf(item.items)))
}

async function backAgain(from: ExportTree): Promise<Awaited<ReturnType<typeof readImport>>> {
  const files = toPostman(from).files.map(({ name, text }) => sourceFile(name, text))
  return readImport(files, IMPORTERS, { tools: TOOLS })
}

function messagesOf(from: ExportTree): string[] {
  return toPostman(from).notes.map(({ where, message }) => `${where}: ${message}`)
}

function itemOf(from: ExportTree): Record<string, Record<string, unknown>> {
  const [file] = toPostman(from).files
  const { item } = JSON.parse(file?.text ?? '') as { item: Record<string, Record<string, unknown>>[] }
  return item[0] ?? {}
}

describe('a Postman collection', () => {
  test('read again, it has the same requests', async () => {
    const before = shopTree()

    const after = await backAgain(before)

    expect(documentsOf(after.items)).toEqual(documentsOf(before.items))
    expect(after.name).toBe('Shop')
    expect(after.docs).toBe('All of it.')
    expect(after.defaults.auth).toEqual({ kind: 'bearer', token: '{{token}}' })
    expect(after.items.map((item) => (item.kind === 'folder' ? [item.name, item.docs] : item.document.name))).toEqual([
      ['Orders', 'What was bought.'],
      'Log in',
      'Upload',
      'Put a text',
    ])
    expect(after.environments.map(({ environment }) => environment)).toEqual(before.environments)
  })

  test('says the gate and what is captured in a script', () => {
    const captures = [
      { name: 'token', expression: 'res.body.data[0].token', scope: 'runtime', enabled: true },
      { name: 'where', expression: 'res.headers.location', scope: 'collection', enabled: true },
      { name: 'odd', expression: "res.css('h1')", scope: 'runtime', enabled: true },
    ]
    const from = tree([requestItem({ name: 'R', url: 'https://x.example.com', captures, raiseForStatus: true })])

    expect(itemOf(from)['event']).toEqual([
      {
        listen: 'test',
        script: {
          type: 'text/javascript',
          exec: [
            "pm.test('raise_for_status', () => pm.expect(pm.response.code).to.be.below(400))",
            'if (pm.response.code < 400) {',
            '  pm.environment.set("token", pm.response.json().data[0].token)',
            '  pm.collectionVariables.set("where", pm.response.headers.get("location"))',
            '}',
            expect.stringMatching(/^\/\/ Posthaste 5 [\da-f]{16} \{/),
          ],
        },
      },
    ])
    expect(toPostman(from).notes).toMatchObject([
      { severity: 'lost', message: "The capture of res.css('h1') is kept in a comment: Postman's scripts cannot look at that." },
    ])
  })

  test('keeps its saved answers', async () => {
    const { items } = await backAgain(shopTree())

    const [folder] = items
    const [order] = folder?.kind === 'folder' ? folder.items : []
    expect(order?.kind === 'request' ? order.examples : []).toMatchObject([
      { name: 'Made', description: 'It worked.', status: 201, statusText: 'Created', body: '{\n  "id": 7\n}' },
    ])
  })

  test('a secret has no value, wherever it is defined', () => {
    const secret = variable('token', 'abc', { secret: true })
    const { files } = toPostman(
      tree([requestItem({ variables: [secret] })], {
        defaults: { headers: [], auth: { kind: 'none' }, variables: [secret], options: {} },
        environments: [{ name: 'E', extends: null, dotEnvPath: null, color: null, variables: [secret] }],
      }),
    )

    expect(files).toHaveLength(2)
    for (const { text } of files) {
      expect(text).not.toContain('abc')
      expect(text).toContain('"type": "secret"')
    }
  })

  test('the query stands in rows as it stands in the URL', () => {
    const item = itemOf(tree([requestItem({ url: 'https://a.example.com:8443/x?a=b%20c&d&e=#f' })]))

    expect(item['request']?.['url']).toEqual({
      raw: 'https://a.example.com:8443/x?a=b%20c&d&e=#f',
      protocol: 'https',
      host: ['a', 'example', 'com'],
      port: '8443',
      path: ['x'],
      query: [
        { key: 'a', value: 'b%20c' },
        { key: 'd', value: null },
        { key: 'e', value: '' },
      ],
      hash: 'f',
    })
  })

  test('a header as credentials, and headers of the collection, are in each request', () => {
    const item = itemOf(
      tree([requestItem({})], {
        defaults: {
          headers: [{ name: 'X-App', value: 'a', enabled: true }],
          auth: { kind: 'header', name: 'X-Key', prefix: 'Token ', value: '{{key}}' },
          variables: [],
          options: {},
        },
      }),
    )

    expect(item['request']?.['header']).toEqual([
      { key: 'X-App', value: 'a' },
      { key: 'X-Key', value: 'Token {{key}}' },
    ])
  })

  test('options are written as far as Postman has them; others are named', () => {
    const document = { options: { followRedirects: false, verify: false, stepRedirects: true }, body: { kind: 'text', text: 'x' } } as const
    const exported = toPostman(tree([requestItem({ name: 'R', ...document })]))

    expect(itemOf(tree([requestItem(document)]))['protocolProfileBehavior']).toEqual({
      followRedirects: false,
      strictSSL: false,
      disableBodyPruning: true,
    })
    expect(exported.notes).toEqual([
      { severity: 'lost', where: 'R', line: null, message: 'Options that Postman does not have are not exported: stepRedirects.' },
    ])
  })

  test('a proxy and a client certificate stand beside the request, and come back', async () => {
    const options = {
      proxies: { all: 'http://me:p%40ss@proxy.test:3128' },
      cert: { cert: 'c.pem', key: 'k.pem', passphrase: '{{phrase}}' },
    }
    const from = tree([requestItem({ name: 'R', options })])

    const { proxy, certificate } = itemOf(from)['request'] ?? {}
    expect(proxy).toEqual({
      match: 'http+https://*/*',
      host: 'proxy.test',
      port: 3128,
      tunnel: false,
      disabled: false,
      authenticate: true,
      username: 'me',
      password: 'p@ss',
    })
    expect(certificate).toEqual({ cert: { src: 'c.pem' }, key: { src: 'k.pem' }, passphrase: '{{phrase}}' })
    expect(messagesOf(from)).toEqual([
      'R: Its proxy is written beside it. The Postman app itself takes it from its settings.',
      'R: Its client certificate is written beside it. The Postman app itself takes it from its settings.',
    ])
    const { items } = await backAgain(from)
    expect(documentsOf(items)[0]?.options).toEqual(options)
  })

  test('those of a folder are written to each of its requests', () => {
    const defaults = { headers: [], auth: { kind: 'inherit' }, variables: [], options: { proxies: { https: 'http://p.test:1' } } } as const
    const folder = { ...folderItem('F', [requestItem({ name: 'R' })]), defaults: { ...defaults, headers: [], variables: [] } }

    const item = itemOf(tree([folder])) as unknown as { item: { request: { proxy: object } }[] }
    expect(item.item[0]?.request.proxy).toMatchObject({ match: 'https://*/*', host: 'p.test', port: 1 })
  })

  test.each([
    [{ proxies: { all: 'socks5h://p.test:1' } }, 'Its proxy for all is not exported: it is a SOCKS5H proxy, which Postman does not have.'],
    [{ proxies: { https: null } }, 'That there is no proxy for https is not exported.'],
    [{ verify: 'ca.pem' }, 'Certificates of the authority in ca.pem are to be trusted: add that file in Postman’s settings.'],
    [{ unixSocket: '/s', retry: { total: 1 } }, 'Options that Postman does not have are not exported: unixSocket, retry.'],
  ])('%j is told of', (options, message) => {
    expect(messagesOf(tree([requestItem({ name: 'R', options })]))).toEqual([`R: ${message}`])
  })

  test('one of several proxies is written, and the others are named', () => {
    const from = tree([
      requestItem({ name: 'R', options: { proxies: { http: 'http://a:1', all: 'http://b:2', 'https://h.test': 'http://c:3' } } }),
    ])

    expect(itemOf(from)['request']?.['proxy']).toMatchObject({ host: 'b', port: 2 })
    expect(messagesOf(from)).toEqual([
      'R: Its proxy for http is not exported: Postman has one of a request.',
      'R: Its proxy for https://h.test is not exported: Postman has one of a request.',
      'R: Its proxy is written beside it. The Postman app itself takes it from its settings.',
    ])
  })

  test.each([
    ['ntlm', { type: 'ntlm', ntlm: [] }, 'Of credentials of the kind ntlm only the kind is exported: fill in its fields in Postman.'],
    ['akamai', { type: 'noauth' }, 'Credentials of the kind akamai are not exported: Postman sends none in their place.'],
  ])('credentials of the kind %s do not become those of the collection', (type, auth, message) => {
    const defaults = { headers: [], auth: { kind: 'bearer', token: 't' }, variables: [], options: {} } as const
    const from = tree([requestItem({ name: 'R', auth: { kind: 'unsupported', type } })], {
      defaults: { ...defaults, headers: [], variables: [] },
    })

    expect(itemOf(from)['request']?.['auth']).toEqual(auth)
    expect(messagesOf(from)).toEqual([`R: ${message}`])
  })

  test('options of the collection that Postman does not have are named', () => {
    const defaults = { headers: [], auth: { kind: 'none' as const }, variables: [], options: { timeout: { connect: 1 } } }
    expect(messagesOf(tree([], { defaults }))).toEqual([': Options that Postman does not have are not exported: timeout.'])
  })

  test('the type of a file is a header, and headers of parts are named', () => {
    const file = tree([requestItem({ body: { kind: 'file', path: 'a.bin', contentType: 'image/x-a' } })])
    expect(itemOf(file)['request']?.['header']).toEqual([{ key: 'Content-Type', value: 'image/x-a' }])
    const headers = [{ name: 'X-P', value: '1', enabled: true }]
    const part = { kind: 'text', name: 'p', value: 'v', enabled: true, contentType: '', headers } as const
    const parts = tree([requestItem({ name: 'R', body: { kind: 'multipart', parts: [{ ...part, headers: [...headers] }] } })])
    expect(messagesOf(parts)).toEqual(['R: Headers of parts are not exported: p.'])
  })
})
