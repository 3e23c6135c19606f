/**
 * Saving the request of a tab. One that was never saved asks for a name and a place; one whose file changed meanwhile
 * shows both sides and asks. Typing goes on while a save is under way.
 */
import type { CollectionId, DraftId, NodeId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import type { WireError } from '#contract/errors.ts'
import { requestLabel } from '../lib/request-label.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { isUnsaved, useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { ask } from './ask.ts'
import { editDraft, pushedUndo, withDirty } from './edit.ts'
import { draftEdited, draftSaved } from './journal.ts'
import { platform } from './platform-ref.ts'
import { refreshPreview } from './preview.ts'
import { savesInTurn } from './saves-in-turn.ts'
import { settleSecrets } from './secret-in-file.ts'
import { t } from '../lib/t.ts'

/** Save a tab. Returns whether it is saved; a failure has been shown. */
export const { save, isSaving } = savesInTurn(saveTab, (id) => {
  const tab = useDraftsStore.getState().tabs[id]
  return tab !== undefined && isUnsaved(tab)
})
/** Forget a closed tab: that it could not be saved concerns nobody any more. */
export function forgetSave(id: DraftId): void {
  useAppStore.getState().settle(savingOf(id))
}

/** Save a tab as another request, under a name and in a place that are asked for. */
export async function saveAs(id: DraftId): Promise<boolean> {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab || tab.broken !== null) return false
  const parent = tab.draft.nodeId === null ? null : parentOf(tab.draft.nodeId)
  return createFrom(tab, tab.draft.nodeId === null ? requestLabel(tab.draft.document) : t`${tab.draft.document.name} copy`, parent)
}

/** Change the text of a file that does not parse. */
export function editBrokenText(id: DraftId, text: string): void {
  const store = useDraftsStore.getState()
  const tab = store.tabs[id]
  if (!tab?.broken) return
  store.put({ ...tab, broken: { ...tab.broken, text } })
  draftEdited(id)
}

/** Replace a tab's document by its file's; the old one can be had back by undo. */
export function takeFile(id: DraftId, document: RequestDocument, revision: string): void {
  const store = useDraftsStore.getState()
  const tab = store.tabs[id]
  if (!tab) return
  store.put({ ...tab, saved: document, undo: pushedUndo(tab), draft: { ...tab.draft, document, revision, dirty: false } })
  draftEdited(id)
  refreshPreview(id)
}

/** Where an item stands: the place a copy of it would go. */
export function parentOf(nodeId: NodeId): ParentRef | null {
  for (const collection of useCollectionsStore.getState().collections) {
    const node = collection.nodes.find((candidate) => candidate.id === nodeId)
    if (node) return { collectionId: collection.id, folderId: node.parentId }
  }
  return null
}

async function saveTab(id: DraftId): Promise<boolean> {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab) return false
  const { nodeId, document, revision } = tab.draft
  if (nodeId === null) return createFrom(tab, requestLabel(document), null)
  if (tab.broken !== null) return saveText(tab, nodeId, revision)
  return saveDocument(tab, nodeId, revision)
}

async function saveDocument(tab: Tab, nodeId: NodeId, revision: string | null, allowSecrets = false): Promise<boolean> {
  const { id, document } = tab.draft
  const saved = await platform().call('request.save', { id: nodeId, document, revision, allowSecrets })
  if (saved.ok) {
    isNow(id, saved.value.nodeId, saved.value.revision, document)
    return true
  }
  if (saved.error.kind === 'Conflict') return settleConflict(tab, nodeId, saved.error)
  // Its file is gone: it needs a place again.
  if (saved.error.kind === 'NotFound') return createFrom(tab, document.name, null)
  return secretsOrRefused(tab, nodeId, saved.error, (now, allowed) => saveDocument(now, nodeId, revision, allowed))
}

async function createFrom(tab: Tab, suggested: string, parent: ParentRef | null): Promise<boolean> {
  const answer = await ask('save', { name: suggested, parent })
  if (!answer) return false
  // What is saved is what stands there now, not what stood there when the dialog opened.
  const now = useDraftsStore.getState().tabs[tab.draft.id]
  if (!now) return false
  return createIn(now, answer.parent, answer.name)
}

async function createIn(tab: Tab, parent: ParentRef, name: string, allowSecrets = false): Promise<boolean> {
  const document = { ...tab.draft.document, name }
  const saved = await platform().call('request.create', { parent, document, allowSecrets })
  if (!saved.ok) {
    if (saved.error.kind !== 'SecretInFile') return refused(saved.error, tab.draft.id)
    return withoutSecrets(tab, saved.error, parent.collectionId, (now, allowed) => createIn(now, parent, name, allowed))
  }
  const store = useDraftsStore.getState()
  const now = store.tabs[tab.draft.id]
  if (now) store.put({ ...now, draft: { ...now.draft, document: { ...now.draft.document, name } } })
  isNow(tab.draft.id, saved.value.nodeId, saved.value.revision, document)
  return true
}

