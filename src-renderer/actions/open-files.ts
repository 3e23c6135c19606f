/**
 * Keeping open tabs true to their files: ids follow a rename or a move, a clean tab follows its file, an edited one
 * keeps its edits (saving it then shows the conflict), and one whose file is gone becomes an unsaved request.
 */
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { EventPayload } from '#contract/events.ts'
import type { Moved, OpenedRequest } from '#contract/model/workspace.ts'
import { sameDocument } from '../lib/same-document.ts'
import { useDraftsStore, vanishedFile, type Tab } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { surroundingsChanged } from './choices.ts'
import { collectionsChanged } from './collection-news.ts'
import { withDirty } from './edit.ts'
import { draftEdited } from './journal.ts'
import { followLayers, recheckLayers } from './layer-drafts.ts'
import { platform } from './platform-ref.ts'
import { isSaving, takeFile } from './save.ts'

/** Changes come in bursts, as when git switches a branch: files are read once the burst is over. */
const SETTLE_MS = 120
let settling: ReturnType<typeof setTimeout> | null = null

/** The collections changed, by this window, another one, or on disk. */
export function workspaceChanged(change: EventPayload<'workspace.changed'>): void {
  collectionsChanged(change)
  followMoves(change.moved)
  followLayers(change.moved)
  if (settling !== null) clearTimeout(settling)
  settling = setTimeout(() => {
    settling = null
    void rereadTabs()
    void recheckLayers()
    surroundingsChanged()
  }, SETTLE_MS)
}

/** Items that are being deleted: their tabs are seen to by who deletes them. */
const goingAway = new Set<NodeId>()

/** Leave the tabs of these items alone until the work is done. */
export async function whileGoingAway<T>(ids: ReadonlySet<NodeId>, work: () => Promise<T>): Promise<T> {
  ids.forEach((id) => goingAway.add(id))
  try {
    return await work()
  } finally {
    ids.forEach((id) => goingAway.delete(id))
  }
}

/** Read the file of every open tab again. */
export async function rereadTabs(): Promise<void> {
  const { order } = useDraftsStore.getState()
  await Promise.all(order.map(rereadTab))
}

/** A tab whose file is gone: everything in it stays, as a request that was never saved. */
export function detachTab(id: DraftId): void {
  const store = useDraftsStore.getState()
  const tab = store.tabs[id]
  if (!tab || tab.broken !== null) return
  store.put({ ...tab, vanished: null, saved: null, draft: { ...tab.draft, nodeId: null, revision: null, dirty: true } })
  draftEdited(id)
}

/** The same where nobody here wanted it so, as when git switches a branch: the tab is marked, and follows the file again if it comes back. */
function fileVanished(id: DraftId): void {
  const before = useDraftsStore.getState().tabs[id]
  detachTab(id)
  const { tabs, put } = useDraftsStore.getState()
  const tab = tabs[id]
  if (!before || !tab || before.draft.nodeId === null || tab.draft.nodeId !== null) return
  put({ ...tab, vanished: { nodeId: before.draft.nodeId, revision: before.draft.revision, saved: before.saved } })
}

async function seekVanished(id: DraftId): Promise<void> {
  const vanished = vanishedFile(useDraftsStore.getState().tabs[id])
  if (!vanished || isSaving(id)) return
  const opened = await platform().call('request.open', { id: vanished.nodeId })
  const { tabs, put } = useDraftsStore.getState()
  const tab = tabs[id]
  if (!opened.ok || opened.value.kind !== 'request' || !tab || vanishedFile(tab) !== vanished || isSaving(id)) return
  const { nodeId, revision, saved } = vanished
  // As if it had never been away: what it holds now is looked at as after any change on disk.
  const back: Tab = { ...tab, vanished: null, saved, draft: withDirty({ saved }, { ...tab.draft, nodeId, revision }) }
  put(back)
  draftEdited(id)
  followRequest(back, opened.value.document, opened.value.revision)
}

