/**
 * Renames and moves of the tree, one after another. An item's id is its path, so that whoever names an item while an
 * earlier command is still under way names it by an id that is gone when their turn comes: it is followed to the new one.
 */
import type { Moved } from '#contract/model/workspace.ts'
import type { NodeId } from '#contract/model/ids.ts'
import type { WireError } from '#contract/errors.ts'
import type { Result } from '#contract/result.ts'

/** What moved while a command waited. Not what moved before it was given: that id may be another item's by now. */
interface Waiting {
  readonly passed: Moved[]
}

const waiting = new Set<Waiting>()
let last: Promise<unknown> = Promise.resolve()

/** Run a command once those given before it are done; `now` is the id an item has by then. */
export function inTurn(
  run: (now: (id: NodeId) => NodeId) => Promise<Result<{ readonly moved: Moved }, WireError>>,
): Promise<Result<{ readonly moved: Moved }, WireError>> {
  const own: Waiting = { passed: [] }
  waiting.add(own)
  const turn = last.then(async () => {
    waiting.delete(own)
    const done = await run((id) => own.passed.reduce((at, moved) => moved.find(({ from }) => from === at)?.to ?? at, id))
    if (done.ok) waiting.forEach(({ passed }) => passed.push(done.value.moved))
    return done
  })
  last = turn.catch(() => undefined)
  return turn
}
