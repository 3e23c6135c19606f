/**
 * The tab whose request values of the shown answer can be used in: as assertions, as captures. Null where there is none: a
 * hop before the last answer, an entry of the history, an answer that is still on its way.
 */
import { createContext } from 'react'
import type { DraftId } from '#contract/model/ids.ts'

export const UsedIn = createContext<DraftId | null>(null)
