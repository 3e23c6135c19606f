/** Whose answer is shown: what acts on its request from deep within the answer asks here. Null where there is no such tab. */
import { createContext } from 'react'
import type { DraftId } from '#contract/model/ids.ts'

export const AnswerOf = createContext<DraftId | null>(null)
