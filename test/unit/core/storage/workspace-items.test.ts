import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { NodeId } from '#contract/model/ids.ts'
import { openedCollection, idOf, outline, put, requestText, top, workspaceKit, type Kit } from './workspace-kit.ts'

const ABC = { 'a.yml': requestText('A', 1), 'b.yml': requestText('B', 2), 'c.yml': requestText('C', 3) }

async function ids(kit: Kit, ...names: string[]): Promise<NodeId[]> {
  return Promise.all(names.map((name) => idOf(kit, name)))
}

describe('a new folder', () => {
  test('stands at the end, under a safe name, and says what it is', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)

    const { nodeId } = await kit.workspace.items.createFolder(top(collection), 'Users / admins')

    expect(await outline(kit)).toEqual(['A', 'B', 'C', 'Users / admins'])
    expect(await readFile(join(collection.path, 'Users - admins/folder.yml'), 'utf8')).toBe(
      'info:\n  name: Users / admins\n  type: folder\n  seq: 4\n',
    )
    expect(kit.told.at(-1)!.collections[0]!.nodes.at(-1)).toMatchObject({ id: nodeId, kind: 'folder', parentId: null })
  })

  test('needs a name, and a place that is there', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)
    const request = await idOf(kit, 'A')

    await expect(kit.workspace.items.createFolder(top(collection), ' \n ')).rejects.toMatchObject({ kind: 'InvalidName' })
    await expect(kit.workspace.items.createFolder({ collectionId: collection.id, folderId: request }, 'x')).rejects.toMatchObject({
      kind: 'InvalidCall',
    })
  })
})

describe('renaming', () => {
  test('a request changes its name and its file, and nothing else', async () => {
    const kit = await workspaceKit()
    const text = `# mine\n${requestText('A', 1)}`
    const collection = await openedCollection(kit, { 'a.yml': text })
    const id = await idOf(kit, 'A')

    const { moved } = await kit.workspace.items.rename(id, 'List: all')

    expect(moved).toEqual([{ from: id, to: `${collection.id}/List- all.yml` }])
    expect(kit.told.at(-1)!.moved).toEqual(moved)
    expect(await readFile(join(collection.path, 'List- all.yml'), 'utf8')).toBe(text.replace('name: A', 'name: "List: all"'))
    expect(await readdir(collection.path)).not.toContain('a.yml')
  })

  test('to a name that is taken gets a file of its own', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)

    await kit.workspace.items.rename(await idOf(kit, 'A'), 'b')

    expect((await readdir(collection.path)).sort()).toEqual(['b 2.yml', 'b.yml', 'c.yml', 'opencollection.yml'])
  })

  test('by case alone keeps one file', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'users.yml': requestText('users') })

    await kit.workspace.items.rename(await idOf(kit, 'users'), 'Users')

    expect((await readdir(collection.path)).sort()).toEqual(['Users.yml', 'opencollection.yml'])
  })

  test('a folder moves the ids of all below it', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'f/folder.yml': 'info:\n  name: F\n', 'f/g/a.yml': requestText('A') })
    const [folder, inner, request] = await ids(kit, 'F', 'g', 'A')

    const { moved } = await kit.workspace.items.rename(folder!, 'New')

    expect(moved).toEqual([
      { from: folder, to: `${collection.id}/New` },
      { from: inner, to: `${collection.id}/New/g` },
      { from: request, to: `${collection.id}/New/g/a.yml` },
    ])
    expect(await outline(kit)).toEqual(['New', '  g', '    A'])
  })

  test('a folder without a file of its own makes one', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'f/a.yml': requestText('A') })

    await kit.workspace.items.rename(await idOf(kit, 'f'), 'What: ever')

    expect(await readFile(join(collection.path, 'What- ever/folder.yml'), 'utf8')).toBe('info:\n  name: "What: ever"\n  type: folder\n')
  })

  test('a file that does not parse renames the file and leaves its text', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'a.yml': 'info: {' })

    await kit.workspace.items.rename(await idOf(kit, 'a'), 'b')

    expect(await readFile(join(collection.path, 'b.yml'), 'utf8')).toBe('info: {')
  })

  test('what is gone is not found', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)
    const id = await idOf(kit, 'A')
    await rm(join(collection.path, 'a.yml'))

    await expect(kit.workspace.items.rename(id, 'x')).rejects.toMatchObject({ kind: 'NotFound' })
  })
})

