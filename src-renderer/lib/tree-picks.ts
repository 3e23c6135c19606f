/**
 * Several rows of the tree at a time: which are chosen by a range, which of them stand for the others because those are
 * in them, and which stood beside each other, to be put back together. Pure.
 */
import type { NodeId } from '#contract/model/ids.ts'
import type { Collection, ParentRef } from '#contract/model/workspace.ts'
import { childrenOf, type NodeRow, type TreeRow } from './tree-rows.ts'

/** Keys of the items from one row to another, both counted; collections are none. */
export function keysBetween(rows: readonly TreeRow[], from: number, to: number): readonly string[] {
  const [first, last] = from < to ? [from, to] : [to, from]
  return rows.slice(Math.max(0, first), last + 1).flatMap((row) => (row.kind === 'node' ? [row.key] : []))
}

/** The chosen rows that are in no other chosen one, in the order of the tree. What is folded away is not chosen. */
export function outermostPicked(rows: readonly TreeRow[], picked: ReadonlySet<string>): readonly NodeRow[] {
  const chosen = new Set<string>()
  return rows.flatMap((row) => {
    if (row.kind !== 'node') return []
    const isInside = row.node.parentId !== null && chosen.has(row.node.parentId)
    if (!isInside && !picked.has(row.key)) return []
    chosen.add(row.key)
    return isInside ? [] : [row]
  })
}

/** Items that stood one after another, and what stood behind them. */
export interface Neighbours {
  readonly ids: readonly NodeId[]
  readonly parent: ParentRef
  /** Null: nothing did. */
  readonly next: NodeId | null
}

export function neighboursAmong(collections: readonly Collection[], ids: readonly NodeId[]): readonly Neighbours[] {
  const wanted = new Set(ids)
  const parents = new Map<string, ParentRef>()
  for (const { id: collectionId, nodes } of collections) {
    for (const { id, parentId } of nodes)
      if (wanted.has(id)) parents.set(`${collectionId} ${parentId ?? ''}`, { collectionId, folderId: parentId })
  }
  return [...parents.values()].flatMap((parent) => {
    const runs: Neighbours[] = []
    let run: NodeId[] = []
    for (const { id } of childrenOf(collections, parent)) {
      if (wanted.has(id)) run.push(id)
      else if (run.length > 0) {
        runs.push({ ids: run, parent, next: id })
        run = []
      }
    }
    return run.length > 0 ? [...runs, { ids: run, parent, next: null }] : runs
  })
}
