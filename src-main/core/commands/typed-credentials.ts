/**
 * Requests and what is around them without credentials that were typed in clear: references stand for them, as an import
 * would put them, so that both call the same things secret. Requests of one collection are looked at together: a value is
 * the same variable wherever it stands, and two values never are.
 */
import { hideCredentials } from '../import/hide-credentials.ts'
import { emptyImport, importedFolder, importedRequest, type Imported } from '../import/imported.ts'
import { paramsFromUrl } from '#contract/model/url-query.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { CollectionLayers, FolderLayer } from '../resolve/collection-layers.ts'
import { withReferences, type KnownSecret } from '../resolve/held-secrets.ts'

export interface PlacedDocument {
  readonly document: RequestDocument
  readonly layers: CollectionLayers
}

export interface WithoutTyped<P> {
  readonly requests: readonly P[]
  /** Names of the variables that stand for them. */
  readonly hidden: readonly string[]
}

/**
 * @param requests of one collection; nothing of one is changed but its document and layers
 * @param secretsOf the secrets around a request, whose values are put by their names
 */
export async function withoutTypedCredentials<P extends PlacedDocument>(
  requests: readonly P[],
  secretsOf: (layers: CollectionLayers) => Promise<readonly KnownSecret[]>,
): Promise<WithoutTyped<P>> {
  const layersOf = await referringLayers(requests, secretsOf)
  const [first] = layersOf.values()
  if (!first) return { requests, hidden: [] }
  const documents = requests.map(({ document, layers }) => {
    // A document that was made by hand may have its query in the URL alone.
    const mirrored = { ...document, params: paramsFromUrl(document.url, document.params) }
    return withReferences(mirrored, layersOf.get(layers)?.secrets ?? [])
  })
  const folders = new Map([...layersOf.values()].flatMap(({ layers }) => layers.folders.map((folder) => [folder.id, folder] as const)))
  const imports: Imported = {
    ...emptyImport('opencollection'),
    defaults: first.layers.collection,
    items: [
      ...documents.map((document) => importedRequest(document)),
      ...[...folders.values()].map(({ name, defaults }) => importedFolder(name, [], { defaults })),
    ],
    sessions: first.layers.sessions,
    environments: first.layers.environments.map((environment) => ({ environment, secrets: {} })),
  }
  const { imported, hidden } = hideCredentials(imports, { byValue: new Map(), taken: namesIn(imports) })
  // Nothing is touched where nothing is to be hidden.
  if (hidden.length === 0 && [...layersOf.values()].every(({ secrets }) => secrets.length === 0)) return { requests, hidden }
  const defaults = imported.items.slice(requests.length).flatMap((item) => (item.kind === 'folder' ? [item.defaults] : []))
  const hiddenFolders = new Map([...folders.keys()].map((id, index) => [id, defaults[index]] as const))
  const hiddenFolder = (folder: FolderLayer): FolderLayer => ({ ...folder, defaults: hiddenFolders.get(folder.id) ?? folder.defaults })
  const hiddenLayers = new Map(
    [...layersOf].map(([before, { layers }]): readonly [CollectionLayers, CollectionLayers] => [
      before,
      {
        ...layers,
        collection: imported.defaults,
        sessions: imported.sessions,
        environments: imported.environments.map(({ environment }) => environment),
        folders: layers.folders.map(hiddenFolder),
      },
    ]),
  )
  return {
    requests: requests.map((request, index) => {
      const item = imported.items[index]
      const document = item?.kind === 'request' ? item.document : request.document
      return { ...request, document, layers: hiddenLayers.get(request.layers) ?? request.layers }
    }),
    hidden,
  }
}

/** Names that stand for something already: those that are referred to, wherever their values come from, and those that answers give. */
function namesIn(value: Imported): ReadonlySet<string> {
  const referred = [...JSON.stringify(value).matchAll(/\{\{\s*([^{}"]+?)\s*\}\}/g)].map(([, name = '']) => name)
  const captured = value.items.flatMap((item) => (item.kind === 'request' ? (item.document.captures ?? []).map(({ name }) => name) : []))
  return new Set([...referred, ...captured])
}

interface Referring {
  readonly layers: CollectionLayers
  readonly secrets: readonly KnownSecret[]
}

/** What is around requests of one folder is the same, and looked at once. */
async function referringLayers(
  requests: readonly PlacedDocument[],
  secretsOf: (layers: CollectionLayers) => Promise<readonly KnownSecret[]>,
): Promise<ReadonlyMap<CollectionLayers, Referring>> {
  const found = new Map<CollectionLayers, Referring>()
  for (const layers of new Set(requests.map((request) => request.layers))) {
    const secrets = await secretsOf(layers)
    found.set(layers, { layers: withReferences(layers, secrets), secrets })
  }
  return found
}
