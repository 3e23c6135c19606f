import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readRequestFile } from '#core/storage/request-file.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const TEXT = 'info: { type: http }\nhttp: { url: "http://x/" }\n'

describe('readRequestFile', () => {
  test('gives the folder of the nearest collection as the base of relative files', async () => {
    const dir = await tempDir()
    await mkdir(join(dir, 'a/b'), { recursive: true })
    await writeFile(join(dir, 'opencollection.yml'), '')
    await writeFile(join(dir, 'a/b/Ping.yml'), TEXT)

    const { document, root } = await readRequestFile({ path: join(dir, 'a/b/Ping.yml') })

    expect(root).toBe(dir)
    expect(document).toMatchObject({ name: 'Ping', method: 'GET', url: 'http://x/' })
  })

  test('gives the own folder of a file that is in no collection', async () => {
    const dir = await tempDir()
    await writeFile(join(dir, 'a.yml'), TEXT)

    expect((await readRequestFile({ path: join(dir, 'a.yml') })).root).toBe(dir)
  })

  test('reads a text, with the base it is given', async () => {
    expect(await readRequestFile({ text: TEXT, baseDir: '/work' })).toMatchObject({ root: '/work', document: { url: 'http://x/' } })
  })

  test('names a file that is not there', async () => {
    const path = join(await tempDir(), 'a.yml')

    await expect(readRequestFile({ path })).rejects.toMatchObject({ kind: 'FileNotFound', message: expect.stringContaining(path) })
  })

  test('says where a text does not parse', async () => {
    await expect(readRequestFile({ text: 'info:\n  - [', baseDir: '/' })).rejects.toMatchObject({
      kind: 'Unreadable',
      parts: { details: { line: 2 } },
    })
  })
})
