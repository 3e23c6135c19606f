/**
 * Editing environments, sessions and defaults: opening, edits with undo, saving, and what happens when their file changes
 * meanwhile. One way for every kind; `layer-kinds.ts` says how each is read and saved. Nothing of a file is overwritten
 * that was not seen: a save compares what the file holds with what the edits began with.
 */
import type { WireError } from '#contract/errors.ts'
import type { LayerDraft } from '#contract/model/draft.ts'
import type { EventPayload } from '#contract/events.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Moved } from '#contract/model/workspace.ts'
import { newDraftId } from '../lib/new-draft-id.ts'
import { sameDocument } from '../lib/same-document.ts'
import { withStep } from '../lib/undo-stack.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import {
  isEdited,
  isLayerKind,
  useLayerDraftsStore,
  type LayerEntry,
  type LayerKind,
  type LayerPlace,
  type LayerValue,
} from '../stores/layer-drafts-store.ts'
import { useTypedStore } from '../stores/typed-store.ts'
import { usePageStore, type LayerFocus } from '../stores/page-store.ts'
import { layerChanged, layerJournal, layerRestored } from './layer-journal.ts'
import { isSameLayer, readLayer, writeLayer } from './layer-kinds.ts'
import { followRename } from './choices.ts'
import { closePage } from './pages.ts'
import { platform } from './platform-ref.ts'
import { savesInTurn } from './saves-in-turn.ts'
import { settleSecrets } from './secret-in-file.ts'
import { t } from '../lib/t.ts'

const NO_STEPS: LayerEntry['undo'] = { past: [], future: [] }

const saves = savesInTurn(
  (id) => save(id),
  (id) => {
    const entry = entryOf(id)
    return entry !== undefined && isEdited(entry.draft)
  },
)

/** Save a draft. Returns whether it is saved; what kept it from that stands in its page. */
export const saveLayer = saves.save

/** Show the page of a layer, with the edits there are. Null where its file cannot be read; a notice says why. */
export async function openLayer(place: LayerPlace, focus: LayerFocus | null = null): Promise<DraftId | null> {
  const id = layerAt(place)?.draft.id ?? (await readIntoEntry(place))
  if (id !== null && focus?.isNew === true) addVariable(id, focus.name)
  if (id !== null) usePageStore.getState().show({ kind: 'layer', id, focus })
  return id
}

/**
 * Change what is typed.
 *
 * @param field what is being changed, such as `variables.2.value`; equal names in a row make one undo step
 * @param step whether it may join the step before it; a choice stands alone
 */
export function editLayer<K extends LayerKind>(
  id: DraftId,
  kind: K,
  field: string,
  change: (value: LayerValue<K>) => LayerValue<K>,
  step: 'joins' | 'alone' = 'joins',
): void {
  const entry = entryOf(id)
  if (!entry || !isLayerKind(entry.draft, kind)) return
  // Of the kind that was just asked for, which the compiler cannot follow through `Extract`.
  const value = change(entry.draft.value as LayerValue<K>)
  if (value === entry.draft.value) return
  const undo = withStep(entry.undo, { value: entry.draft.value, field, at: performance.now() }, step === 'joins')
  put({ ...entry, draft: withValue(entry.draft, value), undo })
}

/** A name without a value is to be defined here: it has its row. */
function addVariable(id: DraftId, name: string): void {
  const kind = entryOf(id)?.draft.kind
  if (kind !== 'environment' && kind !== 'defaults') return
  editLayer(id, kind, `variables.new.${name}`, (before) =>
    before.variables.some((variable) => variable.name === name)
      ? before
      : { ...before, variables: [...before.variables, { name, value: '', enabled: true }] },
  )
}

/** Take the last step back. Returns false where there is none. */
export function undoLayer(id: DraftId): boolean {
  return travel(id, 'past', 'future')
}

/** Do the last undone step again. Returns false where there is none. */
export function redoLayer(id: DraftId): boolean {
  return travel(id, 'future', 'past')
}

/** Go back to what the file held; undo takes the edits up again. One that is in no file is closed. */
export function discardLayer(id: DraftId): void {
  const entry = entryOf(id)
  if (!entry) return
  if (entry.draft.base === null) return forgetLayer(id)
  useTypedStore.getState().remove(id)
  put({ ...stepTo(entry, entry.draft.base), error: null })
}

/** The file changed under the edits: show what it holds. The edits are one undo step back. */
export function takeTheirs(id: DraftId): void {
  const entry = entryOf(id)
  if (!entry?.theirs) return
  const { value } = entry.theirs
  if (value === null) return forgetLayer(id)
  const taken = stepTo(entry, value)
  put({ ...taken, draft: withBase(taken.draft, value), theirs: null })
}

