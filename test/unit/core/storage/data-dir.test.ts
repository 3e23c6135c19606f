import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { prepareDataDir } from '#core/storage/data-dir.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('prepareDataDir', () => {
  test('makes the folder for its owner only and leaves nothing in it', async () => {
    const path = join(await tempDir(), 'deep/data')

    expect(await prepareDataDir(path)).toBeNull()
    expect((await stat(path)).mode & 0o777).toBe(0o700)
    expect(await readdir(path)).toEqual([])
  })

  test('says which folder cannot be used where a file is in its place', async () => {
    const path = join(await tempDir(), 'data')
    await writeFile(path, '')

    const problem = await prepareDataDir(path)

    expect(problem).toMatchObject({ kind: 'StorageError', message: expect.stringContaining(path) })
  })

  test.runIf(process.platform === 'linux')('says so where nothing can be written at all', async () => {
    expect(await prepareDataDir('/proc/posthaste')).toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining('/proc/posthaste'),
    })
  })
})
