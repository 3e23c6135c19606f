/**
 * Open tabs: their order, which is active, and the draft of each with its undo steps. Plain data and setters;
 * `actions/edit` decides what an edit is, `actions/tabs` what opening and closing mean.
 */
import { create } from 'zustand'
import { newRequestDocument } from '#contract/model/request-defaults.ts'
import type { Draft } from '#contract/model/draft.ts'
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { WireError } from '#contract/errors.ts'
import type { Step, UndoStack } from '../lib/undo-stack.ts'

export interface UndoStep extends Step {
  readonly document: RequestDocument
  readonly shelvedBodies: Draft['shelvedBodies']
  readonly shelvedAuths: Draft['shelvedAuths']
}

/** A tab that shows the text of a file that does not parse. */
export interface BrokenFile {
  readonly name: string
  readonly text: string
  readonly savedText: string
  readonly error: WireError
}

/** The file of a tab that went away on disk, to be followed again should it come back. */
export interface VanishedFile {
  readonly nodeId: NodeId
  readonly revision: string | null
  readonly saved: RequestDocument | null
}

export interface Tab {
  readonly draft: Draft
  /** The document as the file has it; null where it was never saved, or where the file is not known yet. */
  readonly saved: RequestDocument | null
  readonly undo: UndoStack<UndoStep>
  readonly broken: BrokenFile | null
  /** Counts only while the tab has no file. */
  readonly vanished?: VanishedFile | null
  /** The revision that the edits began at, where the file has another content by now; counts only while they are of that. */
  readonly outdated?: string | null
}

export interface DraftsState {
  readonly order: readonly DraftId[]
  readonly activeId: DraftId | null
  readonly tabs: Readonly<Record<DraftId, Tab>>
  /** Whether the tabs of the last time are here; until then one comes to the front that nobody chose. */
  readonly isRestored: boolean
  restored: () => void
  put: (tab: Tab) => void
  /** Replaces the whole set, as at start. */
  replaceAll: (tabs: readonly Tab[], activeId: DraftId | null) => void
  remove: (id: DraftId) => void
  activate: (id: DraftId | null) => void
  reorder: (order: readonly DraftId[]) => void
}

export const useDraftsStore = create<DraftsState>()((set) => ({
  order: [],
  activeId: null,
  tabs: {},
  isRestored: false,
  restored: () => set({ isRestored: true }),
  put: (tab) =>
    set((state) => ({
      tabs: { ...state.tabs, [tab.draft.id]: tab },
      order: state.order.includes(tab.draft.id) ? state.order : [...state.order, tab.draft.id],
    })),
  replaceAll: (tabs, activeId) =>
    set({ tabs: Object.fromEntries(tabs.map((tab) => [tab.draft.id, tab])), order: tabs.map((tab) => tab.draft.id), activeId }),
  remove: (id) =>
    set((state) => {
      const at = state.order.indexOf(id)
      const order = state.order.filter((other) => other !== id)
      const { [id]: _gone, ...tabs } = state.tabs
      const activeId = state.activeId === id ? (order[Math.min(at, order.length - 1)] ?? null) : state.activeId
      return { order, tabs, activeId }
    }),
  activate: (activeId) => set({ activeId }),
  reorder: (order) => set({ order }),
}))

/** The active tab, or null where none is open. */
export function activeTab(state: DraftsState): Tab | null {
  return state.activeId === null ? null : (state.tabs[state.activeId] ?? null)
}

/** The document a tab goes back to when every edit is undone; null where that is not known. */
export function pristineOf(tab: Pick<Tab, 'draft' | 'saved'>): RequestDocument | null {
  if (tab.saved !== null) return tab.saved
  return tab.draft.nodeId === null ? newRequestDocument() : null
}

/** Whether the file of an edited tab holds something else by now than what the edits began with. */
export function isOutdated(tab: Tab | undefined): boolean {
  const base = tab?.outdated ?? null
  return tab !== undefined && base !== null && tab.draft.nodeId !== null && tab.draft.dirty && tab.draft.revision === base
}

/** The file that went away under a tab; null where none did, or the tab has another by now. */
export function vanishedFile(tab: Tab | undefined): VanishedFile | null {
  return tab?.draft.nodeId === null ? (tab.vanished ?? null) : null
}

/** Whether closing the tab would lose something. */
export function isUnsaved(tab: Tab): boolean {
  return tab.broken === null ? tab.draft.dirty : tab.broken.text !== tab.broken.savedText
}
