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
import { knownSecrets, type KnownSecret } from './known-secrets.ts'

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

/** @throws {CoreError} `SecretInFile`; `details.secrets` names each with its origin, never its value */
export type SecretGuard = (check: SaveCheck) => Promise<void>

/** A shorter value is found in too many texts that are not meant. */
const MIN_LENGTH_WITHIN = 8
/** Shorter still, it is not even looked for as a whole text. */
const MIN_LENGTH = 4

export function createSecretGuard(
  workspace: Pick<Workspace, 'reader' | 'folderOf' | 'placeOf'>,
  vault: Pick<SecretVault, 'get'>,
): SecretGuard {
  return async ({ place, next, stored, allowSecrets }) => {
    if (allowSecrets === true) return
    const { root, path } = guarded(place, workspace)
    const inNext = foundIn(next, await knownSecrets(await workspace.reader.layersAt(root, path), vault))
    if (inNext.length === 0) return
    const before = new Set(foundIn(await stored(), inNext))
    const added = inNext.filter((secret) => !before.has(secret))
    if (added.length > 0) throw inClear(added)
  }
}

function guarded(place: Place, { folderOf, placeOf }: Pick<Workspace, 'folderOf' | 'placeOf'>): { root: string; path: string | null } {
  if ('nodeId' in place) return placeOf(place.nodeId)
  const { collectionId, folderId } = place.parent
  if (folderId === null) return { root: folderOf(collectionId), path: null }
  const { root, path } = placeOf(folderId)
  return { root, path: `${path}/-` } // something in the folder, so that the folder's own variables count
}

function foundIn(value: unknown, secrets: readonly KnownSecret[]): KnownSecret[] {
  const texts = [...textsIn(value)]
  return secrets.filter((secret) => texts.some((text) => holds(text, secret.value)))
}

/** As it is, or as it stands in a URL or a form. */
function holds(text: string, secret: string): boolean {
  if (secret.length < MIN_LENGTH) return false
  if (secret.length < MIN_LENGTH_WITHIN) return text === secret
  return text.includes(secret) || text.includes(encodeURIComponent(secret))
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part)
}

function inClear(secrets: readonly KnownSecret[]): CoreError {
  const references = [...new Set(secrets.map(({ name }) => `{{${name}}}`))].join(', ')
  const whose = secrets.length === 1 ? 'the secret' : 'the secrets'
  return new CoreError('SecretInFile', 'store', `The file would hold the value of ${whose} ${references} in clear.`, {
    hint: `Put ${references} in its place, or save it all the same.`,
    details: { secrets: secrets.map(({ name, origin }) => ({ name, origin })) },
  })
}
