/** Folders and requests as items of the tree: make, rename, move, duplicate. */
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Moved, ParentRef } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import { atomicWrite, storageError } from './atomic-write.ts'
import { foldedName, nameForItem } from './file-names.ts'
import { assertInside, baseOf, FOLDER_FILE, nodeIdOf } from './item-paths.ts'
import { newFolderText } from './opencollection/info-format.ts'
import type { Item } from './tree.ts'
import {
  childrenOf,
  copyEntry,
  demandItem,
  freeNameIn,
  isThere,
  joined,
  moveEntry,
  nextSeq,
  numberInOrder,
  parentOf,
  setInfo,
} from './workspace-files.ts'
import type { Opened } from './open-collections.ts'
import type { WorkspaceState } from './workspace-state.ts'

export interface WorkspaceItems {
  readonly createFolder: (parent: ParentRef, name: string) => Promise<{ nodeId: NodeId }>
  readonly rename: (id: NodeId, name: string) => Promise<{ moved: Moved }>
  readonly move: (ids: readonly NodeId[], parent: ParentRef, index: number) => Promise<{ moved: Moved }>
  readonly duplicate: (id: NodeId) => Promise<{ nodeId: NodeId }>
}

export function createWorkspaceItems(state: WorkspaceState): WorkspaceItems {
  return {
    createFolder: (parent, name) =>
      state.change([parent.collectionId], async () => {
        const { opened, folder } = placeOf(state, parent)
        return { value: { nodeId: await createFolder(opened, folder, checkedName(name)) } }
      }),
    rename: (id, name) =>
      state.change([state.locate(id).opened.id], async () => {
        const { opened, path } = state.locate(id)
        const moved = await renameItem(opened, demandItem(opened, path), checkedName(name))
        return { value: { moved }, moved }
      }),
    move: (ids, parent, index) =>
      state.change([parent.collectionId, ...ids.map((id) => state.locate(id).opened.id)], async () => {
        const moved = await moveItems(state, ids, parent, index)
        return { value: { moved }, moved }
      }),
    duplicate: (id) =>
      state.change([state.locate(id).opened.id], async () => {
        const { opened, path } = state.locate(id)
        return { value: { nodeId: await duplicateItem(opened, demandItem(opened, path)) } }
      }),
  }
}

/**
 * A name that can be an item's.
 *
 * @throws {CoreError} `InvalidName` where nothing is left of it
 */
export function checkedName(name: string): string {
  const plain = name.replace(/\s+/g, ' ').trim()
  if (plain !== '') return plain
  throw new CoreError('InvalidName', 'store', 'The name is empty.', { hint: 'Give it a name.' })
}

/** The folder that a parent names. @throws {CoreError} `NotFound` */
export function placeOf(state: WorkspaceState, parent: ParentRef): { readonly opened: Opened; readonly folder: string } {
  const opened = state.find(parent.collectionId)
  if (parent.folderId === null) return { opened, folder: '' }
  const { opened: other, path } = state.locate(parent.folderId)
  const item = demandItem(other, path)
  if (other.id === opened.id && item.kind === 'folder') return { opened, folder: path }
  throw new CoreError('InvalidCall', 'store', `${item.name} is no folder of this collection.`)
}

async function createFolder(opened: Opened, folder: string, name: string): Promise<NodeId> {
  const free = await freeNameIn(opened, folder, nameForItem(name, 'folder'), '')
  const path = joined(folder, free)
  const absolute = join(opened.root, path)
  await assertInside(opened.root, absolute)
  try {
    await mkdir(absolute)
  } catch (error) {
    throw storageError(error, absolute, 'made')
  }
  try {
    await atomicWrite(join(absolute, FOLDER_FILE), newFolderText(name, nextSeq(childrenOf(opened, folder))))
  } catch (error) {
    await rm(absolute, { recursive: true, force: true })
    throw error
  }
  return nodeIdOf(opened.id, path)
}

async function renameItem(opened: Opened, item: Item, name: string): Promise<Moved> {
  if (item.name !== name) await setInfo(opened, item, item.path, { name })
  const folder = parentOf(item.path)
  const oldName = basename(item.path)
  const ending = item.kind === 'folder' ? '' : oldName.slice(baseOf(oldName).length)
  const base = nameForItem(name, item.kind)
  if (base + ending === oldName) return []
  const newName = await freeNameIn(opened, folder, base, ending, oldName)
  const path = joined(folder, newName)
  await assertInside(opened.root, join(opened.root, item.path), true)
  const isSameName = foldedName(newName) === foldedName(oldName)
  if (!isSameName && (await isThere(join(opened.root, path)))) return []
  await moveEntry(join(opened.root, item.path), join(opened.root, path))
  return movedWithin(opened.id, item, opened.id, path)
}

