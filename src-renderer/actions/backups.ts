/**
 * Earlier versions of a saved file: looking at them and putting one back. Core keeps them, and keeps the text that a
 * restoration replaces, so that it can be taken back too.
 */
import type { CollectionId, DraftId, NodeId } from '#contract/model/ids.ts'
import { timeWords } from '../lib/time-words.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useBackupsStore, type BackupFileId } from '../stores/backups-store.ts'
import { isUnsaved, useDraftsStore } from '../stores/drafts-store.ts'
import { platform } from './platform-ref.ts'
import { nameOf } from './tabs.ts'
import { told } from '../lib/told.ts'
import { t } from '../lib/t.ts'

/** Show the earlier versions of an item's file: a request's, a folder's, or with a collection's id its own. */
export function openVersions(id: BackupFileId, name: string): void {
  useBackupsStore.getState().change({ file: { id, name }, list: null, chosen: null, text: null, fault: null })
  void readVersions()
}

/** Show those of the request of a tab. False where it was never saved. */
export function openVersionsOfTab(id: DraftId): boolean {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab || tab.draft.nodeId === null) return false
  openVersions(tab.draft.nodeId, nameOf(tab))
  return true
}

/** Show those of an environment, also of one whose file cannot be read. */
export function openVersionsOfEnvironment(collectionId: CollectionId, file: string, name: string): void {
  // Files go by their path behind the collection's id, as requests do.
  openVersions(`${collectionId}/environments/${file}` as NodeId, name)
}

export function closeVersions(): void {
  useBackupsStore.getState().change({ file: null, list: null, chosen: null, text: null, fault: null })
}

/** Look at one of the versions. */
export async function chooseVersion(version: string): Promise<void> {
  const { file, change } = useBackupsStore.getState()
  if (!file) return
  change({ chosen: version, text: null, fault: null })
  const read = await platform().call('backups.read', { id: file.id, version })
  const now = useBackupsStore.getState()
  if (now.file !== file || now.chosen !== version) return
  change(read.ok ? { text: read.value.text } : { fault: told(read.error.message) })
}

/** Put the chosen version in place of the file; a notice offers to take that back. */
export async function restoreVersion(): Promise<void> {
  const { file, list, chosen, change } = useBackupsStore.getState()
  const version = list?.versions.find(({ id }) => id === chosen)
  if (!file || !list || !version) return
  const restored = await platform().call('backups.restore', { id: file.id, version: version.id, revision: list.current?.revision ?? null })
  if (!restored.ok) {
    change({ fault: told(restored.error.message) })
    // The list and the differences as they are now.
    if (restored.error.kind === 'Conflict' || restored.error.kind === 'NotFound') await readVersions()
    return
  }
  closeVersions()
  const { replaced } = restored.value
  const tab = Object.values(useDraftsStore.getState().tabs).find(({ draft }) => draft.nodeId === file.id)
  useAppStore.getState().addNotice({
    id: `restored:${file.id}`,
    tone: 'info',
    text: t`“${file.name}” is as it was ${timeWords(version.at, new Date())}`,
    ...(tab && isUnsaved(tab) && { hint: t`Its tab has unsaved edits: they stay, and saving them asks which to keep.` }),
    ...(replaced !== null && { action: { label: t`Undo`, run: () => void takeBack(file.id, replaced) } }),
  })
}

/** Core tells that something changed; what is looked at may be among it. */
export function versionsChanged(): void {
  if (useBackupsStore.getState().file) void readVersions()
}

async function takeBack(id: BackupFileId, version: string): Promise<void> {
  const back = await platform().call('backups.restore', { id, version, revision: null })
  if (!back.ok) useAppStore.getState().addNotice(noticeOf(back.error))
}

async function readVersions(): Promise<void> {
  const { file, change } = useBackupsStore.getState()
  if (!file) return
  const list = await platform().call('backups.list', { id: file.id })
  const now = useBackupsStore.getState()
  if (now.file !== file) return
  if (!list.ok) {
    change({ fault: told(list.error.message) })
    return
  }
  change({ list: list.value })
  const [newest] = list.value.versions
  const isThere = list.value.versions.some(({ id }) => id === now.chosen)
  if (!isThere && newest) await chooseVersion(newest.id)
}
