import { spawnSync } from 'node:child_process'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isRequestFile } from '#core/storage/item-paths.ts'
import { removeTemporaries, temporaryName } from '#core/storage/temporary-files.ts'
import { tempDir } from '../../../support/temp-dir.ts'

test('what a killed process left in a collection is removed; what may be under way, and files of others, stay', async () => {
  const root = await tempDir()
  const { pid: gone } = spawnSync(process.execPath, ['-e', ''])
  const [inUse, left] = [temporaryName(), temporaryName().replace(String(process.pid), String(gone))]
  const old = ['.posthaste-1-0123456789ab.tmp']
  await mkdir(join(root, 'sub'))
  for (const name of [inUse, left, 'get.yml.2024', 'my.tmp', ...old]) await writeFile(join(root, 'sub', name), '')
  const hourAgo = new Date(Date.now() - 3_600_000)
  for (const name of [...old, 'get.yml.2024', 'my.tmp']) await utimes(join(root, 'sub', name), hourAgo, hourAgo)

  await removeTemporaries(root, Date.now())

  expect((await readdir(join(root, 'sub'))).sort()).toEqual([inUse, 'get.yml.2024', 'my.tmp'].sort())
})

test('a folder that things were written to goes too, but not while they may still be', async () => {
  const root = await tempDir()
  const { pid: gone } = spawnSync(process.execPath, ['-e', ''])
  const [slow, left] = [temporaryName(), temporaryName().replace(String(process.pid), String(gone))]
  for (const name of [slow, left]) await mkdir(join(root, name, 'items'), { recursive: true })
  const hourAgo = new Date(Date.now() - 3_600_000)
  await utimes(join(root, slow), hourAgo, hourAgo)

  await removeTemporaries(root, Date.now())

  expect(await readdir(root)).toEqual([slow])
})

test('its names are no items of a collection', () => {
  expect(isRequestFile(temporaryName())).toBe(false)
  expect(temporaryName()).toMatch(/^\./)
})
