/**
 * Keeps secrets out of files that are shared: before one is written, its texts are compared with the values that the
 * vault keeps for the variables around it. What stands in the file already was decided on before, and is not asked of
 * again.
 */
import type { NodeId } from '#contract/model/ids.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import type { Workspace } from '../storage/workspace.ts'
import { secretsIn, withReferences, type KnownSecret } from '../resolve/held-secrets.ts'
import { knownSecrets } from './known-secrets.ts'

/** Where the file is, or is going to be: which variables are around it follows from that. */
type Place = { readonly nodeId: NodeId } | { readonly parent: ParentRef }

export interface SaveCheck {
  readonly place: Place
  /** What is to be written: texts anywhere in it count. */
  readonly next: unknown
  /** What the file holds now; asked for only where there is something to compare. */
  readonly stored: () => Promise<unknown>
  /** The user has been asked. */
  readonly allowSecrets: boolean | undefined
}

export interface SecretGuard {
  /** @throws {CoreError} `SecretInFile`; `details.secrets` names each with its origin, never its value */
  (check: SaveCheck): Promise<void>
  /** Puts `{{name}}` in the place of what would be refused, wherever a text holds it. */
  readonly putReferences: <T>(place: Place, value: T) => Promise<T>
}

export function createSecretGuard(
  workspace: Pick<Workspace, 'reader' | 'folderOf' | 'placeOf'>,
  vault: Pick<SecretVault, 'get'>,
): SecretGuard {
  const secretsAt = async (place: Place): Promise<readonly KnownSecret[]> => {
    const { root, path } = guarded(place, workspace)
    return knownSecrets(await workspace.reader.layersAt(root, path), vault)
  }
  const check = async ({ place, next, stored, allowSecrets }: SaveCheck): Promise<void> => {
    if (allowSecrets === true) return
    const inNext = secretsIn(next, await secretsAt(place))
    if (inNext.length > 0) refuseSecrets(next, await stored(), inNext)
  }
  return Object.assign(check, {
    putReferences: async <T>(place: Place, value: T): Promise<T> => withReferences(value, await secretsAt(place)),
  })
}

/** @throws {CoreError} `SecretInFile` where the next content holds a secret that the stored one does not */
export function refuseSecrets(next: unknown, stored: unknown, secrets: readonly KnownSecret[]): void {
  const before = new Set(secretsIn(stored, secrets))
  const added = secretsIn(next, secrets).filter((secret) => !before.has(secret))
  if (added.length > 0) throw inClear(added)
}

function guarded(place: Place, { folderOf, placeOf }: Pick<Workspace, 'folderOf' | 'placeOf'>): { root: string; path: string | null } {
  if ('nodeId' in place) return placeOf(place.nodeId)
  const { collectionId, folderId } = place.parent
  if (folderId === null) return { root: folderOf(collectionId), path: null }
  const { root, path } = placeOf(folderId)
  return { root, path: `${path}/-` } // something in the folder, so that the folder's own variables count
}

function inClear(secrets: readonly KnownSecret[]): CoreError {
  const references = [...new Set(secrets.map(({ name }) => `{{${name}}}`))].join(', ')
  const whose = secrets.length === 1 ? 'the secret' : 'the secrets'
  return new CoreError('SecretInFile', 'store', `The file would hold the value of ${whose} ${references} in clear.`, {
    hint: `Put ${references} in its place, or save it all the same.`,
    details: { secrets: secrets.map(({ name, origin }) => ({ name, origin })) },
  })
}
