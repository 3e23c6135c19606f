/** What the parts of an answer know of its being on its way in still. */
import { createContext, useContext } from 'react'
import type { DraftId } from '#contract/model/ids.ts'

export interface ArrivingAnswer {
  readonly draftId: DraftId
  /** What ends it: milliseconds of silence, and in all; null: nothing does. */
  readonly limits: { readonly read: number | null; readonly total: number | null }
  /** It has come, and what follows is not decided yet: a redirect that stands, or a wait before it is asked for again. */
  readonly isWhole: boolean
}

/** Null where the answer is over. */
export const Arriving = createContext<ArrivingAnswer | null>(null)

export function useArriving(): ArrivingAnswer | null {
  return useContext(Arriving)
}
