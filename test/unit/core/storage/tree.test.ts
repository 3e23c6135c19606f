import { mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyMemory, scanTree, type Item, type Tree } from '#core/storage/tree.ts'
import { tempDir } from '../../../support/temp-dir.ts'
import { FIXTURES, put, requestText } from './workspace-kit.ts'

const lines = (items: readonly Item[], indent = ''): string[] =>
  items.flatMap((item) => [`${indent}${item.kind} ${item.name}`, ...lines(item.children, `${indent}  `)])

async function scanned(files: Readonly<Record<string, string>>): Promise<Tree> {
  const root = await tempDir()
  await put(root, { 'opencollection.yml': 'info:\n  name: Shop\n', ...files })
  return (await scanTree(root, emptyMemory())).tree
}

describe('a tree', () => {
  test('of a folder made by Bruno has all its items, in its order', async () => {
    const { tree } = await scanTree(join(FIXTURES, 'bruno-3'), emptyMemory())

    expect(tree).toMatchObject({ name: 'Shop API', error: null })
    expect(lines(tree.items)).toEqual([
      'folder Old items',
      '  request Documented',
      '  request Runtime auth',
      '  request Variants',
      '  request Top level',
      'request Upload',
      'folder Users',
      '  request Create user',
      '  request Get user',
      'request Send file',
      'request Search',
      'broken Hello service',
      'broken broken',
    ])
  })

  test('shows a file that does not parse with its error, and never leaves it out', async () => {
    const tree = await scanned({ 'a.yml': 'info:\n  name: A\n  seq: [', 'b.yml': '', 'c.yml': 'name: compose\nservices: {}\n' })

    expect(lines(tree.items)).toEqual(['broken a', 'broken b', 'broken c'])
    expect(tree.items.map(({ error }) => error)).toEqual([
      expect.stringMatching(/^a\.yml cannot be read: .*line 3/),
      'b.yml cannot be read: it is empty.',
      expect.stringContaining('it is no request'),
    ])
  })

  test('leaves out what is no item: hidden ones, other files and folders of them, what the collection ignores', async () => {
    const tree = await scanned({
      'opencollection.yml': 'info: { name: S }\nextensions:\n  bruno:\n    ignore: [node_modules, tmp/, a/b]\n',
      'environments/dev.yml': 'name: dev\n',
      '.git/x.yml': requestText('hidden'),
      'node_modules/x.yml': requestText('hidden'),
      'tmp/x.yml': requestText('ignored'),
      'a/b/x.yml': requestText('ignored'),
      'a/c.yml': requestText('kept'),
      'src/main.ts': '',
      'deep/environments/x.yml': requestText('also kept'),
    })

    expect(lines(tree.items)).toEqual(['folder a', '  request kept', 'folder deep', '  folder environments', '    request also kept'])
  })

  test('shows a folder that holds nothing yet', async () => {
    const root = await tempDir()
    await put(root, { 'opencollection.yml': '' })
    await mkdir(join(root, 'new'))

    expect(lines((await scanTree(root, emptyMemory())).tree.items)).toEqual(['folder new'])
  })

  test('shows a folder whose own file is broken, with its error and its items', async () => {
    const tree = await scanned({ 'a/folder.yml': 'info: {', 'a/b.yml': requestText('B') })

    expect(tree.items[0]).toMatchObject({ kind: 'folder', name: 'a', error: expect.stringContaining('folder.yml cannot be read') })
    expect(tree.items[0]?.children).toHaveLength(1)
  })

  test('has the error of a collection file that does not parse, and the items', async () => {
    const tree = await scanned({ 'opencollection.yml': 'info: {', 'b.yml': requestText('B') })

    expect(tree.error).toMatchObject({ kind: 'Unreadable' })
    expect(lines(tree.items)).toEqual(['request B'])
  })

  test('says that a collection in one file cannot be opened', async () => {
    expect((await scanned({ 'opencollection.yml': 'info: { name: S }\nbundled: true\nitems: []\n' })).error).toMatchObject({
      kind: 'Unreadable',
    })
  })

  test('says that the folder is gone', async () => {
    const root = await tempDir()

    expect((await scanTree(join(root, 'gone'), emptyMemory())).tree).toMatchObject({ items: [], error: { kind: 'NotFound' } })
  })

  test('shows links as what they are and enters none that leads out', async () => {
    const [root, outside] = [await tempDir(), await tempDir()]
    await put(outside, { 'x.yml': requestText('Out'), 'sub/y.yml': requestText('Y') })
    await put(root, { 'opencollection.yml': '', 'a.yml': requestText('A', 1) })
    await symlink('a.yml', join(root, 'in.yml'))
    await symlink(join(outside, 'x.yml'), join(root, 'out.yml'))
    await symlink(join(outside, 'sub'), join(root, 'outer'))
    await symlink('.', join(root, 'loop'))
    await symlink('nowhere.yml', join(root, 'dead.yml'))

    const { tree } = await scanTree(root, emptyMemory())

    expect(lines(tree.items)).toEqual(['request A', 'request A', 'broken dead', 'request Out', 'broken outer'])
  })
})

describe('a file name that is not UTF-8', () => {
  test.runIf(process.platform === 'linux')('is shown, with what is wrong', async () => {
    const root = await tempDir()
    await put(root, { 'opencollection.yml': '' })
    await writeFile(Buffer.concat([Buffer.from(`${root}/gr`), Buffer.from([0xfc]), Buffer.from('n.yml')]), requestText('A'))

    expect((await scanTree(root, emptyMemory())).tree.items).toMatchObject([
      { kind: 'broken', error: expect.stringContaining('its name is not UTF-8') },
    ])
  })
})

describe('a second scan', () => {
  test('reads only what changed, and says whether anything did', async () => {
    const root = await tempDir()
    await put(root, { 'opencollection.yml': '', 'a.yml': requestText('A'), 'b.yml': requestText('B') })
    const memory = emptyMemory()
    const first = await scanTree(root, memory)
    const seen = memory.files.get('a.yml')

    const second = await scanTree(root, memory)
    await writeFile(join(root, 'b.yml'), requestText('Bb'))
    await utimes(join(root, 'b.yml'), new Date(), new Date(1000))
    const third = await scanTree(root, memory)
    await rm(join(root, 'b.yml'))
    const fourth = await scanTree(root, memory)

    expect([first, second, third, fourth].map(({ changed }) => changed)).toEqual([true, false, true, true])
    expect(memory.files.get('a.yml')).toBe(seen)
    expect(lines(fourth.tree.items)).toEqual(['request A'])
  })
})
