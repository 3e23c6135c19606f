/**
 * How each kind of layer around requests is read from its file, saved there, and called. To add a kind: its draft in
 * `contract/model/draft.ts`, its row here, its editor in `app/layer-area.tsx`.
 */
import type { WireError } from '#contract/errors.ts'
import type { LayerDraft } from '#contract/model/draft.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { renamedSecrets } from '../lib/renamed-secrets.ts'
import { EMPTY_SESSION, sessionNameProblem } from '../lib/session-problems.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import type { LayerDraftOf, LayerKind, LayerPlace, LayerValue } from '../stores/layer-drafts-store.ts'
import { tellOfLeftCookies } from './left-cookies.ts'
import { platform } from './platform-ref.ts'
import { moveSecret } from './secrets.ts'
import { t } from '../lib/t.ts'

/** What the file holds now. */
export interface LayerFile<K extends LayerKind> {
  /** Null: it has none of it. */
  readonly value: LayerValue<K> | null
  readonly revision: string | null
  /** All of the kind that stand in the same file, where saving one means saving all. */
  readonly all?: readonly LayerValue<K>[]
}

interface LayerRules<K extends LayerKind> {
  read(place: LayerPlace<K>): Promise<Result<LayerFile<K>, WireError>>
  /**
   * Put the draft's value in place of what was read. Returns where it is then. Fails with `Conflict` where the file changed
   * since it was read, with `SecretInFile` where a known secret would stand in it in clear and that is not allowed.
   */
  save(draft: LayerDraftOf<K>, file: LayerFile<K>, allowSecrets: boolean): Promise<Result<LayerPlace<K>, WireError>>
  isSame(a: LayerPlace<K>, b: LayerPlace<K>): boolean
  name(draft: LayerDraftOf<K>): string
  /** Its file, relative to the collection's folder. */
  path(place: LayerPlace<K>): string
}

const ENVIRONMENT: LayerRules<'environment'> = {
  read: async ({ collectionId, file }) => {
    const listed = await platform().call('environment.list', { collectionId })
    if (!listed.ok) return listed
    const found = listed.value.environments.find((one) => one.file === file)
    if (found?.fault) return failed(found.fault)
    return ok({ value: found?.environment ?? null, revision: found?.revision ?? null })
  },
  save: async ({ collectionId, file, base, value }, { revision }, allowSecrets) => {
    const saved = await platform().call('environment.save', { collectionId, file, environment: value, revision, allowSecrets })
    if (!saved.ok) return saved
    const place = { collectionId, origin: { layer: 'environment', name: value.name.trim() } } as const
    if (base) await renameInOthers(collectionId, base.name, place.origin.name)
    for (const { from, to } of renamedSecrets(base?.variables ?? null, value.variables)) await moveSecret(place, from, to)
    return ok({ kind: 'environment', collectionId, file: saved.value.file })
  },
  isSame: (a, b) => a.file === b.file,
  name: ({ value }) => value.name,
  path: ({ file }) => `environments/${file ?? ''}`,
}

/** Those that extend an environment go by its name. One that cannot be written tells of it in its own page, as not there. */
async function renameInOthers(collectionId: CollectionId, from: string, to: string): Promise<void> {
  const listed = from === to ? null : await platform().call('environment.list', { collectionId })
  if (!listed?.ok) return
  for (const { file, environment, revision } of listed.value.environments.filter((one) => one.environment.extends === from)) {
    await platform().call('environment.save', { collectionId, file, environment: { ...environment, extends: to }, revision })
  }
}

