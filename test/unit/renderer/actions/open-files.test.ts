import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { RequestDocument } from '../../../../src-main/contract/model/request.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { editDocument, undo } from '../../../../src-renderer/actions/edit.ts'
import { workspaceChanged } from '../../../../src-renderer/actions/open-files.ts'
import { takeFromDisk } from '../../../../src-renderer/actions/save.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { isOutdated, useDraftsStore, vanishedFile } from '../../../../src-renderer/stores/drafts-store.ts'
import { useLayoutStore } from '../../../../src-renderer/stores/layout-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { collectionOf, errorOf, freshWindow, node, nodeId, openedTab, requestNamed, tabNow, toldOf } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
const COLLECTIONS = [collectionOf('c', [node('f', 'folder'), node('f/a', 'request', 'f'), node('b', 'request')])]

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useCollectionsStore.getState().replace([])
})

const onDisk = (document: RequestDocument, revision = 'r2'): void =>
  void platform.answer('request.open', { kind: 'request', document, revision })
const changed = async (moved: { from: ReturnType<typeof nodeId>; to: ReturnType<typeof nodeId> }[] = []): Promise<void> => {
  workspaceChanged(toldOf(COLLECTIONS, moved))
  await vi.advanceTimersByTimeAsync(500)
}

