/**
 * Everything that can be asked for by a key, the palette or a host's menu: one table, so that the three agree. The ids
 * are what `action.requested` carries, and what `contract/model/action-keys` has the keys by.
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
import { openTour } from '../actions/tour.ts'
import { saveAsExample } from '../actions/examples.ts'
import { openManual } from '../actions/manual.ts'
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
import { closeTab, closeTabs, duplicateTab, newRequest, nextTab, reopenClosed, tabAt } from '../actions/tabs.ts'
import { changeSettings } from '../actions/settings.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { useFindStore } from '../stores/find-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { showsSidebar, useLayoutStore } from '../stores/layout-store.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import type { SettingsPart } from '../stores/overlay-store.ts'
import { withEnglish } from './english-names.ts'
import { goToPart } from './window-parts.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { CollectionId, DraftId } from '#contract/model/ids.ts'
import { labelled } from '../lib/labelled.ts'
import { t } from '../lib/t.ts'

export interface AppAction {
  readonly id: string
  readonly label: string
  /** Its label in English, where the window speaks another language. */
  readonly english?: string
  /** Not listed in the palette. */
  readonly hidden?: boolean
  /** Returns false where there is nothing to do: the key then goes on to whatever has the focus. */
  readonly run: () => boolean | void
}

/** What only the app can open. */
export interface Openers {
  readonly openPalette: (mode: 'all' | 'requests') => void
  readonly openSettings: (part?: SettingsPart) => void
}

export function createAppActions(openers: Openers): readonly AppAction[] {
  return withEnglish(() => [
    ...requestActions(),
    ...placeActions(),
    ...tabActions(openers),
    ...windowActions(openers),
    ...collectionActions(),
  ])
}

function requestActions(): readonly AppAction[] {
  return [
    { id: 'request.send', label: t`Send`, run: () => withActive(sendInFront) },
    { id: 'exchange.cancel', label: t`Cancel sending`, run: cancelActive },
    { id: 'request.save', label: t`Save`, run: saveInFront },
    { id: 'request.saveAs', label: t`Save as`, run: () => withActive((id) => void saveAs(id)) || true },
    { id: 'request.duplicate', label: t`Duplicate request`, run: () => withActive((id) => void duplicateTab(id)) || true },
    {
      id: 'request.copyAsPython',
      label: t`Copy as Python`,
      run: () => withActive((id) => void copyAsCode(id, 'python')) || true,
    },
    { id: 'request.copyAsCode', label: t`Copy as code`, run: () => withActive((id) => void copyAsCode(id)) || true },
    {
      id: 'request.versions',
      label: t`Earlier versions of the request`,
      run: () => withActive((id) => void openVersionsOfTab(id)),
    },
    { id: 'url.focus', label: t`Go to the address`, run: focusUrl },
    { id: 'body.find', label: t`Find in the response body`, run: findInBody },
    {
      id: 'edit.undo',
      label: t`Undo`,
      hidden: true,
      run: () => inTree(() => void undoTree()) || whereNoFieldHasTheKeys((id) => travelInSight(id, 'undo'), undoLayer),
    },
    {
      id: 'edit.redo',
      label: t`Redo`,
      hidden: true,
      run: () => inTree(() => undefined) || whereNoFieldHasTheKeys((id) => travelInSight(id, 'redo'), redoLayer),
    },
  ]
}

const SECTIONS = [
  ['params', t`Go to Params`],
  ['headers', t`Go to Headers`],
  ['body', t`Go to Body`],
  ['auth', t`Go to Auth`],
  ['cookies', t`Go to Cookies of the request`],
  ['options', t`Go to Options`],
  ['tests', t`Go to Tests`],
  ['scripts', t`Go to Scripts`],
  ['docs', t`Go to Docs`],
  ['variables', t`Go to Variables of the request`],
] as const

function placeActions(): readonly AppAction[] {
  return [
    ...SECTIONS.map(([section, label]) => ({
      id: `section.${section}`,
      label,
      run: () => withActive((id) => useFocusStore.getState().ask(id, { section })),
    })),
    { id: 'sidebar.focus', label: t`Go to the collections`, run: () => focusIn(`[role="tree"]${labelled(t`Collections`)}`) },
    {
      id: 'answer.focus',
      label: t`Go to the response`,
      run: () => focusIn(`[role="tablist"]${labelled(t`Response`)} [role="tab"][aria-selected="true"]`),
    },
  ]
}

function tabActions(openers: Openers): readonly AppAction[] {
  const places = [1, 2, 3, 4, 5, 6, 7, 8].map((place) => ({
    id: `tab.${place}`,
    label: t`Tab ${place}`,
    hidden: true,
    run: () => tabAt(place - 1),
  }))
  return [
    { id: 'request.new', label: t`New request`, run: () => void newRequest() },
    { id: 'request.open', label: t`Open a saved request`, run: () => openers.openPalette('requests') },
    {
      id: 'tab.close',
      label: t`Close tab`,
      run: () => closePage() || withActive((id) => void closeTab(id)) || true,
    },
    { id: 'tab.closeOthers', label: t`Close other tabs`, run: () => withActive((id) => void closeTabs(otherTabs(id))) },
    { id: 'tab.closeAll', label: t`Close all tabs`, run: () => void closeTabs(useDraftsStore.getState().order) },
    { id: 'tab.reopen', label: t`Reopen closed tab`, run: reopenClosed },
    { id: 'tab.next', label: t`Next tab`, run: () => nextTab(1) },
    { id: 'tab.previous', label: t`Previous tab`, run: () => nextTab(-1) },
    ...places,
    { id: 'tab.last', label: t`Last tab`, hidden: true, run: () => tabAt(-1) },
  ]
}

