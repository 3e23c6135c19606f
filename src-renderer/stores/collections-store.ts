/** The collections as the core last told them. The tree is drawn from this; ids are the core's. */
import { create } from 'zustand'
import type { Collection } from '#contract/model/workspace.ts'

interface CollectionsState {
  readonly collections: readonly Collection[]
  readonly loaded: boolean
  replace: (collections: readonly Collection[]) => void
}

export const useCollectionsStore = create<CollectionsState>()((set) => ({
  collections: [],
  loaded: false,
  replace: (collections) => set({ collections, loaded: true }),
}))
