/** Which section each open tab shows. A matter of this window's moment: not kept over a restart, and no part of undo. */
import { create } from 'zustand'
import type { DraftId } from '#contract/model/ids.ts'
import type { Section } from './sections.ts'

interface ViewState {
  readonly sections: Readonly<Record<DraftId, Section>>
  show: (id: DraftId, section: Section) => void
  forget: (id: DraftId) => void
}

export const useViewStore = create<ViewState>()((set) => ({
  sections: {},
  show: (id, section) => set((state) => ({ sections: { ...state.sections, [id]: section } })),
  forget: (id) =>
    set((state) => {
      const { [id]: _gone, ...sections } = state.sections
      return { sections }
    }),
}))
