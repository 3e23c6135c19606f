/**
 * What an import brought to a collection beside its requests and folders: environments, sessions, variables, and values of
 * secrets. It is kept for a while, so that taking the import back takes these along, as far as they are still as they came.
 */
import { isDeepStrictEqual } from 'node:util'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { Session } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import type { StoredEnvironment } from '../storage/collection-settings.ts'
import { secretName } from '../storage/secret-names.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import type { Workspace } from '../storage/workspace.ts'

export interface UndoDeps {
  readonly workspace: Pick<Workspace, 'settings'>
  readonly vault: SecretVault
}

/** As it is read right after it was written. */
export interface Brought {
  readonly parent: ParentRef
  readonly environments: readonly StoredEnvironment[]
  readonly sessions: readonly Session[]
  readonly variables: readonly Variable[]
  /** Values in the vault, by their names there, with the variable of each. */
  readonly secrets: readonly { readonly key: string; readonly value: string; readonly of: string }[]
}

export interface TakenBack {
  /** What went, and what stays because it was changed since, each in words. */
  readonly gone: string[]
  readonly left: string[]
}

/** How a collection's sessions were before an import. */
export async function sessionNames(id: CollectionId, { workspace }: UndoDeps): Promise<ReadonlySet<string>> {
  return new Set((await workspace.settings.sessions(id)).sessions.map(({ name }) => name))
}

/** @param added names of environments and variables that came, and the sessions of before; null: none came */
export async function broughtTo(
  parent: ParentRef,
  added: {
    readonly environments: readonly string[]
    readonly variables: readonly string[]
    readonly sessionsBefore: ReadonlySet<string> | null
  },
  { workspace, vault }: UndoDeps,
): Promise<Brought> {
  const { settings } = workspace
  const id = parent.collectionId
  const { sessionsBefore } = added
  const environments =
    added.environments.length === 0
      ? []
      : (await settings.environments(id)).filter(({ environment }) => added.environments.includes(environment.name))
  const sessions = sessionsBefore === null ? [] : (await settings.sessions(id)).sessions.filter(({ name }) => !sessionsBefore.has(name))
  const variables =
    added.variables.length === 0
      ? []
      : (await settings.defaults(parent)).defaults.variables.filter(({ name }) => added.variables.includes(name))
  const places: (readonly [Origin, readonly Variable[]])[] = [
    [placeOf(parent), variables],
    ...environments.map(({ environment: { name, variables: own } }) => [{ layer: 'environment', name }, own] as const),
  ]
  const secrets = await Promise.all(
    places.flatMap(([origin, own]) =>
      own
        .filter(({ secret }) => secret === true)
        .map(async ({ name }) => {
          const key = secretName(id, origin, name)
          const value = key === null ? null : await vault.get(key)
          return key === null || value === null ? [] : [{ key, value, of: ofOf(origin, name) }]
        }),
    ),
  )
  return { parent, environments, sessions, variables, secrets: secrets.flat() }
}

function placeOf({ collectionId, folderId }: ParentRef): Origin {
  return folderId === null ? { layer: 'collection', id: collectionId, name: '' } : { layer: 'folder', id: folderId, name: '' }
}

/** Tells the variable of an environment from that of the place. */
function ofOf(origin: Origin, name: string): string {
  return origin.layer === 'environment' ? `${origin.name}\n${name}` : name
}

/** Takes away what is as it came; the files of environments go to the trash. */
export async function takeBack(brought: Brought, deps: UndoDeps): Promise<TakenBack> {
  const result: TakenBack = { gone: [], left: [] }
  const free = new Set<string>()
  await takeEnvironments(brought, deps, result, free)
  await takeSessions(brought, deps, result)
  await takeVariables(brought, deps, result, free)
  for (const { key, value, of } of brought.secrets) {
    if (free.has(of) && (await deps.vault.get(key)) === value) await deps.vault.remove(key)
  }
  return result
}

async function takeEnvironments(
  { parent, environments }: Brought,
  { workspace: { settings } }: UndoDeps,
  { gone, left }: TakenBack,
  free: Set<string>,
): Promise<void> {
  if (environments.length === 0) return
  const present = await settings.environments(parent.collectionId)
  for (const { environment } of environments) {
    const { name } = environment
    const now = present.find((one) => one.environment.name === name)
    if (now && isDeepStrictEqual(now.environment, environment)) {
      await settings.removeEnvironment(parent.collectionId, now.file)
      gone.push(`the environment “${name}”`)
      for (const variable of environment.variables) free.add(`${name}\n${variable.name}`)
    } else if (now) left.push(`the environment “${name}”`)
  }
}

async function takeSessions(
  { parent, sessions }: Brought,
  { workspace: { settings } }: UndoDeps,
  { gone, left }: TakenBack,
): Promise<void> {
  if (sessions.length === 0) return
  const now = await settings.sessions(parent.collectionId)
  const kept = now.sessions.filter((one) => {
    const came = sessions.find(({ name }) => name === one.name)
    if (!came) return true
    const isSame = isDeepStrictEqual(came, one)
    const list = isSame ? gone : left
    list.push(`the session “${one.name}”`)
    return !isSame
  })
  if (kept.length < now.sessions.length) await settings.saveSessions(parent.collectionId, kept, now.revision)
}

async function takeVariables(
  { parent, variables }: Brought,
  { workspace: { settings } }: UndoDeps,
  { gone, left }: TakenBack,
  free: Set<string>,
): Promise<void> {
  if (variables.length === 0) return
  const now = await settings.defaults(parent).catch((error: unknown) => {
    // The place itself is gone.
    if (error instanceof CoreError && error.kind === 'NotFound') return null
    throw error
  })
  if (now === null) return
  const kept = now.defaults.variables.filter((one) => {
    const came = variables.find(({ name }) => name === one.name)
    if (!came) return true
    const isSame = isDeepStrictEqual(came, one)
    const list = isSame ? gone : left
    list.push(`the variable {{${one.name}}}`)
    if (isSame) free.add(one.name)
    return !isSame
  })
  if (kept.length < now.defaults.variables.length) await settings.saveDefaults(parent, { ...now.defaults, variables: kept }, now.revision)
}