describe('moving', () => {
  test.each([
    [['C'], 0, ['C', 'A', 'B']],
    [['A'], 3, ['B', 'C', 'A']],
    [['A'], 2, ['B', 'A', 'C']],
    [['C', 'A'], 1, ['C', 'A', 'B']],
    [['B'], 1, ['A', 'B', 'C']],
    [['A', 'B', 'C'], 1, ['A', 'B', 'C']],
  ])('%j within a folder to stand before child %i', async (names, index, expected) => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)

    const { moved } = await kit.workspace.items.move(await ids(kit, ...names), top(collection), index)

    expect(await outline(kit)).toEqual(expected)
    expect(moved).toEqual([])
  })

  test('writes only the numbers that have to change', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)
    const before = await stat(join(collection.path, 'a.yml'), { bigint: true })

    await kit.workspace.items.move(await ids(kit, 'C'), top(collection), 1)

    expect((await stat(join(collection.path, 'a.yml'), { bigint: true })).ino).toBe(before.ino)
    expect(await readFile(join(collection.path, 'c.yml'), 'utf8')).toBe(requestText('C', 3))
    expect(await readFile(join(collection.path, 'b.yml'), 'utf8')).toBe(requestText('B', 4))
  })

  test('into a folder takes a free name and the place asked for', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {
      ...ABC,
      'f/folder.yml': 'info: { name: F, seq: 9 }\n',
      'f/a.yml': requestText('X', 1),
      'f/z.yml': requestText('Z', 2),
    })
    const [a, folder] = await ids(kit, 'A', 'F')

    const { moved } = await kit.workspace.items.move([a!], { collectionId: collection.id, folderId: folder! }, 1)

    expect(moved).toEqual([{ from: a, to: `${collection.id}/f/a 2.yml` }])
    expect(await outline(kit)).toEqual(['B', 'C', 'F', '  X', '  A', '  Z'])
  })

  test('a folder and something in it moves the folder once', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'f/a.yml': requestText('A'), 'g/folder.yml': 'info: { name: G }\n' })
    const [folder, request, target] = await ids(kit, 'f', 'A', 'G')

    const { moved } = await kit.workspace.items.move([request!, folder!], { collectionId: collection.id, folderId: target! }, 0)

    expect(moved.map(({ to }) => to)).toEqual([`${collection.id}/g/f`, `${collection.id}/g/f/a.yml`])
    expect(await outline(kit)).toEqual(['G', '  f', '    A'])
  })

  test('a folder into itself is refused, and nothing moves', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { ...ABC, 'f/g/a.yml': requestText('D') })
    const [a, folder, inner] = await ids(kit, 'A', 'f', 'g')

    const moving = kit.workspace.items.move([a!, folder!], { collectionId: collection.id, folderId: inner! }, 0)

    await expect(moving).rejects.toMatchObject({ kind: 'InvalidCall' })
    expect(await outline(kit)).toEqual(['f', '  g', '    D', 'A', 'B', 'C'])
  })

  test('to another collection', async () => {
    const kit = await workspaceKit()
    await openedCollection(kit, { 'f/a.yml': requestText('A') })
    const target = await kit.workspace.collections.create('Other', undefined)

    const { moved } = await kit.workspace.items.move(await ids(kit, 'f'), top(target), 0)

    expect(moved.map(({ to }) => to)).toEqual([`${target.id}/f`, `${target.id}/f/a.yml`])
    expect(readdirSync(join(target.path, 'f')).sort()).toEqual(['a.yml', 'folder.yml'])
  })

  test('among Bruno folders without numbers gives them the order asked for', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {
      'x/a.yml': requestText('A'),
      'y/b.yml': requestText('B'),
      'c.yml': requestText('C', 1),
    })

    await kit.workspace.items.move(await ids(kit, 'x'), top(collection), 3)

    expect((await outline(kit)).filter((line) => !line.startsWith(' '))).toEqual(['y', 'C', 'x'])
  })
})

