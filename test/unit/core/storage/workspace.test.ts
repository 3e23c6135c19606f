import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NodeIdSchema } from '#contract/model/ids.ts'
import { createSecretGuard } from '#core/commands/secret-guard.ts'
import { createWorkspaceNews } from '#core/commands/workspace-news.ts'
import { workspaceHandlers } from '#core/commands/workspace.ts'
import { tempDir } from '../../../support/temp-dir.ts'
import {
  brunoCollection,
  document,
  emptyDataDir,
  FIXTURES,
  idOf,
  openedCollection,
  outline,
  put,
  requestText,
  top,
  workspaceKit,
} from './workspace-kit.ts'

describe('the very first start', () => {
  test('makes "My requests" and a tour of numbered steps for the echo server', async () => {
    const kit = await workspaceKit({ dataDir: join(await tempDir(), 'new') })

    const [first, tour, ...others] = await kit.workspace.read()

    expect(others).toEqual([])
    expect(first).toMatchObject({ name: 'My requests', path: join(kit.dataDir, 'collections/My requests'), nodes: [] })
    expect(tour).toMatchObject({ name: 'Welcome', path: join(kit.dataDir, 'collections/Welcome') })
    expect(tour!.error).toBeUndefined()
    expect(tour!.nodes.map(({ name }) => name)).toEqual([
      '1 Query params',
      '2 JSON body',
      '3 A file',
      '4 A variable',
      '5 A value for later',
      '6 Signed in',
      'Who am I',
      '7 Assertions',
      '8 Redirects',
    ])
    for (const node of tour!.nodes.filter(({ kind }) => kind !== 'folder')) {
      const opened = await kit.workspace.requests.open(node.id)
      expect(opened).toMatchObject({ kind: 'request', document: { url: expect.stringMatching(/^\{\{\$echo\}\}\//) } })
    }
  })

  test('makes them in the language of the window that asks', async () => {
    const kit = await workspaceKit({ dataDir: join(await tempDir(), 'new') })

    const [first, tour] = await kit.workspace.read('zh-CN')

    expect([first!.name, tour!.name]).toEqual(['我的请求', '欢迎'])
    expect(tour!.nodes).toHaveLength(9)
    expect(tour!.nodes.filter(({ name }) => !/\p{Script=Han}/u.test(name))).toEqual([])
  })

  test('is over for good: what was deleted does not come back by itself', async () => {
    const dataDir = join(await tempDir(), 'new')
    const first = await workspaceKit({ dataDir })
    const collections = await first.workspace.read()
    await Promise.all(collections.map(({ path }) => rm(path, { recursive: true })))

    expect(await (await workspaceKit({ dataDir })).workspace.read()).toEqual([])
  })
})

describe('the tour', () => {
  test.each(['en', 'zh-CN'] as const)('leads from each step to the next, by files that are there, in %s', async (language) => {
    const kit = await workspaceKit({ dataDir: join(await tempDir(), 'new') })
    const [, tour] = await kit.workspace.read(language)
    const steps = tour!.nodes.filter(({ kind }) => kind !== 'folder')

    const leads = await Promise.all(
      steps.map(async ({ id }) => {
        const opened = await kit.workspace.requests.open(id)
        const docs = opened.kind === 'request' ? opened.document.docs : ''
        const [, href = ''] = /\]\(<([^>]+)>\)/.exec(docs) ?? []
        return join(dirname(id.slice(id.indexOf('/') + 1)), href)
      }),
    )

    const paths = steps.map(({ id }) => id.slice(id.indexOf('/') + 1))
    expect(leads).toEqual([...paths.slice(1), paths[0]])
  })

  test('comes back with what of it is missing, and leaves what was changed', async () => {
    const kit = await workspaceKit({ dataDir: join(await tempDir(), 'new') })
    const [, tour] = await kit.workspace.read()
    await writeFile(join(tour!.path, '1 Query params.yml'), 'info: { name: Mine, type: http }\n')
    await kit.workspace.trash.put([await idOf(kit, '2 JSON body'), await idOf(kit, '6 Signed in')])
    await kit.workspace.collections.close(tour!.id)

    const again = await kit.workspace.collections.openTour('en')

    expect(again.id).toBe(tour!.id)
    expect(again.nodes).toHaveLength(tour!.nodes.length)
    expect(again.nodes.map(({ name }) => name)).toContain('Mine')
    expect((await kit.workspace.read()).map(({ name }) => name).toSorted()).toEqual(['My requests', 'Welcome'])
  })

  test('is made in another language beside the one that is there', async () => {
    const kit = await workspaceKit({ dataDir: join(await tempDir(), 'new') })
    await kit.workspace.read('en')

    const chinese = await kit.workspace.collections.openTour('zh-CN')

    expect(chinese.name).toBe('欢迎')
    expect((await kit.workspace.read()).map(({ name }) => name).toSorted()).toEqual(['My requests', 'Welcome', '欢迎'])
  })

  test('leaves a collection of the same name alone', async () => {
    const kit = await workspaceKit({ dataDir: await emptyDataDir() })
    const own = await kit.workspace.collections.create('Welcome', undefined)

    const tour = await kit.workspace.collections.openTour('en')

    expect(tour.path).not.toBe(own.path)
    expect(tour.nodes.length).toBeGreaterThan(6)
    expect((await kit.workspace.read()).find(({ id }) => id === own.id)?.nodes).toEqual([])
  })
})

describe('a data folder', () => {
  test('that cannot be used is told of, and the app goes on', async () => {
    const dataDir = join(await tempDir(), 'data')
    await writeFile(dataDir, 'a file')
    const kit = await workspaceKit({ dataDir })

    expect(await kit.workspace.read()).toEqual([])
    expect(kit.reported).toContainEqual(expect.objectContaining({ kind: 'StorageError', message: expect.stringContaining(dataDir) }))
    await expect(kit.workspace.collections.create('A', undefined)).rejects.toMatchObject({ kind: 'StorageError' })
  })
})

describe('collections', () => {
  test('are made in the data folder, each under a name of its own', async () => {
    const kit = await workspaceKit()

    const made = [
      await kit.workspace.collections.create('Shop: API', undefined),
      await kit.workspace.collections.create('shop- api', undefined),
    ]

    expect(made.map(({ name }) => name)).toEqual(['Shop: API', 'shop- api'])
    expect(await readdir(join(kit.dataDir, 'collections'))).toEqual(['Shop- API', 'shop- api 2'])
    expect((await kit.workspace.read()).map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort())
  })

  test('are made in a chosen folder, but not over another one', async () => {
    const kit = await workspaceKit()
    const path = join(kit.elsewhere, 'deep/api')

    const collection = await kit.workspace.collections.create('API', path)

    expect(collection).toMatchObject({ name: 'API', path, nodes: [] })
    await expect(kit.workspace.collections.create('Again', path)).rejects.toMatchObject({
      kind: 'InvalidName',
      message: expect.stringContaining(path),
    })
  })

  test('of Bruno 3 open as they are, by folder or by file, once', async () => {
    const kit = await workspaceKit()
    const collection = await brunoCollection(kit)

    const again = await kit.workspace.collections.open(join(collection.path, 'opencollection.yml'))

    expect(again.id).toBe(collection.id)
    expect(collection.name).toBe('Shop API')
    expect(await kit.workspace.read()).toHaveLength(1)
  })

  test.each([
    ['a folder that is not there', 'nowhere', 'NotFound', /There is no folder/],
    ['a folder without a collection', '.', 'NotFound', /no opencollection\.yml/],
    ["a folder in Bruno's older format", join(FIXTURES, 'bruno-2'), 'Unreadable', /older format/],
  ])('do not open from %s, and it says why and what to do', async (_case, path, kind, message) => {
    const kit = await workspaceKit()

    const opening = kit.workspace.collections.open(join(path.startsWith('/') ? '' : kit.elsewhere, path))

    await expect(opening).rejects.toMatchObject({ kind, message: expect.stringMatching(message), parts: { hint: expect.any(String) } })
  })

  test('say which collection a folder inside one belongs to', async () => {
    const kit = await workspaceKit()
    const collection = await brunoCollection(kit)

    await expect(kit.workspace.collections.open(join(collection.path, 'users'))).rejects.toMatchObject({
      parts: { hint: expect.stringContaining(collection.path) },
    })
  })

  test('that are closed stay on disk and off the list, also after a restart', async () => {
    const kit = await workspaceKit()
    const inside = await kit.workspace.collections.create('Inside', undefined)
    const outside = await openedCollection(kit, {})

    await kit.workspace.collections.close(inside.id)
    await kit.workspace.collections.close(outside.id)

    expect(await (await workspaceKit({ dataDir: kit.dataDir })).workspace.read()).toEqual([])
    expect(existsSync(join(inside.path, 'opencollection.yml'))).toBe(true)
    expect((await kit.workspace.collections.open(inside.path)).id).toBe(inside.id)
  })

  test('that are opened again have what was changed, made and removed while they were closed', async () => {
    const kit = await workspaceKit({ watch: true })
    const { id, path } = await openedCollection(kit, {
      'a.yml': requestText('A', 1),
      'b.yml': requestText('B', 2),
      'c.yml': requestText('C', 3),
    })
    await kit.workspace.collections.close(id)
    await put(path, { 'b.yml': requestText('Other', 2), 'd.yml': requestText('D', 4) })
    await rm(join(path, 'c.yml'))

    const again = await kit.workspace.collections.open(path)

    expect(again.nodes.map(({ name }) => name)).toEqual(['A', 'Other', 'D'])
    await kit.workspace.close()
  })

  test('are renamed in their file, and keep folder and id', async () => {
    const kit = await workspaceKit()
    const collection = await brunoCollection(kit)

    await kit.workspace.collections.rename(collection.id, 'New name')

    expect(await kit.workspace.read()).toMatchObject([{ id: collection.id, name: 'New name', path: collection.path }])
    const before = readFileSync(join(FIXTURES, 'bruno-3/opencollection.yml'), 'utf8')
    expect(readFileSync(join(collection.path, 'opencollection.yml'), 'utf8')).toBe(before.replace('Shop API', 'New name'))
  })

  test('are found in the data folder where the list is damaged; that is set aside and told of', async () => {
    const kit = await workspaceKit()
    await kit.workspace.collections.create('A', undefined)
    await writeFile(join(kit.dataDir, 'workspace.json'), '{"version":')

    expect(await kit.workspace.read()).toMatchObject([{ name: 'A' }])
    expect(kit.reported).toMatchObject([{ kind: 'Unreadable', message: expect.stringContaining('workspace.json') }])
    expect((await readdir(kit.dataDir)).some((name) => /^workspace\.json\.\d+\.broken$/.test(name))).toBe(true)
  })

  test('keep their ids where the data folder moves', async () => {
    const kit = await workspaceKit()
    const { id } = await kit.workspace.collections.create('A', undefined)
    const moved = `${kit.dataDir}-moved`
    await rename(kit.dataDir, moved)

    expect(await (await workspaceKit({ dataDir: moved })).workspace.read()).toMatchObject([{ id }])
    await rm(moved, { recursive: true })
  })

  test('whose folder is gone stay on the list and say so', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'a.yml': requestText('A') })
    await rm(collection.path, { recursive: true })

    expect(await kit.workspace.read()).toMatchObject([{ name: 'shop', nodes: [], error: { kind: 'NotFound' } }])
  })

  test('of another window of the same data folder are seen at the next read', async () => {
    const kit = await workspaceKit()
    const other = await workspaceKit({ dataDir: kit.dataDir })
    await kit.workspace.read()

    const { id } = await openedCollection(other, {})

    expect(await kit.workspace.read()).toMatchObject([{ id }])
  })
})

