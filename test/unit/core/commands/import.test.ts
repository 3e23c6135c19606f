import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandName, Input, Output } from '#contract/commands.ts'
import type { AnyEvent } from '#contract/events.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { ImportTarget } from '#contract/model/import.ts'
import { coreKit, type CoreKit } from '../../../support/core-kit.ts'
import { tempDir } from '../../../support/temp-dir.ts'

/** A Postman collection of two requests, one in a folder, with an environment beside it. */
const SHOP = {
  info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    {
      name: 'Users',
      item: [
        {
          name: 'Create: user',
          request: {
            method: 'POST',
            url: 'https://shop.test/users',
            header: [{ key: 'Authorization', value: 'Bearer t0p-s3cret-token' }],
            body: { mode: 'raw', raw: '{"a": 1}', options: { raw: { language: 'json' } } },
          },
          response: [
            {
              name: 'Created',
              code: 201,
              status: 'Created',
              header: [{ key: 'Content-Type', value: 'application/json' }],
              body: '{"id":1}',
            },
          ],
        },
      ],
    },
    { name: 'Ping', request: { method: 'GET', url: 'https://shop.test/ping' } },
  ],
}
const STAGING = {
  name: 'Staging',
  values: [
    { key: 'base', value: 'https://staging.test', enabled: true },
    { key: 'password', value: 'hunter2hunter2', enabled: true, type: 'secret' },
  ],
  _postman_variable_scope: 'environment',
}

interface Api extends CoreKit {
  readonly ask: <N extends CommandName>(name: N, input: Input<N>) => Promise<Output<N>>
}

async function api(): Promise<Api> {
  const kit = await coreKit()
  await mkdir(join(kit.dataDir, 'collections'))
  // What a command answers is what the contract says it answers.
  return { ...kit, ask: async <N extends CommandName>(name: N, input: Input<N>) => (await kit.call(name, input)) as Output<N> }
}

async function filesOf(contents: Readonly<Record<string, unknown>>): Promise<{ path: string; name: string }[]> {
  const folder = await tempDir()
  return Promise.all(
    Object.entries(contents).map(async ([name, content]) => {
      const path = join(folder, name)
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
      return { path, name }
    }),
  )
}

async function read({ ask }: Api, contents: Readonly<Record<string, unknown>>): Promise<Output<'import.read'>> {
  return ask('import.read', { ticket: 't', source: { kind: 'files', files: await filesOf(contents) } })
}

async function write({ ask }: Api, importId: string, target: ImportTarget, hideCredentials = true): Promise<Output<'import.write'>> {
  return ask('import.write', { importId, target, hideCredentials })
}

async function names({ ask }: Api): Promise<string[]> {
  const { collections } = await ask('workspace.read', {})
  return collections.flatMap(({ name, nodes }) => [`# ${name}`, ...nodes.map((node) => node.name)])
}

async function collectionOf(kit: Api): Promise<Output<'collection.create'>> {
  return kit.ask('collection.create', { name: 'Mine', path: join(await tempDir(), 'mine') })
}

describe('reading an import', () => {
  test('sums up what would be written, and tells how far it is', async () => {
    const kit = await api()
    const told: AnyEvent[] = []
    kit.core.on((event) => void told.push(event))

    const summary = await read(kit, { 'shop.json': SHOP, 'staging.json': STAGING })

    expect(summary).toMatchObject({
      format: 'postman',
      name: 'Shop',
      counts: { requests: 2, folders: 1, environments: 1, examples: 1, credentials: 1 },
    })
    expect(summary.rows.map(({ kind, name, depth }) => [kind, name, depth])).toEqual([
      ['folder', 'Users', 0],
      ['request', 'Create: user', 1],
      ['request', 'Ping', 0],
      ['environment', 'Staging', 0],
    ])
    const phases = told.flatMap((event) => (event.name === 'import.progressed' ? [event.payload.phase] : []))
    expect(phases[0]).toBe('reading')
  })

  test('writes nothing, and what was read can be let go', async () => {
    const kit = await api()
    const { importId } = await read(kit, { 'shop.json': SHOP })

    expect(await names(kit)).toEqual([])
    await kit.ask('import.discard', { importId })
    await expect(write(kit, importId, { kind: 'collection', name: 'X' })).rejects.toThrow('NotFound')
  })

  test('a broken text says where, and nothing is kept of it', async () => {
    const kit = await api()

    await expect(read(kit, { 'shop.json': `${JSON.stringify(SHOP, null, 2).slice(0, 300)}` })).rejects.toThrow('Unreadable')
  })

  test('the requests of it can be had without writing', async () => {
    const kit = await api()
    const { importId } = await read(kit, { 'shop.json': SHOP })

    const { documents } = await kit.ask('import.requests', { importId, limit: 1 })

    expect(documents.map(({ name }) => name)).toEqual(['Create: user'])
  })

  test('such a request has the variables that it refers to as its own', async () => {
    const kit = await api()
    const text =
      '@host = https://{{name}}.test\n@name = shop\n@other = 1\n@token = t0p-s3cret\n\nGET {{host}}/x\nX-Key: {{token}}\n\n###\nGET https://b.test'
    const { importId } = await kit.ask('import.read', { ticket: 't', source: { kind: 'text', text } })

    const { documents } = await kit.ask('import.requests', { importId, limit: 10 })

    expect(documents.map(({ variables = [] }) => variables)).toEqual([
      [
        { name: 'host', value: 'https://{{name}}.test', enabled: true },
        { name: 'name', value: 'shop', enabled: true },
        { name: 'token', value: 't0p-s3cret', enabled: true },
      ],
      [],
    ])
  })
})

