import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Draft, LayerDraft, WindowState } from '#contract/model/draft.ts'
import { CollectionIdSchema, DraftIdSchema } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { createDrafts } from '#core/storage/drafts.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const draft = (id: string, url = ''): Draft => ({
  id: DraftIdSchema.parse(id),
  nodeId: null,
  revision: null,
  document: { ...emptyRequest('A'), url },
  dirty: true,
  shelvedBodies: [{ kind: 'text', text: 'x' }],
  shelvedAuths: [],
})
const window: WindowState = {
  order: [DraftIdSchema.parse('draft-1')],
  active: null,
  layout: { sidebarVisible: true, sidebarWidth: 240, split: 'beside', editorShare: 0.5, collapsed: [] },
  choices: { byCollection: {}, lastUsed: null },
}

const layer = (id: string, host = ''): LayerDraft => ({
  kind: 'environment',
  id: DraftIdSchema.parse(id),
  collectionId: CollectionIdSchema.parse('shop'),
  file: 'dev.yml',
  base: null,
  value: { name: 'dev', extends: null, dotEnvPath: null, color: null, variables: [{ name: 'host', value: host, enabled: true }] },
})

describe('the journal of layers', () => {
  test('gives back every draft after a restart, apart from those of tabs', async () => {
    const dir = await tempDir()
    const drafts = createDrafts(dir, () => undefined)

    await Promise.all([
      drafts.save(draft('draft-1')),
      drafts.layers.save(layer('draft-1', 'http://x')),
      drafts.layers.save(layer('draft-2')),
    ])
    await drafts.layers.remove(layer('draft-2').id)

    const again = createDrafts(dir, () => undefined)
    expect(await again.layers.load()).toEqual([layer('draft-1', 'http://x')])
    expect((await again.load()).drafts).toEqual([draft('draft-1')])
  })

  test('sets a damaged file aside, tells of it, and gives back the rest', async () => {
    const dir = await tempDir()
    const lines: string[] = []
    const drafts = createDrafts(dir, (line) => lines.push(line))
    await drafts.layers.save(layer('draft-1'))
    await writeFile(join(dir, 'layer-drafts/draft-2.json'), '{"version":1,"draft":{"kind":"folder"}}')

    expect(await drafts.layers.load()).toEqual([layer('draft-1')])
    expect(lines.join()).toContain('draft-2.json')
  })

  test('is for nobody else to read', async () => {
    const dir = await tempDir()

    await createDrafts(dir, () => undefined).layers.save(layer('draft-1'))

    expect((await stat(join(dir, 'layer-drafts/draft-1.json'))).mode & 0o077).toBe(0)
  })
})

describe('the journal', () => {
  test('gives back every draft and the window after a restart', async () => {
    const dir = await tempDir()
    const drafts = createDrafts(dir, () => undefined)

    await Promise.all([drafts.save(draft('draft-1', 'http://x/')), drafts.save(draft('draft-2')), drafts.saveWindow(window)])

    expect(await createDrafts(dir, () => undefined).load()).toEqual({ drafts: [draft('draft-1', 'http://x/'), draft('draft-2')], window })
  })

  test('is empty where nothing was ever written', async () => {
    expect(await createDrafts(await tempDir(), () => undefined).load()).toEqual({ drafts: [], window: null })
  })

  test('keeps the last of many quick saves, and a removal after them', async () => {
    const dir = await tempDir()
    const drafts = createDrafts(dir, () => undefined)

    for (let index = 0; index < 20; index += 1) void drafts.save(draft('draft-1', String(index)))
    void drafts.save(draft('draft-2'))
    void drafts.remove(draft('draft-2').id)
    await drafts.close()

    expect((await drafts.load()).drafts).toEqual([draft('draft-1', '19')])
  })

  test('sets a damaged file aside, tells of it, and gives back the rest', async () => {
    const dir = await tempDir()
    const lines: string[] = []
    const drafts = createDrafts(dir, (line) => lines.push(line))
    await drafts.save(draft('draft-1'))
    await writeFile(join(dir, 'drafts/draft-2.json'), '{"version":1,"draft":{"id"')
    await writeFile(join(dir, 'window.json'), '[]')

    expect(await drafts.load()).toEqual({ drafts: [draft('draft-1')], window: null })

    expect(lines).toHaveLength(2)
    const aside = (await readdir(join(dir, 'drafts'))).find((name) => name.startsWith('draft-2.json.'))
    expect(await readFile(join(dir, 'drafts', aside!), 'utf8')).toBe('{"version":1,"draft":{"id"')
  })

  test('leaves a draft of a newer version alone', async () => {
    const dir = await tempDir()
    await mkdir(join(dir, 'drafts'))
    await writeFile(join(dir, 'drafts/draft-9.json'), '{"version":2,"draft":{}}')

    expect((await createDrafts(dir, () => undefined).load()).drafts).toEqual([])
    expect(await readdir(join(dir, 'drafts'))).toEqual(['draft-9.json'])
  })

  test('is for its owner only, since it may hold secrets', async () => {
    const dir = await tempDir()
    await createDrafts(dir, () => undefined).save(draft('draft-1'))

    expect((await stat(join(dir, 'drafts/draft-1.json'))).mode & 0o077).toBe(0)
  })

  test('says which file could not be written', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'drafts'), 'a file')

    await expect(createDrafts(dir, () => undefined).save(draft('draft-1'))).rejects.toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining('draft-1.json'),
    })
  })
})
