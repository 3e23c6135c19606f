/**
 * Texts typed into fields that take only some, such as `abc` as a timeout: they are no part of the document and would be
 * lost when the field is not drawn. Kept for as long as the tab is open.
 */
import { create } from 'zustand'
import type { DraftId } from '#contract/model/ids.ts'

export interface TypedText {
  readonly text: string
  /** What the document held for the field meanwhile: once it holds something else, the text counts no more. */
  readonly value: unknown
  /** The field's name, for a message that does not stand beside it. */
  readonly label: string
  /** What is wrong with the text, in a sentence. */
  readonly fault: string
}

interface TypedState {
  /** By tab, then by the field of Options, such as `timeout.read`. */
  readonly byTab: Readonly<Record<DraftId, Readonly<Record<string, TypedText>>>>
  set: (id: DraftId, field: string, typed: TypedText | null) => void
  remove: (id: DraftId) => void
}

export const useTypedStore = create<TypedState>()((set) => ({
  byTab: {},
  set: (id, field, typed) =>
    set((state) => {
      const { [field]: _old, ...others } = state.byTab[id] ?? {}
      return { byTab: { ...state.byTab, [id]: typed === null ? others : { ...others, [field]: typed } } }
    }),
  remove: (id) =>
    set((state) => {
      const { [id]: _gone, ...byTab } = state.byTab
      return { byTab }
    }),
}))
