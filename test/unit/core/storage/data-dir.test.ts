import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CoreError } from '#core/lib/core-error.ts'
import { storageError } from '#core/storage/atomic-write.ts'
import { isOfDataDir, prepareDataDir } from '#core/storage/data-dir.ts'
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

    expect(problem).toMatchObject({
      kind: 'StorageError',
      message: `The data folder ${path} cannot be written: something else of that name is in the way.`,
      parts: { hint: expect.stringContaining('--data-dir') },
    })
  })

  test.runIf(process.platform === 'linux')('says so where nothing can be written at all', async () => {
    expect(await prepareDataDir('/proc/posthaste')).toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining('/proc/posthaste'),
    })
  })
})

describe('isOfDataDir', () => {
  test('holds for what fails in the folder, and for nothing else', async () => {
    const path = await tempDir()
    const errorAt = (file: string): CoreError => storageError(Object.assign(new Error(), { code: 'EROFS' }), file)

    expect(
      [errorAt(path), errorAt(join(path, 'drafts', 'a.json')), errorAt(`${path}-other/a`), new Error(path)].map((error) =>
        isOfDataDir(path, error),
      ),
    ).toEqual([true, true, false, false])
  })
})
