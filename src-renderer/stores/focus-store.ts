/**
 * Where the focus is asked to go, by whoever knows: a new request asks for its address, a problem for its field. The
 * part of the window that draws the field takes the wish up once it is drawn, so that nobody has to guess why it is.
 */
import { create } from 'zustand'
import type { FieldRef } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'

/** A field of a request, or a section of it that no problem is ever told of. */
type WantedPlace = FieldRef | { readonly section: 'scripts' | 'docs'; readonly row?: undefined; readonly field?: undefined }

export interface FocusWish {
  readonly draftId: DraftId
  readonly where: WantedPlace
  /** Only if nothing else has the focus: asked by the window itself, not by the user. */
  readonly gently: boolean
}

/** A line of one of a request's, a folder's or a collection's scripts, and a column in it, from 1. */
export interface ScriptWish {
  readonly draftId: DraftId
  /** One of `SCRIPT_TYPES`. */
  readonly type: string
  readonly line: number
  readonly column: number
}

interface FocusState {
  readonly wish: FocusWish | null
  /** The row of the tree to go to, by the id of its item; null: none. */
  readonly row: string | null
  /** The line of a script to go to; null: none. */
  readonly script: ScriptWish | null
  ask: (draftId: DraftId, where: WantedPlace, gently?: boolean) => void
  askRow: (id: string) => void
  rowDone: () => void
  askScript: (wish: ScriptWish) => void
  scriptDone: (wish: ScriptWish) => void
  /** The wish was taken up, or is of no use any more; a newer one stays. */
  done: (wish: FocusWish) => void
}

export const useFocusStore = create<FocusState>()((set) => ({
  wish: null,
  row: null,
  script: null,
  askRow: (row) => set({ row }),
  rowDone: () => set({ row: null }),
  askScript: (script) => set({ script }),
  scriptDone: (wish) => set((state) => (state.script === wish ? { script: null } : {})),
  ask: (draftId, where, gently = false) => set({ wish: { draftId, where, gently } }),
  done: (wish) => set((state) => (state.wish === wish ? { wish: null } : {})),
}))