function windowActions(openers: Openers): readonly AppAction[] {
  return [
    { id: 'palette.open', label: t`Command palette`, hidden: true, run: () => openers.openPalette('all') },
    { id: 'sidebar.toggle', label: t`Show or hide the side bar`, run: toggleSidebar },
    { id: 'layout.toggle', label: t`Response beside or below`, run: toggleSplit },
    { id: 'part.next', label: t`Next part of the window`, run: () => goToPart(1) },
    { id: 'part.previous', label: t`Previous part of the window`, run: () => goToPart(-1) },
    { id: 'sidebar.filter', label: t`Filter the collections`, run: focusFilter },
    { id: 'cookies.open', label: t`Cookies`, run: () => openCookies() },
    { id: 'runner.show', label: t`Run requests`, run: showRunner },
    { id: 'history.show', label: t`History`, run: () => showHistory() },
    {
      id: 'answer.compare',
      label: t`Compare with the previous answer`,
      run: () => withActive((id) => void compareWithPrevious(id)),
    },
    { id: 'answer.keep', label: t`Save the answer as an example`, run: () => withActive((id) => void saveAsExample(id)) },
    { id: 'settings.open', label: t`Settings`, run: () => openers.openSettings() },
    { id: 'shortcuts.open', label: t`Keyboard shortcuts`, run: () => openers.openSettings('shortcuts') },
    { id: 'manual.open', label: t`Manual`, run: () => openManual() },
    { id: 'tour.open', label: t`Welcome tour`, run: () => void openTour() },
    { id: 'theme.light', label: t`Light theme`, run: () => void changeSettings({ theme: 'light' }) },
    { id: 'theme.dark', label: t`Dark theme`, run: () => void changeSettings({ theme: 'dark' }) },
    { id: 'theme.system', label: t`Theme of the system`, run: () => void changeSettings({ theme: 'system' }) },
    { id: 'theme.highContrast', label: t`High contrast theme`, run: () => void changeSettings({ theme: 'high-contrast' }) },
  ]
}

function collectionActions(): readonly AppAction[] {
  return [
    { id: 'collection.new', label: t`New collection`, run: () => void createCollection() },
    { id: 'sessions.show', label: t`Sessions`, run: showSessions },
    { id: 'session.new', label: t`New session`, run: () => inCollection((id) => void newSession(id)) },
    { id: 'session.edit', label: t`Edit the session in use`, run: () => inCollection(editSessionInUse) },
    { id: 'defaults.edit', label: t`Defaults of the collection`, run: () => inCollection((id) => void openDefaults(id, null)) },
    { id: 'environments.show', label: t`Environments`, run: showEnvironments },
    { id: 'environment.new', label: t`New environment`, run: () => inCollection((id) => void newEnvironment(id)) },
    { id: 'trash.open', label: t`Deleted items`, run: openDeleted },
    { id: 'collection.open', label: t`Open collection folder`, run: () => void openCollection() },
    { id: 'import.open', label: t`Import`, run: () => openImport() },
    { id: 'export.open', label: t`Export this request`, run: openExportOfTab },
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

function otherTabs(id: DraftId): readonly DraftId[] {
  return useDraftsStore.getState().order.filter((other) => other !== id)
}

/** Put the focus on what of a part can have it. False where the part is not there. */
function focusIn(selector: string): boolean {
  const part = document.querySelector<HTMLElement>(selector)
  const target = part?.matches('[tabindex="0"], button') === true ? part : part?.querySelector<HTMLElement>('[tabindex="0"]')
  target?.focus()
  return target !== null && target !== undefined
}

function focusUrl(): boolean {
  const field = document.querySelector<HTMLElement>(labelled(t`URL`))
  field?.focus()
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select()
  return field !== null
}

function focusFilter(): void {
  useLayoutStore.getState().change({ sidebarVisible: true })
  requestAnimationFrame(() => document.querySelector<HTMLElement>(labelled(t`Filter requests`))?.focus())
}

/**
 * A text in focus is found in itself; from anywhere else the body of the response is, whichever section is shown. One that
 * is still on its way is once it is here.
 */
function findInBody(): boolean {
  const { activeId } = useDraftsStore.getState()
  const { last, sending } = exchangeOf(activeId)(useExchangesStore.getState())
  const answer = last?.response ?? sending?.head ?? null
  if (activeId === null || answer === null || document.activeElement?.closest('.monaco-editor, [data-finds]')) return false
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
  if (focused?.matches(`${labelled(t`Response`)} *`) === true) return true
  const layer = layerInFront()
  return layer === null ? withActive((id) => void run(id)) : runOnLayer(layer)
}
