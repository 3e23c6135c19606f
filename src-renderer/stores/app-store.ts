/** Facts about the app as a whole: what the host is and can, whether it answers, and notices to show. */
import { create } from 'zustand'
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'

export type AppInfo = Output<'app.info'>

export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

export interface Notice {
  readonly id: string
  readonly tone: 'info' | 'error'
  readonly text: string
  readonly hint?: string
  /** Share done, from 0 to 1, of something under way. */
  readonly progress?: number
  readonly action?: NoticeAction
  /** A second thing to do about it. */
  readonly otherAction?: NoticeAction
}

interface AppState {
  readonly info: AppInfo | null
  readonly connection: 'opening' | 'open' | 'lost' | 'refused'
  readonly notices: readonly Notice[]
  setInfo: (info: AppInfo) => void
  setConnection: (connection: AppState['connection']) => void
  addNotice: (notice: Notice) => void
  dropNotice: (id: string) => void
}

export const useAppStore = create<AppState>()((set) => ({
  info: null,
  connection: 'opening',
  notices: [],
  setInfo: (info) => set({ info }),
  setConnection: (connection) => set({ connection }),
  addNotice: (notice) => set((state) => ({ notices: [...state.notices.filter((other) => other.id !== notice.id), notice].slice(-4) })),
  dropNotice: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
}))

/** A notice of a failure. */
export function noticeOf(error: WireError): Notice {
  return { id: `${error.kind}:${error.message}`, tone: 'error', text: error.message, ...(error.hint !== undefined && { hint: error.hint }) }
}
