/**
 * What goes to core with every question about a request: the collection, environment and session around it. One place,
 * so that preview, wire and tokens agree.
 */
import type { Context } from '#contract/commands.ts'
import type { Draft } from '#contract/model/draft.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import { collectionFor } from '../lib/collection-of.ts'
import { NO_CHOICE, useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'

/** The collection whose environments and sessions a draft goes with; null: there is none. */
export function collectionIdOf({ nodeId }: Pick<Draft, 'nodeId'>): CollectionId | null {
  return collectionFor(nodeId, useCollectionsStore.getState().collections, useChoicesStore.getState().lastUsed)?.id ?? null
}

/** What is chosen around a draft. */
export function contextOf(draft: Pick<Draft, 'nodeId'>): Context {
  const collectionId = collectionIdOf(draft)
  const choice = collectionId === null ? NO_CHOICE : (useChoicesStore.getState().byCollection[collectionId] ?? NO_CHOICE)
  return { collectionId, ...choice }
}
