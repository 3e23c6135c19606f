/** The variables that the request of each tab can use, as core last told them, and the names of values made anew for each send. */
import { create } from 'zustand'
import type { DraftId } from '#contract/model/ids.ts'
import type { FoundVariable } from '#contract/model/variable.ts'

export interface DynamicValue {
  readonly name: string
  readonly example: string
}

interface VariablesState {
  readonly byTab: Readonly<Record<DraftId, readonly FoundVariable[]>>
  readonly dynamic: readonly DynamicValue[]
  set: (id: DraftId, variables: readonly FoundVariable[]) => void
  setDynamic: (dynamic: readonly DynamicValue[]) => void
  remove: (id: DraftId) => void
}

export const useVariablesStore = create<VariablesState>()((set) => ({
  byTab: {},
  dynamic: [],
  set: (id, variables) => set((state) => ({ byTab: { ...state.byTab, [id]: variables } })),
  setDynamic: (dynamic) => set({ dynamic }),
  remove: (id) =>
    set((state) => {
      const { [id]: _gone, ...byTab } = state.byTab
      return { byTab }
    }),
}))