describe('writing an import as a new collection', () => {
  test('everything is there, credentials in the vault and not in a file', async () => {
    const kit = await api()
    const { importId } = await read(kit, { 'shop.json': SHOP, 'staging.json': STAGING })

    const written = await write(kit, importId, { kind: 'collection', name: 'Shop' })

    expect(await names(kit)).toEqual(['# Shop', 'Users', 'Create: user', 'Ping'])
    expect(written).toMatchObject({ environments: ['Staging'], secrets: ['token'], notes: [] })
    const root = join(kit.dataDir, 'collections', 'Shop')
    expect((await readdir(root, { recursive: true })).sort()).toEqual([
      'Ping.yml',
      'Users',
      'Users/Create- user.yml',
      'Users/folder.yml',
      'environments',
      'environments/Staging.yml',
      'opencollection.yml',
    ])
    const text = await readFile(join(root, 'Users', 'Create- user.yml'), 'utf8')
    expect(text).toContain('{{token}}')
    expect(text).toContain('name: Created')
    const secret = await kit.ask('secret.read', {
      collectionId: written.collectionId,
      origin: { layer: 'collection', id: written.collectionId, name: '' },
      name: 'token',
    })
    expect(secret.value).toBe('t0p-s3cret-token')
    const ofEnvironment = await kit.ask('secret.read', {
      collectionId: written.collectionId,
      origin: { layer: 'environment', name: 'Staging' },
      name: 'password',
    })
    expect(ofEnvironment.value).toBe('hunter2hunter2')
  })

  test('credentials stay in the files where that is asked for', async () => {
    const kit = await api()
    const { importId } = await read(kit, { 'shop.json': SHOP })

    const { secrets } = await write(kit, importId, { kind: 'collection', name: 'Shop' }, false)

    expect(secrets).toEqual([])
    expect(await readFile(join(kit.dataDir, 'collections', 'Shop', 'Users', 'Create- user.yml'), 'utf8')).toContain('t0p-s3cret-token')
  })

  test('a folder that holds a collection is refused, and nothing is written', async () => {
    const kit = await api()
    const mine = await collectionOf(kit)
    const { importId } = await read(kit, { 'shop.json': SHOP })

    await expect(write(kit, importId, { kind: 'collection', name: 'Shop', path: mine.path })).rejects.toThrow('holds a collection already')
    expect(await readdir(mine.path)).toEqual(['opencollection.yml'])
  })
})

