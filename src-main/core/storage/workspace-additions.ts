/**
 * Many things added to the workspace at once, such as an import: all of it, or nothing. Files are written to a temporary
 * folder inside the collection first and moved into place when all are there; a failure takes back what was moved. What a
 * crash leaves in the temporary folder is swept with other temporary files.
 */
import { rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Session } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import type { Additions, NewCollection, NewEnvironment, Secrets, Watch } from './additions.ts'
import { atomicWrite } from './atomic-write.ts'
import type { SettingsReader } from './collection-settings.ts'
import { fitEnvironments, fitSessions, renamedIn, withSessionNames } from './fit-names.ts'
import { assertInside, COLLECTION_FILE, collectionIdOf, FOLDER_FILE, itemPath, nodeIdOf } from './item-paths.ts'
import { newFolderText, withSettings } from './opencollection/info-format.ts'
import type { Opened } from './open-collections.ts'
import { secretName } from './secret-names.ts'
import type { SecretVault } from './secret-vault.ts'
import { moveStaged, stage, staging, type Staged, type StagePlace } from './staged-files.ts'
import { readTextFile } from './text-file.ts'
import { allOrNothing, type UndoStack } from './undo-stack.ts'
import { collectionAbove, wholePath, type WorkspaceCollections } from './workspace-collections.ts'
import { childrenOf, isThere, joined, nextSeq } from './workspace-files.ts'
import { placeOf } from './workspace-items.ts'
import type { WorkspaceState } from './workspace-state.ts'
import type { Written } from './write-items.ts'

export interface Added {
  readonly collectionId: CollectionId
  /** What stands at the place, in order. */
  readonly nodeIds: NodeId[]
  /** Names of the environments that were made. */
  readonly environments: string[]
  /** Names in the vault of the secrets that were kept. */
  readonly secretKeys: readonly string[]
}

export interface WorkspaceAdditions {
  /** To a folder or the top of a collection that is open. */
  readonly add: (place: AdditionPlace, additions: Additions, watch?: Watch) => Promise<Added>
  /** @param path absent: in the data folder */
  readonly create: (name: string, path: string | undefined, whole: NewCollection, watch?: Watch) => Promise<Added>
  /** Where a folder on the disk belongs: the collection that it is in, with its path there; null: to none. */
  readonly placeAt: (path: string) => Promise<FolderPlace | null>
}

/** A folder by its id, or by its path below the collection's folder, where it need not be there yet. */
export type AdditionPlace = ParentRef | { readonly collectionId: CollectionId; readonly folder: string }

export interface FolderPlace {
  readonly root: string
  /** Below the root, with `/`; the folder need not be there. */
  readonly folder: string
}

export interface AdditionDeps {
  readonly state: WorkspaceState
  readonly reader: SettingsReader
  readonly vault: SecretVault
  readonly collections: Pick<WorkspaceCollections, 'createWith'>
}

/** Where things are put, and in which collection. */
interface Ground extends StagePlace {
  readonly id: CollectionId
}

export function createWorkspaceAdditions({ state, reader, vault, collections }: AdditionDeps): WorkspaceAdditions {
  return {
    add: async (spot, additions, watch) => {
      const find = (): { readonly opened: Opened; readonly folder: string } =>
        'folder' in spot ? pathIn(state.find(spot.collectionId), spot.folder) : placeOf(state, spot)
      const ground = await state.change([spot.collectionId], async () => {
        const { opened, folder } = find()
        return { value: { id: opened.id, root: opened.root, folder, firstSeq: nextSeq(childrenOf(opened, folder)), ...watch } }
      })
      // Thousands of files take longer to write than a collection may be kept from others.
      return staging(ground.root, async (aside) => {
        const fitted = await fit(ground.root, additions, reader)
        const staged = await stage(aside, ground, fitted)
        return state.change([spot.collectionId], async () => {
          const { opened } = find()
          if (!isSameFit(fitted, await fit(ground.root, additions, reader))) throw changedMeanwhile()
          return { value: await allOrNothing((undo) => settle(ground, opened, { additions, fitted, staged }, { reader, vault, undo })) }
        })
      })
    },
    create: async (name, path, whole, watch) => {
      const added: Added[] = []
      await collections.createWith(name, path, async (root, text) => {
        const ground = { id: collectionIdOf(root, state.list.dataDir), root, folder: '', firstSeq: 1, ...watch }
        await staging(root, async (aside) => {
          const environments = fitEnvironments(whole.environments, [])
          const { sessions, renamed } = fitSessions(whole.sessions, [], [])
          const fitted = { items: withSessionNames(whole.items, renamed), environments, sessions }
          const staged = await stage(aside, ground, fitted)
          const options = renamedIn(whole.defaults.options, renamed)
          const { scripts, docs } = whole
          const file = withSettings(text, COLLECTION_FILE, { defaults: { ...whole.defaults, options }, sessions, scripts, docs })
          await allOrNothing(async (undo) => {
            const placed = await moveStaged(ground, staged, undo)
            const secretKeys = await keepSecrets(ground, { placed, environments, own: whole.secrets }, { vault, undo })
            // The last: with it the folder is a collection.
            await atomicWrite(join(root, COLLECTION_FILE), file)
            added.push(addedAt(ground, placed, environments, secretKeys))
          })
        })
      })
      const [one] = added
      if (one === undefined) throw new Error('The collection was made without its content.')
      return one
    },
    placeAt: async (path) => {
      const whole = wholePath(path)
      const root = await collectionAbove(whole)
      return root === null ? null : { root, folder: relative(root, whole).split(sep).join('/') }
    },
  }
}

