/**
 * The secret variables that are defined around a request or a file and have a value on this machine: what a save is
 * checked for, and what is hidden where something that was sent is shown.
 */
import type { NodeId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { CollectionLayers } from '../resolve/collection-layers.ts'
import type { KnownSecret } from '../resolve/held-secrets.ts'
import { secretName } from '../storage/secret-names.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import type { CollectionSettings, Place } from './prepare-for.ts'

/** Those of every environment, whichever is chosen, of the folders around, and of the collection. */
export async function knownSecrets(layers: CollectionLayers, vault: Pick<SecretVault, 'get'>): Promise<KnownSecret[]> {
  const places: { readonly origin: Origin; readonly variables: readonly Variable[] }[] = [
    ...layers.environments.map(({ name, variables }) => ({ origin: { layer: 'environment', name } as const, variables })),
    ...layers.folders.map(({ id, name, defaults }) => ({ origin: folderOrigin(id, name), variables: defaults.variables })),
  ]
  if (layers.id !== null)
    places.push({ origin: { layer: 'collection', id: layers.id, name: layers.name }, variables: layers.collection.variables })
  if (!places.some(({ variables }) => variables.some(({ secret }) => secret === true))) return []
  const found = await Promise.all(
    places.flatMap(({ origin, variables }) =>
      variables
        .filter(({ secret }) => secret === true)
        .map(async ({ name }): Promise<KnownSecret | null> => {
          const key = secretName(layers.id, origin, name)
          const value = key === null ? null : await vault.get(key)
          return value === null ? null : { name, origin, value }
        }),
    ),
  )
  return found.filter((secret) => secret !== null)
}

/** The values of those around a request, wherever that stands. */
export function secretsAround({
  layersAt,
  knownSecrets,
}: Pick<CollectionSettings, 'layersAt' | 'knownSecrets'>): (place: Place) => Promise<readonly string[]> {
  return async (place) => (await knownSecrets(await layersAt(place))).map(({ value }) => value)
}

function folderOrigin(id: NodeId, name: string): Origin {
  return { layer: 'folder', id, name }
}
