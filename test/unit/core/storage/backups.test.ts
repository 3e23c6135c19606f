import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NodeIdSchema, type NodeId } from '#contract/model/ids.ts'
import { createBackups, MAX_VERSIONS, sweepBackups, type Backups } from '#core/storage/backups.ts'
import { tempDir } from '../../../support/temp-dir.ts'
import { document, idOf, openedCollection, put, requestText, top, workspaceKit, type Kit } from './workspace-kit.ts'

interface Ring {
  readonly backups: Backups
  readonly dataDir: string
  readonly root: string
  readonly reported: unknown[]
  /** Write a text where there was another, as a save does. */
  readonly overwrite: (path: string, text: string) => Promise<void>
  readonly texts: (path: string) => Promise<string[]>
}

async function ring(): Promise<Ring> {
  const [dataDir, root] = [await tempDir(), await tempDir()]
  const reported: unknown[] = []
  const backups = createBackups({ dataDir, collectionId: 'c', root, report: (error) => reported.push(error) })
  return {
    backups,
    dataDir,
    root,
    reported,
    overwrite: (path, text) => backups.replace(path, text),
    texts: async (path) => {
      const versions = await backups.list(path)
      return Promise.all(versions.map(async ({ id }) => Buffer.from(await backups.read(path, id)).toString()))
    },
  }
}

const DAY_MS = 24 * 3600 * 1000

describe('the versions of a file', () => {
  test('are what was there before each save, newest first', async () => {
    const { overwrite, texts } = await ring()

    for (const text of ['one', 'two', 'three']) await overwrite('a.yml', text)

    expect(await texts('a.yml')).toEqual(['two', 'one'])
  })

  test('do not have the same text twice in a row', async () => {
    const { overwrite, texts } = await ring()
    await overwrite('a.yml', 'one')

    for (let time = 0; time < 3; time += 1) await overwrite('a.yml', 'one')
    for (const text of ['two', 'one', 'two']) await overwrite('a.yml', text)

    expect(await texts('a.yml')).toEqual(['one', 'two', 'one'])
  })

  test(`are the last ${MAX_VERSIONS}, also where many were saved within one millisecond`, async () => {
    const { overwrite, texts } = await ring()

    for (let time = 0; time <= MAX_VERSIONS + 5; time += 1) await overwrite('a.yml', `text ${time}`)

    const kept = await texts('a.yml')
    expect(kept).toHaveLength(MAX_VERSIONS)
    expect(kept[0]).toBe(`text ${MAX_VERSIONS + 4}`)
    expect(kept.at(-1)).toBe('text 5')
  })

  test('keep bytes that are no text, for their owner only, beside the readable path', async () => {
    const { backups, dataDir, root } = await ring()
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80])
    await writeFile(join(root, 'a.yml'), bytes)

    await backups.replace('a.yml', 'text')

    const [version] = await backups.list('a.yml')
    expect(Buffer.from(await backups.read('a.yml', version?.id ?? ''))).toEqual(bytes)
    const files = await readdir(join(dataDir, 'backups/c'), { recursive: true })
    const index = files.find((name) => name.endsWith('index.json')) ?? ''
    expect(JSON.parse(await readFile(join(dataDir, 'backups/c', index), 'utf8'))).toEqual({ version: 1, path: 'a.yml' })
  })

  test('cannot be asked for by a path', async () => {
    const { backups } = await ring()

    await expect(backups.read('a.yml', '../../secrets/key')).rejects.toMatchObject({ kind: 'NotFound' })
  })

  test('that cannot be kept are told of once, and do not stop the save', async () => {
    const { backups, dataDir, root, reported } = await ring()
    await put(root, { 'a.yml': 'one' })
    await writeFile(join(dataDir, 'backups'), 'in the way')

    for (const text of ['two', 'three']) await backups.replace('a.yml', text)
    const saved = await readFile(join(root, 'a.yml'), 'utf8')
    await rm(join(dataDir, 'backups'))
    await backups.replace('a.yml', 'four')

    expect(reported).toMatchObject([
      { kind: 'StorageError', message: expect.stringContaining('The earlier text of a.yml could not be kept') },
    ])
    expect(saved).toBe('three')
    expect(await backups.list('a.yml')).toHaveLength(1)
  })
})

describe('sweepBackups', () => {
  test('removes what is too old, and leaves what is not ours', async () => {
    const { backups, dataDir, overwrite } = await ring()
    for (const text of ['one', 'two']) await overwrite('a.yml', text)
    await put(dataDir, { 'backups/c/notes.txt': 'mine' })
    await utimes(join(dataDir, 'backups/c/notes.txt'), 0, 0)

    const early = await sweepBackups(dataDir, { olderThanMs: DAY_MS, maxBytes: 1e9 }, Date.now())
    const late = await sweepBackups(dataDir, { olderThanMs: DAY_MS, maxBytes: 1e9 }, Date.now() + 2 * DAY_MS)

    expect([early, late]).toEqual([0, 1])
    expect(await backups.list('a.yml')).toEqual([])
    expect(await readdir(join(dataDir, 'backups/c'))).toEqual(['notes.txt'])
  })

  test('removes the oldest of all files until the rest fits', async () => {
    const { dataDir, overwrite, texts } = await ring()
    for (const text of ['a'.repeat(100), 'b'.repeat(100)]) await overwrite('a.yml', text)
    for (const text of ['c'.repeat(100), 'd'.repeat(100)]) await overwrite('b.yml', text)

    await sweepBackups(dataDir, { olderThanMs: DAY_MS, maxBytes: 150 }, Date.now())

    expect([await texts('a.yml'), await texts('b.yml')]).toEqual([[], ['c'.repeat(100)]])
  })

  test('of a data folder without any does nothing', async () => {
    expect(await sweepBackups(await tempDir(), { olderThanMs: 0, maxBytes: 0 }, Date.now())).toBe(0)
  })
})

