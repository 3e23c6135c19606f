/** The places a request can be saved in: every collection and every folder, in the order of the tree. */
import type { Collection, ParentRef } from '#contract/model/workspace.ts'

export interface Place {
  /** Unique among the places. */
  readonly key: string
  /** Indented by its depth. */
  readonly label: string
  readonly parent: ParentRef
}

/** An em space: ordinary ones are folded away. */
const INDENT = '\u2003'

export function placesOf(collections: readonly Collection[]): readonly Place[] {
  return collections.flatMap((collection) => {
    const depths = new Map<string, number>()
    const folders = collection.nodes.filter((node) => node.kind === 'folder')
    const below = folders.map((folder) => {
      const depth = (folder.parentId === null ? 0 : (depths.get(folder.parentId) ?? 0)) + 1
      depths.set(folder.id, depth)
      return place({ collectionId: collection.id, folderId: folder.id }, INDENT.repeat(depth) + folder.name)
    })
    return [place({ collectionId: collection.id, folderId: null }, collection.name), ...below]
  })
}

/** The key of a place. */
export function placeKey(parent: ParentRef): string {
  return `${parent.collectionId}\n${parent.folderId ?? ''}`
}

function place(parent: ParentRef, label: string): Place {
  return { key: placeKey(parent), label, parent }
}
