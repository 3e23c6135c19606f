/**
 * Deleting items of the tree, and taking that back: what the deletion did to the open tabs is undone with it. A tab with
 * edits stays open as an unsaved request and gets its file back; a clean one is closed and opens again where it stood.
 */
import type { WireError } from '#contract/errors.ts'
import type { NodeId, TrashId } from '#contract/model/ids.ts'
import type { TreeNode } from '#contract/model/workspace.ts'
import { ok, type Result } from '#contract/result.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { letGoOf, takeBackTabs, type LostTabs } from './lost-tabs.ts'
import { rereadTabs, whileGoingAway } from './open-files.ts'
import { platform } from './platform-ref.ts'
import { inTurn } from './tree-turns.ts'
import { treeStepTaken, type TreeStep } from './tree-undo.ts'
import { t } from '../lib/t.ts'

interface Deletion extends LostTabs {
  readonly trashId: TrashId
  /** The items that were deleted themselves, not with a folder: as core lists them. */
  readonly roots: readonly NodeId[]
  /** Where each deleted item stood below the one it was deleted with. */
  readonly depths: ReadonlyMap<NodeId, Depth>
  readonly step: TreeStep
}

/** Move items to the trash; a notice offers to take it back. Tabs with unsaved edits stay open, as unsaved requests. */
export async function trashNodes(ids: readonly NodeId[]): Promise<void> {
  await trashAndSay(ids, true)
}

/** Move items to the trash as the way back of a step: for Ctrl+Z that is none of its own, so that the next goes on. */
export async function trashAgain(ids: readonly NodeId[]): Promise<void> {
  await trashAndSay(ids, false)
}

async function trashAndSay(ids: readonly NodeId[], isStep: boolean): Promise<void> {
  const deleted = await inTurn<Deletion | null>(
    // Whoever presses Delete twice means the one item that both times stood there.
    async ({ now, isGone, isLate }) => {
      const left = ids.filter((id) => !isGone(id)).map(now)
      return left.length === 0 ? ok(null) : trash(left, isLate ? await nodesInCore() : nodesShown())
    },
    (deletion) => (deletion === null ? {} : { gone: [...deletion.depths.keys()], step: isStep ? deletion.step : undefined }),
  )
  if (!deleted.ok) refused(deleted.error)
}

async function trash(ids: readonly NodeId[], nodes: readonly TreeNode[]): Promise<Result<Deletion, WireError>> {
  const affected = withDescendants(ids, nodes)
  const roots = [...affected].flatMap(([id, { names }]) => (names.length === 0 ? [id] : []))
  return whileGoingAway(new Set(affected.keys()), async () => {
    const trashed = await platform().call('node.trash', { ids: [...ids] })
    if (!trashed.ok) return trashed
    const { trashId, name } = trashed.value
    const step: TreeStep = { ids: [], back: () => takeBack(deletion) }
    const deletion: Deletion = { trashId, roots, depths: affected, step, ...letGoOf((id) => affected.has(id)) }
    useAppStore.getState().addNotice({
      id: `trash:${trashId}`,
      tone: 'info',
      text: roots.length === 1 ? t`Deleted “${name}”` : t`Deleted ${name}`,
      action: {
        label: t`Undo`,
        run: () => {
          treeStepTaken(step)
          void takeBack(deletion)
        },
      },
    })
    return ok(deletion)
  })
}

function nodesShown(): readonly TreeNode[] {
  return useCollectionsStore.getState().collections.flatMap((collection) => collection.nodes)
}

/** The tree as it is now: that it changed may be told later than the answer came. */
async function nodesInCore(): Promise<readonly TreeNode[]> {
  const read = await platform().call('workspace.read', {})
  return read.ok ? read.value.collections.flatMap((collection) => collection.nodes) : nodesShown()
}

async function takeBack({ trashId, roots, depths, step: _step, ...tabs }: Deletion): Promise<void> {
  useAppStore.getState().dropNotice(`trash:${trashId}`)
  const restored = await inTurn(
    () => platform().call('trash.restore', { trashId }),
    () => ({ isBack: true }),
  )
  if (!restored.ok) {
    refused(restored.error)
    return
  }
  const { nodeIds } = restored.value
  // Where not all of it came back, nothing tells which of it did: only what has its old id is taken for the same.
  const isWhole = nodeIds.length === roots.length
  const moves = nodeIds.map((to, at) => ({ from: isWhole ? (roots[at] ?? to) : to, to }))
  const nodes = moves.some(({ from, to }) => from !== to) ? await nodesInCore() : []
  takeBackTabs(tabs, ({ nodeId }) => restoredId(nodeId, depths.get(nodeId), moves, nodes))
  await rereadTabs()
}

/** An item's id after it was restored, itself or in a folder. Only where its folder has another name now must it be looked for. */
function restoredId(nodeId: NodeId, depth: Depth | undefined, moves: readonly Move[], nodes: readonly TreeNode[]): NodeId | null {
  const move = moves.find(({ from }) => from === depth?.root)
  if (!move || !depth) return null
  if (move.from === move.to) return nodeId
  let id: NodeId = move.to
  for (const name of depth.names) {
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
function withDescendants(ids: readonly NodeId[], nodes: readonly TreeNode[]): ReadonlyMap<NodeId, Depth> {
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
