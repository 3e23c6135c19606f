/** The cookie jar that is open before the user, and the cookies of the jar that have to do with each tab's URL. */
import { create } from 'zustand'
import type { Output } from '#contract/commands.ts'
import type { CookieForUrl, JarKey, KeptCookie } from '#contract/model/cookie.ts'
import type { DraftId } from '#contract/model/ids.ts'

export type JarEntry = Output<'cookies.jars'>['jars'][number]

/** What was just done to the jar, and how it is taken back. */
export interface CookiesDone {
  readonly text: string
  readonly undo: (() => void) | null
}

interface CookiesState {
  /** The jar that is shown; null: the dialog is closed. */
  readonly jar: JarKey | null
  /** The domain that the list is to begin with; empty: all. */
  readonly domain: string
  readonly jars: readonly JarEntry[]
  /** Null: not read yet. */
  readonly cookies: readonly KeptCookie[] | null
  readonly done: CookiesDone | null
  readonly byTab: Readonly<Record<DraftId, readonly CookieForUrl[]>>
  /** How often core told that a jar changed, whichever: who shows something of one reads it again. */
  readonly changes: number
  change: (change: Partial<Pick<CookiesState, 'jar' | 'domain' | 'jars' | 'cookies' | 'done'>>) => void
  setForTab: (id: DraftId, cookies: readonly CookieForUrl[]) => void
  removeTab: (id: DraftId) => void
  jarChanged: () => void
}

export const useCookiesStore = create<CookiesState>()((set) => ({
  jar: null,
  domain: '',
  jars: [],
  cookies: null,
  done: null,
  byTab: {},
  changes: 0,
  change: (change) => set(change),
  setForTab: (id, cookies) => set((state) => ({ byTab: { ...state.byTab, [id]: cookies } })),
  removeTab: (id) =>
    set((state) => {
      const { [id]: _gone, ...byTab } = state.byTab
      return { byTab }
    }),
  jarChanged: () => set(({ changes }) => ({ changes: changes + 1 })),
}))
