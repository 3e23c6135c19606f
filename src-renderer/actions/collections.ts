/**
 * What a person does in the tree: create, rename, move, duplicate, open and close collections; deleting is
 * `trash.ts`. The tree itself changes when core says so (`workspace.changed`), whoever caused it.
 */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Moved, ParentRef } from '#contract/model/workspace.ts'
import type { WireError } from '#contract/errors.ts'
import { ok } from '#contract/result.ts'
import { newRequestDocument } from '#contract/model/request-defaults.ts'
import { neighboursAmong } from '../lib/tree-picks.ts'
import { childrenOf } from '../lib/tree-rows.ts'
import { capabilities } from '../platform/use-capability.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { ask } from './ask.ts'
import { letGoOf, takeBackTabs, type LostTabs } from './lost-tabs.ts'
import { rereadTabs, whileGoingAway } from './open-files.ts'
import { platform } from './platform-ref.ts'
import { openRequest } from './tabs.ts'
import { trashAgain } from './trash.ts'
import { inTurn, type Effects, type Turn } from './tree-turns.ts'
import type { TreeStep } from './tree-undo.ts'
import { t } from '../lib/t.ts'

/** Make a folder. Returns its id, to be renamed at once; null where it could not be made. */
export async function createFolder(parent: ParentRef, name = t`New folder`): Promise<NodeId | null> {
  const done = await inTurn(
    ({ now }) => platform().call('folder.create', { parent: placeNow(parent, now), name }),
    ({ nodeId }) => made(nodeId),
  )
  if (!done.ok) return refused(done.error)
  expand(parent.folderId ?? parent.collectionId)
  return done.value.nodeId
}

/** Make a saved request in a place, and open it. */
export async function createRequestIn(parent: ParentRef): Promise<NodeId | null> {
  const document = newRequestDocument(t`New request`)
  const done = await inTurn(
    ({ now }) => platform().call('request.create', { parent: placeNow(parent, now), document }),
    ({ nodeId }) => made(nodeId),
  )
  if (!done.ok) return refused(done.error)
  expand(parent.folderId ?? parent.collectionId)
  await openRequest(done.value.nodeId)
  return done.value.nodeId
}

/** Give a folder or request another name. */
export async function renameNode(id: NodeId, name: string): Promise<void> {
  const old = useCollectionsStore.getState().collections.flatMap(({ nodes }) => nodes.find((node) => node.id === id)?.name ?? [])[0]
  const step = (moved: Moved): TreeStep | undefined =>
    old === undefined
      ? undefined
      : { ids: [idAfter(moved, id)], back: async ([now]) => void (now !== undefined && (await rename(now, old))) }
  await rename(id, name, step)
}

function idAfter(moved: Moved, id: NodeId): NodeId {
  return moved.find(({ from }) => from === id)?.to ?? id
}

async function rename(id: NodeId, name: string, step: (moved: Moved) => TreeStep | undefined = () => undefined): Promise<void> {
  const renamed = await inTurn(
    ({ now }) => platform().call('node.rename', { id: now(id), name }),
    ({ moved }) => ({ moved, step: step(moved) }),
  )
  if (!renamed.ok) refused(renamed.error)
}

export async function renameCollection(id: CollectionId, name: string): Promise<void> {
  const renamed = await inTurn(() => platform().call('collection.rename', { id, name }))
  if (!renamed.ok) refused(renamed.error)
}

/** Move items to stand before the child at `index` of a place. */
export async function moveNodes(ids: readonly NodeId[], parent: ParentRef, index: number): Promise<void> {
  const [id, ...others] = ids
  if (others.length > 0) return moveSeveral(ids, parent, index)
  const from = id === undefined ? null : placeOf(id)
  await move(ids, parent, index, (moved) => (id !== undefined && from ? wayBack(id, from, parent, index, moved) : undefined))
}