/** The file changed under the edits: they stay, and saving overwrites what the file holds by now. */
export function keepMine(id: DraftId): void {
  const entry = entryOf(id)
  if (entry?.theirs) put({ ...entry, draft: withBase(entry.draft, entry.theirs.value), theirs: null })
}

/** Bring back a draft that was let go of. */
export function takeBackLayer(entry: LayerEntry): void {
  if (!layerAt(entry.draft)) put(entry)
}

/** Let go of a draft, edits and all; its page closes. */
export function forgetLayer(id: DraftId): void {
  const { page } = usePageStore.getState()
  if (page?.kind === 'layer' && page.id === id) closePage()
  useLayerDraftsStore.getState().remove(id)
  useTypedStore.getState().remove(id)
  layerJournal.forget(id)
}

/** Bring back what was typed before the window closed. Returns why it could not be read; null: it was. */
export async function restoreLayers(unsent: readonly LayerDraft[]): Promise<WireError | null> {
  const loaded = await platform().call('layerDrafts.load', {})
  const kept = loaded.ok ? loaded.value.drafts : []
  const newer = new Set(unsent.map(({ id }) => id))
  for (const draft of [...kept.filter(({ id }) => !newer.has(id)), ...unsent]) {
    // Someone quick may be editing it already.
    if (layerAt(draft)) continue
    layerRestored(draft.id)
    useLayerDraftsStore.getState().put({ draft, undo: NO_STEPS, theirs: null, error: null })
  }
  await recheckLayers()
  return loaded.ok ? null : loaded.error
}

/** Files of collections changed: what is open follows its file, or tells of it. */
export async function recheckLayers(): Promise<void> {
  await Promise.all(Object.values(useLayerDraftsStore.getState().byId).map(({ draft }) => recheck(draft.id)))
}

/** Folders were moved or renamed: their defaults go with them. */
export function followLayers(moved: Moved): void {
  for (const entry of Object.values(useLayerDraftsStore.getState().byId)) {
    const { draft } = entry
    if (draft.kind !== 'defaults') continue
    const to = moved.find(({ from }) => from === draft.folderId)?.to
    if (to !== undefined) put({ ...entry, draft: { ...draft, folderId: to } })
  }
}

/** Another window edited, saved or discarded; edits that are still being written here come later and win. */
export function layerDraftChanged({ origin, id, draft }: EventPayload<'layerDraft.changed'>): void {
  if (origin === platform().clientId || layerJournal.isPending(id)) return
  const store = useLayerDraftsStore.getState()
  const entry = entryOf(id)
  if (draft === null) {
    if (entry && isEdited(entry.draft)) settleElsewhere(entry)
    return
  }
  const same = entry ?? layerAt(draft)
  if (same && layerJournal.isPending(same.draft.id)) return
  store.put(same ? { ...stepTo(same, draft.value), draft } : { draft, undo: NO_STEPS, theirs: null, error: null })
  // Opened in both windows, each with an id of its own: from now on it is one draft.
  if (same && same.draft.id !== id) adoptId(same.draft.id, id)
}

/** Saved or discarded in the other window: what its file holds is known once it is read again. */
function settleElsewhere(entry: LayerEntry): void {
  const { base } = entry.draft
  if (base === null) return forgetLayer(entry.draft.id)
  useLayerDraftsStore.getState().put({ ...stepTo(entry, base), error: null })
}

function adoptId(own: DraftId, id: DraftId): void {
  const { page, show } = usePageStore.getState()
  if (page?.kind === 'layer' && page.id === own) show({ ...page, id })
  useLayerDraftsStore.getState().remove(own)
  layerJournal.forget(own)
}

async function readIntoEntry(place: LayerPlace): Promise<DraftId | null> {
  const read = await readLayer(place)
  const open = layerAt(place)
  if (open) return open.draft.id
  if (!read.ok || read.value.value === null) {
    const gone: WireError = { kind: 'NotFound', stage: 'store', message: t`It is not there any more.` }
    useAppStore.getState().addNotice(noticeOf(read.ok ? gone : read.error))
    return null
  }
  const { value } = read.value
  const id = newDraftId()
  // The value was read by the rules of the place's kind.
  const draft = { ...place, id, base: value, value } as LayerDraft
  useLayerDraftsStore.getState().put({ draft, undo: NO_STEPS, theirs: null, error: null })
  return id
}

