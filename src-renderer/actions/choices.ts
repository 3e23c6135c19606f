/** Choosing the environment and session of a collection's requests, and reading what there is to choose from. */
import type { Choice } from '#contract/model/draft.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'
import { useSurroundingsStore } from '../stores/surroundings-store.ts'
import { collectionIdOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { surroundingsMoved } from './preview.ts'

/** Counts the readings of each collection, so that an older answer does not overwrite a newer one. */
const readings = new Map<CollectionId, number>()

/** Choose an environment for a collection's requests; null: none. */
export function chooseEnvironment(id: CollectionId, environment: string | null): void {
  choose(id, { environment })
}

/** Choose a session for a collection's requests; null: the default one. */
export function chooseSession(id: CollectionId, session: string | null): void {
  choose(id, { session })
}

/** An environment or session has another name: where it is chosen, it stays so. */
export function followRename(kind: 'environment' | 'session', id: CollectionId, from: string, to: string): void {
  if (from !== to && useChoicesStore.getState().byCollection[id]?.[kind] === from) choose(id, { [kind]: to })
}

/** Have requests that are not saved yet use a collection's environments and sessions. */
export function chooseCollection(id: CollectionId): void {
  useChoicesStore.getState().use(id)
  surroundingsMoved()
}

/** Files of collections changed: what there is to choose from is read again, and so are the previews. */
export function surroundingsChanged(): void {
  const known = Object.keys(useSurroundingsStore.getState().byCollection)
  for (const { id } of useCollectionsStore.getState().collections) if (known.includes(id)) void readSurroundings(id)
  surroundingsMoved()
}

/**
 * Read what there is to choose from whenever a tab of another collection comes to the front; that collection is then the
 * one used last. Returns what stops it.
 */
export function watchSurroundings(): () => void {
  let shown: CollectionId | null = null
  const look = (): void => {
    const tab = activeTab(useDraftsStore.getState())
    const id = collectionIdOf(tab?.draft ?? { nodeId: null })
    if (id !== null && tab?.draft.nodeId) useChoicesStore.getState().use(id)
    if (id === shown) return
    shown = id
    surroundingsMoved()
    if (id !== null) void readSurroundings(id)
  }
  const stops = [useDraftsStore.subscribe(look), useCollectionsStore.subscribe(look), useChoicesStore.subscribe(look)]
  look()
  return () => stops.forEach((stop) => stop())
}

/** Read what there is to choose from for a collection. */
export async function readSurroundings(id: CollectionId): Promise<void> {
  const reading = (readings.get(id) ?? 0) + 1
  readings.set(id, reading)
  const [environments, sessions] = await Promise.all([
    platform().call('environment.list', { collectionId: id }),
    platform().call('session.list', { collectionId: id }),
  ])
  if (readings.get(id) !== reading) return
  for (const answer of [environments, sessions]) {
    if (answer.ok) continue
    // A lost host has its banner, and a closed collection nothing to choose from.
    if (answer.error.kind !== 'Unavailable' && answer.error.kind !== 'NotFound') useAppStore.getState().addNotice(noticeOf(answer.error))
    return
  }
  if (!environments.ok || !sessions.ok) return
  const names = sessions.value.sessions.map(({ name }) => name)
  useSurroundingsStore.getState().set(id, {
    environments: environments.value.environments.map(({ file, environment, fault }) => ({
      name: environment.name,
      file,
      extends: environment.extends,
      color: environment.color,
      error: fault,
    })),
    sessions: [DEFAULT_SESSION, ...names.filter((name) => name !== DEFAULT_SESSION)],
    adapters: Object.fromEntries(sessions.value.sessions.map(({ name, adapters }) => [name, adapters.length])),
  })
}

function choose(id: CollectionId, change: Partial<Choice>): void {
  useChoicesStore.getState().choose(id, change)
  useChoicesStore.getState().use(id)
  surroundingsMoved()
}
