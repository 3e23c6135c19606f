/**
 * Everything that can be asked for by a key, the palette or a host's menu: one table, so that the three agree. The ids
 * are what `action.requested` carries.
 */
import { cancel } from '../actions/send.ts'
import { sendOrSpeak } from '../actions/websockets.ts'
import { openVersionsOfTab } from '../actions/backups.ts'
import { copyAsCode } from '../actions/code.ts'
import { createCollection, openCollection } from '../actions/collections.ts'
import { compareWithPrevious } from '../actions/compare.ts'
import { openCookies } from '../actions/cookies.ts'
import { openDeleted } from '../actions/deleted-items.ts'
import { collectionInFront, newEnvironment, showEnvironments } from '../actions/environments.ts'
import { saveAsExample } from '../actions/examples.ts'
import { redoLayer, saveLayer, undoLayer } from '../actions/layer-drafts.ts'
import { undoTree } from '../actions/tree-turns.ts'
import { travelInSight } from '../actions/undo-in-sight.ts'
import { showHistory } from '../actions/history.ts'
import { openExportOfTab } from '../actions/export.ts'
import { openImport } from '../actions/import.ts'
import { openDefaults } from '../actions/layer-pages.ts'
import { closePage, layerInFront } from '../actions/pages.ts'
import { showRunner } from '../actions/runs.ts'
import { save, saveAs } from '../actions/save.ts'
import { newSession, showSession, showSessions } from '../actions/sessions.ts'
import { closeTab, duplicateTab, newRequest, nextTab, reopenClosed, tabAt } from '../actions/tabs.ts'
import { changeSettings } from '../actions/settings.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { useFindStore } from '../stores/find-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { showsSidebar, useLayoutStore } from '../stores/layout-store.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { goToPart } from './window-parts.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { CollectionId, DraftId } from '#contract/model/ids.ts'

export interface AppAction {
  readonly id: string
  readonly label: string
  /** The first is the one shown; the others are for where a browser keeps that to itself. */
  readonly keys: readonly string[]
  /** Not listed in the palette. */
  readonly hidden?: boolean
  /** Returns false where there is nothing to do: the key then goes on to whatever has the focus. */
  readonly run: () => boolean | void
}

/** What only the app can open. */
export interface Openers {
  readonly openPalette: (mode: 'all' | 'requests') => void
  readonly openSettings: () => void
}

export function createAppActions(openers: Openers): readonly AppAction[] {
  return [...requestActions(), ...tabActions(openers), ...windowActions(openers), ...collectionActions()]
}

function requestActions(): readonly AppAction[] {
  return [
    { id: 'request.send', label: 'Send', keys: ['Ctrl+Enter'], run: () => withActive(sendInFront) },
    { id: 'exchange.cancel', label: 'Cancel sending', keys: ['Ctrl+.'], run: cancelActive },
    { id: 'request.save', label: 'Save', keys: ['Ctrl+S'], run: saveInFront },
    { id: 'request.saveAs', label: 'Save as', keys: ['Ctrl+Shift+S'], run: () => withActive((id) => void saveAs(id)) || true },
    { id: 'request.duplicate', label: 'Duplicate request', keys: ['Ctrl+D'], run: () => withActive((id) => void duplicateTab(id)) || true },
    { id: 'request.copyAsCode', label: 'Copy as code', keys: ['Ctrl+Shift+C'], run: () => withActive((id) => void copyAsCode(id)) || true },
    {
      id: 'request.versions',
      label: 'Earlier versions of the request',
      keys: [],
      run: () => withActive((id) => void openVersionsOfTab(id)),
    },
    { id: 'url.focus', label: 'Go to the address', keys: ['Ctrl+L'], run: focusUrl },
    { id: 'body.find', label: 'Find in the response body', keys: ['Ctrl+F'], run: findInBody },
    {
      id: 'edit.undo',
      label: 'Undo',
      keys: ['Ctrl+Z'],
      hidden: true,
      run: () => inTree(() => void undoTree()) || whereNoFieldHasTheKeys((id) => travelInSight(id, 'undo'), undoLayer),
    },
    {
      id: 'edit.redo',
      label: 'Redo',
      keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
      hidden: true,
      run: () => inTree(() => undefined) || whereNoFieldHasTheKeys((id) => travelInSight(id, 'redo'), redoLayer),
    },
  ]
}

