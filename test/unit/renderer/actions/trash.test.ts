import { beforeEach, expect, test, vi } from 'vitest'
import { TrashIdSchema, type NodeId } from '../../../../src-main/contract/model/ids.ts'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import { moveNodes, renameNode } from '../../../../src-renderer/actions/collections.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { workspaceChanged } from '../../../../src-renderer/actions/open-files.ts'
import { save } from '../../../../src-renderer/actions/save.ts'
import { closeTab, reopenClosed } from '../../../../src-renderer/actions/tabs.ts'
import { trashNodes } from '../../../../src-renderer/actions/trash.ts'
import { undoTree } from '../../../../src-renderer/actions/tree-turns.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { useDraftsStore, type Tab } from '../../../../src-renderer/stores/drafts-store.ts'
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
const COLLECTIONS = [
  collectionOf('c', [node('f', 'folder'), node('f/a', 'request', 'f'), node('f/b', 'request', 'f'), node('c', 'request')]),
]

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useCollectionsStore.getState().replace(COLLECTIONS)
  platform.answer('request.open', ({ id }) => ok({ kind: 'request', document: requestNamed(id.slice(-1)), revision: 'r1' }))
  platform.answer('node.trash', { trashId: TrashIdSchema.parse('trash1'), name: 'f' })
})