async function save(id: DraftId, allowSecrets = false): Promise<boolean> {
  const draft = entryOf(id)?.draft
  if (!draft) return false
  if (!isEdited(draft)) return true
  const read = await readLayer(draft)
  if (!read.ok) return refused(id, read.error)
  if (!sameDocument(read.value.value, draft.base) && !sameDocument(read.value.value, draft.value)) return conflict(id, read.value.value)
  const written = await writeLayer(draft, read.value, allowSecrets)
  if (!written.ok) {
    if (written.error.kind === 'SecretInFile') return withoutSecrets(draft, written.error)
    if (written.error.kind !== 'Conflict') return refused(id, written.error)
    const again = await readLayer(draft)
    return again.ok ? conflict(id, again.value.value) : refused(id, again.error)
  }
  if (draft.kind !== 'defaults' && draft.base) followRename(draft.kind, draft.collectionId, draft.base.name, draft.value.name.trim())
  // A name is trimmed, say: what the file holds is what is shown, unless one has typed on.
  const now = await readLayer(written.value)
  const value = (now.ok ? now.value.value : null) ?? draft.value
  const entry = entryOf(id)
  if (!entry) return true
  const saved = { ...entry.draft, ...written.value, base: value } as LayerDraft // both are of one kind
  put({ ...entry, draft: entry.draft.value === draft.value ? withValue(saved, value) : saved, theirs: null, error: null })
  return true
}

/** Save again once the user has said what is to become of the secrets in it. */
async function withoutSecrets(draft: LayerDraft, error: WireError): Promise<boolean> {
  const settled = await settleSecrets(error, draft.collectionId)
  const entry = entryOf(draft.id)
  if (settled.kind === 'cancel' || !entry) return false
  if (settled.kind === 'references') put(stepTo(entry, settled.withReferences(entry.draft.value)))
  return save(draft.id, settled.kind === 'clear')
}

async function recheck(id: DraftId): Promise<void> {
  const before = entryOf(id)
  if (!before || saves.isSaving(id)) return
  const { page } = usePageStore.getState()
  const isShown = page?.kind === 'layer' && page.id === id
  if (!isEdited(before.draft) && !isShown) return useLayerDraftsStore.getState().remove(id)
  const read = await readLayer(before.draft)
  const entry = entryOf(id)
  if (!entry || saves.isSaving(id)) return
  // A lost host has its banner; a collection that is closed may be opened again.
  if (!read.ok) return read.error.kind === 'Unreadable' ? put({ ...entry, error: read.error }) : undefined
  const { value } = read.value
  const { base } = entry.draft
  if (sameDocument(value, base)) return entry.theirs || entry.error ? put({ ...entry, theirs: null, error: null }) : undefined
  if (!isEdited(entry.draft)) {
    if (value === null) return forgetLayer(id)
    const taken = stepTo(entry, value)
    return put({ ...taken, draft: withBase(taken.draft, value), error: null })
  }
  if (sameDocument(value, entry.draft.value)) return put({ ...entry, draft: withBase(entry.draft, value), theirs: null, error: null })
  put({ ...entry, theirs: { value } })
}

function conflict(id: DraftId, value: LayerDraft['value'] | null): false {
  const entry = entryOf(id)
  if (entry) put({ ...entry, theirs: { value }, error: null })
  return false
}

function refused(id: DraftId, error: WireError): false {
  const entry = entryOf(id)
  if (entry) put({ ...entry, error })
  return false
}

function travel(id: DraftId, from: 'past' | 'future', to: 'past' | 'future'): boolean {
  const entry = entryOf(id)
  const step = entry?.undo[from].at(-1)
  if (!entry || !step) return false
  const back = { value: entry.draft.value, field: step.field, at: 0 }
  const undo = { ...entry.undo, [from]: entry.undo[from].slice(0, -1), [to]: [...entry.undo[to], back] }
  put({ ...entry, draft: withValue(entry.draft, step.value), undo })
  return true
}

/** The entry with another value, and what it had as an undo step. */
function stepTo(entry: LayerEntry, value: LayerDraft['value']): LayerEntry {
  const undo = withStep(entry.undo, { value: entry.draft.value, field: '', at: 0 }, false)
  return { ...entry, draft: withValue(entry.draft, value), undo }
}

function put(entry: LayerEntry): void {
  useLayerDraftsStore.getState().put(entry)
  layerChanged(entry.draft.id)
}

function entryOf(id: DraftId): LayerEntry | undefined {
  return useLayerDraftsStore.getState().byId[id]
}

/** The draft of a layer that is open, or was edited. */
export function layerAt(place: LayerPlace): LayerEntry | undefined {
  return Object.values(useLayerDraftsStore.getState().byId).find(({ draft }) => isSameLayer(draft, place))
}

function withValue(draft: LayerDraft, value: LayerDraft['value']): LayerDraft {
  return { ...draft, value } as LayerDraft // the value comes from the draft itself, its steps or its file
}

function withBase(draft: LayerDraft, base: LayerDraft['value'] | null): LayerDraft {
  return { ...draft, base } as LayerDraft // as above
}
