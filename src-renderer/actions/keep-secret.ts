/**
 * A token or password that was typed into a field becomes a secret variable of the environment in use, or of the
 * collection; the field is then given the reference to it.
 */
import type { Origin } from '#contract/model/origin.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import type { WireError } from '#contract/errors.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { NO_CHOICE, useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { useSurroundingsStore } from '../stores/surroundings-store.ts'
import type { SecretRef } from '../stores/questions-store.ts'
import { ask } from './ask.ts'
import { platform } from './platform-ref.ts'
import { originWords } from '../lib/origin-words.ts'
import { t } from '../lib/t.ts'

/**
 * Ask for a name and a place, and keep the value there.
 *
 * @param suggested a name to begin with, such as `token`
 * @returns the reference to put in the value's place; null where the user thought better of it
 */
export async function keepAsSecret(value: string, suggested: string, collectionId: CollectionId): Promise<string | null> {
  const kept = await ask('keepSecret', {
    name: suggested,
    places: placesIn(collectionId),
    keep: (secret) => keep(secret, value, collectionId),
  })
  return kept && `{{${kept.name}}}`
}

/** The chosen environment first: its other values are what the secret belongs with. */
function placesIn(id: CollectionId): Origin[] {
  const { environment } = useChoicesStore.getState().byCollection[id] ?? NO_CHOICE
  const readable = (useSurroundingsStore.getState().byCollection[id]?.environments ?? []).filter(({ error }) => error === null)
  const inOrder = [...readable].sort((one, other) => Number(other.name === environment) - Number(one.name === environment))
  const environments = inOrder.map(({ name }): Origin => ({ layer: 'environment', name }))
  const collection: Origin = {
    layer: 'collection',
    id,
    name: useCollectionsStore.getState().collections.find((one) => one.id === id)?.name ?? '',
  }
  return environment === null ? [collection, ...environments] : [...environments, collection]
}

/** The value is in the vault before a file says that there is a secret: a failure between the two loses nothing. */
async function keep(secret: SecretRef, value: string, collectionId: CollectionId): Promise<WireError | null> {
  const { name, origin } = secret
  const found = origin.layer === 'environment' ? await environmentNamed(collectionId, origin.name) : await ownOf(collectionId)
  if (!found.ok) return found.error
  if (found.value.variables.some((variable) => variable.name === name)) {
    return (await isKept(secret, value, collectionId)) ? null : taken(secret)
  }
  const set = await platform().call('secret.set', { collectionId, origin, name, value })
  if (!set.ok) return set.error
  const saved = await found.value.save([...found.value.variables, { name, value: '', enabled: true, secret: true }])
  if (saved.ok) return null
  await platform().call('secret.set', { collectionId, origin, name, value: null })
  return saved.error
}

/** A place that holds variables, as its file has them now. */
interface Holder {
  readonly variables: readonly Variable[]
  readonly save: (variables: Variable[]) => Promise<Result<unknown, WireError>>
}

async function environmentNamed(collectionId: CollectionId, name: string): Promise<Result<Holder, WireError>> {
  const listed = await platform().call('environment.list', { collectionId })
  if (!listed.ok) return listed
  const stored = listed.value.environments.find(({ environment }) => environment.name === name)
  if (!stored) return failed(notThere(name))
  const { file, environment, revision } = stored
  return ok({
    variables: environment.variables,
    save: (variables) => platform().call('environment.save', { collectionId, file, environment: { ...environment, variables }, revision }),
  })
}

async function ownOf(collectionId: CollectionId): Promise<Result<Holder, WireError>> {
  const parent = { collectionId, folderId: null }
  const read = await platform().call('defaults.read', { parent })
  if (!read.ok) return read
  const { defaults, revision } = read.value
  return ok({
    variables: defaults.variables,
    save: (variables) => platform().call('defaults.save', { parent, defaults: { ...defaults, variables }, revision }),
  })
}

/** It was kept before, such as for another field. */
async function isKept({ name, origin }: SecretRef, value: string, collectionId: CollectionId): Promise<boolean> {
  const read = await platform().call('secret.read', { collectionId, origin, name })
  return read.ok && read.value.value === value
}

function taken({ name, origin }: SecretRef): WireError {
  const message = t`There is another variable {{${name}}} in ${originWords(origin)}.`
  return { kind: 'InvalidName', stage: 'store', message, hint: t`Choose another name.` }
}

function notThere(name: string): WireError {
  return { kind: 'NotFound', stage: 'store', message: t`The environment ${name} is not there any more.` }
}
