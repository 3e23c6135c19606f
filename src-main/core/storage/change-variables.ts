/**
 * Changes the variables of a collection's files where they stand: of an environment, a folder or the collection. The file is
 * read in its turn, so that nothing that another wrote meanwhile is lost; a collection that is on no list, as one that the
 * command line meets, is changed the same way.
 */
import { basename, join } from 'node:path'
import type { Variable } from '#contract/model/variable.ts'
import { CoreError } from '../lib/core-error.ts'
import type { SettingsReader } from './collection-settings.ts'
import { COLLECTION_FILE, ENVIRONMENTS_FOLDER, FOLDER_FILE } from './item-paths.ts'
import type { Opened } from './open-collections.ts'
import { readEnvironment, writeEnvironment } from './opencollection/environment-format.ts'
import { newFolderText, readSettings, withSettings } from './opencollection/info-format.ts'
import { joined } from './workspace-files.ts'
import { currentFile, replaceFile } from './workspace-settings.ts'
import type { WorkspaceState } from './workspace-state.ts'

export type VariablesPlace =
  | { readonly kind: 'environment'; readonly name: string }
  /** @property path of the folder below the collection's, with `/`; empty: the collection itself */
  | { readonly kind: 'defaults'; readonly path: string }

export type VariablesChange = (before: readonly Variable[]) => readonly Variable[]

/** @throws {CoreError} `NotFound`: there is no such environment; `Unreadable`; `StorageError` */
export type ChangeVariables = (root: string, place: VariablesPlace, change: VariablesChange) => Promise<void>

export function createChangeVariables(state: Pick<WorkspaceState, 'at' | 'write'>, reader: SettingsReader): ChangeVariables {
  return (root, place, change) => {
    const opened = state.at(root)
    return state.write(opened, null, () =>
      place.kind === 'environment' ? inEnvironment(opened, reader, place.name, change) : inDefaults(opened, place.path, change),
    )
  }
}

async function inEnvironment(opened: Opened, reader: SettingsReader, name: string, change: VariablesChange): Promise<void> {
  const found = (await reader.environments(opened.root)).find(({ environment }) => environment.name === name)
  if (!found) throw new CoreError('NotFound', 'store', `There is no environment “${name}” any more.`)
  const { file } = found
  const path = joined(ENVIRONMENTS_FOLDER, file)
  const current = await currentFile(join(opened.root, path), null)
  const environment = readEnvironment(current.text, file, name)
  const text = writeEnvironment(current.text, { ...environment, variables: [...change(environment.variables)] }, file, name)
  await replaceFile(opened, path, current, null, text)
}

async function inDefaults(opened: Opened, folder: string, change: VariablesChange): Promise<void> {
  const path = folder === '' ? COLLECTION_FILE : joined(folder, FOLDER_FILE)
  const current = await currentFile(join(opened.root, path), folder === '' ? null : newFolderText(basename(folder)))
  const { defaults } = readSettings(current.text, basename(path))
  const text = withSettings(current.text, basename(path), { defaults: { ...defaults, variables: [...change(defaults.variables)] } })
  await replaceFile(opened, path, current, null, text)
}
