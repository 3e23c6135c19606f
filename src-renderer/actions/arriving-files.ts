/** Files on their way into a request: they were dropped on it and are still being copied. Send waits for them. */
import type { DraftId } from '#contract/model/ids.ts'

const arriving = new Map<DraftId, Set<Promise<boolean>>>()

/**
 * Remember a copy until it is over.
 *
 * @param work whether its files are in the request now
 */
export function fileArrival(id: DraftId, work: Promise<boolean>): Promise<boolean> {
  const all = arriving.get(id) ?? new Set()
  arriving.set(id, all.add(work))
  return work.finally(() => {
    all.delete(work)
    if (all.size === 0) arriving.delete(id)
  })
}

/** Waits for all files on their way into a request; null where there are none. False: not all of them arrived. */
export function filesArrived(id: DraftId): Promise<boolean> | null {
  const all = arriving.get(id)
  return all ? Promise.all(all).then((each) => each.every(Boolean)) : null
}