/** Old and new ids of an item and everything below it. */
function movedWithin(from: CollectionId, item: Item, to: CollectionId, path: string): Moved {
  const below = item.children.flatMap((child) => movedWithin(from, child, to, path + child.path.slice(item.path.length)))
  return [{ from: nodeIdOf(from, item.path), to: nodeIdOf(to, path) }, ...below]
}

interface Source {
  readonly opened: Opened
  readonly item: Item
}

async function moveItems(state: WorkspaceState, ids: readonly NodeId[], parent: ParentRef, index: number): Promise<Moved> {
  const { opened: target, folder } = placeOf(state, parent)
  const sources = outermost(
    ids.map((id) => {
      const { opened, path } = state.locate(id)
      return { opened, item: demandItem(opened, path) }
    }),
  )
  for (const { opened, item } of sources) {
    if (opened.id === target.id && (folder === item.path || folder.startsWith(`${item.path}/`))) {
      throw new CoreError('InvalidCall', 'store', `${item.name} cannot be moved into itself.`)
    }
  }
  const isMoving = (item: Item): boolean => sources.some((source) => source.opened.id === target.id && source.item.path === item.path)
  const siblings = childrenOf(target, folder)
  const staying = siblings.filter((item) => !isMoving(item))
  const before = siblings.slice(index).find((item) => !isMoving(item))
  const position = before ? staying.indexOf(before) : staying.length
  const moved: Moved = []
  const arrived: { item: Item; path: string }[] = []
  for (const { opened, item } of sources) {
    const path = opened.id === target.id && parentOf(item.path) === folder ? item.path : await moveItem(opened, item, target, folder)
    if (path !== item.path || opened.id !== target.id) moved.push(...movedWithin(opened.id, item, target.id, path))
    arrived.push({ item, path })
  }
  const placed = staying.map((item) => ({ item, path: item.path }))
  await numberInOrder(target, [...placed.slice(0, position), ...arrived, ...placed.slice(position)])
  return moved
}

async function moveItem(opened: Opened, item: Item, target: Opened, folder: string): Promise<string> {
  const name = basename(item.path)
  const ending = item.kind === 'folder' ? '' : name.slice(baseOf(name).length)
  const free = await freeNameIn(target, folder, name.slice(0, name.length - ending.length), ending)
  const path = joined(folder, free)
  await assertInside(opened.root, join(opened.root, item.path), true)
  await assertInside(target.root, join(target.root, path))
  await moveEntry(join(opened.root, item.path), join(target.root, path))
  return path
}

/** Without those that go along with a folder which is moved too. */
export function outermost(sources: readonly Source[]): Source[] {
  const first = sources.filter((source, index) => sources.findIndex((other) => isSame(other, source)) === index)
  return first.filter(
    (source) => !first.some((other) => other.opened.id === source.opened.id && source.item.path.startsWith(`${other.item.path}/`)),
  )
}

function isSame(one: Source, other: Source): boolean {
  return one.opened.id === other.opened.id && one.item.path === other.item.path
}

async function duplicateItem(opened: Opened, item: Item): Promise<NodeId> {
  const folder = parentOf(item.path)
  const siblings = childrenOf(opened, folder)
  const names = new Set(siblings.map((sibling) => sibling.name))
  const name = copyName(item.name, (candidate) => names.has(candidate))
  const oldName = basename(item.path)
  const ending = item.kind === 'folder' ? '' : oldName.slice(baseOf(oldName).length)
  const free = await freeNameIn(opened, folder, nameForItem(name, item.kind), ending)
  const path = joined(folder, free)
  await assertInside(opened.root, join(opened.root, item.path))
  await copyEntry(join(opened.root, item.path), join(opened.root, path))
  const copy: Item = { ...item, name, path }
  await setInfo(opened, copy, path, { name })
  const order = siblings.flatMap((sibling) =>
    sibling.path === item.path
      ? [
          { item: sibling, path: sibling.path },
          { item: copy, path },
        ]
      : [{ item: sibling, path: sibling.path }],
  )
  await numberInOrder(opened, order)
  return nodeIdOf(opened.id, path)
}

/** `Name copy`, then `Name copy 2`; of a copy the next number. */
function copyName(name: string, isTaken: (name: string) => boolean): string {
  const base = `${name.replace(/ copy(?: \d+)?$/, '')} copy`
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? base : `${base} ${number}`
    if (!isTaken(candidate)) return candidate
  }
}
