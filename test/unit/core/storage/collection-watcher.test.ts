import { writeFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { watchFolder } from '#core/storage/collection-watcher.ts'
import { tempDir } from '../../../support/temp-dir.ts'
import { put } from './workspace-kit.ts'

/** A watched folder; `told` does something to it and resolves when that was noticed. */
async function watched(files: Readonly<Record<string, string>>, folder?: string) {
  const root = folder ?? (await tempDir())
  await put(root, files)
  const onChange = vi.fn()
  const onError = vi.fn()
  const watcher = watchFolder(root, onChange, onError)
  onTestFinished(watcher.close)
  const told = async (change: () => Promise<unknown>): Promise<void> => {
    onChange.mockClear()
    await change()
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 10_000)
  }
  return { root, told, onChange, onError }
}

describe('a watched folder', () => {
  test('in which nothing changes is not told of, not even once at the start', async () => {
    const root = await tempDir()
    await put(root, { 'a.yml': '1', 'one/two/b.yml': '1' })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())

    const watcher = watchFolder(
      root,
      () => undefined,
      () => undefined,
    )
    onTestFinished(watcher.close)

    expect(vi.getTimerCount()).toBe(0)
  })

  test('is told of what changes right after it is watched, in folders that were there', async () => {
    const { root, told } = await watched({ 'one/two/b.yml': '1' })

    await told(() => writeFile(join(root, 'one', 'two', 'b.yml'), '2'))
  })

  test('is looked after in folders that come later, and in those within them', async () => {
    const { root, told } = await watched({ 'a.yml': '1' })

    await told(() => mkdir(join(root, 'one', 'two'), { recursive: true }))
    await told(() => writeFile(join(root, 'one', 'two', 'b.yml'), '1'))
    await told(() => writeFile(join(root, 'one', 'two', 'b.yml'), '2'))
  })

  test('is told of with the folders in which something changed, and as a whole where they are many', async () => {
    const many = Array.from({ length: 60 }, (_, number) => `many/${number}`)
    const { root, onChange } = await watched({
      'one/two/b.yml': '1',
      ...Object.fromEntries(many.map((folder) => [`${folder}/a.yml`, '1'])),
    })
    const writeAll = (folders: readonly string[], text: string): void =>
      folders.forEach((folder) => writeFileSync(join(root, folder, 'a.yml'), text))

    writeAll(['one/two', 'one'], '2')
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledWith(new Set(['one/two', 'one'])), 10_000)
    writeAll(many, '2')
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledWith(null), 10_000)
  })

  test('is looked after where a folder was removed and made again, or has another name', async () => {
    const { root, told, onError } = await watched({ 'one/a.yml': '1' })

    await told(async () => {
      await rm(join(root, 'one'), { recursive: true })
      await mkdir(join(root, 'one'))
    })
    await told(() => writeFile(join(root, 'one', 'a.yml'), '2'))
    await told(() => rename(join(root, 'one'), join(root, 'other')))
    await told(() => writeFile(join(root, 'other', 'a.yml'), '3'))
    expect(onError).not.toHaveBeenCalled()
  })

  test('is waited for where it is not there, whatever is missing above it', async () => {
    const parent = await tempDir()
    const root = join(parent, 'away', 'shop')
    await mkdir(root, { recursive: true })
    const { told } = await watched({}, root)

    await told(() => rename(root, join(parent, 'kept')))
    await told(() => rm(join(parent, 'away'), { recursive: true }))
    await told(() => mkdir(join(parent, 'away')))
    await told(() => rename(join(parent, 'kept'), root))
    await told(() => writeFile(join(root, 'b.yml'), '1'))
  })
})
