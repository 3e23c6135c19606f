/**
 * The last exchange of each tab, and the one under way. While sending, the previous answer stays to be shown dimmed.
 */
import { create } from 'zustand'
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import type { DraftId, ExchangeId } from '#contract/model/ids.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { t } from '../lib/t.ts'

export interface ByteProgress {
  readonly bytes: number
  /** Null where the length is not known. */
  readonly total: number | null
}

/** The wait before a retry. */
export interface RetryWait {
  /** The attempt to come, from 2, and how many there may be. */
  readonly attempt: number
  readonly of: number
  readonly reason: string
  /** `performance.now()` at its beginning. */
  readonly since: number
  readonly waitMs: number
}

/** The part of an upload that is under way. */
export interface UploadPart {
  readonly number: number
  readonly of: number
  readonly sentBefore: number
  readonly totalBytes: number
  /** Which file it is of. */
  readonly partsOf: string
}

/** The head of the answer that is on its way in. */
export type ArrivingHead = Omit<Extract<ExchangeStep, { kind: 'responseHead' }>, 'kind'>

/** What was agreed on for a WebSocket. */
export interface OpenSocket {
  readonly protocol: string | null
  readonly isCompressed: boolean
}

export interface SendingState {
  /** Null until the core has answered with it. */
  readonly exchangeId: ExchangeId | null
  /** `performance.now()` at Send. */
  readonly since: number
  /** What is going on, in words: `Connecting to example.com:443`. */
  readonly phase: string
  readonly upload: ByteProgress | null
  readonly download: ByteProgress | null
  /** Null until it is there, and once another request follows. */
  readonly head: ArrivingHead | null
  readonly waiting: RetryWait | null
  /** The redirect that is to be decided on. */
  readonly paused: Extract<ExchangeStep, { kind: 'paused' }> | null
  /** Null where the body goes in one. */
  readonly part: UploadPart | null
  /** An open WebSocket; null: it is none, or not open yet. */
  readonly socket: OpenSocket | null
}

/** A send that has just begun. */
export const BEGUN: Omit<SendingState, 'since'> = {
  exchangeId: null,
  phase: t`Preparing`,
  upload: null,
  download: null,
  head: null,
  waiting: null,
  paused: null,
  part: null,
  socket: null,
}

export interface TabExchange {
  readonly sending: SendingState | null
  readonly last: Exchange | null
  /** The answer that was there before it; null: none was. */
  readonly before: Exchange | null
  /** Where the last answer, or the one that it was to go on with, broke off; null: there is no rest to be had. */
  readonly resume: ResumePoint | null
  /** Texts to hide wherever the last request is shown: what its secret variables came to. */
  readonly secrets: readonly string[]
}

interface ExchangesState {
  readonly byTab: Readonly<Record<DraftId, TabExchange>>
  set: (id: DraftId, change: Partial<TabExchange>) => void
  remove: (id: DraftId) => void
}

const NOTHING: TabExchange = { sending: null, last: null, before: null, resume: null, secrets: [] }

export const useExchangesStore = create<ExchangesState>()((set) => ({
  byTab: {},
  set: (id, change) => set((state) => ({ byTab: { ...state.byTab, [id]: { ...(state.byTab[id] ?? NOTHING), ...change } } })),
  remove: (id) =>
    set((state) => {
      const { [id]: _gone, ...byTab } = state.byTab
      return { byTab }
    }),
}))

/** The tab's exchange; an empty one where it never sent. */
export function exchangeOf(id: DraftId | null): (state: { readonly byTab: Readonly<Record<DraftId, TabExchange>> }) => TabExchange {
  return (state) => (id === null ? NOTHING : (state.byTab[id] ?? NOTHING))
}
