/** The OAuth 2.0 token of each open draft's settings, and what is being done about it. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Token } from '#contract/model/token.ts'

export interface TokenState {
  /** Null: there is none yet, or it is not known yet. */
  readonly token: Token | null
  readonly doing: 'nothing' | 'getting' | 'refreshing'
  /** Where the user is to sign in; null: nowhere. */
  readonly signInUrl: string | null
  readonly error: WireError | null
}

export const NO_TOKEN: TokenState = { token: null, doing: 'nothing', signInUrl: null, error: null }

interface TokensState {
  readonly byTab: Readonly<Record<DraftId, TokenState>>
  change: (id: DraftId, change: Partial<TokenState>) => void
  remove: (id: DraftId) => void
}

export const useTokensStore = create<TokensState>()((set) => ({
  byTab: {},
  change: (id, change) => set((state) => ({ byTab: { ...state.byTab, [id]: { ...(state.byTab[id] ?? NO_TOKEN), ...change } } })),
  remove: (id) =>
    set((state) => {
      const { [id]: _gone, ...byTab } = state.byTab
      return { byTab }
    }),
}))
