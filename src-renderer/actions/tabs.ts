/** Opening, closing and moving among tabs. A tab that would lose something asks before it closes, and can be reopened. */
import type { Draft } from '#contract/model/draft.ts'
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import { emptyRequest, newRequestDocument } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { OpenedRequest } from '#contract/model/workspace.ts'
import { newDraftId } from '../lib/new-draft-id.ts'
import { isUntitled, pathOrHost, requestLabel } from '../lib/request-label.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { isUnsaved, useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { ask } from './ask.ts'
import { draftEdited, forgetDraft } from './journal.ts'
import { forgetPages } from './forget-pages.ts'
import { platform } from './platform-ref.ts'
import { forgetPreview, previewShown } from './preview.ts'
import { forgetToken } from './tokens.ts'
import { forgetSave, save } from './save.ts'
import { forgetExchange } from './send.ts'
import { forgetVariables } from './variables.ts'
import { t } from '../lib/t.ts'

/** Of tabs that are as their files; what was not saved is here only, and stays for as long as the window. */
const MAX_CLOSED = 20
const closed: Tab[] = []
/** Requests being opened, so that two clicks open one tab. */
const opening = new Map<NodeId, Promise<DraftId | null>>()

/**
 * Open a tab with an empty request, its address ready to be typed.
 *
 * @param asked false where nobody asked for it: then the focus stays with whatever has it, and a page stays in front
 */
export function newRequest(asked = true): DraftId {
  const tab = tabOf({ nodeId: null, revision: null, document: newRequestDocument(), dirty: false }, null)
  const id = asked ? openTab(tab) : openBehind(tab)
  useFocusStore.getState().ask(id, { section: 'url' }, !asked)
  return id
}

/** Open a document as a new, unsaved request. */
export function openDocument(document: RequestDocument): DraftId {
  return openTab(tabOf({ nodeId: null, revision: null, document, dirty: true }, null))
}

/** Open a saved request, or go to its tab where it is open. Null where it cannot be opened; a notice says why. */
export async function openRequest(nodeId: NodeId): Promise<DraftId | null> {
  const open = tabOfNode(nodeId)
  if (open) {
    activate(open.draft.id)
    return open.draft.id
  }
  const underWay = opening.get(nodeId) ?? readIntoTab(nodeId)
  opening.set(nodeId, underWay)
  const id = await underWay
  opening.delete(nodeId)
  return id
}

/** Close a tab, as `closeTabs` does. */
export function closeTab(id: DraftId): Promise<boolean> {
  return closeTabs([id])
}

/**
 * Close tabs. Where some have unsaved edits it is asked once for all of them: save, do not save, or stay, which closes none.
 *
 * @returns whether they are closed; where one could not be saved, none is
 */
export async function closeTabs(ids: readonly DraftId[]): Promise<boolean> {
  const { tabs } = useDraftsStore.getState()
  const unsaved = ids.flatMap((id) => tabs[id] ?? []).filter(isUnsaved)
  if (unsaved.length > 0) {
    const [only, ...others] = unsaved
    if (only && others.length === 0) activate(only.draft.id)
    const choice = await ask('close', { names: unsaved.map(nameOf) })
    if (choice === 'cancel' || (choice === 'save' && !(await saveEach(unsaved)))) return false
  }
  ids.forEach(dropTab)
  return true
}

/** Each in front, as one that was never saved asks for its name. */
async function saveEach(tabs: readonly Tab[]): Promise<boolean> {
  for (const { draft } of tabs) {
    activate(draft.id)
    if (!(await save(draft.id))) return false
  }
  return true
}

/** Close a tab without asking; it can be reopened with all that was in it. */
export function dropTab(id: DraftId): void {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab) return
  closed.push(tab)
  const asFiles = closed.filter((other) => !isUnsaved(other))
  const [oldest] = asFiles
  if (oldest && asFiles.length > MAX_CLOSED) closed.splice(closed.indexOf(oldest), 1)
  useDraftsStore.getState().remove(id)
  forgetTab(id)
  const { activeId } = useDraftsStore.getState()
  if (activeId !== null) previewShown(activeId)
}

/** Forget what is kept of a tab that is no longer open, the journal's draft of it included. */
export function forgetTab(id: DraftId): void {
  forgetDraft(id)
  forgetSave(id)
  forgetExchange(id)
  forgetPages(id)
  forgetPreview(id)
  forgetToken(id)
  forgetVariables(id)
}

/** Bring back the tab closed last, edits and undo steps included. */
export function reopenClosed(): void {
  const tab = closed.pop()
  if (!tab) return
  const open = tab.draft.nodeId === null ? undefined : tabOfNode(tab.draft.nodeId)
  if (open) activate(open.draft.id)
  else openTab(tab)
}

