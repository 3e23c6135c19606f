/**
 * Tabs whose files go away because somebody here wants it so: deleted items, a closed collection. A clean tab is closed,
 * one with edits stays as an unsaved request; when the files come back, both are again what they were.
 */
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import { isUnsaved, useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { withDirty } from './edit.ts'
import { draftEdited } from './journal.ts'
import { detachTab } from './open-files.ts'
import { activate, dropTab, putBack } from './tabs.ts'

/** An open tab as it was before its file went. */
export interface LostTab {
  readonly tab: Tab
  readonly nodeId: NodeId
  /** Its place in the row. */
  readonly index: number
}

export interface LostTabs {
  readonly lost: readonly LostTab[]
  /** The tab in front before, and the one that came to the front because of it. */
  readonly activeBefore: DraftId | null
  readonly activeAfter: DraftId | null
}

/** Close the tabs of these items, or keep them as unsaved requests. Returns what they were. */
export function letGoOf(isGoing: (id: NodeId) => boolean): LostTabs {
  const { order, tabs, activeId: activeBefore } = useDraftsStore.getState()
  const lost = order.flatMap((id, index): LostTab[] => {
    const tab = tabs[id]
    const nodeId = tab?.draft.nodeId ?? null
    return tab && nodeId !== null && isGoing(nodeId) ? [{ tab, nodeId, index }] : []
  })
  for (const { tab } of lost) {
    if (isUnsaved(tab)) detachTab(tab.draft.id)
    else dropTab(tab.draft.id)
  }
  return { lost, activeBefore, activeAfter: useDraftsStore.getState().activeId }
}

/**
 * Give the tabs their files back.
 *
 * @param nowOf the id of a file that is there again; null where it is not
 */
export function takeBackTabs({ lost, activeBefore, activeAfter }: LostTabs, nowOf: (lost: LostTab) => NodeId | null): void {
  for (const each of lost) {
    const nodeId = nowOf(each)
    if (nodeId !== null) reattach(each, nodeId)
  }
  const { activeId } = useDraftsStore.getState()
  if (activeBefore !== null && activeId === activeAfter) activate(activeBefore)
}

function reattach({ tab, index }: LostTab, nodeId: NodeId): void {
  const store = useDraftsStore.getState()
  const now = store.tabs[tab.draft.id]
  if (!now) {
    // One that had edits was still open after its file went: whoever closed it since meant to.
    if (!isUnsaved(tab)) putBack({ ...tab, draft: { ...tab.draft, nodeId } }, index)
    return
  }
  // Saved to another place meanwhile: that is its file now.
  if (now.draft.nodeId !== null) return
  const { saved } = tab
  store.put({ ...now, saved, draft: withDirty({ saved }, { ...now.draft, nodeId, revision: tab.draft.revision }) })
  draftEdited(now.draft.id)
}
