import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sweepTrash } from '#core/storage/trash.ts'
import { tempDir } from '../../../support/temp-dir.ts'
import { idOf, openedCollection, put, requestText, workspaceKit } from './workspace-kit.ts'

const DAY_MS = 24 * 3600 * 1000
const NOW = Date.parse('2026-06-30T12:00:00Z')

async function deletion(dataDir: string, id: string, manifest: string): Promise<void> {
  const folder = join(dataDir, 'trash', id)
  await mkdir(join(folder, 'items', '0'), { recursive: true })
  await writeFile(join(folder, 'items', '0', 'a.yml'), 'info: {}')
  await writeFile(join(folder, 'manifest.json'), manifest)
}

test('sweepTrash removes deletions of long ago, and keeps those it cannot date', async () => {
  const dataDir = await tempDir()
  const of = (at: string): string => JSON.stringify({ version: 1, at, items: [] })
  await deletion(dataDir, '0'.repeat(18), of('2026-05-30T12:00:00.000Z'))
  await deletion(dataDir, '1'.repeat(18), of('2026-06-01T12:00:00.000Z'))
  await deletion(dataDir, '2'.repeat(18), '{"torn')
  await deletion(dataDir, '3'.repeat(18), of('long ago'))
  await deletion(dataDir, 'nöt ours', of('2020-01-01T00:00:00.000Z'))

  const removed = await sweepTrash(dataDir, 30 * DAY_MS, NOW)

  expect(removed).toBe(1)
  expect((await readdir(join(dataDir, 'trash'))).sort()).toEqual(['1'.repeat(18), '2'.repeat(18), '3'.repeat(18), 'nöt ours'])
})

test('sweepTrash has nothing to do where nothing was ever deleted', async () => {
  expect(await sweepTrash(await tempDir(), 30 * DAY_MS, NOW)).toBe(0)
})

describe('what is in the trash', () => {
  test('is listed, the latest deletion first, and no longer once it is restored', async () => {
    const kit = await workspaceKit()
    const collection = await openedCollection(kit, { 'a.yml': requestText('A'), 'f/b.yml': requestText('B'), 'c.yml': requestText('C') })
    const first = await kit.workspace.trash.put([await idOf(kit, 'A')])
    const second = await kit.workspace.trash.put([await idOf(kit, 'f'), await idOf(kit, 'C')])

    const both = await kit.workspace.trash.list()
    await kit.workspace.trash.restore(second.trashId)

    const root = collection.path
    expect(both.toSorted((one, other) => one.items.length - other.items.length)).toMatchObject([
      { id: first.trashId, items: [{ root, path: 'a.yml', name: 'A', isFolder: false }] },
      {
        id: second.trashId,
        items: [
          { root, path: 'f', name: 'f', isFolder: true },
          { root, path: 'c.yml', name: 'C', isFolder: false },
        ],
      },
    ])
    expect((await kit.workspace.trash.list()).map(({ id }) => id)).toEqual([first.trashId])
  })

  test('is nothing where nothing was deleted, or only what is no deletion is there', async () => {
    const kit = await workspaceKit()
    const before = await kit.workspace.trash.list()
    await put(kit.dataDir, { 'trash/abcdef123456/manifest.json': 'damaged', 'trash/abcdef123457/items/0/a.yml': '' })

    expect([before, await kit.workspace.trash.list()]).toEqual([[], []])
  })
})
