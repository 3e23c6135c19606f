/** Lets go of the texts that the editor keeps for a layer once its draft is gone. */
import { releaseModels } from '../../monaco/model-owners.ts'
import { useLayerDraftsStore } from '../../stores/layer-drafts-store.ts'

let watching = false

/** Called by a section with an editor when it is first shown; from then on for as long as the window lives. */
export function watchClosedLayers(): void {
  if (watching) return
  watching = true
  useLayerDraftsStore.subscribe(({ byId: now }, { byId: before }) => {
    for (const { draft } of Object.values(before)) if (!(draft.id in now)) releaseModels(draft.id)
  })
}
