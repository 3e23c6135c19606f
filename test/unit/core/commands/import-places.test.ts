import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Output } from '#contract/commands.ts'
import { coreKit, type CoreKit } from '../../../support/core-kit.ts'

const CURL = 'curl https://a.test/ -H "Authorization: Bearer t0ken"'

interface Window extends CoreKit {
  readonly upload: (name: string, text: string) => Promise<string>
  readonly read: (path: string) => Promise<Output<'import.read'>>
  readonly uploads: () => Promise<string[]>
}

async function window(capabilities: Parameters<typeof coreKit>[2]): Promise<Window> {
  const kit = await coreKit({}, undefined, capabilities)
  return {
    ...kit,
    upload: async (name, text) => {
      const received = await kit.core.receiveUpload(name, Readable.from([Buffer.from(text)]))
      if (!received.ok) throw new Error(received.error.message)
      return received.value.path
    },
    read: async (path) =>
      // What a command answers is what the contract says it answers.
      (await kit.call('import.read', {
        ticket: 't',
        source: { kind: 'files', files: [{ path, name: 'a.txt' }] },
        format: 'curl',
      })) as Output<'import.read'>,
    uploads: () => readdir(join(kit.dataDir, 'uploads')),
  }
}

const PAGE = { realPaths: false, dialogs: false }
const DESKTOP = { realPaths: true, dialogs: true }

describe('a page in a browser', () => {
  test('reads what it has uploaded', async () => {
    const page = await window(PAGE)

    expect((await page.read(await page.upload('a.txt', CURL))).counts.requests).toBe(1)
  })

  test('reads no other file, whatever it calls it', async () => {
    const page = await window(PAGE)
    const uploaded = await page.upload('a.txt', CURL)
    const other = join(page.dataDir, 'other.txt')
    await writeFile(other, CURL)
    await symlink(other, join(uploaded, '..', 'link.txt'))

    for (const path of [
      other,
      join(uploaded, '..', '..', '..', 'other.txt'),
      join(uploaded, '..', 'link.txt'),
      join(page.dataDir, 'uploads'),
    ]) {
      await expect(page.read(path)).rejects.toThrow('was not handed over by this window')
    }
  })

  test('reads nothing before it has uploaded anything', async () => {
    const page = await window(PAGE)

    await expect(page.read('/etc/hostname')).rejects.toThrow('Unavailable')
  })

  test('keeps what could not be read for another try, until that is discarded', async () => {
    const page = await window(PAGE)
    const path = await page.upload('a.txt', "curl 'https://a.test")

    await expect(page.read(path)).rejects.toThrow('Unreadable')
    expect(await page.uploads()).toHaveLength(1)

    await page.call('import.discard', { importId: 't' })
    expect(await page.uploads()).toEqual([])
  })

  test('leaves no upload behind once nothing has a use for it', async () => {
    const page = await window(PAGE)
    await mkdir(join(page.dataDir, 'collections'))
    const [path, other] = [await page.upload('a.txt', CURL), await page.upload('b.txt', CURL)]
    const [first, second, third] = [await page.read(path), await page.read(path), await page.read(other)]

    await page.call('import.discard', { importId: first.importId })
    expect(await page.uploads()).toHaveLength(2)

    await page.call('import.discard', { importId: third.importId })
    await expect.poll(page.uploads).toHaveLength(1)

    await page.call('import.write', { importId: second.importId, target: { kind: 'collection', name: 'A' }, hideCredentials: true })
    await expect.poll(page.uploads).toEqual([])
  })
})

describe.each([
  ['a page in a browser', PAGE],
  ['the desktop’s window', DESKTOP],
])('%s', (_, capabilities) => {
  test.each([
    ['a collection', { kind: 'collection', name: 'A' }],
    ['a folder', { kind: 'folder' }],
  ])('names no path for %s to be written to', async (_what, target) => {
    const page = await window(capabilities)
    const { importId } = await page.read(await page.upload('a.txt', CURL))
    const path = join(page.dataDir, 'elsewhere')

    await expect(page.call('import.write', { importId, target: { ...target, path }, hideCredentials: true })).rejects.toThrow(
      'was not chosen in a dialog',
    )
    expect(await readdir(page.dataDir)).not.toContain('elsewhere')
  })
})

describe('a text that is imported', () => {
  test('is refused where it is longer than a window should hold, and says what to do', async () => {
    const { core } = await coreKit()

    const read = await core.call(
      'import.read',
      { ticket: 't', source: { kind: 'text', text: 'a'.repeat(16 * 1024 * 1024 + 1) } },
      { clientId: 'test', signal: new AbortController().signal },
    )

    expect(read).toMatchObject({ ok: false, error: { message: expect.stringContaining('hand it over as a file') } })
  })
})
