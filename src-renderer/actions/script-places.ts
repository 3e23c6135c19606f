/** Going to a line of a script, from what that script said or where it broke. */
import type { ScriptPlace } from '#contract/model/checks.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { collectionFor } from '../lib/collection-of.ts'
import { isOwnScript } from '../lib/script-words.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { openLayer } from './layer-drafts.ts'
import { closePage } from './pages.ts'

/** Whether it is known where the script stands. */
export function hasScriptPage(place: ScriptPlace): boolean {
  return isOwnScript(place) || place.folderId !== undefined
}

/**
 * Opens Scripts at the line: of the request itself, or of the folder or collection around it.
 *
 * @param draftId the tab of the request that the script ran for
 */
export async function goToScript(draftId: DraftId, { type, folderId, ...place }: ScriptPlace, line: number, column = 1): Promise<void> {
  const { askScript } = useFocusStore.getState()
  if (isOwnScript({ type, ...place })) {
    closePage()
    return askScript({ draftId, type, line, column })
  }
  const { collections } = useCollectionsStore.getState()
  const nodeId = useDraftsStore.getState().tabs[draftId]?.draft.nodeId ?? null
  const collection = collectionFor(nodeId, collections, useChoicesStore.getState().lastUsed)
  if (collection === null || folderId === undefined) return
  const focus = { name: '', section: 'scripts' } as const
  const layerId = await openLayer({ kind: 'defaults', collectionId: collection.id, folderId }, focus)
  if (layerId !== null) askScript({ draftId: layerId, type, line, column })
}
