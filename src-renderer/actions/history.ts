/**
 * The history in the window: its list, what is done with entries, and earlier answers back in their tabs. Entries are
 * read when they are shown; the list follows what is recorded, here and by other processes.
 */
import type { WireError } from '#contract/errors.ts'
import type { EventPayload } from '#contract/events.ts'
import type { HistoryFilter, HistoryRead } from '#contract/model/history.ts'
import type { DraftId, ExchangeId } from '#contract/model/ids.ts'
import { sideOfEntry, type ComparedSide } from '../lib/compared-side.ts'
import { HISTORY_TAB } from '../lib/history-tab.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { useHistoryStore } from '../stores/history-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { forgetPages } from './forget-pages.ts'
import { platform } from './platform-ref.ts'
import { cancel, sendBy } from './send.ts'
import { openDocument } from './tabs.ts'
import { t } from '../lib/t.ts'
import { formatNumber } from '../lib/format-number.ts'

const PAGE = 100
/** Sends that come in a row are listed together. */
const RELOAD_AFTER_MS = 150

/** Counts what was asked of the list: an answer to an older question is dropped. */
let asked = 0
let reloading: ReturnType<typeof setTimeout> | null = null
/** Tabs whose last answer was looked for. */
const lookedFor = new Set<DraftId>()

/** Show the side bar's view of it, with a filter in place of the one there is. */
export function showHistory(filter?: HistoryFilter): void {
  useLayoutStore.getState().change({ sidebarVisible: true })
  usePageStore.getState().showSide('history')
  if (filter) useHistoryStore.getState().set({ filter, selected: [] })
  void loadHistory()
}

/** Change parts of the filter; undefined takes one off. */
export function filterHistory(change: { readonly [K in keyof HistoryFilter]?: HistoryFilter[K] | undefined }): void {
  const merged = { ...useHistoryStore.getState().filter, ...change }
  const filter: HistoryFilter = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== ''))
  useHistoryStore.getState().set({ filter, selected: [] })
  void loadHistory()
}

/** Read the list from its beginning, as far as it was read before. */
export async function loadHistory(): Promise<void> {
  asked += 1
  const mine = asked
  const { filter, entries } = useHistoryStore.getState()
  const limit = Math.min(500, Math.max(PAGE, entries.length))
  const page = await platform().call('history.list', { filter, limit })
  if (mine !== asked) return
  if (!page.ok) {
    useHistoryStore.getState().set({ error: page.error })
    return
  }
  useHistoryStore.getState().set({ ...page.value, loaded: true, error: null })
  const facets = await platform().call('history.facets', {})
  if (mine === asked && facets.ok) useHistoryStore.getState().set({ facets: facets.value })
}

/** Read on, below what is there. */
export async function loadMoreHistory(): Promise<void> {
  const { filter, next } = useHistoryStore.getState()
  if (next === null) return
  asked += 1
  const mine = asked
  const page = await platform().call('history.list', { filter, cursor: next, limit: PAGE })
  if (mine !== asked || !page.ok) return
  const { entries } = useHistoryStore.getState()
  useHistoryStore.getState().set({ entries: [...entries, ...page.value.entries], next: page.value.next })
}

/** Entries came, changed or went. */
export function historyChanged({ added }: EventPayload<'history.changed'>): void {
  const { page, sideView } = usePageStore.getState()
  const resent = exchangeOf(HISTORY_TAB)(useExchangesStore.getState()).last?.id
  // What was sent again is now the entry that is looked at.
  if (page?.kind === 'historyEntry' && resent !== undefined && resent !== page.read.entry.id && added.includes(resent))
    void openEntry(resent)
  if (sideView !== 'history' || reloading !== null) return
  reloading = setTimeout(() => {
    reloading = null
    void loadHistory()
  }, RELOAD_AFTER_MS)
}

