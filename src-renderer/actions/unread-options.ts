/** What the file of a session, a folder or a collection holds that counts for nothing, in words. */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import { platform } from './platform-ref.ts'

const NONE: readonly string[] = []

/** @param session its name; null: what the folder gives to every request in it, or, with no folder, the collection */
export async function unreadIn(collectionId: CollectionId, folderId: NodeId | null, session: string | null): Promise<readonly string[]> {
  if (session !== null) {
    const listed = await platform().call('session.list', { collectionId })
    return listed.ok ? listed.value.notes.filter((note) => note.session === session).map(({ message }) => message) : NONE
  }
  const read = await platform().call('defaults.read', { parent: { collectionId, folderId } })
  return read.ok ? read.value.notes : NONE
}
