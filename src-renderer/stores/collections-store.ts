/** The collections as the core last told them. The tree is drawn from this; ids are the core's. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { Collection } from '#contract/model/workspace.ts'

interface CollectionsState {
  readonly collections: readonly Collection[]
  readonly loaded: boolean
  /** Why they could not be read; null once they are. */
  readonly error: WireError | null
  replace: (collections: readonly Collection[]) => void
  fail: (error: WireError) => void
}

export const useCollectionsStore = create<CollectionsState>()((set) => ({
  collections: [],
  loaded: false,
  error: null,
  replace: (collections) => set({ collections, loaded: true, error: null }),
  fail: (error) => set({ error }),
}))
