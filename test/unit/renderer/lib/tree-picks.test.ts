import { describe, expect, test } from 'vitest'
import { keysBetween, neighboursAmong, outermostPicked } from '../../../../src-renderer/lib/tree-picks.ts'
import { treeRows } from '../../../../src-renderer/lib/tree-rows.ts'
import { collectionOf, node, nodeId } from '../../../support/renderer-kit.ts'

const SHOP = collectionOf('c', [
  node('c/f', 'folder'),
  { ...node('c/f/a', 'request'), parentId: nodeId('c/f') },
  { ...node('c/f/b', 'request'), parentId: nodeId('c/f') },
  node('c/x', 'request'),
  node('c/y', 'request'),
  node('c/z', 'request'),
])
const ROWS = treeRows([SHOP], new Set(), '')

describe('several rows of the tree', () => {
  test('a range counts both ends, either way round, and no collection', () => {
    expect(keysBetween(ROWS, 2, 0)).toEqual(['c/f', 'c/f/a'])
    expect(keysBetween(ROWS, 3, 4)).toEqual(['c/f/b', 'c/x'])
  })

  test('what is in a chosen folder goes with it', () => {
    const items = outermostPicked(ROWS, new Set(['c/f', 'c/f/b', 'c/y']))

    expect(items.map(({ key }) => key)).toEqual(['c/f', 'c/y'])
  })

  test('what is folded away is not chosen', () => {
    const folded = treeRows([SHOP], new Set(['c/f']), '')

    expect(outermostPicked(folded, new Set(['c/f/a', 'c/x'])).map(({ key }) => key)).toEqual(['c/x'])
  })

  test('neighbours are put back together, before what stood behind them', () => {
    const ids = [nodeId('c/y'), nodeId('c/f/b'), nodeId('c/x'), nodeId('c/z')]

    expect(neighboursAmong([SHOP], ids)).toEqual([
      { ids: ['c/f/b'], parent: { collectionId: 'c', folderId: 'c/f' }, next: null },
      { ids: ['c/x', 'c/y', 'c/z'], parent: { collectionId: 'c', folderId: null }, next: null },
    ])
    expect(neighboursAmong([SHOP], [nodeId('c/x')])).toEqual([{ ids: ['c/x'], parent: { collectionId: 'c', folderId: null }, next: 'c/y' }])
  })
})
