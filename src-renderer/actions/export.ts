/** Exporting: the texts are made by core, looked at, and copied or handed over as files. */
import type { WireError } from '#contract/errors.ts'
import { CODE_LANGUAGES } from '#contract/model/code-languages.ts'
import type { ExportTarget } from '#contract/model/export-formats.ts'
import type { LoadOptions } from '#contract/model/export.ts'
import { failed, type Result } from '#contract/result.ts'
import { handOver } from '../lib/hand-over.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import { useAppStore } from '../stores/app-store.ts'
import { NO_CHOICE, useChoicesStore } from '../stores/choices-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { NO_EXPORT, useExportStore, type Exported, type ExportSubject, type TypedLoad } from '../stores/export-store.ts'
import { copyToClipboard } from './bodies.ts'
import { loadOf } from './export-load.ts'
import { contextOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { seedOf } from './preview.ts'
import { t } from '../lib/t.ts'

/** Counts what was asked for: an answer to an older question is not shown. */
let asked = 0

const TYPING_MS = 200
let typing: ReturnType<typeof setTimeout> | undefined

export function openExport(subject: ExportSubject): void {
  useExportStore.getState().change({ ...NO_EXPORT, subject })
  void make()
}

/** Export the request of the tab that is in front. */
export function openExportOfTab(): void {
  const { activeId, tabs } = useDraftsStore.getState()
  const tab = activeId === null ? undefined : tabs[activeId]
  if (activeId !== null && tab) openExport({ kind: 'tab', draftId: activeId, name: tab.draft.document.name })
}

export function closeExport(): void {
  asked += 1
  clearTimeout(typing)
  useExportStore.getState().change(NO_EXPORT)
}

export function chooseExportFormat(format: ExportTarget): void {
  useExportStore.getState().change({ format, file: 0, isStale: true })
  void make()
}

/** What is typed about the run of a k6 script; the text is made anew once the typing pauses. */
export function changeExportLoad(change: Partial<TypedLoad>): void {
  const { load, change: set } = useExportStore.getState()
  set({ load: { ...load, ...change }, isStale: true })
  // What was asked before this was typed is not handed out as what is typed now.
  asked += 1
  clearTimeout(typing)
  typing = setTimeout(() => void make(), TYPING_MS)
}

/** @param isClear whether credentials that were typed in clear stay so */
export function revealInExport(isClear: boolean): void {
  useExportStore.getState().change({ isClear, isStale: true })
  void make()
}

export async function copyExport(): Promise<void> {
  const { exported, file } = useExportStore.getState()
  const shown = exported?.files[file]
  if (shown && (await copyToClipboard(shown.text)))
    useAppStore.getState().addNotice({ id: 'export:copied', tone: 'info', text: t`Copied ${shown.name}` })
}

/** Whether files are handed over as one archive: downloads have no folders. */
export function isArchive(files: Exported['files'], format: ExportTarget): boolean {
  return files.length > 1 && isCode(format)
}

function isCode(format: ExportTarget): boolean {
  return CODE_LANGUAGES.some(({ id }) => id === format)
}

/** Hand over every file, as downloads are. */
export async function saveExport(): Promise<void> {
  const { exported, format, subject } = useExportStore.getState()
  const files = exported?.files ?? []
  let words = files.length === 1 ? (files[0]?.name ?? '') : t`${files.length} files`
  if (isArchive(files, format)) {
    const { zipOf } = await import('../lib/zip-of.ts')
    words = `${(subject?.name ?? '').replace(/[^\p{L}\p{N}._ -]+/gu, '-')}.zip`
    handOver(words, zipOf(files, new Date()))
  } else for (const { name, text } of files) handOver(name, text)
  useAppStore.getState().addNotice({ id: 'export:saved', tone: 'info', text: t`Exported ${words}` })
  closeExport()
}

async function make(): Promise<void> {
  asked += 1
  const turn = asked
  const { subject, format, isClear, load: typed, change } = useExportStore.getState()
  if (subject === null) return
  const read = loadOf(typed)
  // What is wrong is said beside its field; the text of before stands, and is not handed out.
  if (format === 'k6' && read.kind === 'wrong') return change({ isStale: true })
  const load = format === 'k6' && read.kind === 'load' ? { load: read.load } : {}
  const answer = await texts(subject, { format, credentials: isClear ? 'clear' : 'reference', ...load })
  if (turn !== asked) return
  if (answer.ok) change({ exported: answer.value, isStale: false, error: null })
  else change({ exported: null, isStale: false, error: answer.error })
}

interface ExportWishes {
  readonly format: ExportTarget
  readonly credentials: 'reference' | 'clear'
  readonly load?: LoadOptions
}

async function texts(subject: ExportSubject, wishes: ExportWishes): Promise<Result<Exported, WireError>> {
  if (subject.kind === 'place')
    return platform().call('export.folder', { parent: subject.parent, ...wishes, ...chosen(subject.parent, wishes) })
  if (subject.kind === 'picked') {
    const parent = { collectionId: subject.collectionId, folderId: null }
    return platform().call('export.folder', { parent, only: [...subject.nodeIds], ...wishes, ...chosen(parent, wishes) })
  }
  if (subject.kind === 'saved') {
    const { nodeId } = subject
    const opened = await platform().call('request.open', { id: nodeId })
    if (!opened.ok) return opened
    if (opened.value.kind === 'broken') return failed(opened.value.error)
    const context = isCode(wishes.format) ? { context: contextOf({ nodeId }) } : {}
    return platform().call('export.request', { document: opened.value.document, nodeId, seed: 'export of a file', ...context, ...wishes })
  }
  const tab = useDraftsStore.getState().tabs[subject.draftId]
  if (!tab) return failed({ kind: 'NotFound', stage: 'call', message: t`The tab is not open any more.` })
  const { document, nodeId } = tab.draft
  // An archive is of what took place, where something did.
  const exchange = wishes.format === 'har' ? exchangeOf(subject.draftId)(useExchangesStore.getState()).last : null
  const asked = { document, nodeId, seed: seedOf(subject.draftId), context: contextOf(tab.draft), ...wishes }
  return platform().call('export.request', exchange === null ? asked : { ...asked, exchange })
}

/** What is chosen in a collection: code has the values of one environment, where documents go with all. */
function chosen({ collectionId }: ParentRef, { format }: ExportWishes): { environment?: string; session?: string } {
  const { environment, session } = useChoicesStore.getState().byCollection[collectionId] ?? NO_CHOICE
  if (!isCode(format)) return {}
  return { ...(environment !== null && { environment }), ...(session !== null && { session }) }
}
