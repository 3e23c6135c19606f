/** What holds around a session, a folder or a collection: the layers further out, as their files have them. */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { Auth, Options, Row } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import { NO_CHOICE, useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { platform } from './platform-ref.ts'

export interface OuterLayer {
  readonly origin: Origin
  readonly headers: readonly Row[]
  readonly options: Options
  readonly auth: Auth
  /** A session has none. */
  readonly variables: readonly Variable[]
}

/**
 * The layers around one, the nearest first. What cannot be read is left out: its own page says why.
 *
 * @param inside the session, or the folder (null: the collection itself)
 */
export async function outerLayers(
  collectionId: CollectionId,
  inside: { readonly kind: 'session' } | { readonly kind: 'defaults'; readonly folderId: NodeId | null },
): Promise<readonly OuterLayer[]> {
  const settings = ofSettings()
  if (inside.kind === 'defaults' && inside.folderId === null) return [settings]
  const folders = inside.kind === 'defaults' ? foldersAbove(collectionId, inside.folderId) : []
  const found = await Promise.all([
    ...folders.map(({ id, name }) => defaultsOf(collectionId, id, { layer: 'folder', id, name })),
    ...(inside.kind === 'defaults' ? [chosenSession(collectionId)] : []),
    defaultsOf(collectionId, null, { layer: 'collection', id: collectionId, name: collectionNamed(collectionId) }),
  ])
  return [...found.filter((layer) => layer !== null), settings]
}

/** They give options only. */
function ofSettings(): OuterLayer {
  const { defaults } = useSettingsStore.getState().settings
  return { origin: { layer: 'settings' }, headers: [], options: defaults, auth: { kind: 'none' }, variables: [] }
}

/** From the inside out, without the folder itself. */
function foldersAbove(collectionId: CollectionId, folderId: NodeId | null): readonly { readonly id: NodeId; readonly name: string }[] {
  const nodes = useCollectionsStore.getState().collections.find(({ id }) => id === collectionId)?.nodes ?? []
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const above: { readonly id: NodeId; readonly name: string }[] = []
  let at = folderId === null ? undefined : byId.get(folderId)
  while (at?.parentId) {
    at = byId.get(at.parentId)
    if (at) above.push({ id: at.id, name: at.name })
  }
  return above
}

async function defaultsOf(collectionId: CollectionId, folderId: NodeId | null, origin: Origin): Promise<OuterLayer | null> {
  const read = await platform().call('defaults.read', { parent: { collectionId, folderId } })
  if (!read.ok) return null
  const { headers, options, auth, variables } = read.value.defaults
  return { origin, headers, options, auth, variables }
}

/** The session that is in use stands between folders and collection. */
async function chosenSession(collectionId: CollectionId): Promise<OuterLayer | null> {
  const name = (useChoicesStore.getState().byCollection[collectionId] ?? NO_CHOICE).session ?? DEFAULT_SESSION
  const listed = await platform().call('session.list', { collectionId })
  const session = listed.ok ? listed.value.sessions.find((one) => one.name === name) : undefined
  if (!session) return null
  const { headers, options, auth } = session
  return { origin: { layer: 'session', name }, headers, options, auth, variables: [] }
}

function collectionNamed(id: CollectionId): string {
  return useCollectionsStore.getState().collections.find((one) => one.id === id)?.name ?? ''
}
