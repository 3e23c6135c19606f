/** The request in front, where it is one that a layer is around: what its variables are is then known. */
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import type { TreeNode } from '#contract/model/workspace.ts'
import { collectionFor } from '../../lib/collection-of.ts'
import { useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../../stores/drafts-store.ts'
import type { PartsDraft } from './layer-parts.ts'

export function useRequestInside(draft: PartsDraft): DraftId | null {
  const draftId = useDraftsStore((state) => state.activeId)
  const nodeId = useDraftsStore((state) => activeTab(state)?.draft.nodeId ?? null)
  const lastUsed = useChoicesStore((state) => state.lastUsed)
  const folderId = draft.kind === 'defaults' ? draft.folderId : null
  const isInside = useCollectionsStore(({ collections }) => {
    const collection = collectionFor(nodeId, collections, lastUsed)
    return collection?.id === draft.collectionId && (folderId === null || isIn(nodeId, folderId, collection.nodes))
  })
  return isInside ? draftId : null
}

function isIn(nodeId: NodeId | null, folderId: NodeId, nodes: readonly TreeNode[]): boolean {
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]))
  let at = nodeId
  while (at !== null && at !== folderId) at = parents.get(at) ?? null
  return at === folderId
}
