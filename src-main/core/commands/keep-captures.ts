/**
 * Puts what was captured from an answer into variables, each in its scope: beside the collection, or into the file of the
 * environment in use, the nearest folder or the collection. A variable that is a secret there goes to the vault, and never
 * into a file that is shared.
 */
import type { CaptureResult } from '#contract/model/checks.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { CapturedValue } from '../checks/run-checks.ts'
import { MASK } from '../history/mask.ts'
import { CoreError } from '../lib/core-error.ts'
import type { CollectionLayers } from '../resolve/collection-layers.ts'
import { environmentChain } from '../resolve/scopes.ts'
import type { VariablesPlace } from '../storage/change-variables.ts'
import { secretName } from '../storage/secret-names.ts'
import type { SecretVault } from '../storage/secret-vault.ts'
import type { Workspace } from '../storage/workspace.ts'
import { knownSecrets } from './known-secrets.ts'
import { refuseSecrets } from './secret-guard.ts'

export interface KeepDeps {
  readonly workspace: Pick<Workspace, 'captured' | 'changeVariables'>
  readonly vault: Pick<SecretVault, 'get' | 'set'>
}

/** Where the request stands. */
export interface KeepPlace {
  readonly layers: CollectionLayers
  readonly environment: string | null
}

export interface KeptCaptures {
  readonly results: readonly CaptureResult[]
  /** Values that went to the vault: not to be shown anywhere. */
  readonly secrets: readonly string[]
}

/** A scope that variables are defined in. */
interface Home {
  readonly origin: Origin
  readonly variables: readonly Variable[]
  readonly place: VariablesPlace
}

type Kept = { readonly kind: 'kept'; readonly isSecret: boolean } | { readonly kind: 'problem'; readonly message: string }

/** One after the other: a later one of the same name wins. */
export async function keepCaptures(values: readonly CapturedValue[], where: KeepPlace, deps: KeepDeps): Promise<KeptCaptures> {
  const results: CaptureResult[] = []
  const secrets: string[] = []
  for (const captured of values) {
    const { name, scope } = captured.capture
    const kept = await keepOne(captured, where, deps)
    const isSecret = kept.kind === 'kept' && kept.isSecret
    if (isSecret && captured.value !== null) secrets.push(captured.value)
    results.push({
      name,
      scope,
      value: kept.kind === 'problem' ? null : isSecret ? MASK : captured.value,
      ...(kept.kind === 'problem' && { problem: kept.message }),
      row: captured.row,
    })
  }
  return { results, secrets }
}

async function keepOne(captured: CapturedValue, where: KeepPlace, deps: KeepDeps): Promise<Kept> {
  const { capture, value, problem } = captured
  if (value === null) return refused(problem ?? 'The answer has no such value.')
  if (capture.name.trim() === '' || /[{}]/.test(capture.name)) return refused('The variable has no name that could be used.')
  try {
    return await keep(capture.name, value, capture.scope, where, deps)
  } catch (error) {
    if (error instanceof CoreError) return refused(error.message)
    throw error
  }
}

async function keep(name: string, value: string, scope: string, where: KeepPlace, deps: KeepDeps): Promise<Kept> {
  if (scope === 'runtime') return keepBeside(name, value, where, deps)
  const home = homeOf(scope, where)
  if ('kind' in home) return home
  const secret = secretHome(name, scope === 'environment' ? environmentHomes(where) : [home])
  if (secret) return intoVault(name, value, secret, where, deps)
  const { layers } = where
  if (layers.root === null) return refused('The request is in no collection.')
  refuseSecrets(value, [], await knownSecrets(layers, deps.vault))
  await deps.workspace.changeVariables(layers.root, home.place, (before) => withValue(before, name, value))
  return { kind: 'kept', isSecret: false }
}

/** A name that is a secret's stays one: its value goes to where that is kept. */
async function keepBeside(name: string, value: string, where: KeepPlace, deps: KeepDeps): Promise<Kept> {
  const { layers } = where
  const homes = [...environmentHomes(where), ...folderHomes(layers), collectionHome(layers)]
  const defining = homes.find(({ variables }) => variables.some((one) => one.enabled && one.name === name))
  const secret = defining && secretHome(name, [defining])
  await deps.workspace.captured.set(layers.id, { [name]: secret ? null : value })
  return secret ? intoVault(name, value, secret, where, deps) : { kind: 'kept', isSecret: false }
}

async function intoVault(name: string, value: string, { origin }: Home, { layers }: KeepPlace, { vault }: KeepDeps): Promise<Kept> {
  const key = secretName(layers.id, origin, name)
  if (key === null) return refused('A secret has no place there.')
  await vault.set(key, value)
  return { kind: 'kept', isSecret: true }
}

function secretHome(name: string, homes: readonly Home[]): Home | undefined {
  return homes.find(({ variables }) => variables.some((one) => one.name === name && one.enabled && one.secret === true))
}

function homeOf(scope: string, where: KeepPlace): Home | Extract<Kept, { kind: 'problem' }> {
  const { layers } = where
  if (layers.root === null && ['environment', 'folder', 'collection'].includes(scope)) return refused('The request is in no collection.')
  switch (scope) {
    case 'environment':
      return environmentHomes(where)[0] ?? refused('No environment is chosen.')
    case 'folder':
      return folderHomes(layers)[0] ?? refused('The request is in no folder.')
    case 'collection':
      return collectionHome(layers)
    default:
      return refused(`There is no scope “${scope.slice(0, 50)}”: runtime, environment, folder or collection.`)
  }
}

/** The chosen one, then those it extends. */
function environmentHomes({ layers, environment }: KeepPlace): Home[] {
  return environmentChain(environment, layers).map(({ name, variables }) => ({
    origin: { layer: 'environment', name },
    variables,
    place: { kind: 'environment', name },
  }))
}

/** The nearest first. */
function folderHomes({ folders }: CollectionLayers): Home[] {
  return folders.toReversed().map(({ id, name, defaults }) => ({
    origin: { layer: 'folder', id, name },
    variables: defaults.variables,
    place: { kind: 'defaults', path: id.slice(id.indexOf('/') + 1) },
  }))
}

function collectionHome({ id, name, collection }: CollectionLayers): Home {
  return { origin: { layer: 'collection', id, name }, variables: collection.variables, place: { kind: 'defaults', path: '' } }
}

/** Of two of a name in one scope the last counts, so that is the one that changes. */
function withValue(before: readonly Variable[], name: string, value: string): readonly Variable[] {
  const place = before.findLastIndex((one) => one.name === name && one.enabled)
  if (place === -1) return [...before, { name, value, enabled: true }]
  return before.map((one, index) => (index === place ? { ...one, value } : one))
}

function refused(message: string): Extract<Kept, { kind: 'problem' }> {
  return { kind: 'problem', message }
}
