/**
 * The crash journal: every edit reaches the private data folder within 300 ms, and so does the order of the tabs and
 * the layout. Writes of one draft never overtake each other; what could not be written because the host was away is
 * kept by the browser (`unsent.ts`), and written when the host is back.
 */
import type { DraftId } from '#contract/model/ids.ts'
import type { Draft, WindowState } from '#contract/model/draft.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { isUnsaved, useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { platform } from './platform-ref.ts'
import { dropUnsent, dropUnsentWindow, isAnythingUnsent, keepUnsent, keepUnsentWindow, readUnsent, type Keeper } from './unsent.ts'

/** Counted from the first edit not yet written, so that typing on does not put the write off. */
const WRITE_AFTER_MS = 200

const timers = new Map<DraftId, ReturnType<typeof setTimeout>>()
const chains = new Map<DraftId, Promise<void>>()
/** Drafts whose last write failed. */
const unwritten = new Set<DraftId>()
/** Closed drafts that the host could not take out of the journal. */
const unremoved = new Set<DraftId>()
/** How often each draft was edited: tells whether a write had the last of it. */
const edits = new Map<DraftId, number>()
/** The save that the text of a draft here is built on, by the core's count; of those not listed, `loadedBase`. */
const bases = new Map<DraftId, number>()
let loadedBase: number | undefined
type WrittenListener = (id: DraftId, sequence: number, isLast: boolean) => void
const writtenListeners = new Set<WrittenListener>()
let windowTimer: ReturnType<typeof setTimeout> | null = null
/** Not before the old state is read: it would be overwritten. */
let isWatching = false

/** Note that a draft changed: it is written within 300 ms. */
export function draftEdited(id: DraftId): void {
  countEdit(id)
  if (timers.has(id)) return
  timers.set(
    id,
    setTimeout(() => writeDraft(id), WRITE_AFTER_MS),
  )
}

/** Write a draft at once: after a save, so that the journal does not say "unsaved" of what is saved. */
export function draftSaved(id: DraftId): void {
  countEdit(id)
  writeDraft(id)
}

/** Whether edits of the draft still wait to be written, or are being written. */
export function isJournalPending(id: DraftId): boolean {
  return timers.has(id) || unwritten.has(id) || chains.has(id)
}

/** Number of the save that the draft is built on; undefined where none is known. */
export function basisOf(id: DraftId): number | undefined {
  return bases.get(id) ?? loadedBase
}

/** The draft now shows what another window saved under this number. */
export function setBasis(id: DraftId, sequence: number): void {
  bases.set(id, sequence)
}

/** The tabs were read as they were after this save; nothing is known of a host that counts anew. */
export function resetBases(sequence: number | undefined): void {
  bases.clear()
  loadedBase = sequence
}

/** Told of each save and its number, and whether it has the last of what was typed. Returns what takes the listener off. */
export function onDraftWritten(listener: WrittenListener): () => void {
  writtenListeners.add(listener)
  return () => writtenListeners.delete(listener)
}

/** Take a closed draft out of the journal. */
export function forgetDraft(id: DraftId): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  unwritten.delete(id)
  edits.delete(id)
  bases.delete(id)
  dropUnsent(id)
  removeDraft(id)
}

/** Whether something was typed that the host did not take: leaving the page now deserves a question. */
export function isJournalBehind(): boolean {
  return unwritten.size > 0 || (useAppStore.getState().connection !== 'open' && timers.size + chains.size > 0)
}

/** Write everything that waits, now: the page may go away, and then no answer is heard. */
export function flushJournal(): void {
  const isOpen = useAppStore.getState().connection === 'open'
  for (const id of new Set([...timers.keys(), ...chains.keys()])) keep(id, isOpen && !unwritten.has(id) ? 'tab' : 'browser')
  for (const id of [...timers.keys()]) writeDraft(id)
  if (windowTimer === null) return
  keepUnsentWindow(windowState(), useAppStore.getState().info?.dataDir ?? null, 'tab')
  writeWindow()
}

/** Write what the host could not take while it was away. */
export function retryJournal(): void {
  for (const id of [...unwritten]) writeDraft(id)
  for (const id of [...unremoved]) removeDraft(id)
  if (isWatching) writeWindow()
}

/**
 * Hand over what an earlier page could not. Returns what cannot be written now either: it is to be shown as it is.
 */
