/**
 * Who may change a collection, and when the windows are told: each change has the collection to itself, in this process
 * and among all of them, and ends with the trees read again. What the changes are is for the other parts.
 */
import { realpath } from 'node:fs/promises'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Collection, Moved } from '#contract/model/workspace.ts'
import { moveBackups } from './backups.ts'
import { createFollower } from './collection-follower.ts'
import { createRefresher } from './collection-refresher.ts'
import type { CollectionsList } from './collections-list.ts'
import { createKeyedQueue } from './keyed-queue.ts'
import type { Locks } from './lock.ts'
import { createRememberedTrees, forgetRemembered } from './remembered-trees.ts'
import { createOpenCollections, type OpenCollections, type Opened } from './open-collections.ts'

export interface WorkspaceState extends Pick<OpenCollections, 'find' | 'at' | 'locate' | 'rootOf' | 'collections'> {
  readonly list: CollectionsList
  /** Open and close collections as the list has them, have all of them known, and watch. */
  readonly follow: () => Promise<Collection[]>
  /** Change collections as a whole: their trees are fresh before, read again after, and told of. */
  readonly change: <T>(ids: readonly CollectionId[], work: () => Promise<Changed<T>>) => Promise<T>
  /** Write one file of a collection: the folder that it is in, by path, is read again and told of a little later; null: all of them. */
  readonly write: <T>(opened: Opened, folder: string | null, work: () => Promise<T>) => Promise<T>
  readonly tell: (moved?: Moved) => void
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

export function createWorkspaceState({ list, locks, watch, onChanged, report }: StateDeps): WorkspaceState {
  const queue = createKeyedQueue()
  const open = createOpenCollections(list, report)
  let isClosed = false
  const tell = (moved: Moved = []): void => {
    if (!isClosed) onChanged(open.collections(), moved)
  }
  const remembered = watch ? createRememberedTrees(list.dataDir) : null
  const refresher = createRefresher({ open, queue, remembered, tell, report })
  const follower = createFollower({ open, queue, refresher, remembered, tell, report })
  /** One after the other, in one order for everybody, so that two changes never wait for each other. */
  const holding = <T>(turns: readonly Opened[], work: () => Promise<T>): Promise<T> => {
    const [one, ...rest] = turns
    if (!one) return work()
    return queue.run(one.id, async () => locks.hold(await realpath(one.root).catch(() => one.root), () => holding(rest, work)))
  }
  return {
    list,
    find: open.find,
    at: open.at,
    locate: open.locate,
    rootOf: open.rootOf,
    collections: open.collections,
    tell,
    follow: async () => {
      await Promise.all(open.sync().map(follower.leave))
      await Promise.all(open.all().map(follower.follow))
      return open.collections()
    },
    change: async (ids, work) => {
      const affected = [...new Set(ids)].sort().map(open.find)
      let moved: Moved | undefined
      try {
        return await holding(affected, async () => {
          // A watched tree is fresh already, but for what is only remembered.
          await Promise.all(affected.filter((one) => forgetRemembered(one.memory) || one.watcher === null).map(refresher.refresh))
          try {
            const changed = await work()
            moved = changed.moved
            if (moved) await moveBackups(list.dataDir, moved).catch(report)
            return changed.value
          } finally {
            await Promise.all(affected.map(refresher.refresh))
          }
        })
      } finally {
        tell(moved)
      }
    },
    write: async (one, folder, work) => {
      const value = await holding([one], work)
      refresher.later(one, folder === null ? null : [folder], true)
      return value
    },
    close: async () => {
      isClosed = true
      follower.close()
      await refresher.close()
      await queue.idle()
    },
  }
}
