/** Undo steps: which edits make one step, and how steps are taken back. What a step holds, the caller says. */

/** Typing in one field within this time is one undo step. */
const COALESCE_MS = 1200
const MAX_STEPS = 300

export interface Step {
  /** What the step changed, such as `headers.2.value`. */
  readonly field: string
  /** When, in milliseconds of `performance.now()`: the clock on the wall may be set between two letters. */
  readonly at: number
}

export interface UndoStack<S extends Step> {
  readonly past: readonly S[]
  readonly future: readonly S[]
}

/**
 * The stack after an edit.
 *
 * @param step the state before the edit
 * @param joins whether it may go on the step before it; a choice or a drop stands alone
 */
export function withStep<S extends Step>({ past, future }: UndoStack<S>, step: S, joins: boolean): UndoStack<S> {
  const last = past.at(-1)
  const goesOn = joins && last !== undefined && last.field === step.field && step.at - last.at < COALESCE_MS && future.length === 0
  const steps = goesOn ? [...past.slice(0, -1), { ...last, at: step.at }] : [...past, step]
  return { past: steps.slice(-MAX_STEPS), future: [] }
}
