/**
 * The crash journal of the window: drafts of tabs and of the layers around requests (`layer-journal.ts`), the order of the
 * tabs and the layout. How drafts are written is `write-behind.ts`; what the host could not take is kept by the browser
 * (`unsent.ts`), and written when the host is back.
 */
import type { DraftId } from '#contract/model/ids.ts'
import type { Draft, LayerDraft, WindowState } from '#contract/model/draft.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { isUnsaved, useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { keptLayout, useLayoutStore } from '../stores/layout-store.ts'
import { layerJournal } from './layer-journal.ts'
import { platform } from './platform-ref.ts'
import { dropUnsent, dropUnsentWindow, isAnythingUnsent, keepUnsent, keepUnsentWindow, readUnsent } from './unsent.ts'
import { createWriteBehind, WRITE_AFTER_MS } from './write-behind.ts'

/** The save that the text of a draft here is built on, by the core's count; of those not listed, `loadedBase`. */
const bases = new Map<DraftId, number>()
let loadedBase: number | undefined
type WrittenListener = (id: DraftId, sequence: number, isLast: boolean) => void
const writtenListeners = new Set<WrittenListener>()
let windowTimer: ReturnType<typeof setTimeout> | null = null
/** Not before the old state is read: it would be overwritten. */
let isWatching = false

const tabJournal = createWriteBehind<Draft, { readonly sequence: number }>({
  current: (id) => {
    const tab = useDraftsStore.getState().tabs[id]
    return tab ? journaled(tab) : null
  },
  write: (id, draft) => {
    const base = basisOf(id)
    return platform().call('drafts.save', { draft, ...(base !== undefined && { base }) })
  },
  remove: (id) => platform().call('drafts.remove', { id }),
  keep: (draft, dataDir, keeper) => keepUnsent('tab', draft, dataDir, keeper),
  drop: (id) => dropUnsent('tab', id),
  nameOf: ({ document }) => document.name,
  onWritten: (id, { sequence }, isLast) => {
    if (useDraftsStore.getState().tabs[id]) bases.set(id, sequence)
    for (const listener of writtenListeners) listener(id, sequence, isLast)
  },
})

/** Note that a draft changed: it is written within 300 ms. */
export function draftEdited(id: DraftId): void {
  tabJournal.edited(id)
}

/** Write a draft at once: after a save, so that the journal does not say "unsaved" of what is saved. */
export function draftSaved(id: DraftId): void {
  tabJournal.writeNow(id)
}

/** Whether edits of the draft still wait to be written, or are being written. */
export function isJournalPending(id: DraftId): boolean {
  return tabJournal.isPending(id)
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
  bases.delete(id)
  tabJournal.forget(id)
}

/** Whether something was typed that the host did not take: leaving the page now deserves a question. */
export function isJournalBehind(): boolean {
  return tabJournal.isBehind() || layerJournal.isBehind()
}

/** Write everything that waits, now: the page may go away, and then no answer is heard. */
export function flushJournal(): void {
  tabJournal.flush()
  layerJournal.flush()
  if (windowTimer === null) return
  keepUnsentWindow(windowState(), useAppStore.getState().info?.dataDir ?? null, 'tab')
  writeWindow()
}

/** Write what the host could not take while it was away. */
export function retryJournal(): void {
  tabJournal.retry()
  layerJournal.retry()
  if (isWatching) writeWindow()
}

/** What the host could not take, to be shown as it is. */
interface UnwrittenDrafts {
  readonly drafts: readonly Draft[]
  readonly layers: readonly LayerDraft[]
  readonly window: WindowState | null
}

/**
 * Hand over what an earlier page could not. Returns what cannot be written now either: it is to be shown as it is.
 */
export async function writeUnsent(): Promise<UnwrittenDrafts> {
  const nothing = { drafts: [], layers: [], window: null }
  if (!isAnythingUnsent()) return nothing
  const info = await platform().call('app.info', {})
  if (!info.ok) return nothing
  // What was read is checked by the host, by the schema of the command.
  const { drafts, layers, window } = readUnsent(info.value.dataDir)
  const [unwrittenDrafts, unwrittenLayers] = await Promise.all([
    Promise.all(
      drafts.map(async ({ id, draft }) => {
        const saved = await platform().call('drafts.save', { draft: draft as Draft })
        if (saved.ok) dropUnsent('tab', id)
        if (saved.ok || saved.error.kind === 'InvalidCall') return []
        tabJournal.markUnwritten(id)
        return [draft as Draft]
      }),
    ),
    Promise.all(
      layers.map(async ({ id, draft }) => {
        const saved = await platform().call('layerDrafts.save', { draft: draft as LayerDraft })
        if (saved.ok) dropUnsent('layer', id)
        if (saved.ok || saved.error.kind === 'InvalidCall') return []
        layerJournal.markUnwritten(id)
        return [draft as LayerDraft]
      }),
    ),
  ])
  const savedWindow = window === null ? null : await platform().call('window.save', { window: window as WindowState })
  if (savedWindow?.ok === true) dropUnsentWindow()
  const unwrittenWindow = savedWindow?.ok === false && savedWindow.error.kind !== 'InvalidCall' ? (window as WindowState) : null
  return { drafts: unwrittenDrafts.flat(), layers: unwrittenLayers.flat(), window: unwrittenWindow }
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
  const layout = keptLayout(useLayoutStore.getState())
  const { byCollection, lastUsed } = useChoicesStore.getState()
  return {
    order: [...order],
    active: activeId,
    layout,
    choices: { byCollection, lastUsed },
  }
}
