/** Which groups of options are open. A matter of this window's moment: not kept over a restart, and no part of undo. */
import { create } from 'zustand'

interface GroupsState {
  /** By sort of form and title: true is open. */
  readonly open: Readonly<Record<string, boolean>>
  fold: (key: string, isOpen: boolean) => void
}

export const useGroupsStore = create<GroupsState>()((set) => ({
  open: {},
  fold: (key, isOpen) => set((state) => ({ open: { ...state.open, [key]: isOpen } })),
}))
