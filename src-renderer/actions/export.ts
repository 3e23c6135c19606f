/** Exporting: the texts are made by core, looked at, and copied or handed over as files. */
import type { WireError } from '#contract/errors.ts'
import type { ExportFormat } from '#contract/model/export-formats.ts'
import { failed, type Result } from '#contract/result.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { NO_EXPORT, useExportStore, type Exported, type ExportSubject } from '../stores/export-store.ts'
import { copyToClipboard } from './bodies.ts'
import { contextOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { seedOf } from './preview.ts'

/** Counts what was asked for: an answer to an older question is not shown. */
let asked = 0

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
  useExportStore.getState().change(NO_EXPORT)
}

export function chooseExportFormat(format: ExportFormat): void {
  useExportStore.getState().change({ format, file: 0 })
  void make()
}

/** @param isClear whether credentials that were typed in clear stay so */
export function revealInExport(isClear: boolean): void {
  useExportStore.getState().change({ isClear })
  void make()
}

export async function copyExport(): Promise<void> {
  const { exported, file } = useExportStore.getState()
  const shown = exported?.files[file]
  if (shown && (await copyToClipboard(shown.text)))
    useAppStore.getState().addNotice({ id: 'export:copied', tone: 'info', text: `Copied ${shown.name}` })
}

/** Hand over every file, as downloads are. */
export function saveExport(): void {
  const files = useExportStore.getState().exported?.files ?? []
  for (const { name, text } of files) handOver(name, text)
  const words = files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files`
  useAppStore.getState().addNotice({ id: 'export:saved', tone: 'info', text: `Exported ${words}` })
  closeExport()
}

function handOver(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then; the address keeps the text in memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

async function make(): Promise<void> {
  asked += 1
  const turn = asked
  const { subject, format, isClear, change } = useExportStore.getState()
  if (subject === null) return
  const answer = await texts(subject, format, isClear ? 'clear' : 'reference')
  if (turn !== asked) return
  if (answer.ok) change({ exported: answer.value, error: null })
  else change({ exported: null, error: answer.error })
}

async function texts(
  subject: ExportSubject,
  format: ExportFormat,
  credentials: 'reference' | 'clear',
): Promise<Result<Exported, WireError>> {
  if (subject.kind === 'place') return platform().call('export.folder', { parent: subject.parent, format, credentials })
  if (subject.kind === 'saved') {
    const { nodeId } = subject
    const opened = await platform().call('request.open', { id: nodeId })
    if (!opened.ok) return opened
    if (opened.value.kind === 'broken') return failed(opened.value.error)
    return platform().call('export.request', { document: opened.value.document, nodeId, seed: 'export of a file', format, credentials })
  }
  const tab = useDraftsStore.getState().tabs[subject.draftId]
  if (!tab) return failed({ kind: 'NotFound', stage: 'call', message: 'The tab is not open any more.' })
  const { document, nodeId } = tab.draft
  // An archive is of what took place, where something did.
  const exchange = format === 'har' ? exchangeOf(subject.draftId)(useExchangesStore.getState()).last : null
  const asked = { document, nodeId, seed: seedOf(subject.draftId), context: contextOf(tab.draft), format, credentials }
  return platform().call('export.request', exchange === null ? asked : { ...asked, exchange })
}
