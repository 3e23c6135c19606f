/**
 * The crash journal: every edit reaches the private data folder within 300 ms, and so does the order of the tabs and
 * the layout. Writes of one draft never overtake each other; what could not be written because the host was away is
 * written when it is back.
 */
import type { DraftId } from '#contract/model/ids.ts'
import type { Draft, WindowState } from '#contract/model/draft.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { isUnsaved, useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { platform } from './platform-ref.ts'

/** Counted from the first edit not yet written, so that typing on does not put the write off. */
const WRITE_AFTER_MS = 200

const timers = new Map<DraftId, ReturnType<typeof setTimeout>>()
const chains = new Map<DraftId, Promise<void>>()
/** Drafts whose last write failed. */
const unwritten = new Set<DraftId>()
let windowTimer: ReturnType<typeof setTimeout> | null = null
/** Not before the old state is read: it would be overwritten. */
let isWatching = false

/** Note that a draft changed: it is written within 300 ms. */
export function draftEdited(id: DraftId): void {
  if (timers.has(id)) return
  timers.set(
    id,
    setTimeout(() => writeDraft(id), WRITE_AFTER_MS),
  )
}

/** Write a draft at once: after a save, so that the journal does not say "unsaved" of what is saved. */
export function draftSaved(id: DraftId): void {
  writeDraft(id)
}

/** Whether edits of the draft still wait to be written. */
export function isJournalPending(id: DraftId): boolean {
  return timers.has(id) || unwritten.has(id)
}

/** Take a closed draft out of the journal. */
export function forgetDraft(id: DraftId): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  unwritten.delete(id)
  enqueue(id, async () => {
    await platform().call('drafts.remove', { id })
  })
}

/** Write everything that waits, now: the page may go away. */
export function flushJournal(): void {
  for (const id of [...timers.keys()]) writeDraft(id)
  if (windowTimer !== null) writeWindow()
}

/** Write what the host could not take while it was away. */
export function retryJournal(): void {
  for (const id of [...unwritten]) writeDraft(id)
  if (isWatching) writeWindow()
}

/** Keep the journal of the tab order, the active tab and the layout. Returns what stops it. */
export function watchWindowState(): () => void {
  isWatching = true
  const later = (): void => {
    windowTimer ??= setTimeout(writeWindow, WRITE_AFTER_MS)
  }
  const stopDrafts = useDraftsStore.subscribe((state, before) => {
    if (state.order !== before.order || state.activeId !== before.activeId) later()
  })
  const stopLayout = useLayoutStore.subscribe(later)
  return () => {
    isWatching = false
    stopDrafts()
    stopLayout()
  }
}

function writeDraft(id: DraftId): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  enqueue(id, async () => {
    const tab = useDraftsStore.getState().tabs[id]
    if (!tab) return
    const saved = await platform().call('drafts.save', { draft: journaled(tab) })
    if (saved.ok) {
      unwritten.delete(id)
      return
    }
    unwritten.add(id)
    const app = useAppStore.getState()
    // A data folder that cannot be written is told of by a banner already, not once for each draft.
    if (saved.error.kind !== 'Unavailable' && !app.info?.problem) app.addNotice(noticeOf(saved.error))
  })
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
  const { order, activeId } = useDraftsStore.getState()
  const { sidebarVisible, sidebarWidth, split, editorShare, collapsed } = useLayoutStore.getState()
  const window: WindowState = {
    order: [...order],
    active: activeId,
    layout: { sidebarVisible, sidebarWidth, split, editorShare, collapsed },
  }
  void platform().call('window.save', { window })
}
