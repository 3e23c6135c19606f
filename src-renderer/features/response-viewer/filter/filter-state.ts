/** What each body is filtered by: kept by tab, so that the next answer and a return to the tab show the same. */
import { create } from 'zustand'
import type { MatchFilter, QueryKind } from '#contract/model/body-query.ts'

export interface FilterOfTab {
  readonly isOpen: boolean
  readonly expression: string
  /** Null: as the expression and the body suggest. */
  readonly kind: QueryKind | null
  readonly filter: MatchFilter
  /** Whether the post-filter is shown. */
  readonly showsOptions: boolean
}

export const NO_FILTER: MatchFilter = { as: 'text', trim: false, minLength: 0, unique: false, prefix: '', suffix: '' }
const FIRST: FilterOfTab = { isOpen: false, expression: '', kind: null, filter: NO_FILTER, showsOptions: false }
/** Tabs remembered; beyond it the longest untouched is forgotten. */
const REMEMBERED = 200

interface FilterState {
  readonly byTab: ReadonlyMap<string, FilterOfTab>
  change: (key: string, change: Partial<FilterOfTab>) => void
}

export const useFilterState = create<FilterState>()((set) => ({
  byTab: new Map(),
  change: (key, change) =>
    set((state) => {
      const byTab = new Map(state.byTab)
      byTab.delete(key)
      byTab.set(key, { ...(state.byTab.get(key) ?? FIRST), ...change })
      const [oldest] = byTab.keys()
      if (byTab.size > REMEMBERED && oldest !== undefined) byTab.delete(oldest)
      return { byTab }
    }),
}))

/** How the body of a tab, or of a hop of it, is filtered. */
export function filterOf(key: string): (state: { readonly byTab: ReadonlyMap<string, FilterOfTab> }) => FilterOfTab {
  return (state) => state.byTab.get(key) ?? FIRST
}
