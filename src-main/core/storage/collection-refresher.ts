/**
 * Keeps the trees of open collections true to their folders: reads them again when something changed, finishes in the
 * background what a first quick look left open, and tells when a tree came out different.
 */
import type { KeyedQueue } from './keyed-queue.ts'
import { takeTree, type OpenCollections, type Opened } from './open-collections.ts'
import type { RememberedTrees } from './remembered-trees.ts'
import { lookWholeLater, scanTree, scanTreeWhile, type Scan } from './tree.ts'

export interface Refresher {
  /** Read a collection's folder again. To be called in the collection's turn. Returns whether anything changed. */
  readonly refresh: (one: Opened) => Promise<boolean>
  /**
   * The same in its own turn, soon; told of if anything changed, or always.
   *
   * @param changedIn folders in which something changed, by path; null: perhaps anywhere
   */
  readonly later: (one: Opened, changedIn: Iterable<string> | null, always: boolean) => void
  /** Work that nobody waits for, but whoever closes. None is begun after that. */
  readonly inBackground: (work: () => Promise<void>) => void
  readonly isClosed: () => boolean
  readonly close: () => Promise<void>
}

export interface RefresherDeps {
  readonly open: OpenCollections
  /** Turns, by collection. */
  readonly queue: KeyedQueue
  /** What was seen is kept there; null: for nobody. */
  readonly remembered: RememberedTrees | null
  readonly tell: () => void
  readonly report: (error: unknown) => void
}

export function createRefresher({ open, queue, remembered, tell, report }: RefresherDeps): Refresher {
  const background = new Set<Promise<void>>()
  let isClosed = false
  const inBackground = (work: () => Promise<void>): void => {
    if (isClosed) return
    const done = work()
      .catch(report)
      .finally(() => background.delete(done))
    background.add(done)
  }
  const take = (one: Opened, { tree, changed }: Scan): boolean => {
    const isOther = takeTree(one, tree)
    if (hasQuickLooks(one) && !one.isReadingWhole) inBackground(() => readWhole(one))
    return changed || isOther
  }
  const refresh = async (one: Opened): Promise<boolean> => take(one, await scanTree(one.root, one.memory))
  /** Whoever saves or changes something goes first: null then. */
  const refreshBehind = (one: Opened): Promise<boolean | null> =>
    queue.runBehind(one.id, async (goesOn) => {
      const stale = takeStale(one)
      const scan = await scanTreeWhile(one.root, one.memory, stale === 'all' ? null : stale, goesOn)
      if (scan === null) markStale(one, stale)
      return scan && take(one, scan)
    })
  const catchUp = async (one: Opened): Promise<void> => {
    while (one.stale !== null && open.isOpen(one)) {
      const isNew = await refreshBehind(one)
      // What was written may have been noticed by the watcher first: it is told of once.
      if (isNew === null || (!isNew && !one.isOwed)) continue
      one.isOwed = false
      tell()
    }
  }
  const later = (one: Opened, changedIn: Iterable<string> | null, always: boolean): void => {
    if (always) one.isOwed = true
    markStale(one, changedIn ?? 'all')
    if (one.isCatchingUp) return
    one.isCatchingUp = true
    inBackground(() => catchUp(one).finally(() => (one.isCatchingUp = false)))
  }
  /** What is broken further down in a file shows only now. */
  const readWhole = async (one: Opened): Promise<void> => {
    one.isReadingWhole = true
    await lookWholeLater(one.root, one.memory, () => !isClosed && open.isOpen(one))
    one.isReadingWhole = false
    const before = one.collection
    if (isClosed || !open.isOpen(one)) return
    await queue.run(one.id, () => refresh(one))
    if (one.collection !== before) tell()
    await remembered?.keep(one)
  }
  return {
    refresh,
    later,
    inBackground,
    isClosed: () => isClosed,
    close: async () => {
      isClosed = true
      while (background.size > 0) await Promise.allSettled(background)
      await Promise.all(open.all().map((one) => remembered?.keep(one) ?? Promise.resolve()))
    },
  }
}

function takeStale(one: Opened): Opened['stale'] {
  const { stale } = one
  one.stale = null
  return stale
}

function markStale(one: Opened, added: Iterable<string> | 'all' | null): void {
  if (added === 'all' || one.stale === 'all') one.stale = 'all'
  else one.stale = new Set([...(one.stale ?? []), ...(added ?? [])])
}

function hasQuickLooks(one: Opened): boolean {
  return [...one.memory.files.values()].some((seen) => !seen.isWhole)
}