/** One step: taken back, each stands before what it stood before. */
async function moveSeveral(ids: readonly NodeId[], parent: ParentRef, index: number): Promise<void> {
  const runs = neighboursAmong(useCollectionsStore.getState().collections, ids)
  const named = [...new Set(runs.flatMap((run) => [...run.ids, run.parent.folderId, run.next].filter((id) => id !== null)))]
  await move(ids, parent, index, (moved) => ({
    ids: named.map((id) => idAfter(moved, id)),
    back: async (nowIds) => {
      const now = new Map(named.map((id, at) => [id, nowIds[at] ?? id]))
      const idNow = (id: NodeId): NodeId => now.get(id) ?? id
      for (const run of runs) {
        const place = { ...run.parent, folderId: run.parent.folderId === null ? null : idNow(run.parent.folderId) }
        const read = await platform().call('workspace.read', {})
        const there = childrenOf(read.ok ? read.value.collections : useCollectionsStore.getState().collections, place)
        const next = run.next === null ? null : idNow(run.next)
        const at = there.findIndex((sibling) => sibling.id === next)
        await move(run.ids.map(idNow), place, at < 0 ? there.length : at)
      }
    },
  }))
}

interface Place {
  readonly parent: ParentRef
  readonly index: number
}

function wayBack(id: NodeId, from: Place, parent: ParentRef, index: number, moved: Moved): TreeStep {
  // Places are counted with the item among them: it stands after where it stood if it went up, and is to go past itself.
  const isWithin = from.parent.folderId === parent.folderId && from.parent.collectionId === parent.collectionId
  const backTo = isWithin && index <= from.index ? from.index + 1 : from.index
  const { collectionId, folderId } = from.parent
  return {
    ids: [idAfter(moved, id), ...(folderId === null ? [] : [folderId])],
    back: async ([now, folder = null]) => {
      if (now !== undefined) await move([now], { collectionId, folderId: folder }, backTo)
    },
  }
}

async function move(
  ids: readonly NodeId[],
  parent: ParentRef,
  index: number,
  step: (moved: Moved) => TreeStep | undefined = () => undefined,
): Promise<void> {
  const moved = await inTurn(
    ({ now }) => platform().call('node.move', { ids: ids.map(now), parent: placeNow(parent, now), index }),
    (done) => ({ moved: done.moved, step: step(done.moved) }),
  )
  if (!moved.ok) refused(moved.error)
}

/** Where an item stands among its siblings, as the tree is shown. */
function placeOf(id: NodeId): Place | null {
  const { collections } = useCollectionsStore.getState()
  for (const collection of collections) {
    const node = collection.nodes.find((candidate) => candidate.id === id)
    if (!node) continue
    const parent = { collectionId: collection.id, folderId: node.parentId }
    return { parent, index: childrenOf(collections, parent).findIndex((sibling) => sibling.id === id) }
  }
  return null
}

/** What was made is taken back by deleting it: it is in the trash then, like anything deleted. */
function made(id: NodeId): Effects {
  return { step: { ids: [id], back: trashAgain } }
}

/** Copy a folder or request, beside it. */
export async function duplicateNode(id: NodeId): Promise<NodeId | null> {
  const copied = await inTurn(
    ({ now }) => platform().call('node.duplicate', { id: now(id) }),
    ({ nodeId }) => made(nodeId),
  )
  return copied.ok ? copied.value.nodeId : refused(copied.error)
}

/** Copy folders and requests, each beside itself; one step for all. */
export async function duplicateNodes(ids: readonly NodeId[]): Promise<readonly NodeId[]> {
  const copied = await inTurn(
    async ({ now }) => {
      const copies: NodeId[] = []
      for (const id of ids) {
        const copy = await platform().call('node.duplicate', { id: now(id) })
        if (copy.ok) copies.push(copy.value.nodeId)
        else if (copies.length === 0) return copy
        else refused(copy.error)
      }
      return ok(copies)
    },
    (copies) => ({ step: { ids: copies, back: trashAgain } }),
  )
  return copied.ok ? copied.value : (refused(copied.error) ?? [])
}

