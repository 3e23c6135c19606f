/** Which settings are drawn: those of the part that is open, or those that a search has found. */
import { createContext, useContext } from 'react'
import type { EntryId } from './settings-entries.ts'

const Shown = createContext<ReadonlySet<EntryId>>(new Set())

/** Says what is drawn inside. */
export const ShownEntries = Shown.Provider

/** Whether a setting is drawn. */
export function useIsShown(id: EntryId): boolean {
  return useContext(Shown).has(id)
}
