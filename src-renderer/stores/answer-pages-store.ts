/** What came of going through the pages of a tab's answer. It belongs to the exchange that brought the first page. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { DraftId, ExchangeId } from '#contract/model/ids.ts'
import type { Page, Pages } from '#contract/model/pages.ts'

export interface TabPages {
  /** Of the first page. */
  readonly exchangeId: ExchangeId
  readonly pagesId: string
  /** As many as were asked for. */
  readonly limit: number
  /** As far as they have come, while they are gone through. */
  readonly pages: readonly Page[]
  /** Null while they are gone through. */
  readonly result: Pages | null
  readonly error: WireError | null
  readonly isStopping: boolean
}

interface PagesState {
  readonly byTab: Readonly<Record<DraftId, TabPages>>
  set: (id: DraftId, pages: TabPages) => void
  remove: (id: DraftId) => void
}

export const usePagesStore = create<PagesState>()((set) => ({
  byTab: {},
  set: (id, pages) => set((state) => ({ byTab: { ...state.byTab, [id]: pages } })),
  remove: (id) =>
    set((state) => {
      const { [id]: _gone, ...byTab } = state.byTab
      return { byTab }
    }),
}))
