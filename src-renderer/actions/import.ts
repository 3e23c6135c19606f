/**
 * Importing: what is pasted, dropped or chosen is read by core and summed up, and written once the user has looked at it.
 * Each reading takes the place of the one before, which is ended.
 */
import type { EventPayload } from '#contract/events.ts'
import { importTextFault } from '#contract/model/import-formats.ts'
import type { ImportFormat, ImportTarget } from '#contract/model/import.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import type { Input } from '#contract/commands.ts'
import { importedWords } from '../lib/import-words.ts'
import { newDraftId } from '../lib/new-draft-id.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { NO_IMPORT, useImportStore, type ImportReading } from '../stores/import-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { closeCollection, setCollapsed } from './collections.ts'
import type { Source } from './dropped-files.ts'
import { chooseImportSources, importFilesOf } from './import-files.ts'
import { platform } from './platform-ref.ts'
import { trashAgain } from './trash.ts'
import { inTurn } from './tree-turns.ts'
import { treeStepTaken, type TreeStep } from './tree-undo.ts'
import { listed } from '../lib/listed.ts'
import { t } from '../lib/t.ts'

/** After the last key: what is typed in between need not be read. */
const TYPING_MS = 250

/** Ends the reading that is under way. */
let current: AbortController | null = null
/** The ticket of the reading that failed last, whose files core keeps for another try. */
let failed: string | null = null
let typing: ReturnType<typeof setTimeout> | undefined

/** Ask for what is to be imported. @param place where it is to go, if that was said */
export function openImport(place: ParentRef | null = null): void {
  useImportStore.getState().change({ ...NO_IMPORT, isOpen: true, place })
}

export function closeImport(): void {
  stopReading()
  letGo()
  useImportStore.getState().change(NO_IMPORT)
}

/** Open the dialog with what was dropped or pasted. */
export function openImportOf(
  given: readonly Source[] | string,
  otherwise: ReturnType<typeof useImportStore.getState>['otherwise'] = null,
): void {
  openImport()
  useImportStore.getState().change({ otherwise })
  if (typeof given === 'string') {
    useImportStore.getState().change({ text: given })
    void read()
  } else void importSources(given)
}

/** The text that is to be imported is typed or pasted: it is read when the typing rests. */
export function typeImport(text: string): void {
  const { change } = useImportStore.getState()
  stopReading()
  change({ text, files: [], error: null })
  if (text.trim() === '') {
    letGo()
    change({ summary: null })
  } else typing = setTimeout(() => void read(), TYPING_MS)
}

export function chooseImportFormat(format: ImportFormat | null): void {
  const { change, text, files } = useImportStore.getState()
  change({ format })
  if (text.trim() !== '' || files.length > 0) void read()
}

export async function chooseImport(what: 'files' | 'folder'): Promise<void> {
  const chosen = await chooseImportSources(what)
  if (!chosen.ok) useImportStore.getState().change({ error: chosen.error })
  else if (chosen.value.length > 0) await importSources(chosen.value)
}

/** Read files that were dropped or chosen. */
export async function importSources(sources: readonly Source[]): Promise<void> {
  const abort = begin('copying')
  const files = await importFilesOf(sources, abort.signal, (done) => progressOf(abort, { phase: 'copying', done }))
  if (current !== abort) return
  const { change } = useImportStore.getState()
  if (!files.ok) {
    current = null
    change({ reading: null, error: files.error.kind === 'Cancelled' ? null : files.error })
    return
  }
  change({ files: files.value, text: '' })
  await read()
}

/** Read what is given, anew. */
async function read(): Promise<void> {
  const { text, files, format, change } = useImportStore.getState()
  const fault = files.length > 0 ? null : importTextFault(text)
  if (fault) {
    stopReading()
    letGo()
    return change({ summary: null, error: fault })
  }
  const abort = begin('reading')
  const source: Input<'import.read'>['source'] =
    files.length > 0 ? { kind: 'files', files: files.map((file) => ({ ...file })) } : { kind: 'text', text }
  const ticket = useImportStore.getState().reading?.ticket ?? newDraftId()
  const done = await platform().call('import.read', { ticket, source, ...(format !== null && { format }) }, abort.signal)
  if (current !== abort) {
    discard(done.ok ? done.value.importId : ticket)
    return
  }
  current = null
  letGo()
  if (!done.ok) failed = ticket
  if (done.ok) change({ reading: null, summary: done.value, error: null })
  else change({ reading: null, summary: null, error: done.error.kind === 'Cancelled' ? null : done.error })
}