function placeNow(place: ParentRef, now: Turn['now']): ParentRef {
  return place.folderId === null ? place : { ...place, folderId: now(place.folderId) }
}

/** Ask for a name and make a collection in the data folder. */
export async function createCollection(): Promise<void> {
  await ask('text', {
    title: t`New collection`,
    label: t`Name`,
    value: '',
    button: t`Create`,
    attempt: async (name) => {
      const made = await platform().call('collection.create', { name })
      return made.ok ? null : made.error
    },
  })
}

/** Make a collection in the data folder. Null where it could not be made. */
export async function createCollectionNamed(name: string): Promise<CollectionId | null> {
  const made = await platform().call('collection.create', { name })
  return made.ok ? made.value.id : refused(made.error)
}

/** Open a folder of requests as a collection, picked in a dialog or typed where the host has none. */
export async function openCollection(path?: string): Promise<void> {
  if (path === undefined && !capabilities().dialogs) {
    await askForFolder()
    return
  }
  const chosen = path ?? (await chooseFolder())
  if (chosen === null) return
  const opened = await platform().call('collection.open', { path: chosen })
  if (!opened.ok) refused(opened.error)
}

/** Take a collection off the list; its files stay where they are. Undo opens it again, with the tabs as they were. */
/** @param isTold whether a notice says so, with a way back */
export async function closeCollection(id: CollectionId, isTold = true): Promise<void> {
  const collection = useCollectionsStore.getState().collections.find((candidate) => candidate.id === id)
  const nodes = new Set(collection?.nodes.map((node) => node.id))
  await whileGoingAway(nodes, async () => {
    const closed = await inTurn(() => platform().call('collection.close', { id }))
    if (!closed.ok || !collection) {
      if (!closed.ok) refused(closed.error)
      return
    }
    const tabs = letGoOf((nodeId) => nodes.has(nodeId))
    if (!isTold) return
    useAppStore.getState().addNotice({
      id: `closed:${id}`,
      tone: 'info',
      text: t`Closed “${collection.name}”. Its files stay in ${collection.path}`,
      action: { label: t`Undo`, run: () => void openAgain(collection.path, tabs) },
    })
  })
}

async function openAgain(path: string, tabs: LostTabs): Promise<void> {
  const opened = await platform().call('collection.open', { path })
  if (!opened.ok) {
    refused(opened.error)
    return
  }
  const nodes = new Set(opened.value.nodes.map((node) => node.id))
  takeBackTabs(tabs, ({ nodeId }) => (nodes.has(nodeId) ? nodeId : null))
  await rereadTabs()
}

/** Show a folder in the system's file manager, where the host can. */
export async function revealFolder(path: string): Promise<void> {
  const shown = await platform().callHost('shell.reveal', { path })
  if (!shown.ok) refused(shown.error)
}

/** Fold or unfold a row of the tree. */
export function setCollapsed(id: string, collapsed: boolean): void {
  const layout = useLayoutStore.getState()
  const others = layout.collapsed.filter((other) => other !== id)
  layout.change({ collapsed: collapsed ? [...others, id] : others })
}

function expand(id: string): void {
  setCollapsed(id, false)
}

async function chooseFolder(): Promise<string | null> {
  const chosen = await platform().callHost('dialog.openFolder', { title: t`Open a collection` })
  return chosen.ok ? chosen.value.path : refused(chosen.error)
}

/** The folder typed, where the host has no dialog for it; a path that does not open is there to be mended. */
async function askForFolder(): Promise<void> {
  await ask('text', {
    title: t`Open a collection`,
    label: t`Folder`,
    value: '',
    button: t`Open`,
    hint: t`Path of a folder on the machine that Posthaste runs on. OpenCollection and Bruno 3 folders open as they are.`,
    attempt: async (path) => {
      const opened = await platform().call('collection.open', { path })
      return opened.ok ? null : opened.error
    },
  })
}

function refused(error: WireError): null {
  useAppStore.getState().addNotice(noticeOf(error))
  return null
}
