/** What core's `prepare` says of each open draft: the preview, and the problems to show beside their fields. */
import { create } from 'zustand'
import type { DraftId } from '#contract/model/ids.ts'
import type { Preview } from '#contract/model/prepared.ts'

/** A preview, and the address as it was typed when it was asked for. */
interface ShownPreview extends Preview {
  readonly address?: string
}

interface PreviewsState {
  readonly byTab: Readonly<Record<DraftId, ShownPreview>>
  set: (id: DraftId, preview: ShownPreview) => void
  remove: (id: DraftId) => void
}

export const usePreviewsStore = create<PreviewsState>()((set) => ({
  byTab: {},
  set: (id, preview) => set((state) => ({ byTab: { ...state.byTab, [id]: preview } })),
  remove: (id) =>
    set((state) => {
      const { [id]: _gone, ...byTab } = state.byTab
      return { byTab }
    }),
}))
