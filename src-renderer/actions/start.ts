/**
 * What happens when the window opens: facts of the host, settings, collections, and the tabs as they were. A tab shows
 * what the journal has at once; then its file is read, which a clean tab follows and an edited one is compared with.
 */
import type { WireError } from '#contract/errors.ts'
import type { Draft, WindowState } from '#contract/model/draft.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { capabilities, setCapabilities } from '../platform/use-capability.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { surroundingsChanged, watchSurroundings } from './choices.ts'
import { collectionsLost, loadCollections } from './collection-news.ts'
import { versionsChanged } from './backups.ts'
import { deletedChanged } from './deleted-items.ts'
import { cookiesChanged } from './cookies.ts'
import { joinTabs } from './early-tabs.ts'
import { historyChanged, watchForTabs } from './history.ts'
import { importProgressed } from './import.ts'
import { followLanguage } from './language.ts'
import { layerDraftChanged, recheckLayers, restoreLayers } from './layer-drafts.ts'
import { flushJournal, isJournalBehind, resetBases, retryJournal, watchWindowState, writeUnsent } from './journal.ts'
import { rereadTabs, workspaceChanged } from './open-files.ts'
import { draftChanged, forgetOtherWindows, watchOtherWindows } from './other-windows.ts'
import { pagesProgressed } from './answer-pages.ts'
import { platform } from './platform-ref.ts'
import { refreshPreview, surroundingsMoved } from './preview.ts'
import { runProgressed } from './runs.ts'
import { connectionLost, exchangeProgressed } from './send.ts'
import { settingsChanged } from './settings.ts'
import { forgetTab, newRequest } from './tabs.ts'
import { keepFront, takeFront } from './unsent.ts'
import { applyFonts, applyTheme } from './theme.ts'
import { rereadVariables, watchVariables } from './variables.ts'
import { watchChosenFiles } from './watch-files.ts'
import { t } from '../lib/t.ts'

let restored = false

/** Fill the stores and keep them true to the core from now on. */
export async function start(): Promise<void> {
  listen()
  await readAll()
}

/** Read again what may have changed while the host was away; all of it, where it was not there at the start. */
async function resume(): Promise<void> {
  const wasRestored = restored
  await readAll()
  if (!wasRestored) return
  retryJournal()
  await Promise.all([rereadTabs(), recheckLayers()])
  surroundingsMoved()
}

async function readAll(): Promise<void> {
  await Promise.all([readInfo(), readSettings(), loadCollections(), restoreTabs()])
  const { realPaths, nativeMenu } = capabilities()
  if (nativeMenu) await import('./menus.ts').then(({ sayMenus }) => sayMenus())
  if (realPaths) await openWhatWaits()
}

async function openWhatWaits(): Promise<void> {
  const { takeOpened } = await import('./opened.ts')
  await takeOpened()
}

function listen(): void {
  const host = platform()
  const app = useAppStore.getState()
  host.on('exchange.progressed', exchangeProgressed)
  host.on('pages.progressed', pagesProgressed)
  host.on('import.progressed', importProgressed)
  host.on('run.progressed', runProgressed)
  host.on('workspace.changed', workspaceChanged)
  host.on('workspace.changed', versionsChanged)
  host.on('workspace.changed', deletedChanged)
  host.on('draft.changed', draftChanged)
  host.on('layerDraft.changed', layerDraftChanged)
  host.on('cookies.changed', cookiesChanged)
  host.on('history.changed', historyChanged)
  host.on('settings.changed', settingsChanged)
  host.on('shell.opened', () => void openWhatWaits())
  watchOtherWindows()
  watchForTabs()
  host.on('bug.reported', ({ error }) => app.addNotice(noticeOf(error)))
  let wasLost = false
  host.onConnection((state) => {
    app.setConnection(state)
    if (state !== 'open') {
      connectionLost()
      forgetOtherWindows()
      collectionsLost()
      resetBases(undefined)
    } else if (wasLost) void resume()
    wasLost = state !== 'open'
  })
  host.askBeforeLeaving(isJournalBehind)
  watchSurroundings()
  watchVariables()
  watchChosenFiles()
  // A `.env` file is not watched: it may have been edited meanwhile.
  addEventListener('focus', () => {
    surroundingsChanged()
    rereadVariables()
  })
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flushJournal())
}

function leave(): void {
  flushJournal()
  const { activeId } = useDraftsStore.getState()
  if (!restored && activeId !== null) keepFront(activeId)
}