export async function writeUnsent(): Promise<{ readonly drafts: readonly Draft[]; readonly window: WindowState | null }> {
  const nothing = { drafts: [], window: null }
  if (!isAnythingUnsent()) return nothing
  const info = await platform().call('app.info', {})
  if (!info.ok) return nothing
  const { drafts, window } = readUnsent(info.value.dataDir)
  // What was read is checked by the host, by the schema of the command.
  const written = await Promise.all(
    drafts.map(async ({ id, draft }) => ({
      id,
      draft: draft as Draft,
      saved: await platform().call('drafts.save', { draft: draft as Draft }),
    })),
  )
  const savedWindow = window === null ? null : await platform().call('window.save', { window: window as WindowState })
  if (savedWindow?.ok === true) dropUnsentWindow()
  const unwrittenWindow = savedWindow?.ok === false && savedWindow.error.kind !== 'InvalidCall' ? (window as WindowState) : null
  const unwrittenDrafts = written.flatMap(({ id, draft, saved }) => {
    if (saved.ok) dropUnsent(id)
    if (saved.ok || saved.error.kind === 'InvalidCall') return []
    unwritten.add(id)
    return [draft]
  })
  return { drafts: unwrittenDrafts, window: unwrittenWindow }
}

/**
 * Keep the journal of the tab order, the active tab, the layout and what is chosen for the collections. Returns what stops it.
 *
 * @param isBehind whether they have changed already since they were read
 */
export function watchWindowState(isBehind = false): () => void {
  isWatching = true
  const later = (): void => {
    windowTimer ??= setTimeout(writeWindow, WRITE_AFTER_MS)
  }
  if (isBehind) later()
  const stopDrafts = useDraftsStore.subscribe((state, before) => {
    if (state.order !== before.order || state.activeId !== before.activeId) later()
  })
  const stopLayout = useLayoutStore.subscribe(later)
  const stopChoices = useChoicesStore.subscribe(later)
  return () => {
    isWatching = false
    stopDrafts()
    stopLayout()
    stopChoices()
  }
}

function writeDraft(id: DraftId): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  enqueue(id, async () => {
    const tab = useDraftsStore.getState().tabs[id]
    if (!tab) return
    const upTo = edits.get(id)
    const base = basisOf(id)
    const saved = await platform().call('drafts.save', { draft: journaled(tab), ...(base !== undefined && { base }) })
    if (saved.ok) {
      unwritten.delete(id)
      const { sequence } = saved.value
      if (useDraftsStore.getState().tabs[id]) bases.set(id, sequence)
      for (const listener of writtenListeners) listener(id, sequence, edits.get(id) === upTo)
      if (edits.get(id) === upTo) dropUnsent(id)
      return
    }
    // Closed meanwhile.
    if (!useDraftsStore.getState().tabs[id]) return
    unwritten.add(id)
    keep(id, 'browser')
    const app = useAppStore.getState()
    // A data folder that cannot be written is told of by a banner already, not once for each draft.
    if (saved.error.kind !== 'Unavailable' && !app.info?.problem) app.addNotice(noticeOf(saved.error))
  })
}

function removeDraft(id: DraftId): void {
  enqueue(id, async () => {
    const removed = await platform().call('drafts.remove', { id })
    if (removed.ok) unremoved.delete(id)
    else unremoved.add(id)
  })
}

/** Have the browser keep a draft as it is now. */
function keep(id: DraftId, keeper: Keeper): void {
  const tab = useDraftsStore.getState().tabs[id]
  const app = useAppStore.getState()
  if (!tab || keepUnsent(journaled(tab), app.info?.dataDir ?? null, keeper) || keeper === 'tab') return
  const text = `“${tab.draft.document.name}” could not be written, and this browser could not keep it either.`
  app.addNotice({ id: 'unkept', tone: 'error', text, hint: 'Leave this window open until Posthaste is back.' })
}

function countEdit(id: DraftId): void {
  edits.set(id, (edits.get(id) ?? 0) + 1)
}

function enqueue(id: DraftId, work: () => Promise<void>): void {
  const chain = (chains.get(id) ?? Promise.resolve()).then(work)
  chains.set(id, chain)
  void chain.then(() => {
    if (chains.get(id) === chain) chains.delete(id)
  })
}

function journaled(tab: Tab): Draft {
  return tab.broken === null ? tab.draft : { ...tab.draft, dirty: isUnsaved(tab), brokenText: tab.broken.text }
}

function writeWindow(): void {
  if (windowTimer !== null) clearTimeout(windowTimer)
  windowTimer = null
  const window = windowState()
  void platform()
    .call('window.save', { window })
    .then((saved) => {
      if (saved.ok) dropUnsentWindow()
      else keepUnsentWindow(window, useAppStore.getState().info?.dataDir ?? null, 'browser')
    })
}

function windowState(): WindowState {
  const { order, activeId } = useDraftsStore.getState()
  const { sidebarVisible, sidebarWidth, split, editorShare, collapsed } = useLayoutStore.getState()
  const { byCollection, lastUsed } = useChoicesStore.getState()
  return {
    order: [...order],
    active: activeId,
    layout: { sidebarVisible, sidebarWidth, split, editorShare, collapsed },
    choices: { byCollection, lastUsed },
  }
}
