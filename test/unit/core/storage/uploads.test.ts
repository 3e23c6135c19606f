import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { receiveUpload } from '#core/storage/uploads.ts'
import { tempDir } from '../../../support/temp-dir.ts'

describe('receiveUpload', () => {
  test('streams the bytes to a file of that name, for its owner only', async () => {
    const dir = await tempDir()

    const { path, bytes } = await receiveUpload(dir, 'фото.jpg', Readable.from([Buffer.alloc(70_000, 1), Buffer.alloc(30_000, 2)]))

    expect(basename(path)).toBe('фото.jpg')
    expect(bytes).toBe(100_000)
    expect(await readFile(path)).toEqual(Buffer.concat([Buffer.alloc(70_000, 1), Buffer.alloc(30_000, 2)]))
    expect((await stat(path)).mode & 0o077).toBe(0)
  })

  test('keeps two files of one name apart', async () => {
    const dir = await tempDir()

    const paths = await Promise.all(['a', 'b'].map((text) => receiveUpload(dir, 'same.txt', Readable.from([Buffer.from(text)]))))

    expect(await Promise.all(paths.map(({ path }) => readFile(path, 'utf8')))).toEqual(['a', 'b'])
  })

  test.each(['../../out.txt', '/etc/passwd', 'a\\..\\b'])('does not let %j leave its folder', async (name) => {
    const dir = await tempDir()

    const { path } = await receiveUpload(dir, name, Readable.from([Buffer.from('x')]))

    expect(path.startsWith(join(dir, 'uploads'))).toBe(true)
  })

  test('leaves nothing of an upload that broke off', async () => {
    const dir = await tempDir()
    const stream = new Readable({ read: () => undefined })
    stream.push(Buffer.alloc(1000))
    const receiving = receiveUpload(dir, 'a.bin', stream)
    stream.destroy()

    await expect(receiving).rejects.toMatchObject({ kind: 'Cancelled' })
    expect(await readdir(join(dir, 'uploads'))).toEqual([])
  })

  test('names the folder that cannot be written', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'uploads'), 'a file')

    await expect(receiveUpload(dir, 'a.bin', Readable.from([]))).rejects.toMatchObject({
      kind: 'StorageError',
      message: expect.stringContaining(join(dir, 'uploads')),
    })
    expect(existsSync(join(dir, 'uploads/a.bin'))).toBe(false)
  })
})
