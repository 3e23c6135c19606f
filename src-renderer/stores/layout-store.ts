/**
 * The window's layout, kept over a restart with the open tabs. A window too narrow for a side bar beside the rest (half a
 * screen, or 200 % zoom) has it float over the rest for as long as it is needed: that is not kept.
 */
import { create } from 'zustand'
import type { Layout } from '#contract/model/draft.ts'

interface LayoutState extends Layout {
  /** Whether the side bar floats. */
  readonly isNarrow: boolean
  /** Whether the floating one is shown. */
  readonly isFloating: boolean
  change: (change: Partial<Layout>) => void
  /** The layout of the last time. */
  restore: (layout: Layout) => void
  setNarrow: (isNarrow: boolean) => void
}

export const useLayoutStore = create<LayoutState>()((set) => ({
  sidebarVisible: true,
  sidebarWidth: 260,
  split: 'beside',
  editorShare: 0.5,
  collapsed: [],
  isNarrow: false,
  isFloating: false,
  change: ({ sidebarVisible, ...change }) =>
    set((state) => {
      if (sidebarVisible === undefined) return change
      return state.isNarrow ? { ...change, isFloating: sidebarVisible } : { ...change, sidebarVisible }
    }),
  restore: (layout) => set(layout),
  setNarrow: (isNarrow) => set({ isNarrow, isFloating: false }),
}))

/** Whether the side bar is in sight. */
export function showsSidebar(state: Pick<LayoutState, 'isNarrow' | 'isFloating' | 'sidebarVisible'>): boolean {
  return state.isNarrow ? state.isFloating : state.sidebarVisible
}

/** What of the layout is kept. */
export function keptLayout({ change, restore, setNarrow, isNarrow, isFloating, ...layout }: LayoutState): Layout {
  return layout
}
