/** Imports as commands: read and summed up in a thread of their own, kept, and written where they are wanted. */
import { basename } from 'node:path'
import type { ParsedInput } from '#contract/commands.ts'
import type { EventPayload } from '#contract/events.ts'
import type { ImportNote, ImportTarget } from '#contract/model/import.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import { fitImport } from '../import/fit-import.ts'
import { createHeldImports } from '../import/held-imports.ts'
import { hideCredentials, type KnownVariables } from '../import/hide-credentials.ts'
import type { Imported, ImportedItem } from '../import/imported.ts'
import { looseRequests } from '../import/loose-requests.ts'
import { readInWorker } from '../import/import-worker-client.ts'
import type { NewItem, Watch } from '../storage/additions.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import type { Added, AdditionPlace } from '../storage/workspace-additions.ts'
import type { Workspace } from '../storage/workspace.ts'
import { exampleEntry } from './example-entry.ts'
import type { ImportPlaces } from './import-places.ts'
import { createdAt, removeCreated, type Created } from './import-created.ts'
import { broughtTo, sessionNames, takeBack, type Brought } from './import-undo.ts'
import { knownSecrets } from './known-secrets.ts'
import type { SecretGuard } from './secret-guard.ts'

export interface ImportDeps {
  readonly workspace: Workspace
  readonly vault: SecretVault
  readonly guard: SecretGuard
  readonly places: ImportPlaces
  readonly emit: (progress: EventPayload<'import.progressed'>) => void
}

type ImportCommand = `import.${'read' | 'requests' | 'write' | 'takeBack' | 'discard'}`

const PROGRESS_MS = 100

/** What an import brought to a collection, or the collection that it made. */
type TakesBack = { readonly kind: 'brought'; readonly brought: Brought } | { readonly kind: 'created'; readonly created: Created }

/** What was written, and the names of the secrets in it. */
interface WrittenImport extends Omit<Added, 'secretKeys'> {
  readonly secrets: string[]
  readonly notes: ImportNote[]
  /** Null where it cannot be taken back: it was written to a folder of the disk. */
  readonly brought: TakesBack | null
}

export function importHandlers(deps: ImportDeps): Pick<Handlers, ImportCommand> {
  const { places } = deps
  const held = createHeldImports((id) => void places.letGo(id))
  const done = createDoneImports()
  return {
    'import.read': async ({ ticket, source, format }, { signal }) => {
      const paths = source.kind === 'files' ? source.files.map(({ path }) => path) : []
      await places.checkRead(paths)
      const { imported, summary } = await readInWorker(
        { source, format },
        { signal, onProgress: (phase, done) => deps.emit({ ticket, phase, done }) },
      ).catch((error: unknown) => {
        // It may be read again as another format, so the files stay until its ticket is discarded.
        places.hasRead(ticket, paths)
        throw error
      })
      const importId = held.hold(imported)
      places.hasRead(importId, paths)
      return { importId, ...summary }
    },
    'import.requests': async ({ importId, limit }) => ({ documents: looseRequests(held.get(importId), limit) }),
    'import.write': async (input, { signal }) => {
      const { importId, target } = input
      places.checkWrite(target)
      const onProgress = rarely((done) => deps.emit({ ticket: importId, phase: 'writing', done }))
      const { brought, ...written } = await write(held.get(importId), input, deps, { signal, onProgress })
      held.letGo(importId)
      if (brought) done.hold(importId, brought)
      return written
    },
    'import.takeBack': async ({ importId }) => {
      const taken = done.take(importId)
      return taken.kind === 'created' ? removeCreated(taken.created, deps) : takeBack(taken.brought, deps)
    },
    'import.discard': async ({ importId }) => {
      held.letGo(importId)
      await places.letGo(importId) // of a reading that failed, which is not held
      return {}
    },
  }
}

/** Windows need not be told of each of ten thousand files. */
function rarely(tell: (done: number) => void): (done: number) => void {
  let last = 0
  return (done) => {
    const now = performance.now()
    if (now - last < PROGRESS_MS && done < 1) return
    last = now
    tell(done)
  }
}

type Choice = Pick<ParsedInput<'import.write'>, 'target' | 'hideCredentials'>

async function write(imported: Imported, choice: Choice, deps: ImportDeps, watch: Watch): Promise<WrittenImport> {
  const { target } = choice
  switch (target.kind) {
    case 'place':
      return writeTo(target.parent, imported, choice, deps, watch)
    case 'collection':
      return createFrom(imported, target, choice, deps, watch)
    case 'folder':
      return writeToFolder(target.path, imported, choice, deps, watch)
  }
}

/** A collection that is opened for this alone is not on the list afterwards. */
async function writeToFolder(path: string, imported: Imported, choice: Choice, deps: ImportDeps, watch: Watch): Promise<WrittenImport> {
  const { collections, additions, roots } = deps.workspace
  const place = await additions.placeAt(path)
  const before = new Set(roots())
  const closeOpened = async (id: CollectionId): Promise<void> => {
    if (!before.has(deps.workspace.folderOf(id))) await collections.close(id)
  }
  if (place === null) {
    const name = imported.name.trim() === '' ? basename(path) : imported.name
    const created = await createFrom(imported, { name, path }, choice, deps, watch)
    await closeOpened(created.collectionId)
    return created
  }
  const { id } = await collections.open(place.root)
  try {
    return await writeTo({ collectionId: id, folder: place.folder }, imported, choice, deps, watch)
  } finally {
    await closeOpened(id)
  }
}

