/** What was deleted and can still be had back, also long after the notice that offered its undo is gone. */
import type { Deletion } from '#contract/model/workspace.ts'
import { deletionName } from '../lib/deletion-words.ts'
import { useTrashStore } from '../stores/trash-store.ts'
import { rereadTabs } from './open-files.ts'
import { platform } from './platform-ref.ts'
import { inTurn } from './tree-turns.ts'
import { told } from '../lib/told.ts'
import { t } from '../lib/t.ts'

export function openDeleted(): void {
  useTrashStore.getState().change({ isOpen: true, deletions: null, said: null })
  void readDeleted()
}

export function closeDeleted(): void {
  useTrashStore.getState().change({ isOpen: false, deletions: null, said: null })
}

/** Put the items of a deletion back to their places, or beside what stands there now. */
export async function restoreDeleted(deletion: Deletion): Promise<void> {
  const restored = await platform().call('trash.restore', { trashId: deletion.id })
  const { change } = useTrashStore.getState()
  if (restored.ok) change({ said: { text: t`Restored ${deletionName(deletion)}`, isFault: false } })
  else change({ said: { text: [restored.error.message, restored.error.hint ?? ''].filter(Boolean).map(told).join(' '), isFault: true } })
  await Promise.all([readDeleted(), rereadTabs()])
}

/** The list is read anew where it is shown while something is deleted or restored, here or elsewhere. */
export function deletedChanged(): void {
  if (useTrashStore.getState().isOpen) void readDeleted()
}

async function readDeleted(): Promise<void> {
  // A deletion that is under way belongs to the list.
  const read = await inTurn(() => platform().call('trash.list', {}))
  const { isOpen, change } = useTrashStore.getState()
  if (!isOpen) return
  if (read.ok) change({ deletions: read.value.deletions })
  else change({ deletions: [], said: { text: told(read.error.message), isFault: true } })
}
