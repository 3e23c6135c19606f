/** The history as far as it is on the screen: the list with its filter, what is chosen in it, and the entry or pair that is shown. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { HistoryEntry, HistoryFacets, HistoryFilter, HistoryPage, HistoryRead } from '#contract/model/history.ts'
import type { ExchangeId } from '#contract/model/ids.ts'

export type ShownHistory =
  | { readonly kind: 'entry'; readonly read: HistoryRead }
  | { readonly kind: 'compare'; readonly left: HistoryRead; readonly right: HistoryRead }

interface HistoryState {
  /** Which of its views the side bar shows. */
  readonly sideView: 'collections' | 'history'
  readonly filter: HistoryFilter
  readonly entries: readonly HistoryEntry[]
  readonly next: string | null
  readonly total: HistoryPage['total']
  readonly facets: HistoryFacets
  /** Whether a first page was ever read. */
  readonly loaded: boolean
  readonly error: WireError | null
  readonly selected: readonly ExchangeId[]
  /** The entry that the next one chosen is compared with. */
  readonly comparing: ExchangeId | null
  /** In front of the open requests; null: they are. */
  readonly shown: ShownHistory | null
  set: (change: Partial<Omit<HistoryState, 'set'>>) => void
}

export const useHistoryStore = create<HistoryState>()((set) => ({
  sideView: 'collections',
  filter: {},
  entries: [],
  next: null,
  total: null,
  facets: { methods: [], hosts: [], sessions: [] },
  loaded: false,
  error: null,
  selected: [],
  comparing: null,
  shown: null,
  set: (change) => set(change),
}))
