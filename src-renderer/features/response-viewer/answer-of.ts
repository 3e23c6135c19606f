/** Whose answer is shown: links in it lead to requests made of that one. Null where there is none to make them of. */
import { createContext } from 'react'
import type { DraftId } from '#contract/model/ids.ts'

export const AnswerOf = createContext<DraftId | null>(null)