function pathIn(opened: Opened, folder: string): { readonly opened: Opened; readonly folder: string } {
  if (folder !== '') itemPath(opened.root, folder) // refuses what can be no folder of a collection
  return { opened, folder }
}

/** Additions under names that are free where they go. */
type Fitted = Pick<Additions, 'items' | 'environments' | 'sessions'>

async function fit(root: string, additions: Additions, reader: SettingsReader): Promise<Fitted> {
  const [present, settings] = await Promise.all([reader.environments(root), reader.settingsOf(root, '')])
  const { sessions, renamed } = fitSessions(additions.sessions, settings?.value.sessions ?? [])
  const names = present.map(({ environment }) => environment.name)
  return { items: withSessionNames(additions.items, renamed), environments: fitEnvironments(additions.environments, names), sessions }
}

function isSameFit(one: Fitted, other: Fitted): boolean {
  const named = ({ environments, sessions }: Fitted): string => JSON.stringify([namesOf(environments), sessions.map(({ name }) => name)])
  return named(one) === named(other)
}

function changedMeanwhile(): CoreError {
  return new CoreError('Conflict', 'store', 'Environments or sessions of the collection were changed while this was being written.', {
    hint: 'Nothing was added; try again.',
  })
}

interface Means {
  readonly vault: SecretVault
  readonly undo: UndoStack
}

/** Puts all that is staged into an open collection. */
async function settle(
  ground: Ground,
  opened: Opened,
  { additions, fitted, staged }: { readonly additions: Additions; readonly fitted: Fitted; readonly staged: Staged },
  means: Means & { readonly reader: SettingsReader },
): Promise<Added> {
  const { environments, sessions } = fitted
  const placed = await moveStaged(ground, staged, means.undo)
  await addSettings(opened, ground.folder, { sessions, variables: additions.variables }, means)
  const secretKeys = await keepSecrets(ground, { placed, environments, own: additions.secrets }, means)
  return addedAt(ground, placed, environments, secretKeys)
}

function addedAt(
  { id, folder }: Ground,
  placed: readonly Written[],
  environments: readonly NewEnvironment[],
  secretKeys: readonly string[],
): Added {
  const nodeIds = placed.map(({ name }) => nodeIdOf(id, joined(folder, name)))
  return { collectionId: id, nodeIds, environments: namesOf(environments), secretKeys }
}

/** Sessions go to the collection's file, variables to that of the place. */
async function addSettings(
  opened: Opened,
  folder: string,
  { sessions, variables }: { readonly sessions: readonly Session[]; readonly variables: readonly Variable[] },
  { reader, undo }: Means & { readonly reader: SettingsReader },
): Promise<void> {
  const { root } = opened
  if (sessions.length > 0) {
    const before = (await reader.settingsOf(root, ''))?.value.sessions ?? []
    await rewrite(opened, COLLECTION_FILE, undo, (text) => withSettings(text, COLLECTION_FILE, { sessions: [...before, ...sessions] }))
  }
  if (variables.length === 0) return
  const found = await reader.settingsOf(root, folder)
  const defaults = found?.value.defaults ?? { headers: [], auth: { kind: 'none' }, variables: [], options: {} }
  const file = folder === '' ? COLLECTION_FILE : FOLDER_FILE
  await rewrite(opened, joined(folder, file), undo, (text) =>
    withSettings(text === '' ? newFolderText(folder.slice(folder.lastIndexOf('/') + 1)) : text, file, {
      defaults: { ...defaults, variables: [...defaults.variables, ...variables] },
    }),
  )
}

/** Changes one file of a collection. @param change is given an empty text where there is none */
async function rewrite(opened: Opened, path: string, undo: UndoStack, change: (text: string) => string): Promise<void> {
  const absolute = join(opened.root, path)
  const isNew = !(await isThere(absolute))
  const { text, fault } = isNew ? { text: '', fault: null } : await readTextFile(absolute)
  if (fault) throw fault
  await assertInside(opened.root, absolute)
  await opened.backups.replace(path, change(text))
  undo.push(() => (isNew ? rm(absolute, { force: true }) : atomicWrite(absolute, text)))
}

interface Kept {
  readonly placed: readonly Written[]
  readonly environments: readonly NewEnvironment[]
  /** Of the place itself. */
  readonly own: Secrets
}

async function keepSecrets({ id, folder }: Ground, { placed, environments, own }: Kept, { vault, undo }: Means): Promise<string[]> {
  const keys: string[] = []
  const keep = async (key: string | null, value: string): Promise<void> => {
    if (key === null) return
    const before = await vault.get(key)
    undo.push(() => (before === null ? vault.remove(key) : vault.set(key, before)))
    await vault.set(key, value)
    keys.push(key)
  }
  const keepFor = async (path: string, secrets: Secrets): Promise<void> => {
    const origin =
      path === '' ? ({ layer: 'collection', id, name: '' } as const) : ({ layer: 'folder', id: nodeIdOf(id, path), name: '' } as const)
    for (const [name, value] of Object.entries(secrets)) await keep(secretName(id, origin, name), value)
  }
  const keepIn = async (written: readonly Written[], above: string): Promise<void> => {
    for (const { name, item, children } of written) {
      if (item.kind !== 'folder') continue
      await keepFor(joined(above, name), item.secrets)
      await keepIn(children, joined(above, name))
    }
  }
  await keepFor(folder, own)
  await keepIn(placed, folder)
  for (const { environment, secrets } of environments) {
    for (const [name, value] of Object.entries(secrets))
      await keep(secretName(id, { layer: 'environment', name: environment.name }, name), value)
  }
  return keys
}

function namesOf(environments: readonly NewEnvironment[]): string[] {
  return environments.map(({ environment }) => environment.name)
}