describe('a workspace keeps the text it overwrites', () => {
  const textsOf = async (kit: Kit, id: NodeId): Promise<string[]> => {
    const { versions } = await kit.workspace.backups.list(id)
    const read = await Promise.all(versions.map((version) => kit.workspace.backups.read(id, version.id)))
    return read.map(({ text }) => text)
  }

  test('of a request: saved, saved as text, broken, renamed', async () => {
    const kit = await workspaceKit()
    await openedCollection(kit, { 'a.yml': requestText('A') })
    const id = await idOf(kit, 'A')
    await kit.workspace.requests.save(id, document('A', { url: 'http://y/' }), null)
    await kit.workspace.requests.saveText(id, 'info: [', null)
    await kit.workspace.requests.saveText(id, requestText('A'), null)
    const { moved } = await kit.workspace.items.rename(id, 'B')

    const texts = await textsOf(kit, moved[0]?.to ?? id)

    expect(texts).toEqual([requestText('A'), 'info: [', expect.stringContaining('http://y/'), requestText('A')])
    expect(await textsOf(kit, id)).toEqual([])
  })

  test('of a folder, the collection and an environment, whose versions go along when it is renamed', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'f/folder.yml': 'info:\n  name: F\n', 'f/a.yml': requestText('A') })
    const id = collection.id
    const defaults = { headers: [{ name: 'X', value: '1', enabled: true }], auth: { kind: 'none' as const }, variables: [], options: {} }
    await kit.workspace.settings.saveDefaults({ collectionId: id, folderId: await idOf(kit, 'F') }, defaults, null)
    await kit.workspace.collections.rename(id, 'Other')
    const around = { extends: null, dotEnvPath: null, color: null, variables: [] }
    const made = await kit.workspace.settings.saveEnvironment(id, null, { name: 'dev', ...around }, null)
    const renamed = await kit.workspace.settings.saveEnvironment(id, made.file, { name: 'test', ...around }, null)

    expect(await textsOf(kit, await idOf(kit, 'F'))).toEqual(['info:\n  name: F\n'])
    expect(await textsOf(kit, NodeIdSchema.parse(id))).toEqual(['info:\n  name: Shop\n'])
    expect(await textsOf(kit, NodeIdSchema.parse(`${id}/environments/${renamed.file}`))).toEqual([expect.stringContaining('name: dev')])
  })

  test('and they go along with a folder that is moved, to another collection too', async () => {
    const kit = await workspaceKit()
    await openedCollection(kit, { 'f/folder.yml': 'info:\n  name: F\n', 'f/a.yml': requestText('A') })
    const other = await kit.workspace.collections.create('Other', undefined)
    await kit.workspace.requests.save(await idOf(kit, 'A'), document('A', { url: 'http://y/' }), null)

    await kit.workspace.items.move([await idOf(kit, 'F')], top(other), 0)

    expect(await textsOf(kit, await idOf(kit, 'A'))).toEqual([requestText('A')])
  })

  test('but not for a new place among siblings', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'a.yml': requestText('A', 1), 'b.yml': requestText('B', 2) })

    await kit.workspace.items.move([await idOf(kit, 'B')], top(collection), 0)

    expect(await textsOf(kit, await idOf(kit, 'A'))).toEqual([])
    expect(await textsOf(kit, await idOf(kit, 'B'))).toEqual([])
  })

  test('and puts one back, byte for byte, as a save that can itself be taken back', async () => {
    const kit = await workspaceKit()
    await openedCollection(kit, { 'a.yml': requestText('A') })
    const id = await idOf(kit, 'A')
    await kit.workspace.requests.saveText(id, 'broken: [', null)
    const { versions, current } = await kit.workspace.backups.list(id)

    const { replaced } = await kit.workspace.backups.restore(id, versions[0]?.id ?? '', current?.revision ?? null)
    const restored = await kit.workspace.backups.list(id)
    await kit.workspace.backups.restore(id, replaced ?? '', restored.current?.revision ?? null)

    expect(current?.text).toBe('broken: [')
    expect(restored.current?.text).toBe(requestText('A'))
    expect((await kit.workspace.backups.list(id)).current?.text).toBe('broken: [')
  })

  test('puts none over a change that nobody saw', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'a.yml': requestText('A') })
    const id = await idOf(kit, 'A')
    await kit.workspace.requests.save(id, document('A', { url: 'http://y/' }), null)
    const { versions, current } = await kit.workspace.backups.list(id)
    await put(collection.path, { 'a.yml': requestText('Theirs') })

    await expect(kit.workspace.backups.restore(id, versions[0]?.id ?? '', current?.revision ?? null)).rejects.toMatchObject({
      kind: 'Conflict',
    })
    expect(await readFile(join(collection.path, 'a.yml'), 'utf8')).toBe(requestText('Theirs'))
  })

  test('has them still when the file was deleted, gone from disk, or restored from the trash', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'a.yml': requestText('A') })
    const id = await idOf(kit, 'A')
    await kit.workspace.requests.save(id, document('A', { url: 'http://y/' }), null)
    const { trashId } = await kit.workspace.trash.put([id])
    const gone = await kit.workspace.backups.list(id)
    await kit.workspace.trash.restore(trashId)
    const back = await kit.workspace.backups.list(id)
    await rm(join(collection.path, 'a.yml'))
    await kit.workspace.backups.restore(id, gone.versions[0]?.id ?? '', null)

    expect(gone.current).toBeNull()
    expect(back.versions).toEqual(gone.versions)
    expect(await readFile(join(collection.path, 'a.yml'), 'utf8')).toBe(requestText('A'))
  })
})
