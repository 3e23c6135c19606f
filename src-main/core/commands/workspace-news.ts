/** What windows are told of the collections: all of them once, then what changed, numbered, so that one that missed something asks again. */
import { changeBetween } from '#contract/model/collection-change.ts'
import type { Output } from '#contract/commands.ts'
import type { EventPayload } from '#contract/events.ts'
import type { Collection, Moved } from '#contract/model/workspace.ts'

export interface WorkspaceNews {
  /** Tells every window what became different. */
  readonly tell: (collections: readonly Collection[], moved: Moved) => void
  /** The answer to a window that asks for all. What is new in it is told to the others. */
  readonly answer: (collections: readonly Collection[]) => Output<'workspace.read'>
}

export function createWorkspaceNews(emit: (payload: EventPayload<'workspace.changed'>) => void): WorkspaceNews {
  let sequence = 0
  let told: readonly Collection[] = []
  let isAsked = false
  const tell: WorkspaceNews['tell'] = (collections, moved) => {
    const before = new Map(told.map((collection) => [collection.id, collection]))
    const changed = collections.filter((collection) => before.get(collection.id) !== collection)
    told = collections
    sequence += 1
    emit({
      sequence,
      order: collections.map(({ id }) => id),
      changed: changed.map((collection) => changeBetween(before.get(collection.id), collection)),
      moved,
    })
  }
  return {
    tell,
    answer: (collections) => {
      const isNew = collections.length !== told.length || collections.some((collection, at) => collection !== told[at])
      // Nobody who has not asked goes by what was told.
      if (isNew && isAsked) tell(collections, [])
      told = collections
      isAsked = true
      return { collections: [...collections], sequence }
    },
  }
}