describe('open tabs and their files', () => {
  test('ids follow a move, of the tabs and of what is folded', async () => {
    const tab = openedTab('a', { node: nodeId('old/a') })
    useLayoutStore.getState().change({ collapsed: ['old'] })
    onDisk(requestNamed('a'), 'r1')

    await changed([
      { from: nodeId('old'), to: nodeId('f') },
      { from: nodeId('old/a'), to: nodeId('f/a') },
    ])

    expect(tabNow(tab.draft.id).draft.nodeId).toBe('f/a')
    expect(useLayoutStore.getState().collapsed).toEqual(['f'])
    expect(useCollectionsStore.getState().collections).toEqual(COLLECTIONS)
  })

  test('a clean tab follows its file, and undo goes back to what it showed', async () => {
    const tab = openedTab('a', { node: nodeId('f/a'), document: requestNamed('a', { url: 'old' }) })
    onDisk(requestNamed('a', { url: 'new' }))

    await changed()
    const { draft } = tabNow(tab.draft.id)
    undo(tab.draft.id)

    expect(draft).toMatchObject({ dirty: false, revision: 'r2', document: { url: 'new' } })
    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: true, document: { url: 'old' } })
  })

  test('an edited tab keeps its edits and its revision, so that saving shows the conflict', async () => {
    const tab = openedTab('a', { node: nodeId('f/a') })
    editDocument(tab.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
    onDisk(requestNamed('a', { url: 'theirs' }))

    await changed()

    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: true, revision: 'r1', document: { url: 'mine' } })
  })

  test('an edited tab tells that its file has changed, until it is as before, or taken', async () => {
    const tab = openedTab('a', { node: nodeId('f/a'), document: requestNamed('a', { url: 'old' }) })
    const told = (): boolean => isOutdated(tabNow(tab.draft.id))
    editDocument(tab.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
    const edited = told()
    onDisk(requestNamed('a', { url: 'theirs' }))
    await changed()
    const whileOther = told()
    onDisk(requestNamed('a', { url: 'old' }), 'r1')
    await changed()
    const whileBack = told()
    onDisk(requestNamed('a', { url: 'theirs' }))
    await changed()
    await takeFromDisk(tab.draft.id)

    expect([edited, whileOther, whileBack, told()]).toEqual([false, true, false, false])
    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: false, document: { url: 'theirs' } })
  })

  describe('whose file goes away and comes back, as when git switches branches', () => {
    const gone = (): void => void platform.refuse('request.open', errorOf('NotFound'))

    test('are marked, hold all they held, and go on with it: a clean one as it is now, an edited one with its edits', async () => {
      const clean = openedTab('a', { node: nodeId('f/a') })
      const edited = openedTab('b', { node: nodeId('b') })
      editDocument(edited.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
      gone()
      await changed()
      const away = [tabNow(clean.draft.id), tabNow(edited.draft.id)]

      platform.answer('request.open', ({ id }) => ok({ kind: 'request', document: requestNamed(id.slice(-1)), revision: 'r1' }))
      await changed()

      expect(away.map((tab) => [tab.draft.nodeId, tab.draft.dirty, vanishedFile(tab)?.nodeId])).toEqual([
        [null, true, 'f/a'],
        [null, true, 'b'],
      ])
      expect(tabNow(clean.draft.id).draft).toMatchObject({ nodeId: 'f/a', revision: 'r1', dirty: false })
      expect(tabNow(edited.draft.id).draft).toMatchObject({ nodeId: 'b', revision: 'r1', dirty: true, document: { url: 'mine' } })
      expect(vanishedFile(tabNow(clean.draft.id))).toBeNull()
    })

    test('with another content: a clean one shows it, an edited one keeps its revision, so that saving asks', async () => {
      const clean = openedTab('a', { node: nodeId('f/a') })
      const edited = openedTab('b', { node: nodeId('b') })
      editDocument(edited.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
      gone()
      await changed()

      platform.answer('request.open', ({ id }) =>
        ok({ kind: 'request', document: requestNamed(id.slice(-1), { url: 'theirs' }), revision: 'r2' }),
      )
      await changed()

      expect(tabNow(clean.draft.id).draft).toMatchObject({ nodeId: 'f/a', revision: 'r2', dirty: false, document: { url: 'theirs' } })
      expect(tabNow(edited.draft.id).draft).toMatchObject({ nodeId: 'b', revision: 'r1', dirty: true, document: { url: 'mine' } })
    })

    test('and are left alone where they were saved to another place meanwhile', async () => {
      const tab = openedTab('a', { node: nodeId('f/a') })
      gone()
      await changed()
      const { tabs, put } = useDraftsStore.getState()
      const away = tabs[tab.draft.id] ?? tab
      put({ ...away, draft: { ...away.draft, nodeId: nodeId('b'), revision: 'r9', dirty: false } })

      onDisk(requestNamed('a'), 'r9')
      await changed()

      expect(tabNow(tab.draft.id).draft).toMatchObject({ nodeId: 'b', revision: 'r9' })
    })
  })

  test('a rename in the tree does not make a conflict of unsaved edits', async () => {
    const tab = openedTab('a', { node: nodeId('f/a') })
    editDocument(tab.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
    onDisk(requestNamed('renamed'))

    await changed()

    expect(tabNow(tab.draft.id).draft).toMatchObject({ dirty: true, revision: 'r2', document: { url: 'mine', name: 'renamed' } })
  })

  test('a file that says the same in other words is only noted', async () => {
    const tab = openedTab('a', { node: nodeId('f/a') })
    onDisk(requestNamed('a'))

    await changed()

    expect(tabNow(tab.draft.id)).toMatchObject({ draft: { dirty: false, revision: 'r2' }, undo: { past: [] } })
  })

  test('a file that is gone leaves its tab as an unsaved request', async () => {
    const tab = openedTab('a', { node: nodeId('f/a'), document: requestNamed('a', { url: 'kept' }) })
    platform.refuse('request.open', errorOf('NotFound'))

    await changed()

    expect(tabNow(tab.draft.id)).toMatchObject({ saved: null, draft: { nodeId: null, dirty: true, document: { url: 'kept' } } })
  })

  test('a file that does not parse any more is shown as its text, unless the tab has edits', async () => {
    const clean = openedTab('a', { node: nodeId('f/a') })
    const edited = openedTab('b', { node: nodeId('b') })
    editDocument(edited.draft.id, 'url', (document) => ({ ...document, url: 'mine' }))
    platform.answer('request.open', { kind: 'broken', name: 'x.yml', text: 'a: [', revision: 'r2', error: errorOf('Unreadable') })

    await changed()

    expect(tabNow(clean.draft.id).broken?.text).toBe('a: [')
    expect(tabNow(edited.draft.id)).toMatchObject({ broken: null, draft: { document: { url: 'mine' } } })
  })

  test('a burst of changes reads each file once', async () => {
    openedTab('a', { node: nodeId('f/a') })
    onDisk(requestNamed('a'), 'r1')

    for (let count = 0; count < 5; count += 1) workspaceChanged(toldOf(COLLECTIONS))
    await vi.advanceTimersByTimeAsync(500)

    expect(platform.inputs('request.open')).toHaveLength(1)
  })
})
