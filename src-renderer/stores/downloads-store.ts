/** Answers that are to be saved to a file once they are whole, by the tab that they belong to. */
import { create } from 'zustand'
import type { Exchange } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'

export interface DownloadWish {
  /** Where to; null: not chosen yet, or left to the browser. */
  readonly path: string | null
  /** A dialog that asks for the path is open. */
  readonly isAsking: boolean
  /** Of an answer that was whole before its path was chosen. */
  readonly ended: Exchange | null
}

interface DownloadsState {
  readonly byTab: Readonly<Record<DraftId, DownloadWish>>
  set: (id: DraftId, wish: DownloadWish) => void
  remove: (id: DraftId) => void
}

export const useDownloadsStore = create<DownloadsState>()((set) => ({
  byTab: {},
  set: (id, wish) => set((state) => ({ byTab: { ...state.byTab, [id]: wish } })),
  remove: (id) =>
    set((state) => {
      if (!state.byTab[id]) return state
      const { [id]: _gone, ...byTab } = state.byTab
      return { byTab }
    }),
}))