describe('requests', () => {
  test('are created with a safe file name, their own name, and a place at the end', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'a.yml': requestText('A', 7) })

    const saved = await kit.workspace.requests.create(top(collection), document('Get: users/all'))

    expect(await readFile(join(collection.path, 'Get- users-all.yml'), 'utf8')).toContain(
      'name: "Get: users/all"\n  type: http\n  seq: 8\n',
    )
    expect(await outline(kit)).toEqual(['A', 'Get: users/all'])
    expect(await kit.workspace.requests.open(saved.nodeId)).toMatchObject({ kind: 'request', revision: saved.revision })
  })

  test('of one name get files of their own, however the disk compares names; none takes the name of a structure file', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {})

    for (const name of ['Users', 'users', 'folder', 'OpenCollection', 'con', '..', '   '])
      await kit.workspace.requests.create(top(collection), document(name))

    expect((await readdir(collection.path)).sort()).toEqual(
      [
        'OpenCollection 2.yml',
        'Untitled request.yml',
        'Users.yml',
        '_con.yml',
        'folder 2.yml',
        'opencollection.yml',
        'request.yml',
        'users 2.yml',
      ].sort(),
    )
  })

  test('are saved under their revision, and give the next one', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {})
    const first = await kit.workspace.requests.create(top(collection), document('A'))

    const second = await kit.workspace.requests.save(first.nodeId, document('A', { method: 'POST' }), first.revision)
    const third = await kit.workspace.requests.save(first.nodeId, document('A', { method: 'PUT' }), second.revision)

    expect(new Set([first.revision, second.revision, third.revision]).size).toBe(3)
    expect(await kit.workspace.requests.open(first.nodeId)).toMatchObject({ document: { method: 'PUT' }, revision: third.revision })
  })

  test('saved unchanged leave the file alone', async () => {
    const kit = await workspaceKit()
    const collection = await brunoCollection(kit)
    const id = await idOf(kit, 'Create user')
    const opened = await kit.workspace.requests.open(id)
    if (opened.kind !== 'request') throw new Error('It should open.')

    const saved = await kit.workspace.requests.save(id, opened.document, opened.revision)

    expect(saved.revision).toBe(opened.revision)
    expect(readFileSync(join(collection.path, 'users/Create user.yml'))).toEqual(
      readFileSync(join(FIXTURES, 'bruno-3/users/Create user.yml')),
    )
  })

  test('changed elsewhere conflict, with both sides; a null revision overwrites', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {})
    const { nodeId, revision } = await kit.workspace.requests.create(top(collection), document('A'))
    const file = join(collection.path, 'A.yml')
    await writeFile(file, `${requestText('A')}# by hand\n`)

    const saving = kit.workspace.requests.save(nodeId, document('A', { method: 'POST' }), revision)

    await expect(saving).rejects.toMatchObject({
      kind: 'Conflict',
      stage: 'store',
      parts: { details: { theirs: `${requestText('A')}# by hand\n`, mine: `${requestText('A').replace('GET', 'POST')}# by hand\n` } },
    })
    await kit.workspace.requests.save(nodeId, document('A', { method: 'POST' }), null)
    expect(await readFile(file, 'utf8')).toContain('method: POST')
    expect(await readFile(file, 'utf8')).toContain('# by hand')
  })

  test('whose file is gone are not found, and a null revision writes them again', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {})
    const { nodeId, revision } = await kit.workspace.requests.create(top(collection), document('A'))
    await rm(join(collection.path, 'A.yml'))

    await expect(kit.workspace.requests.save(nodeId, document('A'), revision)).rejects.toMatchObject({ kind: 'NotFound' })
    await kit.workspace.requests.save(nodeId, document('A'), null)

    expect(await outline(kit)).toEqual(['A'])
  })

  test('that do not parse open as text, and are saved as text under the same rule', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'a.yml': 'info:\n  name: A\n  type: "http\n' })
    const id = await idOf(kit, 'a')
    const opened = await kit.workspace.requests.open(id)

    expect(opened).toMatchObject({
      kind: 'broken',
      text: 'info:\n  name: A\n  type: "http\n',
      error: { kind: 'Unreadable', details: { line: 4 } },
    })
    await expect(kit.workspace.requests.saveText(id, 'x', 'stale')).rejects.toMatchObject({
      kind: 'Conflict',
      parts: { details: { mine: 'x' } },
    })
    await kit.workspace.requests.saveText(id, requestText('Mended'), opened.revision)

    expect(await kit.workspace.requests.open(id)).toMatchObject({ kind: 'request', document: { name: 'Mended' } })
    expect(await readFile(join(collection.path, 'a.yml'), 'utf8')).toBe(requestText('Mended'))
  })

  test('in a strange encoding are shown and never rewritten by a save of the form', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {})
    const bytes = Buffer.from(requestText('Größe'), 'latin1')
    await writeFile(join(collection.path, 'a.yml'), bytes)

    const opened = await kit.workspace.requests.open(await idOf(kit, 'a'))

    expect(opened).toMatchObject({ kind: 'broken', text: requestText('Größe'), error: { message: expect.stringContaining('UTF-8') } })
    expect(await readFile(join(collection.path, 'a.yml'))).toEqual(bytes)
  })

  test('are neither read nor written outside their collection', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'sub/a.yml': requestText('A') })
    await put(kit.elsewhere, { 'secret.yml': requestText('Secret') })
    await symlink(join(kit.elsewhere, 'secret.yml'), join(collection.path, 'link.yml'))

    for (const path of ['../secret.yml', 'sub/../../secret.yml', '/etc/passwd', '.git/config', 'opencollection.yml', 'sub', 'sub/a.txt']) {
      const id = NodeIdSchema.parse(`${collection.id}/${path}`)
      await expect(kit.workspace.requests.open(id), path).rejects.toMatchObject({ kind: 'NotFound' })
      await expect(kit.workspace.requests.save(id, document('x'), null), path).rejects.toMatchObject({ kind: 'NotFound' })
    }
    await expect(kit.workspace.requests.save(NodeIdSchema.parse(`${collection.id}/link.yml`), document('x'), null)).rejects.toMatchObject({
      kind: 'StorageError',
    })
    expect(readFileSync(join(kit.elsewhere, 'secret.yml'), 'utf8')).toBe(requestText('Secret'))
  })

  test('of a collection that is not open are not found', async () => {
    const kit = await workspaceKit()

    await expect(kit.workspace.requests.open(NodeIdSchema.parse('0123456789abcdef/a.yml'))).rejects.toMatchObject({ kind: 'NotFound' })
    expect(kit.workspace.rootOf(NodeIdSchema.parse('0123456789abcdef/a.yml'))).toBeNull()
  })

  test('say where their relative files are, before anything else was read', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {})
    const other = await workspaceKit({ dataDir: kit.dataDir })

    expect(other.workspace.rootOf(NodeIdSchema.parse(`${collection.id}/a.yml`))).toBe(collection.path)
  })

  test('that cannot be written say which file, and why', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {})
    await put(kit.elsewhere, { 'shop/sub/a.yml': requestText('A') })
    await kit.workspace.read()
    const id = await idOf(kit, 'A')
    await rm(join(collection.path, 'sub'), { recursive: true })
    await writeFile(join(collection.path, 'sub'), 'a file where the folder was')

    await expect(kit.workspace.requests.save(id, document('A'), null)).rejects.toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining(join(collection.path, 'sub')),
    })
  })
})

