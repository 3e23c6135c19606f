import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sweepTrash } from '#core/storage/trash.ts'
import { tempDir } from '../../../support/temp-dir.ts'

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
