/**
 * What an export is made from: a request with what is around it, or a folder read whole. Values of secrets that stand in
 * its texts are references when it leaves here, and so are credentials that were typed in clear unless they are asked for.
 */
import type { Environment, Session } from '#contract/model/session.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { mergedDefaults, type ExportItem, type ExportTree } from '../export/export-tree.ts'
import { hideCredentials } from '../import/hide-credentials.ts'
import { emptyImport } from '../import/imported.ts'
import { CoreError } from '../lib/core-error.ts'
import type { CollectionLayers } from '../resolve/collection-layers.ts'
import type { SettingsReader } from '../storage/collection-settings.ts'
import { treeExampleOf, type SavedExample } from '../storage/opencollection/examples-format.ts'
import { readCollection, type ReadItem } from '../storage/read-collection.ts'
import { withReferences, type KnownSecret } from '../resolve/held-secrets.ts'

export type Credentials = 'reference' | 'clear'

export interface TreeWishes {
  /** Name of the one environment that goes with it; null: all. */
  readonly environment: string | null
  readonly credentials: Credentials
  readonly secrets: readonly KnownSecret[]
}

/** A request alone, with all that is around it gathered above it. */
export function requestTree(
  document: RequestDocument,
  examples: readonly SavedExample[],
  layers: CollectionLayers,
  wishes: TreeWishes,
): ExportTree {
  const session = layers.sessions.filter(({ name }) => name === document.options.session)
  const item: ExportItem = { kind: 'request', document, examples: examples.map(treeExampleOf) }
  return finished({ name: document.name, docs: '', scripts: [], items: [item] }, layers, session, wishes)
}

export interface FolderToExport {
  /** Folder of the collection. */
  readonly root: string
  /** Of the folder below it; empty: all of it. */
  readonly path: string
  /** Paths below `root` of the only items that count, with what is in them; absent: all. */
  readonly only?: readonly string[]
}

/** @throws {CoreError} `NotFound` */
export async function folderTree(
  { root, path, only }: FolderToExport,
  reader: Pick<SettingsReader, 'settingsOf'>,
  layers: CollectionLayers,
  wishes: TreeWishes,
): Promise<{ readonly tree: ExportTree; readonly problems: readonly string[] }> {
  const { name, docs, scripts, items, problems } = await readCollection(root, path, reader, only ?? null)
  const place = { name, docs, scripts, items: items.map(itemOf) }
  return { tree: finished(place, layers, layers.sessions, wishes), problems: problems.map(({ message }) => message) }
}

type Place = Pick<ExportTree, 'name' | 'docs' | 'scripts' | 'items'>

function finished(place: Place, layers: CollectionLayers, sessions: readonly Session[], wishes: TreeWishes): ExportTree {
  const around = layers.folders.map(({ defaults }) => defaults)
  const tree: ExportTree = {
    ...place,
    defaults: around.reduce(mergedDefaults, layers.collection),
    environments: environmentsOf(layers, wishes.environment),
    sessions,
  }
  return withoutCredentials(withReferences(withoutSecretValues(tree), wishes.secrets), wishes.credentials)
}

function environmentsOf({ environments }: CollectionLayers, name: string | null): readonly Environment[] {
  if (name === null) return environments
  const chosen = environments.find((one) => one.name === name)
  if (chosen) return [chosen]
  throw new CoreError('NotFound', 'resolve', `There is no environment "${name}".`, {
    hint: environments.length === 0 ? 'The collection has none.' : `There are: ${environments.map((one) => one.name).join(', ')}.`,
  })
}

/** A file that was edited by hand may have a value beside `secret: true`. */
function withoutSecretValues(tree: ExportTree): ExportTree {
  const clean = <V extends { readonly secret?: boolean | undefined; readonly value: string }>(variables: readonly V[]): V[] =>
    variables.map((variable) => (variable.secret === true ? { ...variable, value: '' } : variable))
  const cleanItem = (item: ExportItem): ExportItem =>
    item.kind === 'request'
      ? { ...item, document: { ...item.document, variables: clean(item.document.variables) } }
      : { ...item, defaults: { ...item.defaults, variables: clean(item.defaults.variables) }, items: item.items.map(cleanItem) }
  return {
    ...tree,
    defaults: { ...tree.defaults, variables: clean(tree.defaults.variables) },
    environments: tree.environments.map((one) => ({ ...one, variables: clean(one.variables) })),
    items: tree.items.map(cleanItem),
  }
}

/** As an import of credentials in clear, so that both call the same things secret. */
function withoutCredentials(tree: ExportTree, credentials: Credentials): ExportTree {
  if (credentials === 'clear') return tree
  const environments = tree.environments.map((environment) => ({ environment, secrets: {} }))
  const { imported } = hideCredentials({ ...emptyImport('opencollection'), ...tree, environments })
  const { defaults, items, sessions } = imported
  return { ...tree, defaults, items, sessions, environments: imported.environments.map(({ environment }) => environment) }
}

function itemOf(item: ReadItem): ExportItem {
  if (item.kind === 'request') return { kind: 'request', document: item.document, examples: item.examples.map(treeExampleOf) }
  const { kind, name, docs, defaults, scripts, items } = item
  return { kind, name, docs, defaults, scripts, items: items.map(itemOf) }
}
