/**
 * The tree of collections as a flat list of rows, as it is drawn and walked by the keyboard: folded parts left out, a
 * filter applied, each row with its place among its siblings. And back again: where among the siblings a drop falls.
 */
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Collection, ParentRef, TreeNode } from '#contract/model/workspace.ts'

interface RowBase {
  readonly key: string
  /** 1 for a collection. */
  readonly level: number
  /** Null where it holds nothing that could be shown. */
  readonly expanded: boolean | null
  readonly setSize: number
  readonly posInSet: number
}
export interface CollectionRow extends RowBase {
  readonly kind: 'collection'
  readonly collection: Collection
}
export interface NodeRow extends RowBase {
  readonly kind: 'node'
  readonly node: TreeNode
  readonly collectionId: CollectionId
}
export type TreeRow = CollectionRow | NodeRow

export type DropZone = 'before' | 'into' | 'after'

/**
 * @param collapsed ids of collections and folders that are folded
 * @param filter text that a name must hold; ancestors of what is found are shown with it, nothing is folded
 */
export function treeRows(collections: readonly Collection[], collapsed: ReadonlySet<string>, filter: string): readonly TreeRow[] {
  const wanted = filter.trim().toLowerCase()
  const shown = collections.flatMap((collection) => {
    const nodes = wanted === '' ? collection.nodes : matchingNodes(collection, wanted)
    const isHit = wanted === '' || nodes.length > 0 || collection.name.toLowerCase().includes(wanted)
    return isHit ? [{ collection, nodes }] : []
  })
  return shown.flatMap(({ collection, nodes }, index) =>
    rowsOf(collection, nodes, wanted === '' ? collapsed : NONE, shown.length, index + 1),
  )
}

/** The name a row goes by. */
export function rowName(row: TreeRow): string {
  return row.kind === 'collection' ? row.collection.name : row.node.name
}

/** The place that new items go to when the row is chosen: the folder itself, or the one the item is in. */
export function parentForNew(row: TreeRow): ParentRef {
  if (row.kind === 'collection') return { collectionId: row.collection.id, folderId: null }
  return { collectionId: row.collectionId, folderId: row.node.kind === 'folder' ? row.node.id : row.node.parentId }
}

/** The items directly in a place, in display order. */
export function childrenOf(collections: readonly Collection[], parent: ParentRef): readonly TreeNode[] {
  const collection = collections.find((candidate) => candidate.id === parent.collectionId)
  return collection?.nodes.filter((node) => node.parentId === parent.folderId) ?? []
}

/**
 * Where a drop on a row falls.
 *
 * @returns null where the dragged item would land in itself
 */
export function dropPlace(
  collections: readonly Collection[],
  row: TreeRow,
  zone: DropZone,
  dragged: NodeId,
): { readonly parent: ParentRef; readonly index: number } | null {
  const place = placeOf(collections, row, zone)
  const nodes = collections.find((candidate) => candidate.id === place.parent.collectionId)?.nodes ?? []
  let folder = place.parent.folderId
  while (folder !== null) {
    if (folder === dragged) return null
    const above = nodes.find((node) => node.id === folder)
    folder = above?.parentId ?? null
  }
  return place
}

/** The part of a row that a height in it stands for, 0 at its top and 1 at its bottom. */
export function zoneAt(row: TreeRow, height: number): DropZone {
  if (row.kind === 'collection') return 'into'
  if (row.node.kind === 'folder' && height > 0.25 && height < 0.75) return 'into'
  return height < 0.5 ? 'before' : 'after'
}

const NONE: ReadonlySet<string> = new Set()

function placeOf(collections: readonly Collection[], row: TreeRow, zone: DropZone): { parent: ParentRef; index: number } {
  if (row.kind === 'collection') return atEnd(collections, { collectionId: row.collection.id, folderId: null })
  const { node, collectionId } = row
  if (zone === 'into' && node.kind === 'folder') return atEnd(collections, { collectionId, folderId: node.id })
  if (zone === 'after' && row.expanded === true) return { parent: { collectionId, folderId: node.id }, index: 0 }
  const parent = { collectionId, folderId: node.parentId }
  const at = childrenOf(collections, parent).findIndex((sibling) => sibling.id === node.id)
  return { parent, index: zone === 'before' ? at : at + 1 }
}

function atEnd(collections: readonly Collection[], parent: ParentRef): { parent: ParentRef; index: number } {
  return { parent, index: childrenOf(collections, parent).length }
}

function rowsOf(
  collection: Collection,
  nodes: readonly TreeNode[],
  collapsed: ReadonlySet<string>,
  setSize: number,
  posInSet: number,
): readonly TreeRow[] {
  const counts = new Map<NodeId | null, number>()
  for (const node of nodes) counts.set(node.parentId, (counts.get(node.parentId) ?? 0) + 1)
  const open = nodes.length > 0 ? !collapsed.has(collection.id) : null
  const rows: TreeRow[] = [{ kind: 'collection', key: collection.id, collection, level: 1, expanded: open, setSize, posInSet }]
  if (open !== true) return rows
  const levels = new Map<NodeId | null, number>([[null, 1]])
  const seen = new Map<NodeId | null, number>()
  for (const node of nodes) {
    const above = levels.get(node.parentId)
    // Its folder is folded, or is itself in one that is.
    if (above === undefined) continue
    const place = (seen.get(node.parentId) ?? 0) + 1
    seen.set(node.parentId, place)
    const expanded = node.kind === 'folder' && counts.has(node.id) ? !collapsed.has(node.id) : null
    if (expanded === true) levels.set(node.id, above + 1)
    const siblings = counts.get(node.parentId) ?? 1
    rows.push({
      kind: 'node',
      key: node.id,
      node,
      collectionId: collection.id,
      level: above + 1,
      expanded,
      setSize: siblings,
      posInSet: place,
    })
  }
  return rows
}

interface Searchable {
  /** In lower case, in the order of the nodes. */
  readonly names: readonly string[]
  readonly parents: ReadonlyMap<NodeId, NodeId | null>
}

/** Made once for a list of nodes: a filter asks at every key. */
const searchables = new WeakMap<readonly TreeNode[], Searchable>()

function searchableOf(nodes: readonly TreeNode[]): Searchable {
  const known = searchables.get(nodes)
  if (known) return known
  const made: Searchable = {
    names: nodes.map(({ name }) => name.toLowerCase()),
    parents: new Map(nodes.map((node) => [node.id, node.parentId])),
  }
  searchables.set(nodes, made)
  return made
}

/** Nodes whose name or method holds the text, with all that they are in. */
function matchingNodes(collection: Collection, wanted: string): readonly TreeNode[] {
  const { names, parents } = searchableOf(collection.nodes)
  const kept = new Set<NodeId>()
  for (const [at, node] of collection.nodes.entries()) {
    if (names[at]?.includes(wanted) !== true && node.method?.toLowerCase() !== wanted) continue
    let id: NodeId | null = node.id
    while (id !== null && !kept.has(id)) {
      kept.add(id)
      id = parents.get(id) ?? null
    }
  }
  return collection.nodes.filter((node) => kept.has(node.id))
}
