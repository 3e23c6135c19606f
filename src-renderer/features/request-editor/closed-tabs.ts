/** Lets go of what the editor keeps for a tab once the tab is closed: its texts' models and its section. */
import { releaseModels } from '../../monaco/model-owners.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useViewStore } from './view-store.ts'

let watching = false

/** Called by the editor when it is first shown; from then on for as long as the window lives. */
export function watchClosedTabs(): void {
  if (watching) return
  watching = true
  useDraftsStore.subscribe((now, before) => {
    if (now.order === before.order) return
    const open = new Set(now.order)
    for (const id of before.order) {
      if (open.has(id)) continue
      releaseModels(id)
      useViewStore.getState().forget(id)
    }
  })
}
