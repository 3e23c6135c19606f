/** What links in a request's notes do: they open other requests of its collection, and pages of the manual. */
import { useCallback } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { openManual } from '../../actions/manual.ts'
import { openRequest } from '../../actions/tabs.ts'
import { linkedManual, linkedRequest } from '../../lib/doc-links.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'

export function useDocLinks(draftId: DraftId): (href: string) => (() => void) | null {
  const from = useDraftsStore((state) => state.tabs[draftId]?.draft.nodeId ?? null)
  // Anew with each change of the tree: a link leads where its request is there.
  const collections = useCollectionsStore((state) => state.collections)
  return useCallback(
    (href) => {
      const place = linkedManual(href)
      if (place !== null) return () => openManual(place.page, place.heading)
      const ids = new Set(collections.flatMap(({ nodes }) => nodes.filter(({ kind }) => kind !== 'folder').map(({ id }) => id)))
      const to = from === null ? null : linkedRequest(from, href, ids)
      return to === null ? null : () => void openRequest(to)
    },
    [from, collections],
  )
}
