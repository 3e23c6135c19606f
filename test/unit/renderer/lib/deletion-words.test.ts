import { expect, test } from 'vitest'
import { TrashIdSchema } from '../../../../src-main/contract/model/ids.ts'
import type { Deletion } from '../../../../src-main/contract/model/workspace.ts'
import { deletionName, deletionPlace } from '../../../../src-renderer/lib/deletion-words.ts'

const deletionOf = (...paths: string[]): Deletion => ({
  id: TrashIdSchema.parse('trash-1'),
  at: '2026-01-01T00:00:00.000Z',
  items: paths.map((path) => ({ root: '/home/me/shop', path, name: path.split('/').at(-1) ?? '', isFolder: false })),
})

test('a deletion goes by its first item, and says how many went with it', () => {
  expect([deletionName(deletionOf('a')), deletionName(deletionOf('a', 'b', 'c'))]).toEqual(['“a”', '“a” and 2 more'])
})

test('its place is the collection, by the name it has now or its folder’s, and the folders below', () => {
  expect(deletionPlace(deletionOf('f/g/a'), () => 'Shop API')).toBe('Shop API / f / g')
  expect(deletionPlace(deletionOf('a'), () => null)).toBe('shop')
})
