/**
 * Keeps the trees of open collections true to their folders: reads them again when something changed, finishes in the
 * background what a first quick look left open, and tells when a tree came out different.
 */
import { isDeepStrictEqual } from 'node:util'
import { watchFolder } from './collection-watcher.ts'
import type { KeyedQueue } from './keyed-queue.ts'
import { collectionOf, type OpenCollections, type Opened } from './open-collections.ts'
import { removeTemporaries } from './temporary-files.ts'
import { lookWholeLater, scanTree } from './tree.ts'

export interface Refresher {
  /** Read a collection's folder again. To be called in the collection's turn. Returns whether anything changed. */
  readonly refresh: (one: Opened) => Promise<boolean>
  /** The same in its own turn, soon; told of if anything changed, or always. */
  readonly later: (one: Opened, always: boolean) => void
  /** Begin to notice what other programs change. */
  readonly watch: (one: Opened) => void
  readonly close: () => Promise<void>
}

export interface RefresherDeps {
  readonly open: OpenCollections
  /** Turns, by collection. */
  readonly queue: KeyedQueue
  readonly watches: boolean
  readonly tell: () => void
  readonly report: (error: unknown) => void
}

export function createRefresher({ open, queue, watches, tell, report }: RefresherDeps): Refresher {
  const background = new Set<Promise<void>>()
  let isClosed = false
  const inBackground = (work: () => Promise<void>): void => {
    if (isClosed) return
    const done = work()
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
    if (hasQuickLooks(one) && !one.isReadingWhole) inBackground(() => readWhole(one))
    return isNew
  }
  const later = (one: Opened, always: boolean): void => {
    if (always) one.isOwed = true
    inBackground(async () => {
      const isNew = open.isOpen(one) && (await queue.run(one.id, () => refresh(one)))
      // What was written may have been noticed by the watcher first: it is told of once.
      if (!isNew && !one.isOwed) return
      one.isOwed = false
      tell()
    })
  }
  /** What is broken further down in a file shows only now. */
  const readWhole = async (one: Opened): Promise<void> => {
    one.isReadingWhole = true
    await lookWholeLater(one.root, one.memory, () => !isClosed && open.isOpen(one))
    one.isReadingWhole = false
    const before = one.collection
    if (isClosed || !open.isOpen(one)) return
    await queue.run(one.id, () => refresh(one))
    if (!isDeepStrictEqual(before, one.collection)) tell()
  }
  return {
    refresh,
    later,
    watch: (one) => {
      if (!watches || isClosed) return
      if (!one.watcher) inBackground(() => removeTemporaries(one.root, Date.now()))
      one.watcher ??= watchFolder(
        one.root,
        () => later(one, false),
        (error) => {
          // Not watched any more, it is read again before each change instead.
          stopWatching(one)
          report(error)
        },
      )
    },
    close: async () => {
      isClosed = true
      open.all().forEach(stopWatching)
      while (background.size > 0) await Promise.allSettled(background)
    },
  }
}

/** Stop noticing what other programs change. */
export function stopWatching(one: Opened): void {
  one.watcher?.close()
  one.watcher = null
}

function hasQuickLooks(one: Opened): boolean {
  return [...one.memory.files.values()].some((seen) => !seen.isWhole)
}