function tabActions(openers: Openers): readonly AppAction[] {
  const places = [1, 2, 3, 4, 5, 6, 7, 8].map((place) => ({
    id: `tab.${place}`,
    label: `Tab ${place}`,
    keys: [`Ctrl+${place}`],
    hidden: true,
    run: () => tabAt(place - 1),
  }))
  return [
    { id: 'request.new', label: 'New request', keys: ['Ctrl+N', 'Ctrl+Alt+N', 'Ctrl+T'], run: () => void newRequest() },
    { id: 'request.open', label: 'Open a saved request', keys: ['Ctrl+P'], run: () => openers.openPalette('requests') },
    {
      id: 'tab.close',
      label: 'Close tab',
      keys: ['Ctrl+W', 'Ctrl+Alt+W'],
      run: () => closePage() || withActive((id) => void closeTab(id)) || true,
    },
    { id: 'tab.reopen', label: 'Reopen closed tab', keys: ['Ctrl+Shift+T'], run: reopenClosed },
    { id: 'tab.next', label: 'Next tab', keys: ['Ctrl+Tab', 'Ctrl+PageDown', 'Ctrl+Alt+ArrowRight'], run: () => nextTab(1) },
    { id: 'tab.previous', label: 'Previous tab', keys: ['Ctrl+Shift+Tab', 'Ctrl+PageUp', 'Ctrl+Alt+ArrowLeft'], run: () => nextTab(-1) },
    ...places,
    { id: 'tab.last', label: 'Last tab', keys: ['Ctrl+9'], hidden: true, run: () => tabAt(-1) },
  ]
}

function windowActions(openers: Openers): readonly AppAction[] {
  return [
    { id: 'palette.open', label: 'Command palette', keys: ['Ctrl+K'], hidden: true, run: () => openers.openPalette('all') },
    { id: 'sidebar.toggle', label: 'Show or hide the side bar', keys: ['Ctrl+B'], run: toggleSidebar },
    { id: 'layout.toggle', label: 'Response beside or below', keys: ['Ctrl+J'], run: toggleSplit },
    { id: 'part.next', label: 'Next part of the window', keys: ['F6'], run: () => goToPart(1) },
    { id: 'part.previous', label: 'Previous part of the window', keys: ['Shift+F6'], run: () => goToPart(-1) },
    { id: 'sidebar.filter', label: 'Filter the collections', keys: ['Ctrl+Shift+F'], run: focusFilter },
    { id: 'cookies.open', label: 'Cookies', keys: [], run: () => openCookies() },
    { id: 'runner.show', label: 'Run requests', keys: [], run: showRunner },
    { id: 'history.show', label: 'History', keys: [], run: () => showHistory() },
    {
      id: 'answer.compare',
      label: 'Compare with the previous answer',
      keys: [],
      run: () => withActive((id) => void compareWithPrevious(id)),
    },
    { id: 'answer.keep', label: 'Save the answer as an example', keys: [], run: () => withActive((id) => void saveAsExample(id)) },
    { id: 'settings.open', label: 'Settings', keys: ['Ctrl+,'], run: openers.openSettings },
    { id: 'theme.light', label: 'Light theme', keys: [], run: () => void changeSettings({ theme: 'light' }) },
    { id: 'theme.dark', label: 'Dark theme', keys: [], run: () => void changeSettings({ theme: 'dark' }) },
    { id: 'theme.system', label: 'Theme of the system', keys: [], run: () => void changeSettings({ theme: 'system' }) },
    { id: 'theme.highContrast', label: 'High contrast theme', keys: [], run: () => void changeSettings({ theme: 'high-contrast' }) },
  ]
}

