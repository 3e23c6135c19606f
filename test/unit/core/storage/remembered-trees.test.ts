import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, afterEach, describe, expect, test, vi } from 'vitest'
import type { Collection } from '#contract/model/workspace.ts'
import { document, openedCollection, put, requestText, top, workspaceKit, type Kit } from './workspace-kit.ts'

const FILES = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`r${index}.yml`, requestText(`R${index}`, index + 1)]))

// Files that were written a moment ago may change again without a sign: by this clock they are old.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 }))
afterEach(() => void vi.useRealTimers())

/** A large collection that a process has read and left. */
async function leftBehind(): Promise<{ readonly kit: Kit; readonly collection: Collection; readonly kept: string }> {
  const kit = await workspaceKit({ watch: true })
  const collection = await openedCollection(kit, FILES)
  await kit.workspace.close()
  return { kit, collection, kept: join(kit.dataDir, 'cache/trees', `${collection.id}.json`) }
}

async function change(kept: string, edit: (text: string) => string): Promise<void> {
  const text = edit((await readFile(kept, 'utf8')).split('\n')[1] ?? '')
  await writeFile(kept, `${createHash('sha256').update(text).digest('hex')}\n${text}`)
}

function namesIn(collections: readonly Collection[] | undefined): readonly string[] {
  return collections?.flatMap(({ nodes }) => nodes.map(({ name }) => name)) ?? []
}

describe('a large tree at the next start', () => {
  test('is what the process before has seen, until every file has been read again', async () => {
    const { kit, kept } = await leftBehind()
    await change(kept, (text) => text.replace('"R7"', '"Stale"'))
    const next = await workspaceKit({ watch: true, dataDir: kit.dataDir })

    expect(namesIn(await next.workspace.read())).toEqual(Object.keys(FILES).map((_, index) => (index === 7 ? 'Stale' : `R${index}`)))
    await vi.waitFor(() => expect(namesIn(next.told.at(-1)?.collections)[7]).toBe('R7'), { timeout: 20_000 })
    expect(await readFile(join(kit.elsewhere, 'shop/r7.yml'), 'utf8')).toBe(FILES['r7.yml'])
  })

  test('is told anew once it is read, where files came, changed, moved or went meanwhile', async () => {
    const { kit } = await leftBehind()
    await put(join(kit.elsewhere, 'shop'), { 'r0.yml': requestText('Changed', 1), 'new.yml': requestText('New', 500) })
    await mkdir(join(kit.elsewhere, 'shop/sub'))
    await rename(join(kit.elsewhere, 'shop/r1.yml'), join(kit.elsewhere, 'shop/sub/r1.yml'))
    await rm(join(kit.elsewhere, 'shop/r2.yml'))
    const next = await workspaceKit({ watch: true, dataDir: kit.dataDir })

    await next.workspace.read()
    await vi.waitFor(() => expect(next.told).not.toEqual([]), { timeout: 20_000 })

    const names = namesIn(next.told[0]?.collections)
    expect(names.slice(0, 4)).toEqual(['sub', 'R1', 'Changed', 'R3'])
    expect(names.slice(-2)).toEqual(['R119', 'New'])
  })

  test('has its folders, and files that cannot be read, as the process before had them', async () => {
    const kit = await workspaceKit({ watch: true })
    const collection = await openedCollection(kit, {
      ...FILES,
      'sub/deep/one.yml': requestText('One'),
      'sub/folder.yml': 'info:\n  name: Folder\n  seq: 3\n',
      'bad.yml': 'info: [',
    })
    await kit.workspace.close()
    const next = await workspaceKit({ watch: true, dataDir: kit.dataDir })

    expect(await next.workspace.read()).toEqual([collection])
    await next.workspace.close()
    expect(next.told).toEqual([])
  })

  test('is read before anything in it is moved or made', async () => {
    const { kit, collection, kept } = await leftBehind()
    await change(kept, (text) => text.replaceAll(/,(\d+),null,/g, ',9$1,null,'))
    const next = await workspaceKit({ watch: true, dataDir: kit.dataDir })
    await next.workspace.read()

    const { nodeId } = await next.workspace.requests.create(top(collection), document('Made'))

    expect(await next.workspace.requests.text(nodeId)).toContain('seq: 121')
  })

  test.each([
    ['damaged', (kept: string) => damage(kept)],
    ['cut short', async (kept: string) => writeFile(kept, (await readFile(kept, 'utf8')).slice(0, 900))],
    [
      'of another version',
      (kept: string) => change(kept, (text) => text.replace('"version":1', '"version":99').replace('"R7"', '"Stale"')),
    ],
    ['of another shape', (kept: string) => change(kept, (text) => text.replace('"R7"', '7'))],
  ])('is read from the files where what was kept is %s', async (_what, spoil) => {
    const { kit, kept } = await leftBehind()
    await spoil(kept)
    const next = await workspaceKit({ watch: true, dataDir: kit.dataDir })

    expect(namesIn(await next.workspace.read())).toEqual(Object.keys(FILES).map((_, index) => `R${index}`))
    expect(next.reported).toEqual([])
  })

  test('does not go by what was kept of a file that had only just been written', async () => {
    vi.useRealTimers()
    const { kept } = await leftBehind()

    const { items } = JSON.parse((await readFile(kept, 'utf8')).split('\n')[1] ?? '') as { items: readonly (readonly unknown[])[] }
    expect(items.map((item) => item.at(-1))).toEqual(Object.keys(FILES).map(() => ''))
  })

  test('is forgotten with the collection, and never kept of a small one', async () => {
    const { kit, collection, kept } = await leftBehind()
    const next = await workspaceKit({ watch: true, dataDir: kit.dataDir })
    await next.workspace.read()
    expect(existsSync(kept)).toBe(true)

    await next.workspace.collections.close(collection.id)
    const small = await next.workspace.collections.create('Small', undefined)
    await next.workspace.close()

    expect(existsSync(kept)).toBe(false)
    expect(existsSync(join(kit.dataDir, 'cache/trees', `${small.id}.json`))).toBe(false)
  })
})

/** One letter of a name, as a disk that forgets. */
async function damage(kept: string): Promise<void> {
  await writeFile(kept, (await readFile(kept, 'utf8')).replace('"R7"', '"S7"'))
}
