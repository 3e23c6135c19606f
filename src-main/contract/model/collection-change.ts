/**
 * What differs between two states of a collection's tree, and a state with that put in: of ten thousand nodes a window is
 * told of those that changed. Both halves stand here, so that they cannot come apart.
 */
import type { NodeId } from './ids.ts'
import type { Collection, CollectionChange, TreeNode } from './workspace.ts'

/** What to do to `before` to have `after`; where there was nothing before, it is all of it. */
export function changeBetween(before: Collection | undefined, { nodes, ...head }: Collection): CollectionChange {
  const old = before?.nodes ?? []
  const staying = nodesStaying(old, nodes)
  const put: { after: NodeId | null; nodes: TreeNode[] }[] = []
  let run: TreeNode[] | null = null
  for (const [at, node] of nodes.entries()) {
    if (staying.has(node.id)) run = null
    else if (run) run.push(node)
    else {
      run = [node]
      put.push({ after: nodes[at - 1]?.id ?? null, nodes: run })
    }
  }
  return { ...head, removed: old.flatMap(({ id }) => (staying.has(id) ? [] : [id])), put }
}

/** The collection that `changeBetween` was told to lead to. @param before what it was told to lead from */
export function withChange(before: Collection | undefined, { removed, put, ...head }: CollectionChange): Collection {
  const gone = new Set(removed)
  const runs = new Map(put.map(({ after, nodes }) => [after, nodes]))
  const kept = (before?.nodes ?? []).flatMap((node) => (gone.has(node.id) ? [] : [node, ...(runs.get(node.id) ?? [])]))
  return { ...head, nodes: [...(runs.get(null) ?? []), ...kept] }
}

export function isSameNode(one: TreeNode, other: TreeNode): boolean {
  return (
    one.id === other.id &&
    one.name === other.name &&
    one.method === other.method &&
    one.kind === other.kind &&
    one.parentId === other.parentId &&
    one.error === other.error
  )
}

/** Nodes that are as they were, and of these as many as stand in the order they stood in. */
function nodesStaying(before: readonly TreeNode[], after: readonly TreeNode[]): ReadonlySet<NodeId> {
  const places = new Map(before.map((node, at) => [node.id, { node, at }]))
  const same = after.flatMap(({ id }, index) => {
    const place = places.get(id)
    const node = after[index]
    return place && node && isSameNode(place.node, node) ? [{ id, at: place.at }] : []
  })
  return new Set(longestRising(same).map(({ id }) => id))
}

interface Placed {
  readonly id: NodeId
  readonly at: number
}

/** The longest of the lists that are left when some are left out and places rise from each to the next. */
function longestRising(all: readonly Placed[]): readonly Placed[] {
  /** By length less one: of the lists of that length found so far, the one with the lowest end. */
  const ends: Chain[] = []
  for (const placed of all) {
    let low = 0
    let high = ends.length
    // Nearly always it goes on where the longest ends.
    if ((ends.at(-1)?.placed.at ?? -1) < placed.at) low = high
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle]?.placed.at ?? 0) < placed.at) low = middle + 1
      else high = middle
    }
    ends[low] = { placed, before: ends[low - 1] }
  }
  const longest: Placed[] = []
  for (let chain = ends.at(-1); chain; chain = chain.before) longest.push(chain.placed)
  return longest
}

interface Chain {
  readonly placed: Placed
  readonly before: Chain | undefined
}
