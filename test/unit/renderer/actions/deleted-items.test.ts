import { beforeEach, expect, test, vi } from 'vitest'
import { TrashIdSchema } from '../../../../src-main/contract/model/ids.ts'
import type { Deletion } from '../../../../src-main/contract/model/workspace.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { closeDeleted, deletedChanged, openDeleted, restoreDeleted } from '../../../../src-renderer/actions/deleted-items.ts'
import { trashNodes } from '../../../../src-renderer/actions/trash.ts'
import { useTrashStore } from '../../../../src-renderer/stores/trash-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { errorOf, freshWindow, nodeId } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
const DELETION: Deletion = {
  id: TrashIdSchema.parse('trash-1'),
  at: '2026-01-01T00:00:00.000Z',
  items: [{ root: '/shop', path: 'a.yml', name: 'A', isFolder: false }],
}

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useTrashStore.setState(useTrashStore.getInitialState(), true)
  let left = [DELETION]
  platform.answer('trash.list', () => ok({ deletions: left }))
  platform.answer('trash.restore', () => {
    left = []
    return ok({ nodeIds: [nodeId('c/a.yml')] })
  })
})

const settled = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(10))

test('what was deleted is listed, and gone from the list once it is restored', async () => {
  openDeleted()
  await settled()
  const before = useTrashStore.getState().deletions

  await restoreDeleted(DELETION)

  expect(before).toEqual([DELETION])
  expect(useTrashStore.getState()).toMatchObject({ deletions: [], said: { text: 'Restored “A”', isFault: false } })
})

test('what cannot be restored says why, and stays', async () => {
  openDeleted()
  await settled()
  platform.refuse('trash.restore', { ...errorOf('NotFound'), hint: 'Open its folder again.' })

  await restoreDeleted(DELETION)

  expect(useTrashStore.getState()).toMatchObject({
    deletions: [DELETION],
    said: { text: 'It is NotFound. Open its folder again.', isFault: true },
  })
})

test('an answer that comes after the dialog was closed opens nothing', async () => {
  openDeleted()
  closeDeleted()
  await settled()

  expect(useTrashStore.getState()).toMatchObject({ isOpen: false, deletions: null })
})

test('a deletion that is under way is waited for, and a later one is listed at once', async () => {
  const trashed = Promise.withResolvers<void>()
  let listed: Deletion[] = []
  platform.answer('node.trash', async () => {
    await trashed.promise
    listed = [DELETION]
    return ok({ trashId: DELETION.id, name: 'A' })
  })
  platform.answer('trash.list', () => ok({ deletions: listed }))

  const deleting = trashNodes([nodeId('c/a.yml')])
  openDeleted()
  await settled()
  trashed.resolve()
  await deleting
  await settled()
  expect(useTrashStore.getState().deletions).toEqual([DELETION])

  listed = []
  deletedChanged()
  await settled()
  expect(useTrashStore.getState().deletions).toEqual([])
})
