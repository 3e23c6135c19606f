/**
 * Requests in another program's format as a run takes them: a Postman collection, a folder of `.bru` files, whatever can be
 * imported. They are read into memory; nothing is written.
 */
import { basename, dirname, resolve } from 'node:path'
import { stat } from 'node:fs/promises'
import { NodeIdSchema } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { Imported, ImportedItem } from '../import/imported.ts'
import { readInWorker } from '../import/import-worker-client.ts'
import type { KnownSecret } from '../resolve/held-secrets.ts'
import type { CollectionLayers, FolderLayer } from '../resolve/collection-layers.ts'
import { secretKey } from './run-surroundings.ts'
import type { PlannedRequest, RunSource } from './run-plan.ts'

/** Of what did not come over, how much is told of. */
const NAMED_NOTES = 10

/** @throws {CoreError} what reading an import throws: `Unreadable`, `FileNotFound`, `TooLarge`, `StorageError` */
export async function importSource(path: string): Promise<RunSource> {
  const absolute = resolve(path)
  const isFolder = (await stat(absolute).catch(() => null))?.isDirectory() === true
  const { imported } = await readInWorker({ source: { kind: 'files', files: [{ path: absolute, name: '' }] }, format: undefined })
  const name = imported.name.trim() === '' ? basename(absolute) : imported.name
  const root = isFolder ? absolute : dirname(absolute)
  const walk: Walk = { file: absolute, root, imported, name, requests: [], secrets: new Map() }
  note(walk, { layer: 'collection', id: null, name }, imported.secrets)
  for (const { environment, secrets } of imported.environments) note(walk, { layer: 'environment', name: environment.name }, secrets)
  list(imported.items, [], walk)
  return { name, collectionId: null, place: name, requests: walk.requests, notes: notesOf(imported), secrets: walk.secrets }
}

interface Walk {
  readonly file: string
  readonly root: string
  readonly imported: Imported
  readonly name: string
  readonly requests: PlannedRequest[]
  readonly secrets: Map<string, KnownSecret>
}

function note({ secrets }: Pick<Walk, 'secrets'>, origin: Origin, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) secrets.set(secretKey(null, origin, name), { origin, name, value })
}

function list(items: readonly ImportedItem[], folders: readonly FolderLayer[], walk: Walk): void {
  for (const item of items) {
    if (item.kind === 'request') {
      const { requests, file, root } = walk
      requests.push({
        key: `${file}#${requests.length}`,
        nodeId: null,
        name: item.document.name,
        folders: folders.map(({ name }) => name),
        document: item.document,
        layers: layersOf(folders, walk),
        root,
      })
    } else {
      const id = NodeIdSchema.parse(`import/${[...folders.map(({ name }) => name), item.name].join('/')}`.slice(0, 4096))
      note(walk, { layer: 'folder', id, name: item.name }, item.secrets ?? {})
      list(item.items, [...folders, { id, name: item.name, defaults: item.defaults, scripts: item.scripts }], walk)
    }
  }
}

function layersOf(folders: readonly FolderLayer[], { imported, root, name }: Walk): CollectionLayers {
  return {
    id: null,
    root,
    name,
    collection: imported.defaults,
    scripts: imported.scripts,
    folders,
    sessions: imported.sessions,
    environments: imported.environments.map(({ environment }) => environment),
    faults: [],
  }
}

function notesOf({ notes }: Imported): string[] {
  const lost = notes
    .filter(({ severity }) => severity === 'lost')
    .map(({ where, message }) => (where === '' ? message : `${where}: ${message}`))
  const more = lost.length - NAMED_NOTES
  return [...lost.slice(0, NAMED_NOTES), ...(more > 0 ? [`${more} more things did not come over; import the file to see them.`] : [])]
}
