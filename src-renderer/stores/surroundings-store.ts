/** What there is to choose from around the requests of each collection: its environments and sessions, as core last told them. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId } from '#contract/model/ids.ts'

export interface EnvironmentChoice {
  readonly name: string
  /** Its file in the collection's `environments` folder. */
  readonly file: string
  /** The environment it takes over from. */
  readonly extends: string | null
  /** As its file has it: a colour of CSS, or any other text. */
  readonly color: string | null
  /** Why its file cannot be read. */
  readonly error: WireError | null
}

export interface Surroundings {
  readonly environments: readonly EnvironmentChoice[]
  /** Names of the sessions, the default one first. */
  readonly sessions: readonly string[]
  /** How many adapters each session has mounted, by its name. */
  readonly adapters: Readonly<Record<string, number>>
}

interface SurroundingsState {
  readonly byCollection: Readonly<Record<CollectionId, Surroundings>>
  set: (id: CollectionId, surroundings: Surroundings) => void
}

export const useSurroundingsStore = create<SurroundingsState>()((set) => ({
  byCollection: {},
  set: (id, surroundings) => set((state) => ({ byCollection: { ...state.byCollection, [id]: surroundings } })),
}))
