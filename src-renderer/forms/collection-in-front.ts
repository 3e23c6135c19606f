/** The collection whose environments and sessions the request in front goes with. */
import { useMemo } from 'react'
import type { Collection } from '#contract/model/workspace.ts'
import { collectionFor } from '../lib/collection-of.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'

/** Null: there is none. */
export function useCollectionInFront(): Collection | null {
  const collections = useCollectionsStore((state) => state.collections)
  const lastUsed = useChoicesStore((state) => state.lastUsed)
  const nodeId = useDraftsStore((state) => activeTab(state)?.draft.nodeId ?? null)
  return useMemo(() => collectionFor(nodeId, collections, lastUsed), [nodeId, collections, lastUsed])
}
