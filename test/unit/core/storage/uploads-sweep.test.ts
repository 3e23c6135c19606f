import { mkdir, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { receiveUpload } from '#core/storage/uploads.ts'
import { sweepUploads } from '#core/storage/uploads-sweep.ts'
import { tempDir } from '../../../support/temp-dir.ts'

const DAY_MS = 24 * 3600 * 1000

/** An upload of so many days ago; its path. */
async function upload(dataDir: string, days: number): Promise<string> {
  const { path } = await receiveUpload(dataDir, 'file.bin', Readable.from([Buffer.from('x')]))
  const at = new Date(Date.now() - days * DAY_MS)
  await utimes(path, at, at)
  await utimes(join(path, '..'), at, at)
  return path
}

const sweep = (dataDir: string, roots: readonly string[] = []): Promise<number> =>
  sweepUploads({ dataDir, roots: () => roots, olderThanMs: 7 * DAY_MS, now: Date.now() })
const left = async (dataDir: string): Promise<number> => (await readdir(join(dataDir, 'uploads'))).length

async function write(path: string, text: string | Buffer): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, text)
}

describe('sweepUploads', () => {
  test('removes what is old and referred to by nothing, and nothing else', async () => {
    const dataDir = await tempDir()
    await upload(dataDir, 8)
    await upload(dataDir, 6)
    await write(join(dataDir, 'uploads', 'not-ours', 'file'), 'x')

    expect([await sweep(dataDir), await left(dataDir)]).toEqual([1, 2])
  })

  test('does nothing where there was never an upload', async () => {
    expect(await sweep(await tempDir())).toBe(0)
  })

  test('keeps what a draft, a saved request, a closed collection or the trash refers to', async () => {
    const dataDir = await tempDir()
    const elsewhere = await tempDir()
    const paths = await Promise.all(Array.from({ length: 5 }, () => upload(dataDir, 30)))
    await write(join(dataDir, 'drafts', 'a.json'), JSON.stringify({ files: [paths[0]] }))
    await write(join(elsewhere, 'deep', 'er', 'Upload.yml'), `value: [ "${paths[1]}" ]\n`)
    await write(join(dataDir, 'collections', 'Closed', 'a.yml'), `filePath: ${paths[2]}\n`)
    await write(join(dataDir, 'trash', '0123456789abcdef01', 'items', '0', 'a.yml'), `filePath: ${paths[3]}\n`)
    await write(join(dataDir, 'drafts', 'b.json.1.broken'), `{"torn": "${paths[4]}`)

    expect([await sweep(dataDir, [elsewhere]), await left(dataDir)]).toEqual([0, 5])
  })

  test('keeps what is named in another encoding, across a folded line, or behind a link', async () => {
    const dataDir = await tempDir()
    const root = await tempDir()
    const linked = await tempDir()
    const [wide = '', folded = '', behind = ''] = await Promise.all([upload(dataDir, 30), upload(dataDir, 30), upload(dataDir, 30)])
    await write(join(root, 'wide.yml'), Buffer.from(`\ufeffvalue: ${wide}`, 'utf16le'))
    const at = folded.indexOf('uploads') + 'uploads/'.length + 5
    await write(join(root, 'folded.yml'), `value: "${folded.slice(0, at)}\\\n    ${folded.slice(at)}"\n`)
    await write(join(linked, 'sub', 'a.yml'), `value: ${behind}`)
    await symlink(linked, join(root, 'link'))
    await symlink(root, join(linked, 'back'))

    expect([await sweep(dataDir, [root]), await left(dataDir)]).toEqual([0, 3])
  })

  test('removes nothing where a collection is not there, or cannot be read', async () => {
    const dataDir = await tempDir()
    await upload(dataDir, 30)

    await expect(sweep(dataDir, [join(dataDir, 'unplugged')])).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await left(dataDir)).toBe(1)
  })

  test('removes nothing after the list of collections was damaged', async () => {
    const dataDir = await tempDir()
    await upload(dataDir, 30)
    await write(join(dataDir, 'workspace.json.1700000000000.broken'), '{')

    await expect(sweep(dataDir)).rejects.toThrow('damaged')
    expect(await left(dataDir)).toBe(1)
    await rm(join(dataDir, 'workspace.json.1700000000000.broken'))
    expect(await sweep(dataDir)).toBe(1)
  })

  test('follows no link out of the uploads', async () => {
    const dataDir = await tempDir()
    const elsewhere = await tempDir()
    await write(join(elsewhere, 'precious.txt'), 'x')
    await mkdir(join(dataDir, 'uploads'))
    await symlink(elsewhere, join(dataDir, 'uploads', '0123456789ab'))

    await sweepUploads({ dataDir, roots: () => [], olderThanMs: -DAY_MS, now: Date.now() })

    expect(await readdir(elsewhere)).toEqual(['precious.txt'])
  })
})
