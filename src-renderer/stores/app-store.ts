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
  /** How often it was said; absent: once. */
  readonly times?: number
}

/** More are not kept: whoever has that many waiting reads none of them. */
const KEPT_NOTICES = 20

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
  addNotice: (notice) => set((state) => ({ notices: withNotice(state.notices, notice) })),
  dropNotice: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
}))

/**
 * The notices with one more, the newest last. What is said again counts up; what tells of its progress stays where it
 * is. Two that offer something to press are never made one, be their words the same: each takes back its own.
 */
function withNotice(notices: readonly Notice[], notice: Notice): readonly Notice[] {
  const isPlain = (one: Notice): boolean => one.action === undefined && one.otherAction === undefined
  const isSameWords = (one: Notice): boolean => one.tone === notice.tone && one.text === notice.text && one.hint === notice.hint
  const known = notices.find((one) => one.id === notice.id || (isSameWords(one) && isPlain(one) && isPlain(notice)))
  if (known?.progress !== undefined && notice.progress !== undefined) return notices.map((one) => (one === known ? notice : one))
  const isAgain = known !== undefined && isSameWords(known) && notice.progress === undefined
  const added = isAgain ? { ...notice, times: (known.times ?? 1) + 1 } : notice
  return [...notices.filter((one) => one !== known && one.id !== notice.id), added].slice(-KEPT_NOTICES)
}

/** A notice of a failure. */
export function noticeOf(error: WireError): Notice {
  return { id: `${error.kind}:${error.message}`, tone: 'error', text: error.message, ...(error.hint !== undefined && { hint: error.hint }) }
}
