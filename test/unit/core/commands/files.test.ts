import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NodeIdSchema } from '#contract/model/ids.ts'
import { fileHandlers } from '#core/commands/files.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const context = { signal: new AbortController().signal, clientId: 'test' }
const nodeId = NodeIdSchema.parse('c/a.yml')

describe('files.stat', () => {
  test('tells size and type of files, relative ones from the collection on', async () => {
    const root = await tempDir()
    await writeFile(join(root, 'photo.jpg'), 'abc')

    const { files } = await fileHandlers(() => root)['files.stat']({ paths: ['./photo.jpg', join(root, 'photo.jpg')], nodeId }, context)

    expect(files).toEqual([
      {
        path: './photo.jpg',
        resolved: join(root, 'photo.jpg'),
        bytes: 3,
        version: expect.any(String),
        contentType: 'image/jpeg',
        error: null,
      },
      {
        path: join(root, 'photo.jpg'),
        resolved: join(root, 'photo.jpg'),
        bytes: 3,
        version: expect.any(String),
        contentType: 'image/jpeg',
        error: null,
      },
    ])
  })

  test('says of each file that cannot be sent why', async () => {
    const root = await tempDir()

    const { files } = await fileHandlers(() => root)['files.stat']({ paths: ['gone.bin', '.'], nodeId }, context)

    expect(files).toMatchObject([
      {
        bytes: null,
        error: { kind: 'FileNotFound', message: expect.stringContaining('gone.bin'), hint: expect.stringContaining('Check its path') },
      },
      { bytes: null, error: { kind: 'FileNotFound', message: expect.stringContaining('folder') } },
    ])
  })

  test('says what to do about a relative path of a request that is in no collection yet', async () => {
    const { files } = await fileHandlers(() => null)['files.stat']({ paths: ['a.bin'], nodeId: null }, context)

    expect(files).toMatchObject([{ error: { kind: 'FileNotFound', hint: expect.stringContaining('Save') } }])
  })
})

describe('files.expand', () => {
  test('gives the regular files below folders, depth first, without hidden ones and links', async () => {
    const root = await tempDir()
    for (const folder of ['a', '.git']) await mkdir(join(root, folder))
    for (const file of ['a/1.txt', 'a/.hidden', '.git/x', 'b.txt']) await writeFile(join(root, file), '')
    await symlink('.', join(root, 'loop'))

    const paths = [root, join(root, 'b.txt')]
    const { files, truncated } = await fileHandlers(() => null)['files.expand']({ paths, withHidden: false }, context)

    expect(files).toEqual(['a/1.txt', 'b.txt', 'b.txt'].map((file) => join(root, file)))
    expect(truncated).toBe(false)
  })

  test('tells what it leaves out as hidden, a folder once, and takes that where it is asked for', async () => {
    const root = await tempDir()
    for (const folder of ['a', '.git']) await mkdir(join(root, folder))
    for (const file of ['a/1.txt', 'a/.env', '.git/x', '.git/.y']) await writeFile(join(root, file), '')
    await symlink('.', join(root, '.loop'))
    const expand = fileHandlers(() => null)['files.expand']

    const { hidden } = await expand({ paths: [root], withHidden: false }, context)
    const { files } = await expand({ paths: hidden, withHidden: true }, context)

    expect(hidden).toEqual(['.git', 'a/.env'].map((file) => join(root, file)))
    expect(files).toEqual(['.git/.y', '.git/x', 'a/.env'].map((file) => join(root, file)))
  })

  test('stops at a thousand', async () => {
    const root = await tempDir()
    await Promise.all(Array.from({ length: 1003 }, (_, index) => writeFile(join(root, `${index}`), '')))

    const { files, truncated } = await fileHandlers(() => null)['files.expand']({ paths: [root], withHidden: false }, context)

    expect(files).toHaveLength(1000)
    expect(truncated).toBe(true)
  })
})
