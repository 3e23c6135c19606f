import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Example } from '#contract/model/example.ts'
import type { Exchange, HeaderList, ReceivedResponse } from '#contract/model/exchange.ts'
import { BodyIdSchema, type CollectionId, type NodeId } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Collection } from '#contract/model/workspace.ts'
import { hash } from 'node:crypto'
import { coreKit } from '../../../support/core-kit.ts'

const FILE = 'info: { name: Get, type: http }\nhttp:\n  method: GET # as it is\n  url: "http://h.test/users"\n'

async function shop() {
  const kit = await coreKit()
  const dir = join(kit.dataDir, 'collections', 'shop')
  await mkdir(dir, { recursive: true })
  await writeFile(
    join(dir, 'opencollection.yml'),
    'opencollection: "1.0.0"\ninfo: { name: Shop }\nrequest: { variables: [ { name: token, secret: true } ] }\n',
  )
  await writeFile(join(dir, 'Get.yml'), FILE)
  const { collections } = (await kit.call('workspace.read', {})) as { collections: Collection[] }
  const shop = collections.find(({ name }) => name === 'Shop')
  const id = shop?.nodes[0]?.id as NodeId
  const document = { ...emptyRequest(), name: 'Get', url: 'http://h.test/users' }
  const keep = async (body: Uint8Array): Promise<void> => {
    const path = join(kit.dataDir, 'bodies', hash('sha256', body).slice(0, 2))
    await mkdir(path, { recursive: true })
    await writeFile(join(path, hash('sha256', body)), body)
  }
  const response = async (body: string | Uint8Array, headers: HeaderList = []): Promise<ReceivedResponse> => {
    const bytes = Buffer.from(body)
    await keep(bytes)
    return {
      url: 'http://h.test/users',
      status: 200,
      reason: 'OK',
      httpVersion: '1.1',
      headers,
      informational: [],
      trailers: [],
      cookies: [],
      encoding: 'utf-8',
      encodingFrom: 'default',
      bodyBytes: bytes.length,
      wireBytes: bytes.length,
      bodyId: BodyIdSchema.parse(hash('sha256', bytes)),
    }
  }
  const add = (name: string, from: ReceivedResponse, more: object = {}) =>
    kit.core.call(
      'example.add',
      { id, name, document, response: from, ...more },
      { signal: new AbortController().signal, clientId: 'test' },
    )
  const list = async () => ((await kit.call('example.list', { id })) as { examples: Example[] }).examples
  const text = () => readFile(join(dir, 'Get.yml'), 'utf8')
  const write = (content: string) => writeFile(join(dir, 'Get.yml'), content)
  return { ...kit, id, collectionId: shop?.id as CollectionId, response, add, list, text, write }
}

test('an answer is kept in the file, opened as an exchange, renamed, removed and brought back', async () => {
  const { call, id, response, add, list, text } = await shop()
  const json = '{"n":12345678901234567890}'

  expect(
    await add(
      'Found',
      await response(json, [
        ['Content-Type', 'application/json'],
        ['X-A', '1'],
      ]),
    ),
  ).toMatchObject({
    ok: true,
    value: { index: 0, leftOut: [] },
  })
  expect((await text()).startsWith(FILE)).toBe(true)
  expect(await list()).toEqual([
    { index: 0, name: 'Found', description: '', method: 'GET', url: 'http://h.test/users', status: 200, statusText: 'OK' },
  ])

  const { exchange } = (await call('example.open', { id, index: 0, name: 'Found' })) as { exchange: Exchange }
  expect(exchange.response).toMatchObject({
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['X-A', '1'],
    ],
    encoding: 'utf-8',
    encodingFrom: 'file',
  })
  const { base64 } = (await call('body.bytes', { id: exchange.response?.bodyId, offset: 0, length: 1000 })) as { base64: string }
  expect(Buffer.from(base64, 'base64').toString()).toBe(json)

  await call('example.rename', { id, index: 0, name: 'Found', to: 'Fine' })
  await expect(call('example.open', { id, index: 0, name: 'Found' })).rejects.toThrow(/NotFound/)
  const before = await text()
  const { removal } = (await call('example.remove', { id, index: 0, name: 'Fine' })) as { removal: string }
  expect(await text()).toBe(FILE)
  await call('example.restore', { removal })
  expect(await text()).toBe(before)
  await expect(call('example.restore', { removal })).rejects.toThrow(/NotFound/)
})

