/**
 * The collections as core tells of them: all of them once, then what changes. What core told may come before the answer that
 * it follows on, and a window that was away has missed some: then all of them are asked for again.
 */
import type { EventPayload } from '#contract/events.ts'
import { withChange } from '#contract/model/collection-change.ts'
import { loadedLanguage } from '../languages/load-language.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { firstRead } from './first-read.ts'
import { platform } from './platform-ref.ts'

/** Read the collections. A failure is kept, for the tree to show in their place. */
export async function loadCollections(): Promise<void> {
  const reading = platform().call('workspace.read', { language: loadedLanguage() })
  firstRead(reading)
  const read = await reading
  const store = useCollectionsStore.getState()
  if (!read.ok) return store.fail(read.error)
  const { collections, sequence } = read.value
  store.replace(collections, sequence)
  if (sequence >= store.heard) return
  store.lose()
  await loadCollections()
}

/** Some changed, came or went. */
export function collectionsChanged({ sequence, order, changed }: EventPayload<'workspace.changed'>): void {
  const store = useCollectionsStore.getState()
  store.hear(sequence)
  // What is being read, or was read later, has it.
  if (store.sequence === null || sequence <= store.sequence) return
  if (sequence > store.sequence + 1) {
    store.lose()
    void loadCollections()
    return
  }
  const known = new Map(store.collections.map((collection) => [collection.id, collection]))
  for (const change of changed) known.set(change.id, withChange(known.get(change.id), change))
  store.replace(
    order.flatMap((id) => known.get(id) ?? []),
    sequence,
  )
}

/** The host is away: another one counts from the beginning. */
export function collectionsLost(): void {
  useCollectionsStore.getState().lose(0)
}
