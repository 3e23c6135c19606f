/**
 * Keeps the trees of open collections true to their folders: reads them again when something changed, finishes in the
 * background what a first quick look left open, and tells when a tree came out different.
 */
import { watchFolder } from './collection-watcher.ts'
import type { KeyedQueue } from './keyed-queue.ts'
import { takeTree, type OpenCollections, type Opened } from './open-collections.ts'
import { createRememberedTrees } from './remembered-trees.ts'
import { removeTemporaries } from './temporary-files.ts'
import { lookWholeLater, scanTree } from './tree.ts'

export interface Refresher {
  /** Read a collection's folder again. To be called in the collection's turn. Returns whether anything changed. */
  readonly refresh: (one: Opened) => Promise<boolean>
  /** The same in its own turn, soon; told of if anything changed, or always. */
  readonly later: (one: Opened, always: boolean) => void
  /** Have it known, and watched from then on. One that is already is read again behind whoever asks, and told of if it is not as it was. */
  readonly follow: (one: Opened) => Promise<void>
  /** It is not open any more. */
  readonly leave: (one: Opened) => Promise<void>
  readonly close: () => Promise<void>
}

export interface RefresherDeps {
  readonly open: OpenCollections
  /** Turns, by collection. */
  readonly queue: KeyedQueue
  /** Whether the process lives on: changes are noticed, and what was seen is kept for the next one. */
  readonly watches: boolean
  readonly dataDir: string
  readonly tell: () => void
  readonly report: (error: unknown) => void
}

export function createRefresher({ open, queue, watches, dataDir, tell, report }: RefresherDeps): Refresher {
  const background = createBackground(report)
  const remembered = watches ? createRememberedTrees(dataDir) : null
  const keep = async (one: Opened): Promise<void> => remembered?.keep(one.id, one.memory)
  const refresh = async (one: Opened): Promise<boolean> => {
    const { tree, changed } = await scanTree(one.root, one.memory)
    const isOther = takeTree(one, tree)
    if (hasQuickLooks(one) && !one.isReadingWhole) background.begin(() => readWhole(one))
    return changed || isOther
  }
  const later = (one: Opened, always: boolean): void => {
    if (always) one.isOwed = true
    background.begin(async () => {
      const isNew = open.isOpen(one) && (await queue.run(one.id, () => refresh(one)))
      // What was written may have been noticed by the watcher first: it is told of once.
      if (!isNew && !one.isOwed) return
      one.isOwed = false
      tell()
    })
  }
  /** What is broken further down in a file shows only now. */
  const readWhole = async (one: Opened): Promise<void> => {
    const goesOn = (): boolean => !background.isClosed() && open.isOpen(one)
    one.isReadingWhole = true
    await lookWholeLater(one.root, one.memory, goesOn)
    one.isReadingWhole = false
    const before = one.collection
    if (!goesOn()) return
    await queue.run(one.id, () => refresh(one))
    if (one.collection !== before) tell()
    await keep(one)
  }
  const begin = async (one: Opened): Promise<void> => {
    await queue.run(one.id, async () => {
      if (one.memory.files.size === 0) await remembered?.recall(one.id, one.memory)
      await refresh(one)
    })
    background.begin(() => removeTemporaries(one.root, Date.now()))
    if (!background.isClosed() && open.isOpen(one)) watch(one, () => later(one, false), report)
  }
  return {
    refresh,
    later,
    follow: async (one) => {
      if (!watches) return void (await queue.run(one.id, () => refresh(one)))
      if (one.watcher !== null && !one.isOwed) return later(one, false)
      one.following ??= begin(one).finally(() => (one.following = null))
      return one.following
    },
    leave: async (one) => {
      stopWatching(one)
      await remembered?.forget(one.id)
    },
    close: async () => {
      open.all().forEach(stopWatching)
      await background.close()
      await Promise.all(open.all().map(keep))
    },
  }
}

/** Work that nobody waits for, but whoever closes. */
function createBackground(report: (error: unknown) => void) {
  const begun = new Set<Promise<void>>()
  let isClosed = false
  return {
    begin: (work: () => Promise<void>): void => {
      if (isClosed) return
      const done = work()
        .catch(report)
        .finally(() => begun.delete(done))
      begun.add(done)
    },
    isClosed: () => isClosed,
    close: async () => {
      isClosed = true
      while (begun.size > 0) await Promise.allSettled(begun)
    },
  }
}

/** Begin to notice what other programs change. */
function watch(one: Opened, onChange: () => void, report: (error: unknown) => void): void {
  one.watcher ??= watchFolder(one.root, onChange, (error) => {
    // Not watched any more, it is read again before each change instead.
    stopWatching(one)
    report(error)
  })
}

/** Stop noticing what other programs change. */
function stopWatching(one: Opened): void {
  one.watcher?.close()
  one.watcher = null
}

function hasQuickLooks(one: Opened): boolean {
  return [...one.memory.files.values()].some((seen) => !seen.isWhole)
}