describe('writing an import into a collection', () => {
  test('items stand behind those that are there, under free names', async () => {
    const kit = await api()
    const mine = await collectionOf(kit)
    const [first, second] = [await read(kit, { 'shop.json': SHOP }), await read(kit, { 'shop.json': SHOP })]
    const place: ImportTarget = { kind: 'place', parent: { collectionId: mine.id, folderId: null } }

    await write(kit, first.importId, place)
    const { nodeIds } = await write(kit, second.importId, place)

    expect(await names(kit)).toEqual(['# Mine', 'Users', 'Create: user', 'Ping', 'Users', 'Create: user', 'Ping'])
    expect(nodeIds).toEqual([`${mine.id}/Users 2`, `${mine.id}/Ping 2.yml`])
    expect((await readdir(mine.path)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('a credential that is a secret there already is referred to', async () => {
    const kit = await api()
    const mine = await collectionOf(kit)
    const place: ImportTarget = { kind: 'place', parent: { collectionId: mine.id, folderId: null } }
    await write(kit, (await read(kit, { 'shop.json': SHOP })).importId, place)

    const { secrets } = await write(kit, (await read(kit, { 'shop.json': SHOP })).importId, place)

    expect(secrets).toEqual([])
    expect(await readFile(join(mine.path, 'opencollection.yml'), 'utf8')).toMatch(/name: token\n/)
    expect((await readFile(join(mine.path, 'opencollection.yml'), 'utf8')).match(/token/g)).toHaveLength(1)
  })

  test('what it gives to all its requests goes with it into a folder', async () => {
    const kit = await api()
    const mine = await collectionOf(kit)
    const withAuth = {
      ...SHOP,
      auth: {
        type: 'basic',
        basic: [
          { key: 'username', value: 'ann' },
          { key: 'password', value: 'pw' },
        ],
      },
    }
    const { importId } = await read(kit, { 'shop.json': withAuth })

    const { nodeIds, notes } = await write(kit, importId, { kind: 'place', parent: { collectionId: mine.id, folderId: null } })

    expect(nodeIds).toEqual([`${mine.id}/Shop`])
    expect(notes).toMatchObject([{ severity: 'changed', where: 'Shop' }])
    expect(await names(kit)).toEqual(['# Mine', 'Shop', 'Users', 'Create: user', 'Ping'])
    expect(await readFile(join(mine.path, 'Shop', 'folder.yml'), 'utf8')).toContain('{{password}}')
    const secret = await kit.ask('secret.read', {
      collectionId: mine.id,
      origin: { layer: 'folder', id: `${mine.id}/Shop` as NodeId, name: '' },
      name: 'password',
    })
    expect(secret.value).toBe('pw')
  })

  test('an environment of the same name gets another', async () => {
    const kit = await api()
    const mine = await collectionOf(kit)
    const place: ImportTarget = { kind: 'place', parent: { collectionId: mine.id, folderId: null } }
    await write(kit, (await read(kit, { 'e.json': STAGING })).importId, place)

    const { environments, nodeIds } = await write(kit, (await read(kit, { 'e.json': STAGING })).importId, place)

    expect([environments, nodeIds]).toEqual([['Staging 2'], []])
    expect((await readdir(join(mine.path, 'environments'))).sort()).toEqual(['Staging 2.yml', 'Staging.yml'])
  })

  test('where something fails nothing of it stays', async () => {
    const kit = await api()
    const mine = await collectionOf(kit)
    const { importId } = await read(kit, { 'shop.json': SHOP, 'staging.json': STAGING })
    await writeFile(join(mine.path, 'environments'), 'a file where a folder has to be')

    await expect(write(kit, importId, { kind: 'place', parent: { collectionId: mine.id, folderId: null } })).rejects.toThrow('StorageError')
    expect((await readdir(mine.path)).sort()).toEqual(['environments', 'opencollection.yml'])

    await rm(join(mine.path, 'environments'))
    await write(kit, importId, { kind: 'place', parent: { collectionId: mine.id, folderId: null } })
    expect(await names(kit)).toEqual(['# Mine', 'Users', 'Create: user', 'Ping'])
  })
})

describe('taking an import back', () => {
  const token = { name: 'token', origin: (id: string) => ({ layer: 'collection' as const, id: id as CollectionId, name: '' }) }
  const password = { name: 'password', origin: () => ({ layer: 'environment' as const, name: 'Staging' }) }

  async function imported(contents: Readonly<Record<string, unknown>>) {
    const kit = await api()
    const mine = await collectionOf(kit)
    const { importId } = await read(kit, contents)
    await write(kit, importId, { kind: 'place', parent: { collectionId: mine.id, folderId: null } })
    const secret = async ({ name, origin }: typeof token | typeof password): Promise<string | null> =>
      (await kit.ask('secret.read', { collectionId: mine.id, origin: origin(mine.id), name })).value
    return { kit, mine, importId, secret }
  }

  test('takes environments, variables and the values of secrets along', async () => {
    const { kit, mine, importId, secret } = await imported({ 'shop.json': SHOP, 'staging.json': STAGING })
    expect([await secret(token), await secret(password)]).toEqual(['t0p-s3cret-token', 'hunter2hunter2'])

    const taken = await kit.ask('import.takeBack', { importId })

    expect(taken).toEqual({ gone: ['the environment “Staging”', 'the variable {{token}}'], left: [] })
    expect(await readdir(join(mine.path, 'environments'))).toEqual([])
    expect(await readFile(join(mine.path, 'opencollection.yml'), 'utf8')).not.toContain('token')
    expect([await secret(token), await secret(password)]).toEqual([null, null])
    await expect(kit.ask('import.takeBack', { importId })).rejects.toThrow('NotFound')
  })

  test('leaves what was changed since, and the values of its secrets', async () => {
    const { kit, mine, importId, secret } = await imported({ 'shop.json': SHOP, 'staging.json': STAGING })
    const file = join(mine.path, 'environments', 'Staging.yml')
    await writeFile(file, (await readFile(file, 'utf8')).replace('https://staging.test', 'https://mine.test'))

    const taken = await kit.ask('import.takeBack', { importId })

    expect(taken).toEqual({ gone: ['the variable {{token}}'], left: ['the environment “Staging”'] })
    expect(await readFile(file, 'utf8')).toContain('https://mine.test')
    expect([await secret(token), await secret(password)]).toEqual([null, 'hunter2hunter2'])
  })

  test('takes its sessions, and none that were there', async () => {
    const script = 'import requests\ns = requests.Session()\ns.headers["X"] = "1"\ns.get("https://h.test")\n'
    const { kit, mine, importId } = await imported({ 'a.py': script })
    const other = await read(kit, { 'b.py': script.replace('"1"', '"2"') })
    await write(kit, other.importId, { kind: 'place', parent: { collectionId: mine.id, folderId: null } })
    const namesNow = async (): Promise<string[]> =>
      (await kit.ask('session.list', { collectionId: mine.id })).sessions.map(({ name }) => name)
    const before = await namesNow()

    const { gone } = await kit.ask('import.takeBack', { importId })

    expect(gone).toHaveLength(1)
    expect(await namesNow()).toEqual(before.filter((name) => gone[0] !== `the session “${name}”`))
    expect(await readFile(join(mine.path, 'opencollection.yml'), 'utf8')).toMatch(/value: ["']?2/)
  })
})

describe('taking back an import that made a collection', () => {
  const made = async (): Promise<{ kit: Api; importId: string; root: string }> => {
    const kit = await api()
    const { importId } = await read(kit, { 'shop.json': SHOP, 'staging.json': STAGING })
    const { collectionId } = await write(kit, importId, { kind: 'collection', name: 'Shop' })
    const { collections } = await kit.ask('workspace.read', {})
    return { kit, importId, root: collections.find(({ id }) => id === collectionId)?.path ?? '' }
  }

  test('removes its folder and its secrets', async () => {
    const { kit, importId, root } = await made()
    const secrets = async (): Promise<string[]> => (await readdir(join(kit.dataDir, 'secrets'))).filter((name) => name.endsWith('.json'))
    expect(await readdir(root)).toContain('Users')
    expect(await secrets()).toHaveLength(2)

    const taken = await kit.ask('import.takeBack', { importId })

    expect(taken).toEqual({ gone: ['the collection “Shop” and its folder'], left: [] })
    await expect(readdir(root)).rejects.toThrow('ENOENT')
    expect(await names(kit)).toEqual([])
    expect(await secrets()).toEqual([])
  })

  test.each([
    ['changed', (root: string) => appendFile(join(root, 'Ping.yml'), '# mine\n')],
    ['added', (root: string) => writeFile(join(root, 'Users', 'mine.txt'), 'mine')],
  ])('leaves it, closed, where a file was %s since', async (_what, change) => {
    const { kit, importId, root } = await made()
    await change(root)

    expect(await kit.ask('import.takeBack', { importId })).toEqual({ gone: [], left: [`the folder of “Shop”, ${root}`] })

    expect(await readdir(root)).toContain('Users')
    expect(await names(kit)).toEqual([])
  })
})

describe('a writing that is under way', () => {
  test('is told of, and stopping it leaves nothing', async () => {
    const kit = await api()
    const mine = await collectionOf(kit)
    const { importId } = await read(kit, { 'shop.json': SHOP, 'staging.json': STAGING })
    const stop = new AbortController()
    const told: number[] = []
    kit.core.on((event) => {
      if (event.name !== 'import.progressed' || event.payload.phase !== 'writing') return
      told.push(event.payload.done ?? -1)
      stop.abort()
    })
    const target: ImportTarget = { kind: 'place', parent: { collectionId: mine.id, folderId: null } }

    await expect(kit.call('import.write', { importId, target, hideCredentials: true }, stop.signal)).rejects.toThrow('Cancelled')

    expect(told.length).toBeGreaterThan(0)
    expect(await readdir(mine.path)).toEqual(['opencollection.yml'])
    await expect(write(kit, importId, target)).resolves.toMatchObject({ environments: ['Staging'] })
  })

  test.each([
    ['a new collection among the others', async () => ({ kind: 'collection' as const, name: 'Shop' })],
    [
      'a new collection in folders that are not there',
      async (base: string) => ({ kind: 'collection' as const, name: 'Shop', path: join(base, 'not', 'there') }),
    ],
    ['an empty folder of the disk', async (base: string) => ({ kind: 'folder' as const, path: join(base, 'empty') })],
    ['a folder of the disk with something in it', async (base: string) => ({ kind: 'folder' as const, path: join(base, 'full') })],
    ['a collection of the disk', async (base: string) => ({ kind: 'folder' as const, path: join(base, 'mine', 'new', 'inner') })],
  ])('leaves everything as it was where it is stopped, whichever file is being written: %s', async (_what, targetIn) => {
    const kit = await api()
    const base = await tempDir()
    await kit.ask('collection.close', { id: (await kit.ask('collection.create', { name: 'Mine', path: join(base, 'mine') })).id })
    await mkdir(join(base, 'empty'))
    await mkdir(join(base, 'full'))
    await writeFile(join(base, 'full', 'mine.txt'), 'mine')
    const target: ImportTarget = await targetIn(base)
    const { importId } = await read(kit, { 'shop.json': SHOP, 'staging.json': STAGING })
    const all = async (): Promise<unknown> => [await treeOf(base), await treeOf(kit.dataDir), await names(kit)]
    const before = await all()

    // Each signal is aborted when it has been asked once more than the one before, until a writing goes through.
    let stops = 0
    for (let asked = 1; asked <= 100; asked += 1) {
      const result = await kit.call('import.write', { importId, target, hideCredentials: true }, stopsAt(asked)).catch(String)
      if (typeof result !== 'string') break
      stops += 1
      expect(result).toContain('Cancelled')
      expect(await all()).toEqual(before)
    }

    expect(stops).toBeGreaterThan(2)
    expect(await all()).not.toEqual(before)
  })
})

/** A signal that is aborted from the `count`th time on that it is looked at. */
function stopsAt(count: number): AbortSignal {
  let looked = 0
  return new Proxy(new AbortController().signal, {
    get: (signal, key) => {
      if (key === 'aborted') return (looked += 1) >= count
      const value: unknown = Reflect.get(signal, key)
      return typeof value === 'function' ? (value.bind(signal) as unknown) : value
    },
  })
}

async function treeOf(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).filter((path) => !/(?:^|\/)(?:locks|logs)(?:\/|$)/.test(path)).sort()
}

describe('writing an import to a folder of the disk', () => {
  test('which is in no collection becomes one, and is not put on the list', async () => {
    const kit = await api()
    const path = join(await tempDir(), 'shop')
    const { importId } = await read(kit, { 'shop.json': SHOP })

    await write(kit, importId, { kind: 'folder', path })

    expect((await readdir(path)).sort()).toEqual(['Ping.yml', 'Users', 'opencollection.yml'])
    expect(await names(kit)).toEqual([])
  })

  test('which is in one takes it in there, made where it is missing', async () => {
    const kit = await api()
    const mine = await collectionOf(kit)
    await kit.ask('collection.close', { id: mine.id })
    const { importId } = await read(kit, { 'shop.json': SHOP })

    const { nodeIds } = await write(kit, importId, { kind: 'folder', path: join(mine.path, 'new', 'inner') })

    expect(nodeIds).toEqual([`${mine.id}/new/inner/Users`, `${mine.id}/new/inner/Ping.yml`])
    // The variable of the hidden token is the folder's.
    expect((await readdir(join(mine.path, 'new', 'inner'))).sort()).toEqual(['Ping.yml', 'Users', 'folder.yml'])
    expect(await readFile(join(mine.path, 'new', 'inner', 'Users', 'Create- user.yml'), 'utf8')).toContain('{{token}}')
    expect(await names(kit)).toEqual([])
  })
})
