/** The deletions that are before the user, to be taken back. */
import { create } from 'zustand'
import type { Deletion } from '#contract/model/workspace.ts'

interface TrashState {
  readonly isOpen: boolean
  /** Null: not read yet. */
  readonly deletions: readonly Deletion[] | null
  /** What was just done or went wrong, in a sentence. */
  readonly said: { readonly text: string; readonly isFault: boolean } | null
  change: (change: Partial<Pick<TrashState, 'isOpen' | 'deletions' | 'said'>>) => void
}

export const useTrashStore = create<TrashState>()((set) => ({
  isOpen: false,
  deletions: null,
  said: null,
  change: (change) => set(change),
}))
