/**
 * What was done in the tree, to be taken back with Ctrl+Z there: the last thing first. Each step brings its own way
 * back; this only keeps their order, and follows their items to the ids that later renames and moves give them.
 */
import type { NodeId } from '#contract/model/ids.ts'
import type { Moved } from '#contract/model/workspace.ts'

export interface TreeStep {
  /** Items that the way back names. */
  readonly ids: readonly NodeId[]
  /** Take the step back; `ids` are the items' ids by now, in the order given. */
  readonly back: (ids: readonly NodeId[]) => Promise<void>
}

const MAX_STEPS = 100

let steps: { readonly step: TreeStep; readonly ids: readonly NodeId[] }[] = []

/** Something was done in the tree. */
export function treeDid(step: TreeStep): void {
  steps = [...steps, { step, ids: step.ids }].slice(-MAX_STEPS)
}

/** Take back the last thing done in the tree, if there is one. Commands under way are to be waited for first. */
export async function takeLastBack(): Promise<void> {
  const last = steps.at(-1)
  if (!last) return
  steps = steps.slice(0, -1)
  await last.step.back(last.ids)
}

/** A step was taken back another way, such as by its notice. */
export function treeStepTaken(step: TreeStep): void {
  steps = steps.filter((other) => other.step !== step)
}

/** Items have other ids now. */
export function treeMoved(moved: Moved): void {
  const now = new Map(moved.map(({ from, to }) => [from, to]))
  steps = steps.map(({ step, ids }) => ({ step, ids: ids.map((id) => now.get(id) ?? id) }))
}