/** Show an entry in front of the open requests. */
export async function openEntry(id: ExchangeId): Promise<void> {
  const { comparing, set } = useHistoryStore.getState()
  if (comparing !== null && comparing !== id) {
    const [first, second] = useHistoryStore.getState().entries.filter((entry) => entry.id === comparing || entry.id === id)
    await (first && second ? compareEntries(...olderFirst(first, second)) : compareEntries(comparing, id))
    return
  }
  const read = await readEntry(id)
  if (!read) return
  cancel(HISTORY_TAB)
  forgetPages(HISTORY_TAB)
  useExchangesStore.getState().set(HISTORY_TAB, { sending: null, last: read.exchange, secrets: read.secrets })
  usePageStore.getState().show({ kind: 'historyEntry', read })
  set({ selected: [id], comparing: null })
}

/** Back to the open requests. */
export function closeHistory(): void {
  const { page, show } = usePageStore.getState()
  if (page?.kind !== 'historyEntry' && page?.kind !== 'comparison') return
  cancel(HISTORY_TAB)
  forgetPages(HISTORY_TAB)
  show(null)
  useHistoryStore.getState().set({ comparing: null })
}

/** Show two entries side by side. */
export async function compareEntries(left: ExchangeId, right: ExchangeId): Promise<void> {
  const [a, b] = await Promise.all([readEntry(left), readEntry(right)])
  if (!a || !b) return
  usePageStore.getState().show({ kind: 'comparison', left: sideOfEntry(a), right: sideOfEntry(b) })
  useHistoryStore.getState().set({ selected: [left, right], comparing: null })
}

/** The ids of two entries, the one that was sent first before the other. */
export function olderFirst(a: HistoryRead['entry'], b: HistoryRead['entry']): [ExchangeId, ExchangeId] {
  return a.startedAt <= b.startedAt ? [a.id, b.id] : [b.id, a.id]
}

/** The next entry that is chosen is compared with this one; null: it is not, after all. */
export function compareWithNext(id: ExchangeId | null): void {
  useHistoryStore.getState().set({ comparing: id })
  usePageStore.getState().showSide('history')
  useLayoutStore.getState().change({ sidebarVisible: true })
  void loadHistory()
}

/** What is opened next is looked at alone. */
export function stopComparing(): void {
  useHistoryStore.getState().set({ comparing: null })
}

/** Open the form of an entry as a new, unsaved request. */
export async function openAsNew(id: ExchangeId): Promise<void> {
  const read = await readEntry(id)
  if (read) openDocument(read.document)
}

/** Send again exactly what was sent; the entry is shown, and then the one that comes of it. */
export async function resendEntry(id: ExchangeId): Promise<void> {
  const { page } = usePageStore.getState()
  if (page?.kind !== 'historyEntry' || page.read.entry.id !== id) await openEntry(id)
  await sendBy(HISTORY_TAB, (signal) => platform().call('history.resend', { id, draftId: HISTORY_TAB }, signal))
}

export async function pinEntries(ids: readonly ExchangeId[], pinned: boolean): Promise<void> {
  const done = await platform().call('history.pin', { ids: [...ids], pinned })
  if (!done.ok) tell(done.error)
  const { page, show } = usePageStore.getState()
  if (done.ok && page?.kind === 'historyEntry' && ids.includes(page.read.entry.id)) {
    show({ ...page, read: { ...page.read, entry: { ...page.read.entry, pinned } } })
  }
}

/** Remove entries; a notice offers to take it back. */
export async function removeEntries(ids: readonly ExchangeId[]): Promise<void> {
  const removed = await platform().call('history.remove', { ids: [...ids] })
  if (!removed.ok) return tell(removed.error)
  offerUndo(removed.value, ids)
}

/** Remove all entries but the pinned ones; a notice offers to take it back. */
export async function clearHistory(): Promise<void> {
  const removed = await platform().call('history.clear', {})
  if (!removed.ok) return tell(removed.error)
  offerUndo(removed.value, null)
}

/** What was last sent from a tab, to be shown in it again. */
export async function earlierSends(draftId: DraftId): Promise<readonly HistoryRead['entry'][]> {
  const tab = useDraftsStore.getState().tabs[draftId]
  if (!tab) return []
  const page = await platform().call('history.list', { filter: { of: { nodeId: tab.draft.nodeId, draftId } }, limit: 20 })
  return page.ok ? page.value.entries : []
}

/** As many as a picture of them shows. */
const SENDS = 60