const SESSION: LayerRules<'session'> = {
  read: async ({ collectionId, name }) => {
    const listed = await platform().call('session.list', { collectionId })
    if (!listed.ok) return listed
    const { sessions: all, revision } = listed.value
    const found = all.find((one) => one.name === name)
    return ok({ value: found ?? (name === DEFAULT_SESSION ? { ...EMPTY_SESSION, name } : null), revision, all })
  },
  save: async ({ collectionId, name, value }, { value: before, all = [], revision }, allowSecrets) => {
    const next = { ...value, name: value.name.trim() }
    const others = all.filter((one) => one !== before)
    const fault = sessionNameProblem(next.name, others)
    if (fault !== null) return failed({ kind: 'InvalidName', stage: 'store', message: fault, hint: t`Type another name.` })
    // The default session need not be in the file.
    const isThere = before !== null && others.length < all.length
    const sessions = isThere ? all.map((one) => (one === before ? next : one)) : [...all, next]
    const renamed = name === null || name === next.name ? [] : [{ from: name, to: next.name }]
    const saved = await platform().call('session.save', { collectionId, sessions, revision, allowSecrets, renamed })
    if (!saved.ok) return saved
    tellOfLeftCookies(collectionId, next.name, saved.value.removal)
    return ok({ kind: 'session', collectionId, name: next.name })
  },
  isSame: (a, b) => a.name === b.name,
  name: ({ value }) => value.name,
  path: () => 'opencollection.yml',
}

const DEFAULTS: LayerRules<'defaults'> = {
  read: async ({ collectionId, folderId }) => {
    const read = await platform().call('defaults.read', { parent: { collectionId, folderId } })
    return read.ok ? ok({ value: read.value.defaults, revision: read.value.revision }) : read
  },
  save: async ({ collectionId, folderId, base, value }, { revision }, allowSecrets) => {
    const saved = await platform().call('defaults.save', { parent: { collectionId, folderId }, defaults: value, revision, allowSecrets })
    if (!saved.ok) return saved
    const place = { collectionId, origin: defaultsOrigin(collectionId, folderId) }
    for (const { from, to } of renamedSecrets(base?.variables ?? null, value.variables)) await moveSecret(place, from, to)
    return ok({ kind: 'defaults', collectionId, folderId })
  },
  isSame: (a, b) => a.folderId === b.folderId,
  name: ({ collectionId, folderId }) => defaultsOrigin(collectionId, folderId).name,
  // A folder's id is its path behind the collection's.
  path: ({ folderId }) => (folderId === null ? 'opencollection.yml' : `${folderId.slice(folderId.indexOf('/') + 1)}/folder.yml`),
}

/** The folder or collection whose defaults they are. */
export function defaultsOrigin(
  collectionId: CollectionId,
  folderId: NodeId | null,
): Extract<Origin, { readonly layer: 'folder' | 'collection' }> {
  const collection = useCollectionsStore.getState().collections.find(({ id }) => id === collectionId)
  if (folderId === null) return { layer: 'collection', id: collectionId, name: collection?.name ?? '' }
  return { layer: 'folder', id: folderId, name: collection?.nodes.find(({ id }) => id === folderId)?.name ?? '' }
}

const KINDS: { readonly [K in LayerKind]: LayerRules<K> } = { environment: ENVIRONMENT, session: SESSION, defaults: DEFAULTS }

/** What the file of a layer holds now. */
export function readLayer(place: LayerPlace): Promise<Result<LayerFile<LayerKind>, WireError>> {
  return rulesOf(place).read(place)
}

/** Put a draft's value in place of what was read from the file. Returns where it is then. */
export function writeLayer(draft: LayerDraft, file: LayerFile<LayerKind>, allowSecrets: boolean): Promise<Result<LayerPlace, WireError>> {
  return rulesOf(draft).save(draft, file, allowSecrets)
}

export function isSameLayer(a: LayerPlace, b: LayerPlace): boolean {
  return a.kind === b.kind && a.collectionId === b.collectionId && rulesOf(a).isSame(a, b)
}

/** The name it goes by. */
export function layerName(draft: LayerDraft): string {
  return rulesOf(draft).name(draft)
}

/** Its file, relative to the collection's folder. */
export function layerPath(place: LayerPlace): string {
  return rulesOf(place).path(place)
}

function rulesOf({ kind }: LayerPlace): LayerRules<LayerKind> {
  // The row of a kind is only ever handed drafts of that kind: its callers take it by the kind of what they hand over.
  return KINDS[kind] as LayerRules<LayerKind>
}
