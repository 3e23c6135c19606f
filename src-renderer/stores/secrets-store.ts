/** Which secret variables have a value on this machine, as core last told. The values themselves are never in a store. */
import { create } from 'zustand'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'

/** Where secret variables are defined. */
export interface SecretPlace {
  readonly collectionId: CollectionId
  readonly origin: Origin
}

interface SecretsState {
  /** By place and name; what is not in it is not known. */
  readonly kept: Readonly<Record<string, boolean>>
  set: (kept: Readonly<Record<string, boolean>>) => void
}

export const useSecretsStore = create<SecretsState>()((set) => ({
  kept: {},
  set: (kept) => set((state) => ({ kept: { ...state.kept, ...kept } })),
}))

/** The key of a secret in `kept`. */
export function secretKey({ collectionId, origin }: SecretPlace, name: string): string {
  return JSON.stringify([collectionId, origin, name])
}
