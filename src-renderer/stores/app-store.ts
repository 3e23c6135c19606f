/** Facts about the app as a whole: what the host is and can, whether it answers, and notices to show. */
import { create } from 'zustand'
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import { told } from '../lib/told.ts'

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
  /** What it stays for: it goes once all of these are settled, as a save that failed is by one that does not. */
  readonly about?: readonly string[]
}

/** One that is not shown any more. */
export interface PastNotice extends Pick<Notice, 'tone' | 'text' | 'hint' | 'times'> {
  readonly number: number
  /** When it went, as ISO 8601. */
  readonly at: string
}

/** More are not kept: whoever has that many waiting reads none of them. */
const KEPT_NOTICES = 20
const KEPT_PAST = 50

interface AppState {
  readonly info: AppInfo | null
  readonly connection: 'opening' | 'open' | 'lost' | 'refused'
  readonly notices: readonly Notice[]
  /** The newest first. */
  readonly past: readonly PastNotice[]
  setInfo: (info: AppInfo) => void
  setConnection: (connection: AppState['connection']) => void
  addNotice: (notice: Notice) => void
  dropNotice: (id: string) => void
  /** What notices stay for is well again. */
  settle: (about: string) => void
  clearPast: () => void
}

export const useAppStore = create<AppState>()((set) => ({
  info: null,
  connection: 'opening',
  notices: [],
  past: [],
  setInfo: (info) => set({ info }),
  setConnection: (connection) => set({ connection }),
  addNotice: (notice) => set((state) => kept(state, withNotice(state.notices, notice))),
  dropNotice: (id) => set((state) => without(state, ({ id: other }) => other === id)),
  settle: (about) =>
    set((state) => {
      const notices = state.notices.map((notice) => ({
        ...notice,
        ...(notice.about && { about: notice.about.filter((one) => one !== about) }),
      }))
      return state.notices.some((notice) => notice.about?.includes(about))
        ? without({ ...state, notices }, (notice) => notice.about?.length === 0)
        : state
    }),
  clearPast: () => set({ past: [] }),
}))

type Shown = Pick<AppState, 'notices' | 'past'>

/** The notices but for those that are gone, which are past from now on. */
function without({ notices, past }: Shown, isGone: (notice: Notice) => boolean): Shown {
  const gone = notices.filter((notice) => isGone(notice) && notice.progress === undefined)
  return { notices: notices.filter((notice) => !isGone(notice)), past: gone.reduce(withPast, past) }
}

function kept({ past }: Shown, notices: readonly Notice[]): Shown {
  const beyond = notices.slice(0, -KEPT_NOTICES)
  return without({ notices, past }, (notice) => beyond.includes(notice))
}

function withPast(past: readonly PastNotice[], { tone, text, hint, times }: Notice): readonly PastNotice[] {
  const number = (past[0]?.number ?? 0) + 1
  const one = {
    number,
    at: new Date().toISOString(),
    tone,
    text,
    ...(hint !== undefined && { hint }),
    ...(times !== undefined && { times }),
  }
  return [one, ...past].slice(0, KEPT_PAST)
}

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
  const about = [...new Set([...(known?.about ?? []), ...(notice.about ?? [])])]
  const added = isAgain ? { ...notice, times: (known.times ?? 1) + 1, ...(about.length > 0 && { about }) } : notice
  return [...notices.filter((one) => one !== known && one.id !== notice.id), added]
}

/**
 * A notice of a failure.
 *
 * @param about what it stays for, until that is settled; absent: it goes by itself
 */
export function noticeOf(error: WireError, about?: string): Notice {
  return {
    id: `${error.kind}:${error.message}`,
    tone: 'error',
    text: told(error.message),
    ...(error.hint !== undefined && { hint: told(error.hint) }),
    ...(about !== undefined && { about: [about] }),
  }
}
