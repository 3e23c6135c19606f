/** Opening the page of a session, or of what a folder or a collection gives to its requests. */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { LayerFocus } from '../stores/page-store.ts'
import { openLayer } from './layer-drafts.ts'

/** Show the page of a session. */
export async function editSession(collectionId: CollectionId, name: string, focus: LayerFocus | null = null): Promise<void> {
  await openLayer({ kind: 'session', collectionId, name }, focus)
}

/** Show the page of the defaults of a folder; of the collection where it is null. */
export async function openDefaults(collectionId: CollectionId, folderId: NodeId | null, focus: LayerFocus | null = null): Promise<void> {
  await openLayer({ kind: 'defaults', collectionId, folderId }, focus)
}
