/** A wish to find in the body of a tab's answer: asked by a key, taken up by the view of the body once it is drawn. */
import { create } from 'zustand'
import type { DraftId } from '#contract/model/ids.ts'

interface FindState {
  readonly wanted: DraftId | null
  ask: (id: DraftId) => void
  done: () => void
}

export const useFindStore = create<FindState>()((set) => ({
  wanted: null,
  ask: (wanted) => set({ wanted }),
  done: () => set({ wanted: null }),
}))
