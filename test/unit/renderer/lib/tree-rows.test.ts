import { describe, expect, test } from 'vitest'
import { childrenOf, dropPlace, parentForNew, rowName, treeRows, zoneAt, type TreeRow } from '../../../../src-renderer/lib/tree-rows.ts'
import { collectionId, collectionOf, node, nodeId } from '../../../support/renderer-kit.ts'

const SHOP = collectionOf('shop', [
  node('users', 'folder'),
  node('users/list', 'request', 'users', 'List users'),
  node('users/deep', 'folder', 'users', 'deep'),
  node('users/deep/one', 'request', 'users/deep', 'One user'),
  node('ping', 'request', null, 'Ping'),
  node('bad', 'broken', null, 'bad.yml'),
  node('empty', 'folder'),
])
const ALL = [SHOP, collectionOf('other', [])]
const NONE: ReadonlySet<string> = new Set()
const names = (rows: readonly TreeRow[]): string[] => rows.map((row) => `${row.level} ${rowName(row)}`)
const rowOf = (key: string, collapsed = NONE): TreeRow => {
  const row = treeRows(ALL, collapsed, '').find((candidate) => candidate.key === key)
  if (!row) throw new Error(`no row ${key}`)
  return row
}

describe('the rows of the tree', () => {
  test('are the nodes in order, each a level below what it is in', () => {
    expect(names(treeRows(ALL, NONE, ''))).toEqual([
      '1 shop',
      '2 users',
      '3 List users',
      '3 deep',
      '4 One user',
      '2 Ping',
      '2 bad.yml',
      '2 empty',
      '1 other',
    ])
  })

  test('what is folded is left out with all below it', () => {
    expect(names(treeRows(ALL, new Set(['users']), ''))).toEqual(['1 shop', '2 users', '2 Ping', '2 bad.yml', '2 empty', '1 other'])
    expect(names(treeRows(ALL, new Set(['shop']), ''))).toEqual(['1 shop', '1 other'])
  })

  test('say whether they are unfolded; what holds nothing says neither', () => {
    const states = (key: string): unknown => rowOf(key, new Set(['users'])).expanded

    expect([states('shop'), states('users'), states('empty'), states('ping'), states('other')]).toEqual([true, false, null, null, null])
  })

  test('know their place among their siblings', () => {
    const { posInSet, setSize } = rowOf('ping')
    const inner = rowOf('users/deep')

    expect([posInSet, setSize, inner.posInSet, inner.setSize]).toEqual([2, 4, 2, 2])
  })

  test('a filter keeps what is named like it, with what that is in, and unfolds it', () => {
    expect(names(treeRows(ALL, new Set(['users', 'shop']), ' ONE '))).toEqual(['1 shop', '2 users', '3 deep', '4 One user'])
    expect(names(treeRows(ALL, NONE, 'other'))).toEqual(['1 other'])
    expect(treeRows(ALL, NONE, 'nowhere')).toEqual([])
  })

  test('ten thousand requests are filtered well within a frame', () => {
    const many = collectionOf(
      'many',
      Array.from({ length: 10_000 }, (_, index) => node(`n${index}`, 'request', null, `Request ${index}`)),
    )

    const rows = treeRows([many], NONE, '9999')

    expect(names(rows)).toEqual(['1 many', '2 Request 9999'])
  })
})

describe('places in the tree', () => {
  test('new items go into a folder, and beside a request', () => {
    expect(parentForNew(rowOf('users'))).toEqual({ collectionId: 'shop', folderId: 'users' })
    expect(parentForNew(rowOf('users/deep/one'))).toEqual({ collectionId: 'shop', folderId: 'users/deep' })
    expect(parentForNew(rowOf('other'))).toEqual({ collectionId: 'other', folderId: null })
  })

  test('children are those directly in a place', () => {
    expect(childrenOf(ALL, { collectionId: collectionId('shop'), folderId: nodeId('users') }).map((child) => child.id)).toEqual([
      'users/list',
      'users/deep',
    ])
  })

  test.each([
    ['ping', 'before', 'bad', { folderId: null, index: 1 }],
    ['ping', 'after', 'bad', { folderId: null, index: 2 }],
    ['users', 'into', 'ping', { folderId: 'users', index: 2 }],
    // Below an unfolded folder is its first place, as it is drawn.
    ['users', 'after', 'ping', { folderId: 'users', index: 0 }],
    ['empty', 'after', 'ping', { folderId: null, index: 4 }],
    ['shop', 'into', 'users/list', { folderId: null, index: 4 }],
  ] as const)('on %s, %s, %s falls to %j', (over, zone, dragged, expected) => {
    const place = dropPlace(ALL, rowOf(over), zone, nodeId(dragged))

    expect(place && { folderId: place.parent.folderId, index: place.index }).toEqual(expected)
  })

  test('a folder cannot fall into itself or what is in it', () => {
    expect(dropPlace(ALL, rowOf('users/deep'), 'into', nodeId('users'))).toBeNull()
    expect(dropPlace(ALL, rowOf('users/list'), 'before', nodeId('users'))).toBeNull()
    expect(dropPlace(ALL, rowOf('users'), 'into', nodeId('users'))).toBeNull()
  })

  test('only the middle of a folder takes in', () => {
    const zones = (key: string): string[] => [0.1, 0.5, 0.9].map((height) => zoneAt(rowOf(key), height))

    expect(zones('users')).toEqual(['before', 'into', 'after'])
    expect(zones('ping')).toEqual(['before', 'after', 'after'])
    expect(zones('shop')).toEqual(['into', 'into', 'into'])
  })
})
