/**
 * What a collection's files say around its requests, read and changed: defaults of the collection and of folders, its
 * sessions, its environments. A file that was changed elsewhere since it was read is never overwritten unasked.
 */
import { rename, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { basename, join } from 'node:path'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults, Environment, ScriptedDefaults, Session } from '#contract/model/session.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { moveBackups } from './backups.ts'
import { collectionPlace, folderPlace, notesOf, type SettingsReader, type StoredEnvironment } from './collection-settings.ts'
import { nameForItem } from './file-names.ts'
import { assertInside, baseOf, COLLECTION_FILE, ENVIRONMENTS_FOLDER, FOLDER_FILE, isRequestFile, nodeIdOf, notFound } from './item-paths.ts'
import { makeFolder } from '../lib/make-folder.ts'
import type { Opened } from './open-collections.ts'
import { writeEnvironment } from './opencollection/environment-format.ts'
import { newFolderText, withSettings, type SettingsChanges } from './opencollection/info-format.ts'
import { secretName } from './secret-names.ts'
import type { SecretVault } from './secret-vault.ts'
import { readTextFile, revisionOf, type TextFile } from './text-file.ts'
import { freeNameIn, joined } from './workspace-files.ts'
import { placeOf } from './workspace-items.ts'
import type { WorkspaceState } from './workspace-state.ts'

export interface SavedEnvironment {
  file: string
  revision: string
}

interface ReadDefaults {
  name: string
  defaults: ScriptedDefaults
  revision: string | null
  /** Options in the file that count for nothing, in words. */
  notes: string[]
}

interface ReadSessions {
  sessions: Session[]
  revision: string | null
  notes: { session: string; message: string }[]
}

export interface WorkspaceSettings {
  readonly defaults: (parent: ParentRef) => Promise<ReadDefaults>
  readonly saveDefaults: (parent: ParentRef, defaults: ScriptedDefaults, revision: string | null) => Promise<{ revision: string }>
  readonly sessions: (id: CollectionId) => Promise<ReadSessions>
  readonly saveSessions: (id: CollectionId, sessions: readonly Session[], revision: string | null) => Promise<{ revision: string }>
  readonly environments: (id: CollectionId) => Promise<StoredEnvironment[]>
  /** @param file null: a new one. With another name the file is renamed, and its secrets follow. */
  readonly saveEnvironment: (
    id: CollectionId,
    file: string | null,
    environment: Environment,
    revision: string | null,
  ) => Promise<SavedEnvironment>
  /** Moves the file to the trash. The text is what `restoreEnvironment` takes. */
  readonly removeEnvironment: (id: CollectionId, file: string) => Promise<{ text: string }>
  readonly restoreEnvironment: (id: CollectionId, file: string, text: string) => Promise<SavedEnvironment>
}

const NOTHING: Defaults = { headers: [], auth: { kind: 'none' }, variables: [], options: {} }

export function createWorkspaceSettings(state: WorkspaceState, reader: SettingsReader, vault: SecretVault): WorkspaceSettings {
  const write = async (opened: Opened, path: string, revision: string | null, changes: SettingsChanges): Promise<{ revision: string }> =>
    state.write(opened, null, async () => {
      const absolute = join(opened.root, path)
      const current = await currentFile(absolute, path === COLLECTION_FILE ? null : newFolderText(basename(join(absolute, '..'))))
      const text = withSettings(current.text, basename(path), changes)
      await replaceFile(opened, path, current, revision, text)
      return { revision: revisionOf(text) }
    })
  return {
    defaults: async (parent) => {
      const { opened, folder } = placeOf(state, parent)
      const found = await reader.settingsOf(opened.root, folder)
      if (found?.fault) throw CoreError.fromWire(found.fault)
      const name = found?.value.name || basename(folder) || opened.tree.name
      const notes = notesOf(found?.value ?? {}, folder === '' ? collectionPlace(name) : folderPlace(name))
      return {
        name,
        notes: notes.flatMap(({ session, message }) => (session === null ? [message] : [])),
        defaults: withScripts(found?.value),
        revision: found?.revision ?? null,
      }
    },
    saveDefaults: (parent, { scripts = [], ...defaults }, revision) => {
      const { opened, folder } = placeOf(state, parent)
      return write(opened, folder === '' ? COLLECTION_FILE : joined(folder, FOLDER_FILE), revision, { defaults, scripts })
    },
    sessions: (id) => readSessions(reader, state.find(id).root),
    saveSessions: (id, sessions, revision) => {
      checkNames(sessions.map(({ name }) => name))
      return write(state.find(id), COLLECTION_FILE, revision, { sessions })
    },
    environments: (id) => reader.environments(state.find(id).root),
    saveEnvironment: (id, file, environment, revision) =>
      saveEnvironment({ opened: state.find(id), state, reader, vault }, file, environment, revision),
    removeEnvironment: async (id, file) => {
      const opened = state.find(id)
      return state.write(opened, null, async () => {
        const absolute = environmentPath(opened.root, file)
        const { text } = await readTextFile(absolute)
        await assertInside(opened.root, absolute, true)
        await putAside(absolute, join(state.list.dataDir, 'trash'))
        return { text }
      })
    },
    restoreEnvironment: async (id, file, text) => {
      const opened = state.find(id)
      return state.write(opened, null, async () => {
        const free = await freeEnvironmentFile(opened, baseOf(file))
        await assertInside(opened.root, environmentPath(opened.root, free))
        await atomicWrite(environmentPath(opened.root, free), text)
        return { file: free, revision: revisionOf(text) }
      })
    },
  }
}

