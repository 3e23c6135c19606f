/** Going to the place where an inherited value is defined. */
import { assertNever } from '#contract/result.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { useSurroundingsStore } from '../stores/surroundings-store.ts'
import { contextOf } from './context.ts'
import { openLayer } from './layer-drafts.ts'

interface Sought {
  /** The variable, header or option that is sought there. */
  readonly name?: string
  /** The collection whose sessions and environments are meant; that of the request in front where absent. */
  readonly collectionId?: CollectionId
}

/**
 * Show where a value comes from: its section in the editor, the page of its environment, or its folder or collection in the
 * tree. Sessions are their collection's.
 */
export function goToOrigin(origin: Origin, { name, collectionId: wanted }: Sought = {}): void {
  const { activeId, tabs } = useDraftsStore.getState()
  const inFront = activeId === null ? undefined : tabs[activeId]
  const collectionId = wanted ?? contextOf(inFront?.draft ?? { nodeId: null }).collectionId
  switch (origin.layer) {
    case 'request':
      if (activeId !== null) useFocusStore.getState().ask(activeId, { section: 'variables' })
      return
    case 'folder':
      return revealNode(origin.id)
    case 'collection':
      if (origin.id !== null) revealCollection(origin.id)
      return
    case 'environment':
      if (collectionId !== null) showEnvironment(collectionId, origin.name, name)
      return
    case 'session':
    case 'adapter':
    case 'dotenv':
      if (collectionId !== null) revealCollection(collectionId)
      return
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

function showEnvironment(collectionId: CollectionId, environment: string, variable: string | undefined): void {
  const { environments = [] } = useSurroundingsStore.getState().byCollection[collectionId] ?? {}
  const file = environments.find((one) => one.name === environment)?.file
  if (file === undefined) return revealCollection(collectionId)
  void openLayer({ kind: 'environment', collectionId, file }, variable === undefined ? null : { name: variable })
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
