import { beforeEach, expect, test, vi } from 'vitest'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import { closeCollection, createFolder, duplicateNode, renameNode } from '../../../../src-renderer/actions/collections.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { workspaceChanged } from '../../../../src-renderer/actions/open-files.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import {
  collectionId,
  collectionOf,
  errorOf,
  freshWindow,
  node,
  nodeId,
  openedTab,
  requestNamed,
  tabNow,
  toldOf,
} from '../../../support/renderer-kit.ts'

let platform: FakePlatform
let isOpen: boolean
const SHOP = collectionOf('c', [node('c/a', 'request'), node('c/b', 'request')])
const OTHER = collectionOf('d', [node('d/a', 'request')])

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  isOpen = true
  useCollectionsStore.getState().replace([SHOP, OTHER])
  platform.answer('request.open', ({ id }) =>
    isOpen || id.startsWith('d/')
      ? ok({ kind: 'request', document: requestNamed(id.slice(-1)), revision: 'r1' })
      : failed(errorOf('NotFound')),
  )
  platform.answer('collection.close', async () => {
    isOpen = false
    // The event may come long before the answer.
    workspaceChanged(toldOf([OTHER]))
    await vi.advanceTimersByTimeAsync(500)
    return ok({})
  })
  platform.answer('collection.open', () => {
    isOpen = true
    workspaceChanged(toldOf([SHOP, OTHER]))
    return ok(SHOP)
  })
})

const undo = async (): Promise<void> => {
  useAppStore.getState().notices[0]?.action?.run()
  await vi.advanceTimersByTimeAsync(500)
}

test('closing a collection closes its clean tabs and keeps edited ones as unsaved requests', async () => {
  const clean = openedTab('a', { node: nodeId('c/a') })
  const edited = openedTab('b', { node: nodeId('c/b') })
  const other = openedTab('o', { node: nodeId('d/a') })
  editDocument(edited.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))

  await closeCollection(collectionId('c'))
  await vi.advanceTimersByTimeAsync(500)

  expect(useDraftsStore.getState().tabs[clean.draft.id]).toBeUndefined()
  expect(tabNow(edited.draft.id).draft).toMatchObject({ nodeId: null, dirty: true, document: { url: 'mine' } })
  expect(tabNow(other.draft.id).draft).toMatchObject({ nodeId: 'd/a', dirty: false })
})

test('its undo gives every tab its file back, edits and place in the row included', async () => {
  const clean = openedTab('a', { node: nodeId('c/a') })
  const edited = openedTab('b', { node: nodeId('c/b') })
  editDocument(edited.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
  openedTab('o', { node: nodeId('d/a') })
  useDraftsStore.getState().activate(clean.draft.id)
  await closeCollection(collectionId('c'))

  await undo()

  const { order, activeId } = useDraftsStore.getState()
  expect(order).toEqual(['draft-a', 'draft-b', 'draft-o'])
  expect(activeId).toBe('draft-a')
  expect(tabNow(clean.draft.id).draft).toMatchObject({ nodeId: 'c/a', dirty: false })
  expect(tabNow(edited.draft.id).draft).toMatchObject({ nodeId: 'c/b', revision: 'r1', dirty: true, document: { url: 'mine' } })
})

test('a collection that cannot be closed keeps its tabs', async () => {
  const tab = openedTab('a', { node: nodeId('c/a') })
  platform.refuse('collection.close', errorOf('StorageError'))

  await closeCollection(collectionId('c'))

  expect(tabNow(tab.draft.id).draft.nodeId).toBe('c/a')
})

test('a second rename given before the first is done follows the item to its new id', async () => {
  platform.answer('node.rename', ({ id, name }) => ok({ moved: [{ from: nodeId(id), to: nodeId(`c/${name}`) }] }))

  await Promise.all([renameNode(nodeId('c/a'), 'One'), renameNode(nodeId('c/a'), 'Two')])

  expect(platform.inputs('node.rename')).toEqual([
    { id: 'c/a', name: 'One' },
    { id: 'c/One', name: 'Two' },
  ])
})

test('a folder, a copy and a request asked for while a rename is under way are made after it, in the renamed folder', async () => {
  const renamed = deferred<void>()
  platform.answer('node.rename', async () => {
    await renamed.promise
    return ok({ moved: [{ from: nodeId('c/f'), to: nodeId('c/g') }] })
  })
  platform.answer('folder.create', { nodeId: nodeId('c/g/new') })
  platform.answer('node.duplicate', { nodeId: nodeId('c/g 2') })
  const parent = { collectionId: collectionId('c'), folderId: nodeId('c/f') }

  const all = Promise.all([renameNode(nodeId('c/f'), 'g'), createFolder(parent), duplicateNode(nodeId('c/f'))])
  await vi.advanceTimersByTimeAsync(0)
  expect(platform.calls.map(({ name }) => name)).toEqual(['node.rename'])
  renamed.resolve()
  await all

  expect(platform.inputs('folder.create')).toMatchObject([{ parent: { folderId: 'c/g' } }])
  expect(platform.inputs('node.duplicate')).toEqual([{ id: 'c/g' }])
})
