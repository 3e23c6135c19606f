/**
 * The variables that fields can show and complete: asked of core for the tab in front, whenever the tab, what is chosen
 * around it, its own variables or its collection's files have changed.
 */
import type { DraftId } from '#contract/model/ids.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { activeTab, useDraftsStore, type Tab } from '../stores/drafts-store.ts'
import { useVariablesStore } from '../stores/variables-store.ts'
import { contextOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { seedOf } from './preview.ts'

/** Typing in the table of variables, and what comes in bursts, is one change. */
const ASK_AFTER_MS = 150

/** What the answer for a tab depended on; compared part by part. */
const askedWith = new Map<DraftId, readonly unknown[]>()
let timer: ReturnType<typeof setTimeout> | null = null

/** Ask whenever there is something new to ask. Returns what stops it. */
export function watchVariables(): () => void {
  const stops = [useDraftsStore.subscribe(look), useCollectionsStore.subscribe(look), useChoicesStore.subscribe(look)]
  look()
  return () => {
    stops.forEach((stop) => stop())
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
}

/** Ask again although nothing that the window knows of has changed. */
export function rereadVariables(): void {
  askedWith.clear()
  look()
}

/** Forget a closed tab. */
export function forgetVariables(id: DraftId): void {
  askedWith.delete(id)
  useVariablesStore.getState().remove(id)
}

function look(): void {
  const tab = activeTab(useDraftsStore.getState())
  if (!tab || tab.broken !== null || isAnswered(tab)) return
  timer ??= setTimeout(() => {
    timer = null
    const now = activeTab(useDraftsStore.getState())
    if (now && now.broken === null && !isAnswered(now)) void read(now)
  }, ASK_AFTER_MS)
}

function isAnswered(tab: Tab): boolean {
  const asked = askedWith.get(tab.draft.id)
  return asked !== undefined && dependsOn(tab).every((part, index) => part === asked[index])
}

function dependsOn({ draft }: Tab): readonly unknown[] {
  const { collectionId, environment } = contextOf(draft)
  const settings = useCollectionsStore.getState().collections.find(({ id }) => id === collectionId)?.settings
  return [draft.nodeId, collectionId, environment, settings, draft.document.variables]
}

async function read(tab: Tab): Promise<void> {
  const { id, nodeId, document } = tab.draft
  const asked = dependsOn(tab)
  askedWith.set(id, asked)
  if (useVariablesStore.getState().dynamic.length === 0) void readDynamic()
  const answer = await platform().call('variables.list', { document, nodeId, seed: seedOf(id), context: contextOf(tab.draft) })
  if (askedWith.get(id) !== asked) return
  // What is wrong with an environment or a file stands in the preview; the fields then know less.
  useVariablesStore.getState().set(id, answer.ok ? answer.value.variables : [])
  if (!answer.ok && answer.error.kind === 'Unavailable') askedWith.delete(id)
}

async function readDynamic(): Promise<void> {
  const answer = await platform().call('variables.dynamic', {})
  if (answer.ok) useVariablesStore.getState().setDynamic(answer.value.values)
}