describe('the handlers', () => {
  test('answer every command of the tree', async () => {
    const kit = await workspaceKit()
    const handlers = workspaceHandlers(
      kit.workspace,
      createSecretGuard(kit.workspace, kit.vault),
      createWorkspaceNews(() => undefined),
    )
    const context = { signal: new AbortController().signal, clientId: 'test' }
    const { id: collectionId } = await handlers['collection.create']({ name: 'A' }, context)
    const parent = { collectionId, folderId: null }
    const folder = await handlers['folder.create']({ parent, name: 'F' }, context)
    const { nodeId, revision } = await handlers['request.create']({ parent, document: document('R') }, context)

    await handlers['request.save']({ id: nodeId, document: document('R', { method: 'PUT' }), revision }, context)
    const { moved } = await handlers['node.move']({ ids: [nodeId], parent: { collectionId, folderId: folder.nodeId }, index: 0 }, context)
    await handlers['node.rename']({ id: moved[0]!.to, name: 'S' }, context)
    const { trashId } = await handlers['node.trash']({ ids: [folder.nodeId] }, context)
    const restored = await handlers['trash.restore']({ trashId }, context)
    await handlers['collection.rename']({ id: collectionId, name: 'B' }, context)

    expect(restored.nodeIds).toEqual([folder.nodeId])
    expect(await handlers['workspace.read']({}, context)).toMatchObject({
      collections: [{ name: 'B', nodes: [{ name: 'F' }, { name: 'S', method: 'PUT' }] }],
    })
    expect(await handlers['collection.close']({ id: collectionId }, context)).toEqual({})
  })
})

describe('a data folder that was used before', () => {
  test('gets no samples, even where only the list is left', async () => {
    const dataDir = await emptyDataDir()
    await rm(join(dataDir, 'collections'), { recursive: true })
    await writeFile(join(dataDir, 'workspace.json'), '{"version":1,"collections":[]}')

    expect(await (await workspaceKit({ dataDir })).workspace.read()).toEqual([])
  })
})
