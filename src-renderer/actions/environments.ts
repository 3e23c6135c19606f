/**
 * What is done with a collection's environments beside editing one: making, renaming, copying, deleting and bringing back.
 * Each is done to the files at once; what is typed in a page is saved from there (`layer-drafts.ts`).
 */
import type { WireError } from '#contract/errors.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Environment } from '#contract/model/session.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { NO_CHOICE, useChoicesStore } from '../stores/choices-store.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'
import { isEdited } from '../stores/layer-drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { usePageStore, type LayerFocus } from '../stores/page-store.ts'
import { useSurroundingsStore, type EnvironmentChoice } from '../stores/surroundings-store.ts'
import { ask } from './ask.ts'
import { chooseEnvironment, readSurroundings } from './choices.ts'
import { collectionIdOf } from './context.ts'
import { editLayer, forgetLayer, layerAt, openLayer, saveLayer, takeBackLayer } from './layer-drafts.ts'
import { platform } from './platform-ref.ts'
import { copySecret } from './secrets.ts'
import { t } from '../lib/t.ts'

type Place = Parameters<typeof openLayer>[0] & { readonly kind: 'environment' }

/** The collection whose environments the request in front goes with; null: there is none. */
export function collectionInFront(): CollectionId | null {
  return collectionIdOf({ nodeId: activeTab(useDraftsStore.getState())?.draft.nodeId ?? null })
}

/** Show the side bar's list of environments. */
export function showEnvironments(): void {
  useLayoutStore.getState().change({ sidebarVisible: true })
  usePageStore.getState().showSide('environments')
}

/** Edit the environment that is chosen for the request in front; where none is, show the list. */
export function editChosenEnvironment(): void {
  const id = collectionInFront()
  const chosen = id === null ? undefined : chosenOf(id)
  showEnvironments()
  if (id !== null && chosen) void editEnvironment(id, chosen.file)
}

/** Show an environment's page. */
export async function editEnvironment(collectionId: CollectionId, file: string, focus: LayerFocus | null = null): Promise<void> {
  await openLayer(placeOf(collectionId, file), focus)
}

/** Ask for a name, make an environment and show its page. Where none was chosen, the new one is. */
export async function newEnvironment(collectionId: CollectionId, focus: LayerFocus | null = null): Promise<void> {
  const name = await ask('text', {
    title: t`New environment`,
    label: t`Name`,
    value: freeName(collectionId, 'dev'),
    button: t`Create`,
    hint: t`A file of the collection, to be shared; values of its secrets stay on this machine.`,
  })
  if (name === null) return
  const empty: Environment = { name: name.trim(), extends: null, dotEnvPath: null, color: null, variables: [] }
  const file = await create(collectionId, empty)
  if (file === null) return
  if ((useChoicesStore.getState().byCollection[collectionId] ?? NO_CHOICE).environment === null) chooseEnvironment(collectionId, empty.name)
  await editEnvironment(collectionId, file, focus)
}

/** Copy an environment, the secrets it has on this machine included, and show the copy. */
export async function duplicateEnvironment(collectionId: CollectionId, file: string): Promise<void> {
  const original = await read(collectionId, file)
  if (!original) return
  const name = freeName(collectionId, t`${original.name} copy`)
  const copy = await create(collectionId, { ...original, name })
  if (copy === null) return
  const at = (environment: string) => ({ collectionId, origin: { layer: 'environment', name: environment } }) as const
  for (const { name: variable } of original.variables.filter(({ secret, ask: asks }) => secret === true && asks !== true)) {
    await copySecret(at(original.name), variable, at(name), variable)
  }
  await editEnvironment(collectionId, copy)
}

/** Ask for another name. Edits that are not saved stay so: the name then joins them. */
export async function renameEnvironment(collectionId: CollectionId, file: string, name: string): Promise<void> {
  const next = await ask('text', { title: t`Rename environment`, label: t`Name`, value: name, button: t`Rename` })
  if (next === null || next.trim() === name) return
  const before = layerAt(placeOf(collectionId, file))
  const wasEdited = before !== undefined && isEdited(before.draft)
  const { page, show } = usePageStore.getState()
  const id = await openLayer(placeOf(collectionId, file))
  if (id === null) return
  editLayer(id, 'environment', 'name', (value) => ({ ...value, name: next.trim() }), 'alone')
  // Why it could not be saved stands in its page, and so do edits that were there before.
  if (!wasEdited && (await saveLayer(id))) show(page)
}

/** Delete an environment; a notice offers to take it back, with what was typed in it and not saved. */
export async function removeEnvironment(collectionId: CollectionId, file: string, name: string): Promise<void> {
  const removed = await platform().call('environment.remove', { collectionId, file })
  if (!removed.ok) return tell(removed.error)
  const entry = layerAt(placeOf(collectionId, file))
  if (entry) forgetLayer(entry.draft.id)
  const wasChosen = useChoicesStore.getState().byCollection[collectionId]?.environment === name
  if (wasChosen) chooseEnvironment(collectionId, null)
  const takeBack = async (): Promise<void> => {
    const restored = await platform().call('environment.restore', { collectionId, file, text: removed.value.text })
    if (!restored.ok) return tell(restored.error)
    if (entry?.draft.kind === 'environment') takeBackLayer({ ...entry, draft: { ...entry.draft, file: restored.value.file } })
    if (wasChosen) chooseEnvironment(collectionId, name)
    await readSurroundings(collectionId)
  }
  useAppStore.getState().addNotice({
    id: `environment:${collectionId}:${file}`,
    tone: 'info',
    text: t`Deleted the environment “${name}”`,
    action: { label: t`Undo`, run: () => void takeBack() },
  })
  await readSurroundings(collectionId)
}

/** The names that a `.env` file gives; null: it is not there; undefined: that cannot be asked. */
export async function dotEnvNames(collectionId: CollectionId, path: string): Promise<readonly string[] | null | undefined> {
  const answer = await platform().call('environment.dotEnv', { collectionId, path })
  return answer.ok ? answer.value.names : undefined
}

/** The environment that is chosen in a collection; undefined: none is. */
export function chosenOf(id: CollectionId): EnvironmentChoice | undefined {
  const name = (useChoicesStore.getState().byCollection[id] ?? NO_CHOICE).environment
  return useSurroundingsStore.getState().byCollection[id]?.environments.find((one) => one.name === name)
}

async function create(collectionId: CollectionId, environment: Environment): Promise<string | null> {
  // It is empty, or a copy of what stands in a file already: no secret comes into the files by it.
  const saved = await platform().call('environment.save', { collectionId, file: null, environment, revision: null, allowSecrets: true })
  if (!saved.ok) {
    tell(saved.error)
    return null
  }
  await readSurroundings(collectionId)
  return saved.value.file
}

async function read(collectionId: CollectionId, file: string): Promise<Environment | null> {
  const listed = await platform().call('environment.list', { collectionId })
  if (!listed.ok) {
    tell(listed.error)
    return null
  }
  const found = listed.value.environments.find((one) => one.file === file)
  if (found?.fault) tell(found.fault)
  return found && !found.fault ? found.environment : null
}

function freeName(id: CollectionId, name: string): string {
  const taken = new Set(useSurroundingsStore.getState().byCollection[id]?.environments.map((one) => one.name))
  let free = name
  for (let number = 2; taken.has(free); number += 1) free = `${name} ${number}`
  return free
}

function placeOf(collectionId: CollectionId, file: string): Place {
  return { kind: 'environment', collectionId, file }
}

function tell(error: WireError): void {
  useAppStore.getState().addNotice(noticeOf(error))
}
