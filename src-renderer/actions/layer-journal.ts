/** Edited environments, sessions and defaults on their way to the journal. One that is as its file has it is not kept there. */
import type { LayerDraft } from '#contract/model/draft.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { isEdited, useLayerDraftsStore } from '../stores/layer-drafts-store.ts'
import { layerName } from './layer-kinds.ts'
import { platform } from './platform-ref.ts'
import { dropUnsent, keepUnsent } from './unsent.ts'
import { createWriteBehind } from './write-behind.ts'

export const layerJournal = createWriteBehind<LayerDraft, unknown>({
  current: editedDraft,
  write: (_id, draft) => platform().call('layerDrafts.save', { draft }),
  remove: (id) => platform().call('layerDrafts.remove', { id }),
  keep: (draft, dataDir, keeper) => keepUnsent('layer', draft, dataDir, keeper),
  drop: (id) => dropUnsent('layer', id),
  nameOf: layerName,
})

/** Drafts that this window has put there, or read from there: others are their windows' to take out. */
const own = new Set<DraftId>()

/** Note that a draft changed: it is written within 300 ms, or taken out where nothing is left of the edits. */
export function layerChanged(id: DraftId): void {
  if (editedDraft(id) === null) {
    if (own.delete(id)) layerJournal.forget(id)
    return
  }
  own.add(id)
  layerJournal.edited(id)
}

/** Note that a draft stands in the journal, as of an earlier window. */
export function layerRestored(id: DraftId): void {
  own.add(id)
}

function editedDraft(id: DraftId): LayerDraft | null {
  const draft = useLayerDraftsStore.getState().byId[id]?.draft
  return draft && isEdited(draft) ? draft : null
}
