/**
 * The collections that are open, each with its tree as last read; who may change one, and when the windows are told.
 * What the changes are is for the other parts of the workspace.
 */
import { realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Collection, Moved, TreeNode } from '#contract/model/workspace.ts'
import { CoreError } from '../lib/core-error.ts'
import { watchFolder, type FolderWatcher } from './collection-watcher.ts'
import type { CollectionsList } from './collections-list.ts'
import { collectionIdOf, itemPath, nodeIdOf, notFound, splitNodeId } from './item-paths.ts'
import { createKeyedQueue } from './keyed-queue.ts'
import type { Locks } from './lock.ts'
import { lookWhole, scanTree, type Item, type Tree, type TreeMemory } from './tree.ts'

export interface Opened {
  readonly id: CollectionId
  /** Absolute path of its folder. */
  readonly root: string
  readonly memory: TreeMemory
  tree: Tree
  collection: Collection
  watcher: FolderWatcher | null
  /** Files that had a quick look are being read whole. */
  isReadingWhole: boolean
}

/** An item's place. */
export interface Located {
  readonly opened: Opened
  /** Below the collection's folder, with `/`. */
  readonly path: string
  readonly absolute: string
}

export interface WorkspaceState {
  readonly list: CollectionsList
  /** @throws {CoreError} `NotFound` */
  readonly find: (id: CollectionId) => Opened
  /** Where an id points; whether something is there is not looked at. @throws {CoreError} `NotFound` */
  readonly locate: (id: NodeId) => Located
  readonly rootOf: (id: NodeId) => string | null
  /** The collections as last read. */
  readonly collections: () => Collection[]
  /** Read all of them, and begin to watch. */
  readonly readAll: () => Promise<Collection[]>
  /** Bring the open collections in line with the list. */
  readonly follow: () => Promise<void>
  /** Change collections while nobody else does: their trees are fresh before, read again and told of after. */
  readonly change: <T>(ids: readonly CollectionId[], work: () => Promise<Changed<T>>) => Promise<T>
  /** Write one file while nobody else writes: the tree is read again later. */
  readonly write: <T>(opened: Opened, work: () => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

export interface Changed<T> {
  readonly value: T
  readonly moved?: Moved
}

export interface StateDeps {
  readonly list: CollectionsList
  readonly locks: Locks
  readonly watch: boolean
  readonly onChanged: (collections: Collection[], moved: Moved) => void
  readonly report: (error: unknown) => void
}

export function createWorkspaceState(deps: StateDeps): WorkspaceState {
  const { list, locks, onChanged, report } = deps
  const opened = new Map<CollectionId, Opened>()
  const queue = createKeyedQueue()
  const background = new Set<Promise<unknown>>()
  let isClosed = false

  const sync = (): Opened[] => {
    const wanted = new Map(list.roots().map((root) => [collectionIdOf(root, list.dataDir), root]))
    const gone = [...opened.values()].filter(({ id }) => !wanted.has(id))
    for (const one of gone) opened.delete(one.id)
    for (const [id, root] of wanted) if (!opened.has(id)) opened.set(id, unread(id, root))
    return gone
  }
  const collections = (): Collection[] => list.roots().flatMap((root) => opened.get(collectionIdOf(root, list.dataDir))?.collection ?? [])
  const tell = (moved: Moved = []): void => {
    if (!isClosed) onChanged(collections(), moved)
  }
  const inBackground = (work: () => Promise<unknown>): void => {
    if (isClosed) return
    const done: Promise<unknown> = work()
      .catch(report)
      .finally(() => background.delete(done))
    background.add(done)
  }
  const refresh = async (one: Opened): Promise<boolean> => {
    const { tree, changed } = await scanTree(one.root, one.memory)
    const collection = collectionOf(one, tree)
    const isNew = changed || !isDeepStrictEqual(collection, one.collection)
    one.tree = tree
    one.collection = collection
    if (!one.isReadingWhole && [...one.memory.files.values()].some((seen) => !seen.isWhole)) inBackground(() => readWhole(one))
    return isNew
  }
  const refreshLater = (one: Opened, always: boolean): void =>
    inBackground(async () => {
      if (!opened.has(one.id)) return
      const isNew = await queue.run(one.id, () => refresh(one))
      if (isNew || always) tell()
    })
  /** Files that had only a quick look at first: what is broken in them shows a moment later. */
  const readWhole = async (one: Opened): Promise<void> => {
    one.isReadingWhole = true
    const paths = [...one.memory.files].filter(([, seen]) => !seen.isWhole).map(([path]) => path)
    for (const path of paths) {
      if (isClosed || !opened.has(one.id)) break
      await lookWhole(one.root, path, one.memory)
    }
    one.isReadingWhole = false
    if (isClosed) return
    const before = one.collection
    await queue.run(one.id, () => refresh(one))
    if (!isDeepStrictEqual(before, one.collection)) tell()
  }
  const startWatching = (one: Opened): void => {
    if (!deps.watch || one.watcher || isClosed) return
    one.watcher = watchFolder(one.root, () => refreshLater(one, false), report)
  }
  const follow = async (): Promise<void> => {
    const gone = sync()
    await Promise.all(gone.map((one) => one.watcher?.close()))
    await Promise.all([...opened.values()].map((one) => queue.run(one.id, () => refresh(one))))
    opened.forEach(startWatching)
  }
  const find = (id: CollectionId): Opened => {
    if (!opened.has(id)) sync()
    const one = opened.get(id)
    if (!one) throw new CoreError('NotFound', 'store', 'The collection is not open any more.', { hint: 'Open its folder again.' })
    return one
  }
  const locate = (id: NodeId): Located => {
    const { collectionId, path } = splitNodeId(id)
    const one = opened.get(collectionId as CollectionId) ?? find(collectionId as CollectionId) // unknown ids are not found
    if (path === '') throw notFound(path)
    return { opened: one, path, absolute: itemPath(one.root, path) }
  }
  /** All of them at once, in one order for everybody, so that two never wait for each other. */
  const holding = <T>(ids: readonly CollectionId[], work: () => Promise<T>): Promise<T> => {
    const [id, ...rest] = ids
    if (id === undefined) return work()
    return queue.run(id, async () => locks.hold(await realpath(find(id).root).catch(() => find(id).root), () => holding(rest, work)))
  }
  return {
    list,
    find,
    locate,
    rootOf: (id) => {
      try {
        return find(splitNodeId(id).collectionId as CollectionId).root // unknown ids are not found
      } catch (error) {
        if (error instanceof CoreError) return null
        throw error
      }
    },
    collections,
    follow,
    readAll: async () => {
      await follow()
      return collections()
    },
    change: async (ids, work) => {
      const sorted = [...new Set(ids)].sort()
      const affected = sorted.map(find)
      let moved: Moved = []
      try {
        return await holding(sorted, async () => {
          // A watched tree is fresh already.
          await Promise.all(affected.filter((one) => one.watcher === null).map(refresh))
          try {
            const changed = await work()
            moved = changed.moved ?? []
            return changed.value
          } finally {
            await Promise.all(affected.map(refresh))
          }
        })
      } finally {
        tell(moved)
      }
    },
    write: async (one, work) => {
      const value = await holding([one.id], work)
      refreshLater(one, true)
      return value
    },
    close: async () => {
      isClosed = true
      await Promise.all([...opened.values()].map((one) => one.watcher?.close()))
      while (background.size > 0) await Promise.allSettled(background)
      await queue.idle()
    },
  }
}

function unread(id: CollectionId, root: string): Opened {
  const tree: Tree = { name: basename(root), error: null, items: [] }
  return { id, root, memory: { files: new Map() }, tree, collection: { id, name: tree.name, path: root, nodes: [] }, watcher: null, isReadingWhole: false }
}

function collectionOf({ id, root }: Opened, tree: Tree): Collection {
  return { id, name: tree.name, path: root, nodes: nodesOf(id, tree.items, null), ...(tree.error && { error: tree.error }) }
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