function followMoves(moved: Moved): void {
  if (moved.length === 0) return
  const targets = new Map<string, NodeId>(moved.map(({ from, to }) => [from, to]))
  const store = useDraftsStore.getState()
  for (const tab of Object.values(store.tabs)) {
    const target = tab.draft.nodeId === null ? undefined : targets.get(tab.draft.nodeId)
    if (target === undefined) continue
    store.put({ ...tab, draft: { ...tab.draft, nodeId: target } })
    draftEdited(tab.draft.id)
  }
  const layout = useLayoutStore.getState()
  if (layout.collapsed.some((id) => targets.has(id))) layout.change({ collapsed: layout.collapsed.map((id) => targets.get(id) ?? id) })
}

async function rereadTab(id: DraftId): Promise<void> {
  const before = useDraftsStore.getState().tabs[id]
  const nodeId = before?.draft.nodeId
  if (nodeId === null) return seekVanished(id)
  if (!nodeId || goingAway.has(nodeId) || isSaving(id)) return
  const opened = await platform().call('request.open', { id: nodeId })
  const tab = useDraftsStore.getState().tabs[id]
  // The tab may have been closed, saved or moved while its file was read: then this answer is not about it.
  if (!tab || tab.draft.nodeId !== nodeId || tab.draft.revision !== before.draft.revision || isSaving(id) || goingAway.has(nodeId)) return
  if (!opened.ok) {
    if (opened.error.kind === 'NotFound') fileVanished(id)
    return
  }
  if (opened.value.kind === 'request') followRequest(tab, opened.value.document, opened.value.revision)
  else followBroken(tab, opened.value)
}

function followRequest(tab: Tab, theirs: RequestDocument, revision: string): void {
  const { draft, saved } = tab
  const store = useDraftsStore.getState()
  if (tab.broken !== null) {
    // Mended elsewhere; text that was edited here is not thrown away.
    if (tab.broken.text !== tab.broken.savedText) return
    store.put({ ...tab, broken: null })
    takeFile(draft.id, theirs, revision)
    return
  }
  if (draft.revision === revision && saved !== null) {
    // It is again what the edits began with.
    if (tab.outdated) store.put({ ...tab, outdated: null })
    return
  }
  if (saved !== null && sameDocument(saved, theirs)) {
    store.put({ ...tab, saved: theirs, draft: { ...draft, revision } })
    draftEdited(draft.id)
    return
  }
  if (!draft.dirty) {
    takeFile(draft.id, theirs, revision)
    return
  }
  if (draft.revision === revision) {
    store.put({ ...tab, saved: theirs, draft: withDirty({ saved: theirs }, draft) })
    return
  }
  // Renamed in the tree, and nothing else: the edits go on over the new name.
  const isRenamed = saved !== null && saved.name === draft.document.name && sameDocument({ ...saved, name: theirs.name }, theirs)
  if (!isRenamed) return markOutdated(tab)
  store.put({ ...tab, saved: theirs, draft: { ...draft, revision, document: { ...draft.document, name: theirs.name } } })
  draftEdited(draft.id)
}

/** Told at once, and settled when it is saved: until then nothing is lost on either side. */
function markOutdated(tab: Tab): void {
  const { revision } = tab.draft
  if (tab.outdated !== revision) useDraftsStore.getState().put({ ...tab, outdated: revision })
}

function followBroken(tab: Tab, file: Extract<OpenedRequest, { kind: 'broken' }>): void {
  const { draft, broken } = tab
  const { name, text, error, revision } = file
  const store = useDraftsStore.getState()
  if (broken !== null && broken.text !== broken.savedText) {
    // Edited here: only what the file holds is taken, and only where the edits started from it.
    if (draft.revision === revision) store.put({ ...tab, broken: { ...broken, name, error, savedText: text } })
    return
  }
  if (broken === null && draft.dirty) return markOutdated(tab)
  if (broken !== null && draft.revision === revision && broken.savedText === text) return
  store.put({ ...tab, draft: { ...draft, revision }, broken: { name, text, savedText: text, error } })
  draftEdited(draft.id)
}
