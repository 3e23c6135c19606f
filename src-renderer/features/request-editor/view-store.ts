/** Which section each open tab shows, and which groups of Options are open. A matter of this window's moment: not kept over a restart, and no part of undo. */
import { create } from 'zustand'
import type { DraftId } from '#contract/model/ids.ts'
import type { Section } from './sections.ts'

interface ViewState {
  readonly sections: Readonly<Record<DraftId, Section>>
  /** By title, for all tabs: true is open. */
  readonly groups: Readonly<Record<string, boolean>>
  show: (id: DraftId, section: Section) => void
  fold: (title: string, isOpen: boolean) => void
  forget: (id: DraftId) => void
}

export const useViewStore = create<ViewState>()((set) => ({
  sections: {},
  groups: {},
  show: (id, section) => set((state) => ({ sections: { ...state.sections, [id]: section } })),
  fold: (title, isOpen) => set((state) => ({ groups: { ...state.groups, [title]: isOpen } })),
  forget: (id) =>
    set((state) => {
      const { [id]: _gone, ...sections } = state.sections
      return { sections }
    }),
}))
