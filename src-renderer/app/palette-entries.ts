/** What the command palette lists: actions of the window, pages of what is around requests, and every saved request. */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Collection } from '#contract/model/workspace.ts'
import type { EnvironmentChoice } from '../stores/surroundings-store.ts'
import type { AppAction } from './app-actions.ts'
import { withEnglish } from './english-names.ts'
import { t } from '../lib/t.ts'

export type PaletteEntry =
  | { readonly kind: 'action'; readonly key: string; readonly label: string; readonly action: AppAction }
  | {
      readonly kind: 'request'
      readonly key: string
      readonly label: string
      readonly nodeId: NodeId
      readonly method: string | null
      /** The collection and folders it is in. */
      readonly path: string
    }

export function actionEntries(actions: readonly AppAction[]): readonly PaletteEntry[] {
  return actions
    .filter((action) => action.hidden !== true)
    .map((action) => ({ kind: 'action', key: action.id, label: action.label, action }))
}

/** For each environment of the collection in front: to edit it. One that cannot be read has no page. */
export function environmentEntries(
  environments: readonly EnvironmentChoice[],
  edit: (environment: EnvironmentChoice) => void,
): readonly PaletteEntry[] {
  const readable = environments.filter(({ error }) => error === null)
  return actionsFor(readable, (environment) => ({
    id: `environment.edit.${environment.file}`,
    label: t`Edit environment ${environment.name}`,
    run: () => edit(environment),
  }))
}

/** For each session of the collection in front: to edit it. */
export function sessionEntries(sessions: readonly string[], edit: (name: string) => void): readonly PaletteEntry[] {
  return actionsFor(sessions, (name) => ({ id: `session.edit.${name}`, label: t`Edit session ${name}`, run: () => edit(name) }))
}

/** For each folder: what it gives to its requests. */
export function defaultsEntries(
  collections: readonly Collection[],
  edit: (id: CollectionId, folder: NodeId) => void,
): readonly PaletteEntry[] {
  return collections.flatMap(({ id, nodes }) =>
    actionsFor(
      nodes.filter(({ kind }) => kind === 'folder'),
      (folder) => ({
        id: `defaults.edit.${folder.id}`,
        label: t`Defaults of folder ${folder.name}`,
        run: () => edit(id, folder.id),
      }),
    ),
  )
}

function actionsFor<Item>(items: readonly Item[], actionOf: (item: Item) => AppAction): readonly PaletteEntry[] {
  return actionEntries(withEnglish(() => items.map(actionOf)))
}

export function requestEntries(collections: readonly Collection[]): readonly PaletteEntry[] {
  return collections.flatMap((collection) => {
    const paths = new Map<NodeId | null, string>([[null, collection.name]])
    return collection.nodes.flatMap((node): readonly PaletteEntry[] => {
      const path = paths.get(node.parentId) ?? collection.name
      if (node.kind === 'folder') {
        paths.set(node.id, `${path} / ${node.name}`)
        return []
      }
      return [{ kind: 'request', key: node.id, label: node.name, nodeId: node.id, method: node.method ?? null, path }]
    })
  })
}
