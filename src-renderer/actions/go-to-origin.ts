/** Going to the place where an inherited value is defined. */
import { assertNever } from '#contract/result.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { contextOf } from './context.ts'

/**
 * Show where a value of the request in front comes from: its section in the editor, or its folder or collection in the
 * tree. Sessions and environments are their collection's.
 */
export function goToOrigin(origin: Origin): void {
  const { activeId, tabs } = useDraftsStore.getState()
  switch (origin.layer) {
    case 'request':
      if (activeId !== null) useFocusStore.getState().ask(activeId, { section: 'variables' })
      return
    case 'folder':
      return revealNode(origin.id)
    case 'collection':
      if (origin.id !== null) revealCollection(origin.id)
      return
    case 'session':
    case 'adapter':
    case 'environment':
    case 'dotenv': {
      const tab = activeId === null ? undefined : tabs[activeId]
      const { collectionId } = contextOf(tab?.draft ?? { nodeId: null })
      if (collectionId !== null) revealCollection(collectionId)
      return
    }
    case 'process':
    case 'captured':
    case 'given':
    case 'dynamic':
    case 'default':
      return
    default:
      return assertNever(origin)
  }
}

function revealCollection(id: CollectionId): void {
  reveal(id, [id])
}

function revealNode(id: NodeId): void {
  const collection = useCollectionsStore.getState().collections.find(({ nodes }) => nodes.some((node) => node.id === id))
  if (!collection) return
  const parents = new Map(collection.nodes.map((node) => [node.id, node.parentId]))
  const above: string[] = [collection.id]
  for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) above.push(at)
  reveal(id, above)
}

/** Unfold what a row is in, and go to it once it is drawn. */
function reveal(id: string, above: readonly string[]): void {
  const { collapsed, change } = useLayoutStore.getState()
  change({ sidebarVisible: true, collapsed: collapsed.filter((one) => !above.includes(one)) })
  useFocusStore.getState().askRow(id)
}
