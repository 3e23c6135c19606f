/** Trees of which only those folders are looked at again in which something changed: they have to be the same as if all were. */
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { watchFolder } from '#core/storage/collection-watcher.ts'
import { emptyMemory, scanTree, scanTreeWhile, type Item, type Tree, type TreeMemory } from '#core/storage/tree.ts'
import { tempDir } from '../../../support/temp-dir.ts'
import { put, requestText } from './workspace-kit.ts'

const names = (items: readonly Item[]): string[] => items.flatMap(({ path, name, children }) => [`${path} ${name}`, ...names(children)])

/** A collection that was looked at once. `again` looks only at those folders. */
async function scanned(files: Readonly<Record<string, string>>) {
  const root = await tempDir()
  await put(root, { 'opencollection.yml': 'info:\n  name: Shop\n', ...files })
  const memory = emptyMemory()
  const { tree } = await scanTree(root, memory)
  const again = async (...folders: string[]): Promise<Tree> => (await within(root, memory, new Set(folders))).tree
  return { root, memory, tree, again }
}

async function within(root: string, memory: TreeMemory, changedIn: ReadonlySet<string> | null) {
  const scan = await scanTreeWhile(root, memory, changedIn, () => true)
  if (scan === null) throw new Error('It was given up.')
  return scan
}

describe('only the folders in which something changed', () => {
  test('are looked at, and those around them; what they hold is kept of the others', async () => {
    const { root, memory, tree, again } = await scanned({
      'a.yml': requestText('A'),
      'one/b.yml': requestText('B'),
      'one/in/c.yml': requestText('C'),
      'two/folder.yml': 'info:\n  name: Second\n',
      'two/d.yml': requestText('D'),
    })
    await put(root, { 'one/in/c.yml': requestText('Changed'), 'two/d.yml': requestText('Not looked at') })

    const next = await again('one/in')

    expect(names(next.items)).toEqual([
      'one one',
      'one/in in',
      'one/in/c.yml Changed',
      'one/b.yml B',
      'two Second',
      'two/d.yml D',
      'a.yml A',
    ])
    expect(next.items.find(({ path }) => path === 'two')).toBe(tree.items.find(({ path }) => path === 'two'))
    expect(next.settings).toBe(tree.settings)
    expect([...memory.files.keys()].sort()).toEqual(['a.yml', 'one/b.yml', 'one/in/c.yml', 'two/d.yml'])
    expect(names((await again('two')).items)).toContain('two/d.yml Not looked at')
  })

  test('may be none: what came, went and says how the others are shown is seen from where it is listed', async () => {
    const { root, memory, again } = await scanned({ 'one/b.yml': requestText('B'), 'two/d.yml': requestText('D') })
    await rm(join(root, 'two'), { recursive: true })
    await put(root, { 'three/e.yml': requestText('E') })

    expect(names((await again('')).items)).toEqual(['one one', 'one/b.yml B', 'three three', 'three/e.yml E'])
    expect([...memory.files.keys()].sort()).toEqual(['one/b.yml', 'three/e.yml'])

    await put(root, { 'opencollection.yml': 'info:\n  name: Shop\nextensions:\n  bruno:\n    ignore:\n      - one\n' })

    expect(names((await again('')).items)).toEqual(['three three', 'three/e.yml E'])
  })

  test('and folders with links, whose files stand elsewhere', async () => {
    const { root, again } = await scanned({ 'one/b.yml': requestText('B'), 'two/in/d.yml': requestText('D') })
    await symlink(join(root, 'one', 'b.yml'), join(root, 'two', 'in', 'l.yml'))
    await again('two/in')
    await put(root, { 'one/b.yml': requestText('Changed') })

    expect(names((await again('one')).items)).toContain('two/in/l.yml Changed')
  })
})

const FOLDERS = ['', 'a', 'a/b', 'a/b/c', 'd'] as const
const step = fc.record({
  what: fc.constantFrom(
    'write',
    'write',
    'write',
    'settings',
    'remove',
    'remove folder',
    'make folder',
    'move folder',
    'replace folder',
    'link',
  ),
  folder: fc.constantFrom(...FOLDERS),
  other: fc.constantFrom(...FOLDERS),
  file: fc.constantFrom('x.yml', 'y.yml', 'z.yml'),
  name: fc.string({ unit: fc.constantFrom(...'abcdef'), minLength: 1, maxLength: 8 }),
})

type Step = (typeof step)['generate'] extends (...args: never) => { readonly value: infer T } ? T : never

/** What cannot be done as things are is left undone. */
async function change(root: string, { what, folder, other, file, name }: Step): Promise<void> {
  const absolute = join(root, folder)
  const write = async (at: string, text: string): Promise<void> => {
    await mkdir(dirname(at), { recursive: true })
    await writeFile(at, text)
  }
  const ignored = (): void => undefined
  if (what === 'write') await write(join(absolute, file), requestText(name))
  else if (what === 'settings') await write(join(absolute, folder === '' ? 'opencollection.yml' : 'folder.yml'), `info:\n  name: ${name}\n`)
  else if (what === 'remove') await rm(join(absolute, file), { force: true })
  else if (what === 'make folder') await mkdir(join(absolute, name), { recursive: true })
  else if (what === 'link') await symlink(join(root, other, file), join(absolute, `l-${file}`)).catch(ignored)
  else if (folder !== '') {
    if (what === 'move folder') await rename(absolute, join(root, other, name)).catch(ignored)
    else await rm(absolute, { recursive: true, force: true })
    if (what === 'replace folder') await write(join(absolute, file), requestText(name))
  }
}

test('whatever is done to a watched folder, its tree becomes the same as if all of it were looked at', { timeout: 60_000 }, async () => {
  const runs = fc.sample(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 6 }), {
    numRuns: 24,
    seed: 20261122,
  })
  await Promise.all(runs.map(follow))
})

async function follow(batches: readonly (readonly Step[])[]): Promise<void> {
  const { root, memory } = await scanned({ 'a/x.yml': requestText('A'), 'a/b/y.yml': requestText('B'), 'd/z.yml': requestText('D') })
  let told: Set<string> | null = new Set()
  const watcher = watchFolder(
    root,
    (changedIn) => (told = changedIn && told && new Set([...told, ...changedIn])),
    (error) => {
      throw error
    },
  )
  onTestFinished(watcher.close)
  for (const batch of batches) {
    for (const one of batch) await change(root, one)
    await vi.waitFor(
      async () => {
        const changedIn = told
        told = new Set()
        const { tree } = await within(root, memory, changedIn)
        expect(tree).toEqual((await scanTree(root, emptyMemory())).tree)
      },
      { timeout: 20_000, interval: 50 },
    )
  }
}