/** The last sends of the request of a tab, or of the one whose entry is looked at: those of the saved request, else to the same address. */
export async function lastSends(draftId: DraftId): Promise<readonly HistoryRead['entry'][]> {
  const tab = useDraftsStore.getState().tabs[draftId]
  const { page } = usePageStore.getState()
  const entry = !tab && page?.kind === 'historyEntry' ? page.read.entry : null
  const filter = tab ? { of: { nodeId: tab.draft.nodeId, draftId } } : entry && filterOf(entry)
  if (!filter) return []
  const listed = await platform().call('history.list', { filter, limit: SENDS })
  if (!listed.ok) return []
  return entry === null || entry.nodeId !== null ? listed.value.entries : listed.value.entries.filter(({ url }) => url === entry.url)
}

function filterOf({ nodeId, url, method }: HistoryRead['entry']): HistoryFilter {
  return nodeId !== null ? { of: { nodeId, draftId: null } } : { text: `"${url.replaceAll('"', '').slice(0, 900)}"`, methods: [method] }
}

/** Show an earlier answer in a tab, in place of the one it has. */
export async function showEarlier(draftId: DraftId, id: ExchangeId): Promise<void> {
  const read = await readEntry(id)
  if (read && useDraftsStore.getState().tabs[draftId])
    useExchangesStore.getState().set(draftId, { last: read.exchange, secrets: read.secrets })
}

/** From now on a tab that comes to the front without an answer gets its last one back. */
export function watchForTabs(): void {
  useDraftsStore.subscribe(({ activeId, tabs }, before) => {
    // A tab that was closed has lost its answer; reopened, it is looked for again.
    if (tabs !== before.tabs) lookedFor.forEach((id) => tabs[id] === undefined && lookedFor.delete(id))
    if (activeId !== null && activeId !== before.activeId) void restoreLast(activeId)
  })
}

async function restoreLast(id: DraftId): Promise<void> {
  const isEmpty = (): boolean => {
    const { last, sending } = exchangeOf(id)(useExchangesStore.getState())
    return last === null && sending === null
  }
  if (lookedFor.has(id) || !isEmpty()) return
  lookedFor.add(id)
  const [newest] = await earlierSends(id)
  if (!newest) return
  const read = await platform().call('history.read', { id: newest.id })
  if (!read.ok || !isEmpty() || !useDraftsStore.getState().tabs[id]) return
  useExchangesStore.getState().set(id, { last: read.value.exchange, secrets: read.value.secrets })
}

/** An entry whole; a failure becomes a notice, and null. */
export async function readEntry(id: ExchangeId): Promise<HistoryRead | null> {
  const read = await platform().call('history.read', { id })
  if (read.ok) return read.value
  tell(read.error)
  return null
}

/** @param ids null: all */
function offerUndo({ removal, count }: { readonly removal: string; readonly count: number }, ids: readonly ExchangeId[] | null): void {
  const { page, show } = usePageStore.getState()
  const isGone = (id: ExchangeId): boolean => ids === null || ids.includes(id)
  if (page?.kind === 'historyEntry' && isGone(page.read.entry.id) && !page.read.entry.pinned) closeHistory()
  // What is compared stays on the screen: only its entries are gone.
  if (page?.kind === 'comparison') show({ ...page, left: without(page.left, isGone), right: without(page.right, isGone) })
  useHistoryStore.getState().set({ selected: [] })
  const id = `history:${removal}`
  useAppStore.getState().addNotice({
    id,
    tone: 'info',
    text: count === 1 ? t`Removed an entry of the history` : t`Removed ${formatNumber(count)} entries of the history`,
    action: { label: t`Undo`, run: () => void takeBack(removal) },
  })
}

function without(side: ComparedSide, isGone: (id: ExchangeId) => boolean): ComparedSide {
  return side.entryId !== null && isGone(side.entryId) ? { ...side, entryId: null } : side
}

async function takeBack(removal: string): Promise<void> {
  const restored = await platform().call('history.restore', { removal })
  if (!restored.ok) tell(restored.error)
}

function tell(error: WireError): void {
  useAppStore.getState().addNotice(noticeOf(error))
}
