/** What the file of a layer that is edited holds that counts for nothing, read again whenever files of the collection changed. */
import { useEffect, useState } from 'react'
import { unreadIn } from '../../actions/unread-options.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import type { PartsDraft } from './layer-parts.ts'

const NONE: readonly string[] = []

export function useUnread(draft: PartsDraft): readonly string[] {
  const { collectionId } = draft
  const folderId = draft.kind === 'defaults' ? draft.folderId : null
  const session = draft.kind === 'session' ? (draft.base?.name ?? '') : null
  const [notes, setNotes] = useState(NONE)
  const settings = useCollectionsStore((state) => state.collections.find(({ id }) => id === collectionId)?.settings)
  useEffect(() => {
    let isWanted = true
    void unreadIn(collectionId, folderId, session).then((found) => {
      if (isWanted) setNotes(found)
    })
    return () => {
      isWanted = false
    }
  }, [collectionId, folderId, session, settings])
  return notes
}
