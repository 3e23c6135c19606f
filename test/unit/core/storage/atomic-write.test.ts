import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { atomicWrite, putInPlace } from '#core/storage/atomic-write.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('atomicWrite', () => {
  test('writes all of it, makes the folder, and leaves nothing beside it', async () => {
    const dir = await tempDir()
    const content = 'x'.repeat(5 * 1024 * 1024)

    await atomicWrite(join(dir, 'deep/er/a.yml'), content)

    expect(await readFile(join(dir, 'deep/er/a.yml'), 'utf8')).toBe(content)
    expect(await readdir(join(dir, 'deep/er'))).toEqual(['a.yml'])
  })

  test('gives a new file the mode asked for and keeps that of an old one', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'old'), '')
    await chmod(join(dir, 'old'), 0o640)

    await atomicWrite(join(dir, 'new'), 'a', 0o600)
    await atomicWrite(join(dir, 'old'), 'a')

    expect((await stat(join(dir, 'new'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dir, 'old'))).mode & 0o777).toBe(0o640)
  })

  test('writes what a link leads to, and leaves the link', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'target'), 'old')
    await symlink('target', join(dir, 'link'))

    await atomicWrite(join(dir, 'link'), 'new')

    expect(await readFile(join(dir, 'target'), 'utf8')).toBe('new')
  })

  test('says which path could not be written, why, and what to do', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'file'), '')

    await expect(atomicWrite(join(dir, 'file/a.yml'), '')).rejects.toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining(`${join(dir, 'file/a.yml')} could not be written: `),
      parts: { hint: expect.any(String), details: { code: expect.stringMatching(/^(?:ENOTDIR|EEXIST)$/) } },
    })
  })

  test('does not put a file in place of a folder', async () => {
    const dir = await tempDir()
    await mkdir(join(dir, 'a.yml'))

    await expect(atomicWrite(join(dir, 'a.yml'), '')).rejects.toMatchObject({ kind: 'StorageError' })
    expect(await readdir(dir)).toEqual(['a.yml'])
  })

  test('puts nothing in place before what comes first has', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'a'), 'old')
    const { promise: first, resolve } = Promise.withResolvers<void>()
    const isFlushed = async (): Promise<boolean> => {
      const [beside] = (await readdir(dir)).filter((name) => name !== 'a')
      return beside !== undefined && (await readFile(join(dir, beside), 'utf8')) === 'new'
    }

    const writing = putInPlace(join(dir, 'a'), 'new', undefined, first)
    await expect.poll(isFlushed).toBe(true)
    const before = await readFile(join(dir, 'a'), 'utf8')
    resolve()
    await writing

    expect([before, await readFile(join(dir, 'a'), 'utf8')]).toEqual(['old', 'new'])
    expect(await readdir(dir)).toEqual(['a'])
  })

  test('lets one write after the other win, whole', async () => {
    const path = join(await tempDir(), 'a')

    await Promise.all(Array.from({ length: 20 }, (_, index) => atomicWrite(path, String(index % 10).repeat(100_000))))

    expect(await readFile(path, 'utf8')).toMatch(/^(\d)\1{99999}$/)
  })
})