function collectionActions(): readonly AppAction[] {
  return [
    { id: 'collection.new', label: 'New collection', keys: [], run: () => void createCollection() },
    { id: 'sessions.show', label: 'Sessions', keys: [], run: showSessions },
    { id: 'session.new', label: 'New session', keys: [], run: () => inCollection((id) => void newSession(id)) },
    { id: 'session.edit', label: 'Edit the session in use', keys: [], run: () => inCollection(editSessionInUse) },
    { id: 'defaults.edit', label: 'Defaults of the collection', keys: [], run: () => inCollection((id) => void openDefaults(id, null)) },
    { id: 'environments.show', label: 'Environments', keys: [], run: showEnvironments },
    { id: 'environment.new', label: 'New environment', keys: [], run: () => inCollection((id) => void newEnvironment(id)) },
    { id: 'trash.open', label: 'Deleted items', keys: [], run: openDeleted },
    { id: 'collection.open', label: 'Open collection folder', keys: ['Ctrl+O'], run: () => void openCollection() },
    { id: 'import.open', label: 'Import', keys: [], run: () => openImport() },
    { id: 'export.open', label: 'Export this request', keys: [], run: openExportOfTab },
  ]
}

/** For the collection of the request in front; false where there is none. */
function inCollection(run: (id: CollectionId) => void): boolean {
  const id = collectionInFront()
  if (id !== null) run(id)
  return id !== null
}

function editSessionInUse(id: CollectionId): void {
  showSession(id, useChoicesStore.getState().byCollection[id]?.session ?? DEFAULT_SESSION)
}

/** Stop the active tab's send. False where none is under way. */
export function cancelActive(): boolean {
  const { activeId } = useDraftsStore.getState()
  if (activeId === null || exchangeOf(activeId)(useExchangesStore.getState()).sending === null) return false
  cancel(activeId)
  return true
}

/** Turn the response from beside the editor to below it, or back. */
export function toggleSplit(): void {
  const { split } = useLayoutStore.getState()
  void changeSettings({ layout: split === 'beside' ? 'below' : 'beside' })
}

/** Show or hide the side bar. */
export function toggleSidebar(): void {
  const layout = useLayoutStore.getState()
  layout.change({ sidebarVisible: !showsSidebar(layout) })
}

function withActive(run: (id: DraftId) => void): boolean {
  const { activeId } = useDraftsStore.getState()
  if (activeId === null) return false
  run(activeId)
  return true
}

function focusUrl(): boolean {
  const field = document.querySelector<HTMLElement>('[aria-label="URL"]')
  field?.focus()
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select()
  return field !== null
}

function focusFilter(): void {
  useLayoutStore.getState().change({ sidebarVisible: true })
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-label="Filter requests"]')?.focus())
}

/** A text in focus is found in itself; from anywhere else the body of the response is, whichever section is shown. */
function findInBody(): boolean {
  const { activeId } = useDraftsStore.getState()
  const response = exchangeOf(activeId)(useExchangesStore.getState()).last?.response ?? null
  if (activeId === null || response === null || document.activeElement?.closest('.monaco-editor, [data-finds]')) return false
  useFindStore.getState().ask(activeId)
  return true
}

/** A request that is behind a page comes to the front with its answer. */
function sendInFront(id: DraftId): void {
  if (layerInFront() !== null) closePage()
  sendOrSpeak(id)
}

/** What is edited: an environment, say, where its page is in front of the request. */
function saveInFront(): true {
  const layer = layerInFront()
  if (layer !== null) void saveLayer(layer)
  else withActive((id) => void save(id))
  return true
}

/** The tree has an undo of its own, and no redo; edits out of its sight are left alone. */
function inTree(run: () => void): boolean {
  const focused = document.activeElement
  if (focused === null || !focused.matches('[role="tree"], [role="tree"] :not(input)')) return false
  run()
  return true
}

/** The editor's own fields take these keys themselves, other fields keep their own undo, and an answer is not edited. */
function whereNoFieldHasTheKeys(run: (id: DraftId) => boolean, runOnLayer: (id: DraftId) => boolean): boolean {
  const focused = document.activeElement
  if (focused?.matches('input, textarea, select, [contenteditable="true"], .native-edit-context')) return false
  // Left to the browser, the key would undo in whichever field was typed in last, out of sight.
  if (focused?.matches('[aria-label="Response"] *') === true) return true
  const layer = layerInFront()
  return layer === null ? withActive((id) => void run(id)) : runOnLayer(layer)
}
