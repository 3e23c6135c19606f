import { expect, test } from 'vitest'
import { placesOf } from '../../../../src-renderer/lib/places.ts'
import { collectionOf, node } from '../../../support/renderer-kit.ts'

test('places are collections and their folders, indented by depth', () => {
  const collection = collectionOf('shop', [
    node('users', 'folder'),
    node('users/list', 'request', 'users'),
    node('users/deep', 'folder', 'users'),
    node('orders', 'folder'),
  ])

  const places = placesOf([collection, collectionOf('other', [])])

  expect(places.map((place) => place.label.replaceAll(' ', '>'))).toEqual(['shop', '>users', '>>users/deep', '>orders', 'other'])
  expect(places[2]?.parent).toEqual({ collectionId: 'shop', folderId: 'users/deep' })
  expect(new Set(places.map((place) => place.key)).size).toBe(5)
})
