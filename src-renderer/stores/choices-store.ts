/** The environment and session that are chosen for each collection: kept over a restart with the open tabs. */
import { create } from 'zustand'
import type { Choice, Choices } from '#contract/model/draft.ts'
import type { CollectionId } from '#contract/model/ids.ts'

interface ChoicesState extends Choices {
  choose: (id: CollectionId, change: Partial<Choice>) => void
  use: (id: CollectionId) => void
  replace: (choices: Choices) => void
}

export const NO_CHOICE: Choice = { environment: null, session: null }

export const useChoicesStore = create<ChoicesState>()((set) => ({
  byCollection: {},
  lastUsed: null,
  choose: (id, change) =>
    set((state) => ({ byCollection: { ...state.byCollection, [id]: { ...(state.byCollection[id] ?? NO_CHOICE), ...change } } })),
  use: (lastUsed) => set((state) => (state.lastUsed === lastUsed ? state : { lastUsed })),
  replace: ({ byCollection, lastUsed }) => set({ byCollection, lastUsed }),
}))
