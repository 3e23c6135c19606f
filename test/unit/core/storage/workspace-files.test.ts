import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { copyEntry, moveEntry } from '#core/storage/workspace-files.ts'
import { tempDir } from '../../../support/temp-dir.ts'
import { put } from './workspace-kit.ts'

describe('moveEntry', () => {
  test('moves a folder, and makes the one it goes to', async () => {
    const dir = await tempDir()
    await put(dir, { 'a/x.yml': 'x' })

    await moveEntry(join(dir, 'a'), join(dir, 'b/c'))

    expect(await readdir(dir)).toEqual(['b'])
    expect(await readFile(join(dir, 'b/c/x.yml'), 'utf8')).toBe('x')
  })

  test.runIf(existsSync('/dev/shm'))('moves to another disk, too', async () => {
    const dir = await tempDir()
    const other = await mkdtemp('/dev/shm/posthaste-test-')
    onTestFinished(() => rm(other, { recursive: true, force: true }))
    await put(dir, { 'a/x.yml': 'x', 'a/b/.hidden': 'y' })

    await moveEntry(join(dir, 'a'), join(other, 'a'))

    expect(await readdir(dir)).toEqual([])
    expect((await readdir(other, { recursive: true })).sort()).toEqual(['a', 'a/b', 'a/b/.hidden', 'a/x.yml'])
  })

  test('says that what is to be moved is gone', async () => {
    const dir = await tempDir()

    await expect(moveEntry(join(dir, 'a.yml'), join(dir, 'b.yml'))).rejects.toMatchObject({ kind: 'NotFound' })
  })

  test('names what could not be moved where a file is in the way of a folder', async () => {
    const dir = await tempDir()
    await put(dir, { 'a.yml': '', file: '' })

    await expect(moveEntry(join(dir, 'a.yml'), join(dir, 'file/a.yml'))).rejects.toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining('a.yml'),
    })
    expect((await stat(join(dir, 'a.yml'))).isFile()).toBe(true)
  })
})

describe('copyEntry', () => {
  test('copies links as links and leaves nothing half done beside the copy', async () => {
    const dir = await tempDir()
    await put(dir, { 'a/x.yml': 'x' })
    await symlink('x.yml', join(dir, 'a/link.yml'))

    await copyEntry(join(dir, 'a'), join(dir, 'b'))

    expect((await readdir(dir)).sort()).toEqual(['a', 'b'])
    expect(await readlink(join(dir, 'b/link.yml'))).toBe('x.yml')
  })
})
