/**
 * Deleting items of the tree, and taking that back: what the deletion did to the open tabs is undone with it. A tab with
 * edits stays open as an unsaved request and gets its file back; a clean one is closed and opens again where it stood.
 */
import type { WireError } from '#contract/errors.ts'
import type { DraftId, NodeId, TrashId } from '#contract/model/ids.ts'
import type { TreeNode } from '#contract/model/workspace.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { isUnsaved, useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { withDirty } from './edit.ts'
import { draftEdited } from './journal.ts'
import { detachTab, rereadTabs, whileGoingAway } from './open-files.ts'
import { platform } from './platform-ref.ts'
import { activate, dropTab, putBack } from './tabs.ts'

/** An open tab as it was before its file was deleted. */
interface LostTab {
  readonly tab: Tab
  readonly nodeId: NodeId
  /** The item it was deleted with: itself or a folder above. */
  readonly root: NodeId
  /** Names from below that item down to it. */
  readonly names: readonly string[]
  /** Its place in the row. */
  readonly index: number
}

interface Deletion {
  readonly trashId: TrashId
  /** The items that were deleted themselves, not with a folder: as core lists them. */
  readonly roots: readonly NodeId[]
  readonly lost: readonly LostTab[]
  /** The tab in front before, and the one that came to the front because of it. */
  readonly activeBefore: DraftId | null
  readonly activeAfter: DraftId | null
}

/** Move items to the trash; a notice offers to take it back. Tabs with unsaved edits stay open, as unsaved requests. */
export async function trashNodes(ids: readonly NodeId[]): Promise<void> {
  const affected = withDescendants(ids)
  const roots = [...affected].flatMap(([id, { names }]) => (names.length === 0 ? [id] : []))
  await whileGoingAway(new Set(affected.keys()), async () => {
    const trashed = await platform().call('node.trash', { ids: [...ids] })
    if (!trashed.ok) {
      refused(trashed.error)
      return
    }
    const { trashId, name } = trashed.value
    const activeBefore = useDraftsStore.getState().activeId
    const lost = letGoOf(affected)
    const deletion: Deletion = { trashId, roots, lost, activeBefore, activeAfter: useDraftsStore.getState().activeId }
    useAppStore.getState().addNotice({
      id: `trash:${trashId}`,
      tone: 'info',
      text: `Deleted “${name}”`,
      action: { label: 'Undo', run: () => void takeBack(deletion) },
    })
  })
}

/** Close the tabs of deleted items, or keep them as unsaved requests. Returns what they were. */
function letGoOf(nodes: ReadonlyMap<NodeId, Depth>): readonly LostTab[] {
  const { order, tabs } = useDraftsStore.getState()
  const lost = order.flatMap((id, index): LostTab[] => {
    const tab = tabs[id]
    const nodeId = tab?.draft.nodeId ?? null
    const depth = nodeId === null ? undefined : nodes.get(nodeId)
    return tab && nodeId !== null && depth ? [{ tab, nodeId, index, ...depth }] : []
  })
  for (const { tab } of lost) {
    if (isUnsaved(tab)) detachTab(tab.draft.id)
    else dropTab(tab.draft.id)
  }
  return lost
}

async function takeBack({ trashId, roots, lost, activeBefore, activeAfter }: Deletion): Promise<void> {
  const restored = await platform().call('trash.restore', { trashId })
  if (!restored.ok) {
    refused(restored.error)
    return
  }
  const { nodeIds } = restored.value
  // Where not all of it came back, nothing tells which of it did: only what has its old id is taken for the same.
  const isWhole = nodeIds.length === roots.length
  const moves = nodeIds.map((to, at) => ({ from: isWhole ? (roots[at] ?? to) : to, to }))
  // The tree as it is now: that it changed may be told later than the answer came.
  const isMoved = moves.some(({ from, to }) => from !== to)
  const read = isMoved ? await platform().call('workspace.read', {}) : null
  const nodes = read?.ok ? read.value.collections.flatMap((collection) => collection.nodes) : []
  for (const each of lost) {
    const nodeId = restoredId(each, moves, nodes)
    if (nodeId !== null) reattach(each, nodeId)
  }
  const { activeId } = useDraftsStore.getState()
  if (activeBefore !== null && activeId === activeAfter) activate(activeBefore)
  await rereadTabs()
}

function reattach({ tab, index }: LostTab, nodeId: NodeId): void {
  const store = useDraftsStore.getState()
  const now = store.tabs[tab.draft.id]
  if (!now) {
    // One that had edits was still open after the deletion: whoever closed it since meant to.
    if (!isUnsaved(tab)) putBack({ ...tab, draft: { ...tab.draft, nodeId } }, index)
    return
  }
  // Saved to another place meanwhile: that is its file now.
  if (now.draft.nodeId !== null) return
  const { saved } = tab
  store.put({ ...now, saved, draft: withDirty({ saved }, { ...now.draft, nodeId, revision: tab.draft.revision }) })
  draftEdited(now.draft.id)
}

/** An item's id after it was restored, itself or in a folder. Only where its folder has another name now must it be looked for. */
function restoredId(lost: LostTab, moves: readonly Move[], nodes: readonly TreeNode[]): NodeId | null {
  const move = moves.find(({ from }) => from === lost.root)
  if (!move) return null
  if (move.from === move.to) return lost.nodeId
  let id: NodeId = move.to
  for (const name of lost.names) {
    const child = nodes.find((node) => node.parentId === id && node.name === name)
    if (!child) return null
    id = child.id
  }
  return id
}

interface Move {
  readonly from: NodeId
  readonly to: NodeId
}

/** Where a deleted item stands below the outermost one it is deleted with. */
interface Depth {
  readonly root: NodeId
  readonly names: readonly string[]
}

/** The ids with those of everything below them; the outermost ones keep the order they came in. */
function withDescendants(ids: readonly NodeId[]): ReadonlyMap<NodeId, Depth> {
  const nodes = useCollectionsStore.getState().collections.flatMap((collection) => collection.nodes)
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]))
  const isBelowAnother = (id: NodeId): boolean => {
    for (let at = parents.get(id); at; at = parents.get(at)) if (ids.includes(at)) return true
    return false
  }
  const found = new Map<NodeId, Depth>()
  for (const id of ids) if (!isBelowAnother(id)) found.set(id, { root: id, names: [] })
  // Nodes come depth first, so that a parent is always seen before its children.
  for (const { id, parentId, name } of nodes) {
    const above = parentId === null ? undefined : found.get(parentId)
    if (above) found.set(id, { root: above.root, names: [...above.names, name] })
  }
  return found
}

function refused(error: WireError): void {
  useAppStore.getState().addNotice(noticeOf(error))
}
