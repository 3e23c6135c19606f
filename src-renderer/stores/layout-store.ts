/** The window's layout, kept over a restart with the open tabs. */
import { create } from 'zustand'
import type { Layout } from '#contract/model/draft.ts'

interface LayoutState extends Layout {
  change: (change: Partial<Layout>) => void
}

export const useLayoutStore = create<LayoutState>()((set) => ({
  sidebarVisible: true,
  sidebarWidth: 260,
  split: 'beside',
  editorShare: 0.5,
  collapsed: [],
  change: (change) => set(change),
}))
