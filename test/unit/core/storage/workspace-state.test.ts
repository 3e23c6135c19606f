import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Collection } from '#contract/model/workspace.ts'
import { createCollectionsList } from '#core/storage/collections-list.ts'
import { createLocks } from '#core/storage/lock.ts'
import { createWorkspaceState } from '#core/storage/workspace-state.ts'
import { emptyDataDir, put, requestText } from './workspace-kit.ts'

async function watchedState(files: Readonly<Record<string, string>> = { 'a.yml': requestText('A') }) {
  const dataDir = await emptyDataDir()
  await put(join(dataDir, 'collections/Shop'), { 'opencollection.yml': 'info:\n  name: Shop\n', ...files })
  return { ...stateOf(dataDir), dataDir, folder: join(dataDir, 'collections/Shop') }
}

function stateOf(dataDir: string) {
  const report = (error: unknown): void => {
    throw error
  }
  const locks = createLocks(dataDir)
  const told: Collection[][] = []
  const state = createWorkspaceState({
    list: createCollectionsList(dataDir, locks, report),
    locks,
    watch: true,
    onChanged: (collections) => told.push(collections),
    report,
  })
  onTestFinished(() => state.close())
  return { state, told }
}

describe('collections that are known and watched', () => {
  test('are told at once, whatever is being done to them', async () => {
    const { state } = await watchedState()
    const [shop] = await state.follow()
    const { promise: done, resolve: finish } = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const changing = state.change([shop!.id], async () => {
      begun.resolve()
      await done
      return { value: null }
    })
    await begun.promise

    const known = await state.follow()

    expect(known).toMatchObject([{ name: 'Shop', nodes: [{ name: 'A' }] }])
    finish()
    await changing
  })

  test('that the process before knew are told at once, and read when it is their turn', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `R${index}`)
    const { state, dataDir, folder } = await watchedState(
      Object.fromEntries(names.map((name, index) => [`${name}.yml`, requestText(name, index + 1)])),
    )
    const [shop] = await state.follow()
    await state.close()
    await writeFile(join(folder, 'R0.yml'), requestText('Changed', 1))
    const next = stateOf(dataDir)
    const { promise: done, resolve: finish } = Promise.withResolvers<void>()
    const writing = next.state.write(next.state.find(shop!.id), '', () => done)

    // Whoever writes has the turn: nothing can have been read.
    const [known] = await next.state.follow()

    expect(known?.nodes.map(({ name }) => name)).toEqual(names)
    finish()
    await writing
    await vi.waitFor(() => expect(next.told.at(-1)?.[0]?.nodes[0]?.name).toBe('Changed'), { timeout: 20_000 })
  })

  test('hold what was just saved', async () => {
    const { state, folder } = await watchedState()
    const [shop] = await state.follow()
    await state.write(state.find(shop!.id), '', () => writeFile(join(folder, 'a.yml'), requestText('B')))

    expect(await state.follow()).toMatchObject([{ nodes: [{ name: 'B' }] }])
  })

  test('are read again behind whoever asked', async () => {
    const { state, told, folder } = await watchedState()
    await state.follow()
    await writeFile(join(folder, 'b.yml'), requestText('B'))
    await state.follow()

    await vi.waitFor(() => expect(told.at(-1)).toMatchObject([{ nodes: [{ name: 'A' }, { name: 'B' }] }]), { timeout: 20_000 })
  })
})