describe('duplicating', () => {
  test('a request puts the copy behind it, under the next name', async () => {
    const kit = await workspaceKit()
    const text = `# mine\n${requestText('A', 1)}`
    const collection = await openedCollection(kit, { ...ABC, 'a.yml': text })

    await kit.workspace.items.duplicate(await idOf(kit, 'A'))
    const { nodeId } = await kit.workspace.items.duplicate(await idOf(kit, 'A'))

    expect(await outline(kit)).toEqual(['A', 'A copy 2', 'A copy', 'B', 'C'])
    expect(nodeId).toBe(`${collection.id}/A copy 2.yml`)
    expect(await readFile(join(collection.path, 'A copy 2.yml'), 'utf8')).toBe(
      text.replace('name: A', 'name: A copy 2').replace('seq: 1', 'seq: 2'),
    )
  })

  test('a folder copies all that is in it', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, {
      'f/folder.yml': '# note\ninfo: { name: F, seq: 1 }\n',
      'f/g/a.yml': requestText('A'),
      'f/data.bin': 'x',
      'f/.hidden': 'y',
    })

    await kit.workspace.items.duplicate(await idOf(kit, 'F'))

    expect(await outline(kit)).toEqual(['F', '  g', '    A', 'F copy', '  g', '    A'])
    expect((await readdir(join(collection.path, 'F copy'))).sort()).toEqual(['.hidden', 'data.bin', 'folder.yml', 'g'])
    expect(await readFile(join(collection.path, 'F copy/folder.yml'), 'utf8')).toBe('# note\ninfo: { name: F copy, seq: 2 }\n')
  })
})

describe('the trash', () => {
  test('takes items out and puts them back where they were', async () => {
    const kit = await workspaceKit()
    await openedCollection(kit, { ...ABC, 'f/folder.yml': 'info: { name: F, seq: 9 }\n', 'f/d.yml': requestText('D') })
    const before = await outline(kit)
    const nodes = await ids(kit, 'A', 'F', 'D')

    const { trashId, name } = await kit.workspace.trash.put(nodes)
    const between = await outline(kit)
    const restored = await kit.workspace.trash.restore(trashId)

    expect(name).toBe('2 items')
    expect(between).toEqual(['B', 'C'])
    expect(restored.nodeIds).toEqual(nodes.slice(0, 2))
    expect(await outline(kit)).toEqual(before)
    expect(await readdir(join(kit.dataDir, 'trash'))).toEqual([])
  })

  test('puts an item back into a folder that is gone meanwhile', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'f/d.yml': requestText('D') })
    const { trashId, name } = await kit.workspace.trash.put(await ids(kit, 'D'))
    await rm(join(collection.path, 'f'), { recursive: true })

    await kit.workspace.trash.restore(trashId)

    expect(name).toBe('D')
    expect(await outline(kit)).toEqual(['f', '  D'])
  })

  test('never puts an item over another', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)
    const { trashId } = await kit.workspace.trash.put(await ids(kit, 'A'))
    await put(collection.path, { 'a.yml': requestText('Other') })

    const { nodeIds } = await kit.workspace.trash.restore(trashId)

    expect(nodeIds).toEqual([`${collection.id}/a 2.yml`])
    expect(readFileSync(join(collection.path, 'a.yml'), 'utf8')).toBe(requestText('Other'))
  })

  test('gives back what it has after a crash in the middle of a deletion', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)
    const { trashId } = await kit.workspace.trash.put(await ids(kit, 'A', 'B'))
    const stored = join(kit.dataDir, 'trash', trashId, 'items')
    await writeFile(join(collection.path, 'b.yml'), readFileSync(join(stored, '1/b.yml')))
    await rm(join(stored, '1'), { recursive: true })

    await kit.workspace.trash.restore(trashId)

    expect(await outline(kit)).toEqual(['A', 'B', 'C'])
  })

  test('says that something was restored already', async () => {
    const kit = await workspaceKit()
    await openedCollection(kit, ABC)
    const { trashId } = await kit.workspace.trash.put(await ids(kit, 'A'))
    await kit.workspace.trash.restore(trashId)

    await expect(kit.workspace.trash.restore(trashId)).rejects.toMatchObject({ kind: 'NotFound' })
  })

  test('is private', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, ABC)
    const { trashId } = await kit.workspace.trash.put(await ids(kit, 'A'))

    expect((await stat(join(kit.dataDir, 'trash', trashId, 'manifest.json'))).mode & 0o077).toBe(0)
    expect(await readdir(collection.path)).not.toContain('a.yml')
  })
})