test('one that was removed comes back with its comments, also into a file that has changed', async () => {
  const { call, id, list, text, write } = await shop()
  const example = (name: string): string =>
    `  # why there is ${name}\n  - name: ${name} # its name\n    response:\n      status: 200 # fine\n`
  const file = `${FILE}examples:\n${['A', 'B', 'C'].map(example).join('')}docs: words\n`
  await write(file)
  const remove = async (index: number, name: string): Promise<string> =>
    ((await call('example.remove', { id, index, name })) as { removal: string }).removal

  await call('example.restore', { removal: await remove(1, 'B') })
  expect(await text()).toBe(file)

  const removal = await remove(1, 'B')
  await write((await text()).replace('method: GET', 'method: HEAD').replace('docs: words', 'docs: other words'))
  await call('example.restore', { removal })
  expect(await text()).toBe(file.replace('method: GET', 'method: HEAD').replace('docs: words', 'docs: other words'))

  const last = await remove(2, 'C')
  await write((await text()).replace('  - name: B # its name', '  - name: Bee').replace(/status: 200(?![\s\S]*status: 200)/, 'status: 404'))
  await call('example.restore', { removal: last })
  expect((await list()).map(({ name, status }) => [name, status])).toEqual([
    ['A', 200],
    ['Bee', 404],
    ['C', 200],
  ])
})

test('headers that may hold a secret are left out, and said so', async () => {
  const { response, add, text } = await shop()
  const headers: HeaderList = [
    ['Set-Cookie', 'sid=abcdef'],
    ['X-Auth-Token', 'tok-123'],
    ['Vary', 'Accept'],
  ]

  expect(await add('A', await response('ok', headers))).toMatchObject({ value: { leftOut: ['Set-Cookie', 'X-Auth-Token'] } })
  expect(await text()).toContain('Vary')
  expect(await text()).not.toMatch(/abcdef|tok-123/)
})

test('a body that holds a known secret is not kept before the user was asked', async () => {
  const { call, collectionId, response, add, text } = await shop()
  await call('secret.set', {
    collectionId,
    origin: { layer: 'collection', id: collectionId, name: 'Shop' },
    name: 'token',
    value: 'sk-live-4242',
  })

  const refused = await add('A', await response('{"token":"sk-live-4242"}'))
  expect(refused).toMatchObject({ ok: false, error: { kind: 'SecretInFile' } })
  expect(JSON.stringify(refused)).not.toContain('sk-live-4242')
  expect(await text()).toBe(FILE)
  expect(await add('A', await response('{"token":"sk-live-4242"}'), { secrets: 'reference' })).toMatchObject({ ok: true })
  expect(await text()).toContain('{"token":"{{token}}"}')
  expect(await text()).not.toContain('sk-live-4242')
  expect(await add('B', await response('{"token":"sk-live-4242"}'), { secrets: 'clear' })).toMatchObject({ ok: true })
  expect(await text()).toContain('sk-live-4242')
})

test('what is no text, or too long, is refused with a reason', async () => {
  const { response, add, text } = await shop()

  expect(await add('A', await response(Buffer.from([0x89, 0x50, 0, 0xff])))).toMatchObject({
    error: { kind: 'InvalidBody', message: 'The body is no text, and an example can hold only text.' },
  })
  expect(await add('A', await response('x'.repeat(1024 * 1024 + 1)))).toMatchObject({
    error: { kind: 'TooLarge', message: 'The body has 1.0 MiB; an example can hold 1 MiB.' },
  })
  expect(await text()).toBe(FILE)
  expect(await add('A', await response('x'.repeat(1024 * 1024)))).toMatchObject({ ok: true })
})