async function createFrom(
  imported: Imported,
  { name, path }: Pick<Extract<ImportTarget, { kind: 'collection' }>, 'name' | 'path'>,
  { hideCredentials: hides }: Choice,
  { workspace }: ImportDeps,
  watch: Watch,
): Promise<WrittenImport> {
  const { imported: whole, hidden } = hides ? hideCredentials(imported) : { imported, hidden: [] }
  const { docs, defaults, scripts, environments, sessions, secrets } = whole
  const { secretKeys, ...added } = await workspace.additions.create(
    name,
    path,
    { items: whole.items.map(newItem), docs, defaults, scripts, environments, sessions, secrets },
    watch,
  )
  const { collectionId } = added
  const created = await createdAt({ collectionId, name, root: workspace.folderOf(collectionId), secretKeys })
  return { ...added, secrets: [...hidden], notes: [], brought: { kind: 'created', created } }
}

async function writeTo(
  place: AdditionPlace,
  imported: Imported,
  { hideCredentials: hides }: Choice,
  deps: ImportDeps,
  watch: Watch,
): Promise<WrittenImport> {
  const around = await variablesAt(place, deps)
  const { imported: whole, hidden } = hides ? hideCredentials(imported, around.known) : { imported, hidden: [] }
  const fitted = fitImport(whole, around.own)
  const [items, environments, sessions] = hides
    ? await deps.guard.putReferences(around.guarded, [
        fitted.items,
        whole.environments.map(({ environment }) => environment),
        whole.sessions,
      ] as const)
    : [fitted.items, whole.environments.map(({ environment }) => environment), whole.sessions]
  const sessionsBefore = whole.sessions.length === 0 ? null : await sessionNames(place.collectionId, deps)
  const { secretKeys: _keys, ...added } = await deps.workspace.additions.add(
    place,
    {
      items: items.map(newItem),
      environments: environments.map((environment, index) => ({ environment, secrets: whole.environments[index]?.secrets ?? {} })),
      sessions,
      variables: fitted.variables,
      secrets: fitted.secrets,
    },
    watch,
  )
  const names = { environments: added.environments, variables: fitted.variables.map(({ name }) => name), sessionsBefore }
  const brought: TakesBack | null = 'folder' in place ? null : { kind: 'brought', brought: await broughtTo(place, names, deps) }
  return { ...added, secrets: [...hidden], notes: [...fitted.notes], brought }
}

/** Imports that can be taken back. */
const MAX_DONE = 20

function createDoneImports(): { readonly hold: (id: string, brought: TakesBack) => void; readonly take: (id: string) => TakesBack } {
  const done = new Map<string, TakesBack>()
  return {
    hold: (id, brought) => {
      done.set(id, brought)
      const [oldest] = done.keys()
      if (done.size > MAX_DONE && oldest !== undefined) done.delete(oldest)
    },
    take: (id) => {
      const brought = done.get(id)
      if (!brought) throw new CoreError('NotFound', 'store', 'What this import brought is no longer known.')
      done.delete(id)
      return brought
    },
  }
}

interface Around {
  /** Variables of the very place. */
  readonly own: readonly Variable[]
  readonly known: KnownVariables
  readonly guarded: { readonly parent: ParentRef }
}

/** What a request at a place can refer to whichever environment is chosen. */
async function variablesAt(place: AdditionPlace, { workspace, vault }: ImportDeps): Promise<Around> {
  const { reader } = workspace
  const [root, path] = rootAndPath(place, workspace)
  const layers = await reader.layersAt(root, path === '' ? null : `${path}/-`)
  const own = (await reader.settingsOf(root, path))?.value.defaults.variables ?? []
  const secrets = await knownSecrets({ ...layers, environments: [] }, vault)
  const outer = [layers.collection, ...layers.folders.map(({ defaults }) => defaults)].flatMap(({ variables }) => variables)
  const parent = 'folder' in place ? { collectionId: place.collectionId, folderId: null } : place
  return {
    own,
    known: {
      byValue: new Map(secrets.map(({ value, name }) => [value, name])),
      taken: new Set([...outer, ...layers.environments.flatMap(({ variables }) => variables)].map(({ name }) => name)),
    },
    guarded: { parent },
  }
}

function rootAndPath(place: AdditionPlace, { folderOf, placeOf }: Workspace): readonly [root: string, path: string] {
  if ('folder' in place) return [folderOf(place.collectionId), place.folder]
  if (place.folderId === null) return [folderOf(place.collectionId), '']
  const { root, path } = placeOf(place.folderId)
  return [root, path]
}

function newItem(item: ImportedItem): NewItem {
  if (item.kind === 'request') return { kind: 'request', document: item.document, examples: item.examples.map(exampleEntry) }
  const { name, docs, defaults, scripts, items, secrets = {} } = item
  return { kind: 'folder', name, docs, defaults, scripts, items: items.map(newItem), secrets }
}
