/** The history as far as the side bar shows it: the list with its filter, and what is chosen in it. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { HistoryEntry, HistoryFacets, HistoryFilter, HistoryPage } from '#contract/model/history.ts'
import type { ExchangeId } from '#contract/model/ids.ts'

interface HistoryState {
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
  set: (change: Partial<Omit<HistoryState, 'set'>>) => void
}

export const useHistoryStore = create<HistoryState>()((set) => ({
  filter: {},
  entries: [],
  next: null,
  total: null,
  facets: { methods: [], hosts: [], sessions: [] },
  loaded: false,
  error: null,
  selected: [],
  comparing: null,
  set: (change) => set(change),
}))
