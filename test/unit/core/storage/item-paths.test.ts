import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NodeIdSchema } from '#contract/model/ids.ts'
import { assertInside, collectionIdOf, isRequestFile, itemPath, nodeIdOf, splitNodeId } from '#core/storage/item-paths.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('ids', () => {
  test('are split where they were joined', () => {
    const id = nodeIdOf(collectionIdOf('/c', '/data'), 'a/b.yml')

    expect(splitNodeId(id)).toEqual({ collectionId: collectionIdOf('/c', '/data'), path: 'a/b.yml' })
    expect(splitNodeId(NodeIdSchema.parse('nothing'))).toEqual({ collectionId: 'nothing', path: '' })
  })

  test('stay the same where the data folder moves with its collections', () => {
    expect(collectionIdOf('/one/collections/a', '/one')).toBe(collectionIdOf('/two/collections/a', '/two'))
    expect(collectionIdOf('/one/collections/a', '/two')).not.toBe(collectionIdOf('/one/collections/b', '/two'))
  })
})

describe('itemPath', () => {
  test.each([
    '..',
    '../a.yml',
    'a/../../b.yml',
    '/etc/passwd',
    'a//b.yml',
    '.git/config',
    'a/.env',
    'a\0.yml',
    '',
    '.',
    'environments',
    'opencollection.yml',
    'a/folder.yml',
    'Folder.YML',
    'node_modules/x.yml',
    'a/'.repeat(70),
  ])('refuses %j', (path) => {
    expect(() => itemPath('/root', path)).toThrow(expect.objectContaining({ kind: 'NotFound' }))
  })

  test.each(['a.yml', 'a b/ü.yml', 'deep/environments/x.yml', 'a..b/c.yml'])('takes %j', (path) => {
    expect(itemPath('/root', path)).toBe(join('/root', path))
  })
})

describe('isRequestFile', () => {
  test.each([
    ['a.yml', true],
    ['a.YAML', true],
    ['folder.yml', false],
    ['opencollection.yml', false],
    ['.a.yml', false],
    ['a.json', false],
  ])('%s: %s', (name, expected) => {
    expect(isRequestFile(name)).toBe(expected)
  })
})

describe('assertInside', () => {
  test('takes a file in the folder, there or not', async () => {
    const root = await tempDir()

    await expect(assertInside(root, join(root, 'new/a.yml'))).resolves.toBeUndefined()
  })

  test('refuses a folder that a link leads out of', async () => {
    const [root, outside] = [await tempDir(), await tempDir()]
    await symlink(outside, join(root, 'out'))

    await expect(assertInside(root, join(root, 'out/a.yml'))).rejects.toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining('out/a.yml'),
    })
  })

  test('refuses to write through a link that leads out, but lets it be moved', async () => {
    const [root, outside] = [await tempDir(), await tempDir()]
    await writeFile(join(outside, 'a.yml'), '')
    await symlink(join(outside, 'a.yml'), join(root, 'a.yml'))

    await expect(assertInside(root, join(root, 'a.yml'))).rejects.toMatchObject({ kind: 'StorageError' })
    await expect(assertInside(root, join(root, 'a.yml'), true)).resolves.toBeUndefined()
  })

  test('takes a link that stays inside', async () => {
    const root = await tempDir()
    await mkdir(join(root, 'b'))
    await writeFile(join(root, 'b/a.yml'), '')
    await symlink('b/a.yml', join(root, 'a.yml'))

    await expect(assertInside(root, join(root, 'a.yml'))).resolves.toBeUndefined()
  })
})
