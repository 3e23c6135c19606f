/** Giving a name that has no value one: the places where that can be, and going to one with a row for the name. */
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import type { Collection } from '#contract/model/workspace.ts'
import type { DefinePlace } from '../lib/define-words.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import type { LayerFocus } from '../stores/page-store.ts'
import { editDocument } from './edit.ts'
import { chosenOf, collectionInFront, editEnvironment, newEnvironment } from './environments.ts'
import { openDefaults } from './layer-pages.ts'
import { closePage } from './pages.ts'

/**
 * Where a name that has no value can be defined, the likeliest first: the chosen environment, or a new one, the collection,
 * the folders that the request in front is in, and the request itself.
 */
export function placesToDefineIn(): readonly DefinePlace[] {
  const { activeId, tabs } = useDraftsStore.getState()
  const request: readonly DefinePlace[] = activeId === null || !tabs[activeId] ? [] : [{ kind: 'request', id: activeId }]
  const id = collectionInFront()
  const collection = useCollectionsStore.getState().collections.find((one) => one.id === id)
  if (!collection) return request
  const chosen = chosenOf(collection.id)
  return [
    chosen ? { kind: 'environment', file: chosen.file, name: chosen.name } : { kind: 'newEnvironment' },
    { kind: 'collection', id: collection.id, name: collection.name },
    ...foldersAround(collection),
    ...request,
  ]
}

/** Show the page or the section of a place with a row for a variable; one that is to be made is made first. */
export async function defineVariable(name: string, place: DefinePlace): Promise<void> {
  if (place.kind === 'request') return defineInRequest(name, place.id)
  const id = collectionInFront()
  if (id === null) return
  const focus: LayerFocus = { name, isNew: true, section: 'variables' }
  if (place.kind === 'environment') await editEnvironment(id, place.file, focus)
  else if (place.kind === 'collection') await openDefaults(place.id, null, focus)
  else if (place.kind === 'folder') await openDefaults(id, place.id, focus)
  else await newEnvironment(id, focus)
}

function defineInRequest(name: string, id: DraftId): void {
  const rows = useDraftsStore.getState().tabs[id]?.draft.document.variables ?? []
  const at = rows.findIndex((row) => row.name === name)
  const row = at < 0 ? rows.length : at
  if (at < 0) {
    editDocument(id, 'variables.define', (document) => ({
      ...document,
      variables: [...document.variables, { name, value: '', enabled: true }],
    }))
  }
  closePage()
  useFocusStore.getState().ask(id, { section: 'variables', row, field: 'value' })
}

/** From the inside out. */
function foldersAround({ nodes }: Collection): DefinePlace[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parentOf = (id: NodeId | null): NodeId | null => (id === null ? null : (byId.get(id)?.parentId ?? null))
  const places: DefinePlace[] = []
  const inFront = activeTab(useDraftsStore.getState())?.draft.nodeId ?? null
  for (let id = parentOf(inFront); id !== null; id = parentOf(id)) {
    const name = byId.get(id)?.name
    if (name !== undefined) places.push({ kind: 'folder', id, name })
  }
  return places
}
