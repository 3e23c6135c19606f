/** Which collection a request belongs to, or is to use while it is not saved. */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Collection } from '#contract/model/workspace.ts'

/**
 * @param lastUsed the collection that was used last; the first one where that is gone
 * @returns null where there is none
 */
export function collectionFor(nodeId: NodeId | null, collections: readonly Collection[], lastUsed: CollectionId | null): Collection | null {
  if (nodeId !== null) return collections.find(({ nodes }) => nodes.some(({ id }) => id === nodeId)) ?? null
  return collections.find(({ id }) => id === lastUsed) ?? collections[0] ?? null
}