async function readInfo(): Promise<void> {
  const info = await platform().call('app.info', {})
  const app = useAppStore.getState()
  if (!info.ok) {
    if (info.error.kind !== 'Unavailable') app.addNotice(noticeOf(info.error))
    return
  }
  setCapabilities(info.value.capabilities)
  app.setInfo(info.value)
}

async function readSettings(): Promise<void> {
  const settings = await platform().call('settings.read', {})
  if (!settings.ok) return
  useSettingsStore.getState().replace(settings.value)
  applyTheme(settings.value.theme)
  applyFonts(settings.value)
  followLanguage(settings.value.language)
  useLayoutStore.getState().change({ split: settings.value.layout })
}

async function restoreTabs(): Promise<void> {
  if (restored) return
  const unsent = await writeUnsent()
  const loaded = await platform().call('drafts.load', {})
  if (!loaded.ok) {
    await tellOf(loaded.error)
    return
  }
  if (restored) return
  restored = true
  const { drafts, sequence } = loaded.value
  resetBases(sequence)
  const window = unsent.window ?? loaded.value.window
  // How the panes are split is a setting, and the same in all windows.
  if (window) useLayoutStore.getState().restore({ ...window.layout, split: useSettingsStore.getState().settings.layout })
  // What an older version kept for a host that was away has none.
  if (window?.choices) useChoicesStore.getState().replace(window.choices)
  const tabs = inOrder(withUnsent(drafts, unsent.drafts), window).map(restoredTab)
  const tabOf = (id: DraftId | null | undefined): Tab | undefined => tabs.find((tab) => tab.draft.id === id)
  const active = tabOf(takeFront()) ?? tabOf(window?.active) ?? tabs.at(-1)
  const opened = useDraftsStore.getState()
  // Someone quick may have opened a tab already: it stays, and stays in front.
  const early = opened.order.flatMap((id) => opened.tabs[id] ?? [])
  const joined = joinTabs(tabs, early)
  const front = joined.gone.find(({ tab }) => tab.draft.id === opened.activeId)?.by.draft.id ?? opened.activeId
  opened.replaceAll(joined.tabs, front ?? active?.draft.id ?? null)
  for (const { tab } of joined.gone) forgetTab(tab.draft.id)
  watchWindowState(opened.order.length > 0)
  // The very first start: an address can be typed at once.
  if (window === null && useDraftsStore.getState().order.length === 0) newRequest(false)
  useDraftsStore.getState().restored()
  const [fault] = await Promise.all([restoreLayers(unsent.layers), rereadTabs()])
  if (fault) await tellOf(fault)
  if (active) refreshPreview(active.draft.id)
}

/** A lost host and a data folder that cannot be used have their banners. */
async function tellOf(error: WireError): Promise<void> {
  if (error.kind === 'Unavailable') return
  if (useAppStore.getState().info === null) await readInfo()
  const app = useAppStore.getState()
  if (error.kind !== 'StorageError' || !app.info?.problem) app.addNotice(noticeOf(error))
}

/** What could not be written is newer than what was. */
function withUnsent(drafts: readonly Draft[], unsent: readonly Draft[]): readonly Draft[] {
  const newer = new Map(unsent.map((draft) => [draft.id, draft]))
  return [...drafts.filter((draft) => !newer.has(draft.id)), ...unsent]
}

function restoredTab(draft: Draft): Tab {
  const undo = { past: [], future: [] }
  const { brokenText, ...rest } = draft
  if (brokenText === undefined) return { draft, saved: draft.dirty ? null : savedOf(draft), undo, broken: null }
  // What the file itself holds is known once it is read again.
  const savedText = draft.dirty ? '' : brokenText
  const error = { kind: 'Unreadable', stage: 'store', message: t`The file does not parse.` } as const
  return { draft: rest, saved: null, undo, broken: { name: draft.document.name, text: brokenText, savedText, error } }
}

/** A clean draft of a saved request is what its file held. */
function savedOf(draft: Draft): Tab['saved'] {
  return draft.nodeId === null ? null : draft.document
}

/** The drafts in the order of the row; those that are not in it come last. */
function inOrder(drafts: readonly Draft[], window: WindowState | null): readonly Draft[] {
  const byId = new Map(drafts.map((draft) => [draft.id, draft]))
  const ordered = (window?.order ?? []).flatMap((id) => byId.get(id) ?? [])
  const known = new Set(ordered.map((draft) => draft.id))
  return [...ordered, ...drafts.filter((draft) => !known.has(draft.id))]
}