/** @param ticket by which core tells how far it is */
function begin(phase: ImportReading['phase'], ticket: string = newDraftId()): AbortController {
  stopReading()
  const abort = new AbortController()
  current = abort
  useImportStore.getState().change({ reading: { ticket, phase, done: null }, error: null })
  return abort
}

/** End the reading that is under way; what was read before stays. */
export function stopReading(): void {
  clearTimeout(typing)
  current?.abort()
  current = null
  useImportStore.getState().change({ reading: null })
}

function progressOf(abort: AbortController, progress: Pick<ImportReading, 'phase' | 'done'>): void {
  const { reading, change } = useImportStore.getState()
  if (current === abort && reading) change({ reading: { ...reading, ...progress } })
}

/** Core tells how far a reading is; it may be another window's. */
export function importProgressed({ ticket, phase, done }: EventPayload<'import.progressed'>): void {
  const { reading, change } = useImportStore.getState()
  if (reading?.ticket === ticket) change({ reading: { ticket, phase, done } })
}

function letGo(): void {
  const { summary } = useImportStore.getState()
  if (summary) discard(summary.importId)
  if (failed !== null) discard(failed)
  failed = null
}

function discard(importId: string): void {
  void platform().call('import.discard', { importId })
}

/** Write what was read. The dialog closes where that succeeds, and the new items are selected. */
export async function writeImport(target: Exclude<ImportTarget, { kind: 'folder' }>, hideCredentials: boolean): Promise<void> {
  const { summary, change } = useImportStore.getState()
  if (!summary) return
  const abort = begin('writing', summary.importId)
  const { importId } = summary
  const back = async (ids: readonly NodeId[]): Promise<void> => {
    await trashAgain(ids)
    await takeRestBack(importId)
  }
  const step: { ids: NodeId[]; readonly back: TreeStep['back'] } = { ids: [], back }
  const written = await inTurn(
    ({ now }) =>
      platform().call('import.write', { importId: summary.importId, target: targetNow(target, now), hideCredentials }, abort.signal),
    ({ nodeIds }) => {
      step.ids = nodeIds
      return target.kind === 'place' ? { step } : {}
    },
  )
  if (!written.ok) {
    if (current === abort) change({ reading: null, error: written.error.kind === 'Cancelled' ? null : written.error })
    return
  }
  if (current === abort) current = null
  const { collectionId, nodeIds, notes } = written.value
  change(NO_IMPORT)
  const undo = (): void => {
    treeStepTaken(step)
    if (target.kind === 'collection') void removeImported(collectionId, importId)
    else void back(nodeIds)
  }
  const hint = notes.map(({ message }) => message).join(' ')
  useAppStore.getState().addNotice({
    id: `import:${summary.importId}`,
    tone: 'info',
    text: importedWords(summary.counts, written.value.secrets.length),
    ...(hint !== '' && { hint }),
    action: { label: t`Undo`, run: undo },
  })
  showInTree(target.kind === 'place' ? (nodeIds[0] ?? collectionId) : collectionId, target)
}

/** A collection that was made for the import alone goes with its folder, where that is as it was written. */
async function removeImported(id: CollectionId, importId: string): Promise<void> {
  await closeCollection(id, false)
  await takeRestBack(importId)
}

/** Takes environments, sessions, variables and secrets of an import away, and says which; what was changed since stays. */
async function takeRestBack(importId: string): Promise<void> {
  const taken = await platform().call('import.takeBack', { importId })
  const { addNotice } = useAppStore.getState()
  if (!taken.ok) {
    addNotice(noticeOf(taken.error))
    return
  }
  const { gone, left } = taken.value
  if (gone.length === 0 && left.length === 0) return
  const stays = left.length === 0 ? '' : t`Changed since, and still there: ${listed(left)}.`
  const text = gone.length === 0 ? stays : t`Taken back with the import: ${listed(gone)}.`
  addNotice({ id: `import:${importId}:back`, tone: 'info', text, ...(gone.length > 0 && stays !== '' && { hint: stays }) })
}

function targetNow(target: Exclude<ImportTarget, { kind: 'folder' }>, now: (id: NodeId) => NodeId): ImportTarget {
  if (target.kind === 'collection' || target.parent.folderId === null) return target
  return { ...target, parent: { ...target.parent, folderId: now(target.parent.folderId) } }
}

function showInTree(row: string, target: ImportTarget): void {
  usePageStore.getState().showSide('collections')
  if (target.kind === 'place') setCollapsed(target.parent.folderId ?? target.parent.collectionId, false)
  useFocusStore.getState().askRow(row)
}
