/**
 * Has collections known to whoever asks, and watched from then on. What is known, or remembered from the process before, is told
 * at once: the folder is read behind whoever asked, and what is not as it was is told of.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Refresher } from './collection-refresher.ts'
import { watchFolder, type FolderWatcher } from './collection-watcher.ts'
import type { KeyedQueue } from './keyed-queue.ts'
import { takeTree, type OpenCollections, type Opened } from './open-collections.ts'
import type { RememberedTrees } from './remembered-trees.ts'
import { removeTemporaries } from './temporary-files.ts'

/** Whoever asked has a window to draw first; reading thousands of files at the same time would keep the processor from it. */
const DRAWN_BY_THEN_MS = 1_000

export interface Follower {
  readonly follow: (one: Opened) => Promise<void>
  /** It is not open any more. */
  readonly leave: (one: Opened) => Promise<void>
  readonly close: () => void
}

export interface FollowerDeps {
  readonly open: OpenCollections
  readonly queue: KeyedQueue
  readonly refresher: Refresher
  /** Null: the process does not live on. Nothing is watched, and a folder is read each time. */
  readonly remembered: RememberedTrees | null
  readonly tell: () => void
  readonly report: (error: unknown) => void
}

export function createFollower({ open, queue, refresher, remembered, tell, report }: FollowerDeps): Follower {
  const { refresh, later, inBackground, isClosed } = refresher
  const closing = new AbortController()
  const watched = (one: Opened): Watched => {
    const watching: Watched = {
      isDeaf: false,
      watcher: watchFolder(
        one.root,
        (changedIn) => later(one, changedIn, false),
        (error) => {
          // Not watched any more, it is read again before each change, and for each that asks.
          watching.isDeaf = true
          watching.watcher.close()
          stopWatching(one)
          one.isKnown = false
          report(error)
        },
      ),
    }
    return watching
  }
  const read = async (one: Opened): Promise<boolean> => {
    // Watched first and read then, nothing can change in between; the other way about all would have to be read twice.
    const watching = one.watcher === null && !isClosed() && open.isOpen(one) ? watched(one) : null
    try {
      const isNew = await queue.run(one.id, () => refresh(one))
      one.isKnown = watching?.isDeaf !== true
      if (watching === null || watching.isDeaf || isClosed() || !open.isOpen(one)) return isNew
      inBackground(() => removeTemporaries(one.root, Date.now()))
      one.watcher = watching.watcher
      return isNew
    } finally {
      if (watching !== null && one.watcher !== watching.watcher) watching.watcher.close()
    }
  }
  const begin = async (one: Opened, from: RememberedTrees): Promise<void> => {
    const tree = await from.recall(one)
    if (tree === null) return void (await read(one))
    takeTree(one, tree)
    one.isKnown = true
    inBackground(async () => {
      await delay(DRAWN_BY_THEN_MS, undefined, { signal: closing.signal, ref: false }).catch(() => null)
      if (!isClosed() && open.isOpen(one) && (await read(one))) tell()
    })
  }
  return {
    follow: async (one) => {
      if (remembered === null) return void (await queue.run(one.id, () => refresh(one)))
      if (!one.isKnown || one.isOwed) return (one.following ??= begin(one, remembered).finally(() => (one.following = null)))
      if (one.watcher !== null) later(one, null, false)
    },
    leave: async (one) => {
      stopWatching(one)
      await remembered?.forget(one.id)
    },
    close: () => {
      closing.abort()
      open.all().forEach(stopWatching)
    },
  }
}

/** A folder that is watched while it is read. */
interface Watched {
  readonly watcher: FolderWatcher
  /** Its changes cannot be noticed. */
  isDeaf: boolean
}

/** Stop noticing what other programs change. */
function stopWatching(one: Opened): void {
  one.watcher?.close()
  one.watcher = null
}
