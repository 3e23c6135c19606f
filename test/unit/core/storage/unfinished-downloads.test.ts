import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BodyIdSchema } from '#contract/model/ids.ts'
import { createUnfinishedDownloads } from '#core/storage/unfinished-downloads.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const isKept = async (): Promise<boolean> => true
const POINT = { bodyId: BodyIdSchema.parse('b'.repeat(64)), bytes: 5, ifRange: '"v1"', url: 'http://x/?key=secret' }

test('what is noted of a file is found again, by its owner only, until it is whole', async () => {
  const dir = await tempDir()
  const logged: string[] = []
  const unfinished = createUnfinishedDownloads(dir, (line) => void logged.push(line), isKept)

  expect(await unfinished.note('/a/file', POINT)).toBe(true)

  expect(await createUnfinishedDownloads(dir, () => undefined, isKept).find('/a/file')).toEqual(POINT)
  expect(await unfinished.find('/a/other')).toBeNull()
  const [name = ''] = await readdir(join(dir, 'downloads'))
  expect((await stat(join(dir, 'downloads', name))).mode & 0o077).toBe(0)
  expect(await unfinished.note('/a/file', null)).toBe(false)
  expect(await unfinished.find('/a/file')).toBeNull()
  expect(logged).toEqual([])
})

test('a note that is damaged is set aside, and one that cannot be made is logged', async () => {
  const dir = await tempDir()
  const logged: string[] = []
  const unfinished = createUnfinishedDownloads(dir, (line) => void logged.push(line), isKept)
  await unfinished.note('/a/file', POINT)
  const [name = ''] = await readdir(join(dir, 'downloads'))
  await writeFile(join(dir, 'downloads', name), '{"point":{"bytes":-1}}')

  expect(await unfinished.find('/a/file')).toBeNull()
  const bare = await tempDir()
  await writeFile(join(bare, 'downloads'), 'a file in its place')
  await createUnfinishedDownloads(bare, (line) => void logged.push(line), isKept).note('/a/file', POINT)

  expect(logged).toEqual([expect.stringContaining('set aside'), expect.stringContaining('could not be noted')])
})

test('what came is not gone on with where it is not kept, now or by the time it is asked for', async () => {
  const dir = await tempDir()
  let isThere = true
  const unfinished = createUnfinishedDownloads(
    dir,
    () => undefined,
    async () => isThere,
  )

  expect(await unfinished.note('/a/file', POINT)).toBe(true)
  isThere = false

  expect(await unfinished.find('/a/file')).toBeNull()
  expect(await unfinished.note('/a/file', POINT)).toBe(false)
  isThere = true
  expect(await unfinished.find('/a/file')).toBeNull()
})
