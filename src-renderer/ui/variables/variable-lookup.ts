/**
 * Who knows what a `{{name}}` stands for, given to fields from above: a field under none shows its text as it is. A
 * stable object that is asked, so that a new value draws again only what shows one.
 */
import { createContext } from 'react'
import type { Origin } from '#contract/model/origin.ts'
import type { DefinePlace } from '../../lib/define-words.ts'
import type { VariableScope } from '../../lib/variable-scope.ts'

export interface VariableLookup {
  /** The same object until something in it changes. */
  readonly scope: () => VariableScope
  readonly subscribe: (listener: () => void) => () => void
  /** Go to where a value is defined. */
  readonly goTo: (origin: Origin, name: string) => void
  /** Where a name without a value can be given one, the likeliest first. */
  readonly definePlaces: () => readonly DefinePlace[]
  readonly define: (name: string, place: DefinePlace) => void
}

export const Variables = createContext<VariableLookup | null>(null)