/** Open a tab that was closed, at its old place in the row and without bringing it to the front. */
export function putBack(tab: Tab, index: number): void {
  const { id } = tab.draft
  const at = closed.findIndex((other) => other.draft.id === id)
  if (at >= 0) closed.splice(at, 1)
  useDraftsStore.getState().put(tab)
  draftEdited(id)
  moveTab(id, index)
}

/** Show a tab. */
export function activate(id: DraftId): void {
  if (useDraftsStore.getState().tabs[id] === undefined) return
  useDraftsStore.getState().activate(id)
  usePageStore.getState().show(null)
  // A wish for a tab that is left before it was drawn must not be met when it comes back.
  const { wish, done } = useFocusStore.getState()
  if (wish !== null && wish.draftId !== id) done(wish)
  previewShown(id)
}

/** Show the next tab, or with -1 the one before; the row is a ring. */
export function nextTab(step: 1 | -1): void {
  const { order, activeId } = useDraftsStore.getState()
  const at = activeId === null ? -1 : order.indexOf(activeId)
  const next = order[(at + step + order.length) % order.length]
  if (next !== undefined) activate(next)
}

/** Show the tab at a place in the row; -1 is the last. */
export function tabAt(index: number): void {
  const id = useDraftsStore.getState().order.at(index)
  if (id !== undefined) activate(id)
}

/** Put a tab before another place in the row. */
export function moveTab(id: DraftId, index: number): void {
  const { order, reorder } = useDraftsStore.getState()
  const at = order.indexOf(id)
  if (at < 0) return
  const rest = order.filter((other) => other !== id)
  rest.splice(index > at ? index - 1 : index, 0, id)
  reorder(rest)
}

/** Open a copy of a tab's request, as an unsaved tab beside it. */
export function duplicateTab(id: DraftId): DraftId | null {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab || tab.broken !== null) return null
  const { document: original } = tab.draft
  const document = isUntitled(original) ? original : { ...original, name: t`${original.name} copy` }
  const { shelvedBodies, shelvedAuths } = tab.draft
  const copy = tabOf({ nodeId: null, revision: null, document, dirty: true }, null)
  const copyId = openTab({ ...copy, draft: { ...copy.draft, shelvedBodies, shelvedAuths } })
  moveTab(copyId, useDraftsStore.getState().order.indexOf(id) + 1)
  return copyId
}

/** The open tab of a saved request. */
export function tabOfNode(nodeId: NodeId): Tab | undefined {
  return Object.values(useDraftsStore.getState().tabs).find((tab) => tab.draft.nodeId === nodeId)
}

/** The name a tab goes by; one that has none yet goes by where it leads. */
export function nameOf(tab: Tab): string {
  return tab.broken?.name ?? (tab.draft.nodeId === null ? requestLabel(tab.draft.document) : tab.draft.document.name)
}

/** The same without the method, where that stands beside it. */
export function shortNameOf(tab: Tab): string {
  const { document, nodeId } = tab.draft
  const place = tab.broken === null && nodeId === null && isUntitled(document) ? pathOrHost(document.url) : ''
  return place === '' ? nameOf(tab) : place
}

/** A tab that shows a file as it is. */
export function tabOfFile(nodeId: NodeId, opened: OpenedRequest): Tab {
  if (opened.kind === 'request') {
    return tabOf({ nodeId, revision: opened.revision, document: opened.document, dirty: false }, opened.document)
  }
  const tab = tabOf({ nodeId, revision: opened.revision, document: emptyRequest(opened.name), dirty: false }, null)
  return { ...tab, broken: { name: opened.name, text: opened.text, savedText: opened.text, error: opened.error } }
}

async function readIntoTab(nodeId: NodeId): Promise<DraftId | null> {
  const opened = await platform().call('request.open', { id: nodeId })
  if (opened.ok) return openTab(tabOfFile(nodeId, opened.value))
  useAppStore.getState().addNotice(noticeOf(opened.error))
  return null
}

function tabOf(draft: Pick<Draft, 'nodeId' | 'revision' | 'document' | 'dirty'>, saved: RequestDocument | null): Tab {
  return {
    draft: { id: newDraftId(), shelvedBodies: [], shelvedAuths: [], ...draft },
    saved,
    undo: { past: [], future: [] },
    broken: null,
  }
}

/** As the first tab of the window comes: the page that someone quick has opened stays before it. */
function openBehind(tab: Tab): DraftId {
  const { id } = tab.draft
  useDraftsStore.getState().put(tab)
  draftEdited(id)
  useDraftsStore.getState().activate(id)
  previewShown(id)
  return id
}

function openTab(tab: Tab): DraftId {
  const { id } = tab.draft
  useDraftsStore.getState().put(tab)
  draftEdited(id)
  activate(id)
  return id
}
