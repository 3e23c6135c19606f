import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ok } from '../../../../src-main/contract/result.ts'
import type { Collection } from '../../../../src-main/contract/model/workspace.ts'
import { collectionsChanged, collectionsLost, loadCollections } from '../../../../src-renderer/actions/collection-news.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { collectionOf, freshWindow, node, toldOf } from '../../../support/renderer-kit.ts'

const withRequests = (...names: readonly string[]): readonly Collection[] => [
  collectionOf(
    'c',
    names.map((name) => node(name, 'request')),
  ),
]
const shown = (): readonly string[] => useCollectionsStore.getState().collections.flatMap(({ nodes }) => nodes.map(({ name }) => name))

let platform: FakePlatform

beforeEach(() => {
  platform = freshWindow()
})

const answer = (sequence: number, ...names: readonly string[]): void =>
  void platform.answer('workspace.read', { collections: [...withRequests(...names)], sequence })

describe('collections that core tells of', () => {
  test('take in what changed, and keep the nodes that did not', async () => {
    answer(3, 'a', 'b')
    await loadCollections()
    const before = useCollectionsStore.getState().collections[0]?.nodes[0]

    collectionsChanged(toldOf(withRequests('a', 'x', 'b')))

    expect(shown()).toEqual(['a', 'x', 'b'])
    expect(useCollectionsStore.getState().collections[0]?.nodes[0]).toBe(before)
    expect(platform.inputs('workspace.read')).toHaveLength(1)
  })

  test('that came and went are there and gone, in the order of the list', async () => {
    answer(0, 'a')
    await loadCollections()
    const [first] = useCollectionsStore.getState().collections

    collectionsChanged(toldOf([collectionOf('new', [node('n', 'request')]), first!]))
    expect(useCollectionsStore.getState().collections.map(({ id }) => id)).toEqual(['new', 'c'])

    collectionsChanged(toldOf([first!]))
    expect(useCollectionsStore.getState().collections).toEqual([first])
  })

  test('are asked for again where something was missed', async () => {
    answer(1, 'a')
    await loadCollections()
    const missed = toldOf(withRequests('a', 'b', 'c'))
    answer(4, 'a', 'b', 'c', 'd')

    collectionsChanged({ ...missed, sequence: 3 })
    collectionsChanged({ ...missed, sequence: 4 })

    await vi.waitFor(() => expect(shown()).toEqual(['a', 'b', 'c', 'd']))
    expect(platform.inputs('workspace.read')).toHaveLength(2)
  })

  test('are not changed by what was told before they were answered', async () => {
    answer(2, 'a', 'b')
    await loadCollections()

    collectionsChanged({ ...toldOf(withRequests('z')), sequence: 2 })

    expect(shown()).toEqual(['a', 'b'])
  })

  test('are asked for again where the answer is older than what was told meanwhile', async () => {
    const answers = [
      ok({ collections: [...withRequests('a')], sequence: 1 }),
      ok({ collections: [...withRequests('a', 'b')], sequence: 2 }),
    ]
    platform.answer('workspace.read', () => {
      const next = answers.shift()!
      // Overtakes the answer.
      if (answers.length === 1) collectionsChanged({ ...toldOf(withRequests('a', 'b')), sequence: 2 })
      return next
    })

    await loadCollections()

    expect(shown()).toEqual(['a', 'b'])
  })

  test('of another host count from its beginning', async () => {
    answer(7, 'a')
    await loadCollections()
    collectionsLost()
    answer(0, 'b')
    await loadCollections()

    collectionsChanged(toldOf(withRequests('b', 'c')))

    expect(shown()).toEqual(['b', 'c'])
    expect(platform.inputs('workspace.read')).toHaveLength(2)
  })
})
