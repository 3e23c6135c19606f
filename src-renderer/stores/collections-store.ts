/** The collections as the core last told them. The tree is drawn from this; ids are the core's. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { Collection } from '#contract/model/workspace.ts'

interface CollectionsState {
  readonly collections: readonly Collection[]
  readonly loaded: boolean
  /** Why they could not be read; null once they are. */
  readonly error: WireError | null
  /** Of what core told, the last that is in them; null: what it tells next may follow on something else. */
  readonly sequence: number | null
  /** The last that core told. */
  readonly heard: number
  replace: (collections: readonly Collection[], sequence?: number) => void
  hear: (sequence: number) => void
  /** What core tells from now on does not follow on these. */
  lose: (heard?: number) => void
  fail: (error: WireError) => void
}

export const useCollectionsStore = create<CollectionsState>()((set) => ({
  collections: [],
  loaded: false,
  error: null,
  sequence: null,
  heard: 0,
  replace: (collections, sequence = 0) => set({ collections, sequence, loaded: true, error: null }),
  hear: (heard) => set({ heard }),
  lose: (heard) => set((state) => ({ sequence: null, heard: heard ?? state.heard })),
  fail: (error) => set({ error }),
}))
