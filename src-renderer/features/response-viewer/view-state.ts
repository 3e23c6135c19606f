/**
 * How each tab's answer was last looked at: so that sending again, or coming back to a tab, shows what one was reading.
 * Only the viewer knows of it; it lives as long as the window.
 */
import { create } from 'zustand'
import type { DraftId, ExchangeId } from '#contract/model/ids.ts'
import type { PickedView } from './body-choice.ts'

export type Section = 'body' | 'headers' | 'cookies' | 'redirects' | 'timing' | 'request' | 'pages' | 'tests' | 'console'

export interface TabView {
  readonly section: Section
  readonly picked: PickedView | null
  /** An encoding that was chosen, for one exchange only: the next answer speaks for itself. */
  readonly encoding: { readonly exchangeId: ExchangeId; readonly label: string } | null
  /** Whose console lines were cleared. */
  readonly cleared: ExchangeId | null
  /** Levels of console lines that are left out. */
  readonly hiddenLevels: readonly string[]
}

const FIRST: TabView = { section: 'body', picked: null, encoding: null, cleared: null, hiddenLevels: [] }
/** Tabs remembered; beyond it the longest untouched is forgotten. */
const REMEMBERED = 200

interface ViewState {
  readonly byTab: ReadonlyMap<DraftId, TabView>
  /** Whether long lines go on below, in every tab. */
  readonly wrap: boolean
  /** Whether it is shown how the encoding was found, in every tab. */
  readonly showsEncoding: boolean
  change: (id: DraftId, change: Partial<TabView>) => void
  setWrap: (wrap: boolean) => void
  setShowsEncoding: (shows: boolean) => void
}

export const useViewState = create<ViewState>()((set) => ({
  byTab: new Map(),
  wrap: true,
  showsEncoding: false,
  change: (id, change) =>
    set((state) => {
      const byTab = new Map(state.byTab)
      byTab.delete(id)
      byTab.set(id, { ...(state.byTab.get(id) ?? FIRST), ...change })
      const [oldest] = byTab.keys()
      if (byTab.size > REMEMBERED && oldest !== undefined) byTab.delete(oldest)
      return { byTab }
    }),
  setWrap: (wrap) => set({ wrap }),
  setShowsEncoding: (showsEncoding) => set({ showsEncoding }),
}))

/** How the tab is looked at. */
export function viewOf(id: DraftId): (state: { readonly byTab: ReadonlyMap<DraftId, TabView> }) => TabView {
  return (state) => state.byTab.get(id) ?? FIRST
}
