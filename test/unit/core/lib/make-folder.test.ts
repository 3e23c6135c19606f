import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '#core/lib/make-folder.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('makeFolder', () => {
  test('makes all that is missing, many times at once', async () => {
    const path = join(await tempDir(), 'a/b/c')

    await Promise.all(Array.from({ length: 10 }, () => makeFolder(path, 0o700)))

    expect((await stat(path)).mode & 0o777).toBe(0o700)
  })

  test('fails where a file is in the way', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'file'), '')

    await expect(makeFolder(join(dir, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeFolder(join(dir, 'file/a/b'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  test.runIf(process.platform === 'linux')('comes back where the system makes no folders', async () => {
    await expect(makeFolder('/proc/posthaste/a')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