/** Save again once the user has said what is to become of the secrets in it. */
async function withoutSecrets(
  tab: Tab,
  error: WireError,
  collectionId: CollectionId,
  again: (tab: Tab, allowSecrets: boolean) => Promise<boolean>,
): Promise<boolean> {
  const { id } = tab.draft
  const settled = await settleSecrets(error, collectionId)
  if (settled.kind === 'cancel') return false
  if (settled.kind === 'references') {
    const broken = useDraftsStore.getState().tabs[id]?.broken
    if (broken) editBrokenText(id, settled.withReferences(broken.text))
    else editDraft(id, 'secrets', (draft) => ({ ...draft, document: settled.withReferences(draft.document) }), 'alone')
  }
  const now = useDraftsStore.getState().tabs[id]
  return now ? again(now, settled.kind === 'clear') : false
}

async function saveText(tab: Tab, nodeId: NodeId, revision: string | null, allowSecrets = false): Promise<boolean> {
  if (!tab.broken) return false
  const { id } = tab.draft
  const { text } = tab.broken
  const saved = await platform().call('request.saveText', { id: nodeId, text, revision, allowSecrets })
  if (!saved.ok) {
    if (saved.error.kind === 'Conflict') return settleConflict(tab, nodeId, saved.error)
    return secretsOrRefused(tab, nodeId, saved.error, (now, allowed) => saveText(now, nodeId, revision, allowed))
  }
  useAppStore.getState().settle(savingOf(id))
  await reloadTab(id, saved.value.nodeId)
  return true
}

/** A failure to save over a file: where secrets are in the way, the user is asked. */
async function secretsOrRefused(
  tab: Tab,
  nodeId: NodeId,
  error: WireError,
  again: (tab: Tab, allowSecrets: boolean) => Promise<boolean>,
): Promise<boolean> {
  const collectionId = parentOf(nodeId)?.collectionId
  return error.kind === 'SecretInFile' && collectionId !== undefined
    ? withoutSecrets(tab, error, collectionId, again)
    : refused(error, tab.draft.id)
}

async function settleConflict(tab: Tab, nodeId: NodeId, error: WireError): Promise<boolean> {
  const { id, document } = tab.draft
  const choice = await ask('conflict', {
    name: tab.broken?.name ?? document.name,
    mine: textOf(error, 'mine') || (tab.broken?.text ?? ''),
    theirs: textOf(error, 'theirs'),
    canCopy: tab.broken === null,
  })
  switch (choice) {
    case 'overwrite':
      return tab.broken === null ? saveDocument(tab, nodeId, null) : saveText(tab, nodeId, null)
    case 'reload':
      return reloadTab(id, nodeId)
    case 'copy':
      return saveAs(id)
    case 'cancel':
      return false
  }
}

/** Show what the file of an edited tab holds by now; undo brings the edits back. */
export async function takeFromDisk(id: DraftId): Promise<void> {
  const nodeId = useDraftsStore.getState().tabs[id]?.draft.nodeId
  if (nodeId) await reloadTab(id, nodeId)
}

/** Read a tab's file again and show it, whatever the tab holds. */
async function reloadTab(id: DraftId, nodeId: NodeId): Promise<boolean> {
  const opened = await platform().call('request.open', { id: nodeId })
  if (!opened.ok) return refused(opened.error)
  const store = useDraftsStore.getState()
  const tab = store.tabs[id]
  if (!tab) return false
  if (opened.value.kind === 'request') {
    store.put({ ...tab, broken: null, draft: { ...tab.draft, nodeId } })
    takeFile(id, opened.value.document, opened.value.revision)
    return true
  }
  const { name, text, revision, error } = opened.value
  store.put({ ...tab, draft: { ...tab.draft, nodeId, revision, dirty: false }, broken: { name, text, savedText: text, error } })
  draftEdited(id)
  return true
}

function savingOf(id: DraftId): string {
  return `save ${id}`
}

/** The tab's file is now this; what was typed meanwhile stays and stays unsaved. */
function isNow(id: DraftId, nodeId: NodeId, revision: string, saved: RequestDocument): void {
  const store = useDraftsStore.getState()
  const tab = store.tabs[id]
  if (!tab) return
  store.put({ ...tab, saved, draft: withDirty({ saved }, { ...tab.draft, nodeId, revision }) })
  useAppStore.getState().settle(savingOf(id))
  draftSaved(id)
  refreshPreview(id)
}

/** @param id the tab whose save it was: what is said of that stays until it is saved */
function refused(error: WireError, id?: DraftId): false {
  useAppStore.getState().addNotice(noticeOf(error, id === undefined ? undefined : savingOf(id)))
  return false
}

function textOf(error: WireError, side: 'mine' | 'theirs'): string {
  const text = error.details?.[side]
  return typeof text === 'string' ? text : ''
}
