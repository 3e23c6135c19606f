/** Finds what is around a request: its collection's files, the secrets of the vault, what was captured, the settings. */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { CoreError } from '../lib/core-error.ts'
import { NO_COLLECTION } from '../resolve/collection-layers.ts'
import { secretName } from '../storage/secret-names.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import { collectionAbove } from '../storage/workspace-collections.ts'
import type { Workspace } from '../storage/workspace.ts'
import { knownSecrets } from './known-secrets.ts'
import type { CollectionSettings, Place } from './prepare-for.ts'

export function collectionSettings(
  workspace: Workspace,
  vault: SecretVault,
  optionsOfSettings: CollectionSettings['optionsOfSettings'],
): CollectionSettings {
  return {
    layersAt: async (place) => {
      const found = await folderAt(place, workspace)
      if (found === null) return NO_COLLECTION
      const layers = await workspace.reader.layersAt(found.root, found.path)
      // Who sends a file by its path has read it, and tells of it.
      if (found.path === null || place === null || !('nodeId' in place)) return layers
      const own = await workspace.reader.unreadOf(found.root, found.path)
      return { ...layers, notes: [...own.map((message) => ({ message, session: null })), ...layers.notes] }
    },
    secretOf: async (layers, origin, name) => {
      const key = secretName(layers.id, origin, name)
      return key === null ? null : vault.get(key)
    },
    knownSecrets: (layers) => knownSecrets(layers, vault),
    capturedIn: (layers) => workspace.captured.read(layers.id),
    keep: (layers, values) => workspace.captured.set(layers.id, values),
    optionsOfSettings,
    dotEnvOf: async (layers, path) => {
      if (layers.root === null && !isAbsolute(path)) return null
      return workspace.reader.dotEnv(resolve(layers.root ?? '/', path))
    },
  }
}

/** The folder of the collection that a request is in, and the request's path below it. */
async function folderAt(place: Place, workspace: Workspace): Promise<{ readonly root: string; readonly path: string | null } | null> {
  if (place === null) return null
  if ('file' in place) {
    const root = await collectionAbove(dirname(place.file))
    return root === null ? null : { root, path: relative(root, place.file).split(sep).join('/') }
  }
  try {
    if ('nodeId' in place) return workspace.placeOf(place.nodeId)
    return { root: workspace.folderOf(place.collectionId), path: null }
  } catch (error) {
    // A collection that is not open any more has nothing to give; its requests can still be sent.
    if (error instanceof CoreError && error.kind === 'NotFound') return null
    throw error
  }
}
