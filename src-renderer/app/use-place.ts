/** Where the request in front is kept: its collection, then its folders. Null where it is not saved. */
import { useMemo } from 'react'
import type { Collection } from '#contract/model/workspace.ts'
import type { NodeId } from '#contract/model/ids.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'

export function usePlaceOfActive(): readonly string[] | null {
  const nodeId = useDraftsStore((state) => activeTab(state)?.draft.nodeId ?? null)
  const collections = useCollectionsStore((state) => state.collections)
  return useMemo(() => (nodeId === null ? null : placeOf(collections, nodeId)), [collections, nodeId])
}

function placeOf(collections: readonly Collection[], nodeId: NodeId): readonly string[] | null {
  for (const collection of collections) {
    const nodes = new Map(collection.nodes.map((node) => [node.id, node]))
    let node = nodes.get(nodeId)
    if (!node) continue
    const names: string[] = []
    while (node.parentId !== null) {
      node = nodes.get(node.parentId)
      if (!node) break
      names.unshift(node.name)
    }
    return [collection.name, ...names]
  }
  return null
}