const typeInto = ({ draft }: Tab): void => editDocument(draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
const takeBack = async (...nodeIds: NodeId[]): Promise<void> => {
  platform.answer('trash.restore', { nodeIds })
  useAppStore.getState().notices[0]?.action?.run()
  await vi.advanceTimersByTimeAsync(500)
}

test('deleting closes the clean tabs below, keeps edited ones as unsaved requests, and offers undo', async () => {
  const clean = openedTab('a', { node: nodeId('f/a') })
  const edited = openedTab('b', { node: nodeId('f/b') })
  typeInto(edited)
  platform.answer('request.open', () => failed(errorOf('NotFound')))
  platform.answer('node.trash', async () => {
    // The event may come long before the answer.
    workspaceChanged(toldOf([]))
    await vi.advanceTimersByTimeAsync(500)
    return ok({ trashId: TrashIdSchema.parse('trash1'), name: 'f' })
  })

  await trashNodes([nodeId('f')])

  expect(useDraftsStore.getState().tabs[clean.draft.id]).toBeUndefined()
  expect(tabNow(edited.draft.id).draft).toMatchObject({ nodeId: null, dirty: true, document: { url: 'mine' } })
  expect(useAppStore.getState().notices[0]).toMatchObject({ text: 'Deleted “f”', action: { label: 'Undo' } })
})

test('what cannot be deleted stays open', async () => {
  const tab = openedTab('a', { node: nodeId('f/a') })
  platform.refuse('node.trash', errorOf('StorageError'))

  await trashNodes([nodeId('f')])

  expect(tabNow(tab.draft.id).draft.nodeId).toBe('f/a')
})

test('undo gives an edited tab its file back: unsaved still, and Save writes there', async () => {
  const tab = openedTab('b', { node: nodeId('f/b') })
  typeInto(tab)
  await trashNodes([nodeId('f')])

  await takeBack(nodeId('f'))
  const { draft, saved } = tabNow(tab.draft.id)
  platform.answer('request.save', { nodeId: nodeId('f/b'), revision: 'r2' })
  await save(tab.draft.id)

  expect(draft).toMatchObject({ nodeId: 'f/b', revision: 'r1', dirty: true, document: { url: 'mine' } })
  expect(saved).toMatchObject({ name: 'b' })
  expect(platform.inputs('request.save')).toMatchObject([{ id: 'f/b', revision: 'r1', document: { url: 'mine' } }])
})

test('undo opens a clean tab again, at its place and in front where it was', async () => {
  openedTab('first')
  const tab = openedTab('a', { node: nodeId('f/a') })
  openedTab('last')
  useDraftsStore.getState().activate(tab.draft.id)
  await trashNodes([nodeId('f')])

  await takeBack(nodeId('f'))

  const { order, activeId } = useDraftsStore.getState()
  expect(order).toEqual(['draft-first', 'draft-a', 'draft-last'])
  expect(activeId).toBe('draft-a')
  expect(tabNow(tab.draft.id).draft).toMatchObject({ nodeId: 'f/a', dirty: false })
  reopenClosed()
  expect(useDraftsStore.getState().order).toHaveLength(3)
})

test('undo under another name, since the old one is taken, is followed', async () => {
  const direct = openedTab('c', { node: nodeId('c') })
  const below = openedTab('a', { node: nodeId('f/a') })
  typeInto(direct)
  typeInto(below)
  await trashNodes([nodeId('f'), nodeId('c')])
  platform.answer('workspace.read', {
    collections: [collectionOf('c', [node('f 2', 'folder'), node('f 2/a', 'request', 'f 2', 'f/a'), node('c 2', 'request')])],
    sequence: 1,
  })

  await takeBack(nodeId('f 2'), nodeId('c 2'))

  expect([tabNow(direct.draft.id).draft.nodeId, tabNow(below.draft.id).draft.nodeId]).toEqual(['c 2', 'f 2/a'])
})

test('undo leaves alone what was saved elsewhere or closed meanwhile', async () => {
  const kept = openedTab('a', { node: nodeId('f/a') })
  const shut = openedTab('b', { node: nodeId('f/b') })
  typeInto(kept)
  typeInto(shut)
  await trashNodes([nodeId('f')])
  useDraftsStore.getState().put({ ...tabNow(kept.draft.id), draft: { ...tabNow(kept.draft.id).draft, nodeId: nodeId('c'), dirty: false } })
  useDraftsStore.getState().put({ ...tabNow(shut.draft.id), draft: { ...tabNow(shut.draft.id).draft, dirty: false } })
  await closeTab(shut.draft.id)

  await takeBack(nodeId('f'))

  expect(tabNow(kept.draft.id).draft.nodeId).toBe('c')
  expect(useDraftsStore.getState().tabs[shut.draft.id]).toBeUndefined()
})

test('a second deletion given before the first is done waits for it, and does not ask for what is gone with it', async () => {
  const first = deferred<void>()
  platform.answer('workspace.read', { collections: [], sequence: 1 })
  platform.answer('node.trash', async ({ ids }) => {
    if (ids[0] === 'f') await first.promise
    return ok({ trashId: TrashIdSchema.parse(`trash-${ids[0]}`), name: ids[0] ?? '' })
  })

  const all = Promise.all([trashNodes([nodeId('f')]), trashNodes([nodeId('f')]), trashNodes([nodeId('f/a')]), trashNodes([nodeId('c')])])
  await vi.advanceTimersByTimeAsync(0)
  expect(platform.inputs('node.trash')).toEqual([{ ids: ['f'] }])
  first.resolve()
  await all

  expect(platform.inputs('node.trash')).toEqual([{ ids: ['f'] }, { ids: ['c'] }])
  expect(useAppStore.getState().notices.map(({ tone, text }) => [tone, text])).toEqual([
    ['info', 'Deleted “f”'],
    ['info', 'Deleted “c”'],
  ])
})

test('the last thing done in the tree is taken back first, and what its notice took back not again', async () => {
  const names = ['f/a', 'c']
  platform.answer('node.trash', ({ ids }) => ok({ trashId: TrashIdSchema.parse(`trash-${names.indexOf(ids[0] ?? '')}`), name: 'x' }))
  platform.answer('trash.restore', { nodeIds: [] })
  platform.answer('node.rename', ({ id }) => ok({ moved: [{ from: nodeId(id), to: nodeId(id === 'f' ? 'g' : 'f') }] }))
  await trashNodes([nodeId('f/a')])
  await trashNodes([nodeId('c')])
  await renameNode(nodeId('f'), 'g')

  useAppStore.getState().notices[1]?.action?.run()
  await undoTree()
  await undoTree()

  expect(platform.inputs('trash.restore')).toEqual([{ trashId: 'trash-1' }, { trashId: 'trash-0' }])
  expect(platform.inputs('node.rename')).toEqual([
    { id: 'f', name: 'g' },
    { id: 'g', name: 'f' },
  ])
})

test('a move is taken back to where the item stood', async () => {
  platform.answer('node.move', { moved: [] })
  const folder = { collectionId: collectionId('c'), folderId: nodeId('f') }

  await moveNodes([nodeId('f/b')], folder, 0)
  await undoTree()
  await moveNodes([nodeId('f/a')], folder, 2)
  await undoTree()

  expect(platform.inputs('node.move').map(({ index }) => index)).toEqual([0, 2, 2, 0])
})
