/**
 * Commands of the tree, one after another. An item's id is its path, so that whoever names an item while an earlier
 * command is still under way names it by an id that is gone when their turn comes: it is followed to the new one.
 */
import type { Moved } from '#contract/model/workspace.ts'
import type { NodeId } from '#contract/model/ids.ts'
import type { WireError } from '#contract/errors.ts'
import type { Result } from '#contract/result.ts'
import { takeLastBack, treeDid, treeMoved, type TreeStep } from './tree-undo.ts'

/** What a command finds when its turn has come. */
export interface Turn {
  /** The id an item has by now. */
  readonly now: (id: NodeId) => NodeId
  /** Whether an item was deleted while the command waited. */
  readonly isGone: (id: NodeId) => boolean
  /** Whether another command was done meanwhile: the window may not have been told yet of what the tree is like now. */
  readonly isLate: boolean
}

/** What a command did to the ids of items. */
export interface Effects {
  readonly moved?: Moved
  /** Deleted, with all that was below. */
  readonly gone?: readonly NodeId[]
  /** Deleted items are there again. */
  readonly isBack?: boolean
  /** How it is taken back. */
  readonly step?: TreeStep | undefined
}

/** What was done while a command waited. Not what was done before it was given: that id may be another item's by now. */
interface Waiting {
  isLate: boolean
  readonly passed: Moved[]
  readonly gone: Set<NodeId>
}

const waiting = new Set<Waiting>()
let last: Promise<unknown> = Promise.resolve()

/** Run a command once those given before it are done; `effects` tells the ones behind it what it did. */
export function inTurn<T>(
  run: (turn: Turn) => Promise<Result<T, WireError>>,
  effects: (value: T) => Effects = () => ({}),
): Promise<Result<T, WireError>> {
  const own: Waiting = { isLate: false, passed: [], gone: new Set() }
  waiting.add(own)
  const turn = last.then(async () => {
    waiting.delete(own)
    const now = (id: NodeId): NodeId => own.passed.reduce((at, moved) => moved.find(({ from }) => from === at)?.to ?? at, id)
    const done = await run({ now, isGone: (id) => own.gone.has(now(id)), isLate: own.isLate })
    if (done.ok) {
      const did = effects(done.value)
      waiting.forEach((other) => tell(other, did))
      if (did.moved) treeMoved(did.moved)
      if (did.step) treeDid(did.step)
    }
    return done
  })
  last = turn.catch(() => undefined)
  return turn
}

function tell(other: Waiting, { moved, gone = [], isBack = false }: Effects): void {
  other.isLate = true
  if (moved) other.passed.push(moved)
  if (isBack) other.gone.clear()
  gone.forEach((id) => other.gone.add(id))
}

/** Take back the last thing done in the tree, if there is one; what is still under way counts. */
export async function undoTree(): Promise<void> {
  await last
  await takeLastBack()
}