async function readSessions(reader: SettingsReader, root: string): Promise<ReadSessions> {
  const found = await reader.settingsOf(root, '')
  if (found?.fault) throw CoreError.fromWire(found.fault)
  const notes = notesOf(found?.value ?? {}, '').flatMap(({ session, message }) => (session === null ? [] : [{ session, message }]))
  return { sessions: [...(found?.value.sessions ?? [])], revision: found?.revision ?? null, notes }
}

/** What a file says, with its scripts where it has some. */
function withScripts(value: { readonly defaults: Defaults; readonly scripts: readonly Script[] } | undefined): ScriptedDefaults {
  const { defaults, scripts } = value ?? { defaults: NOTHING, scripts: [] }
  return { ...defaults, ...(scripts.length > 0 && { scripts: [...scripts] }) }
}

interface EnvironmentDeps {
  readonly opened: Opened
  readonly state: WorkspaceState
  readonly reader: SettingsReader
  readonly vault: SecretVault
}

async function saveEnvironment(
  { opened, state, reader, vault }: EnvironmentDeps,
  file: string | null,
  environment: Environment,
  revision: string | null,
): Promise<SavedEnvironment> {
  const name = environment.name.trim()
  const others = (await reader.environments(opened.root)).filter((one) => one.file !== file)
  checkNames([name, ...others.map((one) => one.environment.name)], name)
  return state.write(opened, null, async () => {
    const named = { ...environment, name }
    const current = file === null ? null : await currentFile(environmentPath(opened.root, file), '')
    const text = writeEnvironment(current?.text ?? '', named, file ?? 'The new environment', name)
    const before = file === null ? null : ((await reader.environments(opened.root)).find((one) => one.file === file)?.environment ?? null)
    const isRenamed = before !== null && before.name !== name
    const target = file === null || isRenamed ? await freeEnvironmentFile(opened, name, file) : file
    const absolute = environmentPath(opened.root, target)
    if (file !== null && current) {
      await replaceFile(opened, joined(ENVIRONMENTS_FOLDER, file), current, revision, text)
      if (target !== file) {
        await rename(environmentPath(opened.root, file), absolute)
        const idOf = (name: string): NodeId => nodeIdOf(opened.id, joined(ENVIRONMENTS_FOLDER, name))
        await moveBackups(state.list.dataDir, [{ from: idOf(file), to: idOf(target) }])
      }
    } else {
      await assertInside(opened.root, absolute)
      await atomicWrite(absolute, text)
    }
    if (before && isRenamed) await moveSecrets(vault, opened.id, before, name)
    return { file: target, revision: revisionOf(text) }
  })
}

/** The secrets of an environment go by its name, so they follow it. */
async function moveSecrets(vault: SecretVault, id: CollectionId, before: Environment, name: string): Promise<void> {
  const at = (environment: string, variable: string): string => {
    const origin: Origin = { layer: 'environment', name: environment }
    return secretName(id, origin, variable) ?? ''
  }
  for (const variable of before.variables.filter(({ secret }) => secret === true)) {
    const value = await vault.get(at(before.name, variable.name))
    if (value === null) continue
    await vault.set(at(name, variable.name), value)
    await vault.remove(at(before.name, variable.name))
  }
}

/** A file's text. @param other what to begin with where there is no file; null: that is an error */
export async function currentFile(absolute: string, other: string | null): Promise<TextFile> {
  try {
    return await readTextFile(absolute)
  } catch (error) {
    if (other === null || !(error instanceof CoreError) || error.kind !== 'NotFound') throw error
    return { text: other, revision: '', fault: null }
  }
}

/**
 * Puts a new text in the place of the one that was read, which is kept as an earlier version.
 *
 * @param revision of the text that the change began with; null: it began with `current`
 * @throws {CoreError} `Conflict`; `StorageError`
 */
export async function replaceFile(opened: Opened, path: string, current: TextFile, revision: string | null, text: string): Promise<void> {
  const absolute = join(opened.root, path)
  if (current.fault) throw current.fault
  if (revision !== null && current.revision !== '' && current.revision !== revision) {
    throw new CoreError('Conflict', 'store', `${basename(absolute)} was changed by another program since it was opened.`, {
      hint: 'Look at both sides, and keep one.',
      details: { theirs: current.text, mine: text },
    })
  }
  await assertInside(opened.root, absolute)
  if (text === current.text && current.revision !== '') return
  await opened.backups.replace(path, text)
}

async function freeEnvironmentFile(opened: Opened, name: string, except: string | null = null): Promise<string> {
  const folder = join(opened.root, ENVIRONMENTS_FOLDER)
  try {
    await makeFolder(folder)
  } catch (error) {
    throw storageError(error, folder)
  }
  return freeNameIn(opened, ENVIRONMENTS_FOLDER, nameForItem(name, 'environment'), '.yml', except ?? undefined)
}

function environmentPath(root: string, file: string): string {
  if (!isRequestFile(file)) throw notFound(file)
  return join(root, ENVIRONMENTS_FOLDER, file)
}

/** A copy is in the trash before the file goes. */
async function putAside(absolute: string, trash: string): Promise<void> {
  const kept = join(trash, `${randomBytes(9).toString('hex')}-${basename(absolute)}`)
  const { text } = await readTextFile(absolute)
  await atomicWrite(kept, text, 0o600)
  try {
    await rm(absolute)
  } catch (error) {
    throw storageError(error, absolute, 'removed')
  }
}

/** @throws {CoreError} `InvalidName` for one that is empty or there twice */
function checkNames(names: readonly string[], which?: string): void {
  for (const name of which === undefined ? names : [which]) {
    if (name.trim() === '') throw new CoreError('InvalidName', 'store', 'The name is empty.')
    if (names.filter((other) => other.trim() === name.trim()).length > 1) {
      throw new CoreError('InvalidName', 'store', `There are two of the name “${name}”.`, { hint: 'Choose another name.' })
    }
  }
}
