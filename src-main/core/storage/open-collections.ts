/** The collections that are open, each with its tree as last read. Plain bookkeeping: nothing here reads a folder. */
import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { isSameNode } from '#contract/model/collection-change.ts'
import { CollectionIdSchema, type CollectionId, type NodeId } from '#contract/model/ids.ts'
import type { Collection, TreeNode } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import { createBackups, type Backups } from './backups.ts'
import type { FolderWatcher } from './collection-watcher.ts'
import type { CollectionsList } from './collections-list.ts'
import { collectionIdOf, itemPath, nodeIdOf, notFound, splitNodeId } from './item-paths.ts'
import { emptyMemory, type Item, type Tree, type TreeMemory } from './tree.ts'

export interface Opened {
  readonly id: CollectionId
  /** Absolute path of its folder. */
  readonly root: string
  readonly memory: TreeMemory
  /** Earlier versions of its files. */
  readonly backups: Backups
  tree: Tree
  /** The same one for as long as it is not another. */
  collection: Collection
  watcher: FolderWatcher | null
  /** There is something to tell of it. */
  isKnown: boolean
  /** It is becoming known. */
  following: Promise<void> | null
  /** Files that had a quick look are being read whole. */
  isReadingWhole: boolean
  /** What of its folder is to be read again: those in it in which something changed, by path, or all. */
  stale: ReadonlySet<string> | 'all' | null
  /** It is being read again for as long as it is stale. */
  isCatchingUp: boolean
  /** Something was written that nobody was told of yet. */
  isOwed: boolean
}

/** An item's place. */
export interface Located {
  readonly opened: Opened
  /** Below the collection's folder, with `/`. */
  readonly path: string
  readonly absolute: string
}

export interface OpenCollections {
  readonly all: () => Opened[]
  readonly isOpen: (one: Opened) => boolean
  /** @throws {CoreError} `NotFound` */
  readonly find: (id: string) => Opened
  /** The collection in a folder, be it on the list or not. */
  readonly at: (root: string) => Opened
  /** Where an id points; whether something is there is not looked at. @throws {CoreError} `NotFound` */
  readonly locate: (id: NodeId) => Located
  /** The folder of an item's collection; null where that is not open. */
  readonly rootOf: (id: NodeId) => string | null
  /** The collections as last read, in the order of the list. */
  readonly collections: () => Collection[]
  /** Bring them in line with the list. Returns those that are no longer open. */
  readonly sync: () => Opened[]
}

/** Of so many collections that were closed, what was seen of their files is kept: closing one is often taken back. */
const LATELY_CLOSED = 2

/** @param report told of what keeps earlier versions from being kept */
export function createOpenCollections(list: CollectionsList, report: (error: unknown) => void): OpenCollections {
  const opened = new Map<CollectionId, Opened>()
  const latelyClosed = new Map<CollectionId, TreeMemory>()
  const idOf = (root: string): CollectionId => collectionIdOf(root, list.dataDir)
  const begin = (root: string): Opened => {
    const id = idOf(root)
    return unread(id, root, createBackups({ dataDir: list.dataDir, collectionId: id, root, report }), latelyClosed.get(id))
  }
  const close = (one: Opened): void => {
    opened.delete(one.id)
    latelyClosed.delete(one.id)
    latelyClosed.set(one.id, one.memory)
    for (const id of [...latelyClosed.keys()].slice(0, -LATELY_CLOSED)) latelyClosed.delete(id)
  }
  const sync = (): Opened[] => {
    const wanted = new Map(list.roots().map((root) => [idOf(root), root]))
    const gone = [...opened.values()].filter(({ id }) => !wanted.has(id))
    gone.forEach(close)
    for (const [id, root] of wanted) if (!opened.has(id)) opened.set(id, begin(root))
    return gone
  }
  /** The list is read when an unknown id comes: it may be asked for before anything was read. */
  const seek = (id: string): Opened | null => {
    const parsed = CollectionIdSchema.safeParse(id)
    if (!parsed.success) return null
    if (!opened.has(parsed.data)) sync()
    return opened.get(parsed.data) ?? null
  }
  const find = (id: string): Opened => {
    const one = seek(id)
    if (one) return one
    throw new CoreError('NotFound', 'store', 'The collection is not open any more.', { hint: 'Open its folder again.' })
  }
  return {
    all: () => [...opened.values()],
    isOpen: (one) => opened.get(one.id) === one,
    find,
    at: (root) => seek(idOf(root)) ?? begin(root),
    locate: (id) => {
      const { collectionId, path } = splitNodeId(id)
      const one = find(collectionId)
      if (path === '') throw notFound(path)
      return { opened: one, path, absolute: itemPath(one.root, path) }
    },
    rootOf: (id) => seek(splitNodeId(id).collectionId)?.root ?? null,
    collections: () => list.roots().flatMap((root) => opened.get(idOf(root))?.collection ?? []),
    sync,
  }
}

/** Have a collection be as it was read now. Returns whether the windows see another than before. */
export function takeTree(one: Opened, tree: Tree): boolean {
  const collection = collectionOf(one, tree)
  one.tree = tree
  if (isSameCollection(collection, one.collection)) return false
  one.collection = collection
  return true
}

function isSameCollection({ nodes, ...head }: Collection, { nodes: others, ...otherHead }: Collection): boolean {
  const haveSameNodes = nodes.length === others.length && nodes.every((node, at) => isSameNode(node, others[at] ?? node))
  return haveSameNodes && isDeepStrictEqual(head, otherHead)
}

/** A collection's tree as the windows see it. */
function collectionOf({ id, root }: Opened, tree: Tree): Collection {
  return {
    id,
    name: tree.name,
    path: root,
    settings: tree.settings,
    nodes: nodesOf(id, tree.items, null),
    ...(tree.error && { error: tree.error }),
  }
}

function unread(id: CollectionId, root: string, backups: Backups, memory: TreeMemory = emptyMemory()): Opened {
  const tree: Tree = { name: basename(root), error: null, items: [], settings: '' }
  const collection = { id, name: tree.name, path: root, settings: '', nodes: [] }
  const state = {
    watcher: null,
    isKnown: false,
    following: null,
    isReadingWhole: false,
    stale: null,
    isCatchingUp: false,
    isOwed: false,
  }
  return { id, root, memory, backups, tree, collection, ...state }
}

function nodesOf(id: CollectionId, items: readonly Item[], parentId: NodeId | null): TreeNode[] {
  return items.flatMap((item): TreeNode[] => {
    const own = nodeIdOf(id, item.path)
    const node: TreeNode = {
      id: own,
      kind: item.kind,
      name: item.name,
      parentId,
      ...(item.kind === 'request' && { method: item.method }),
      ...(item.error !== null && { error: item.error }),
    }
    return [node, ...nodesOf(id, item.children, own)]
  })
}
