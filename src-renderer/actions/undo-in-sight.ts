/** Undo and redo that are asked for outside the editor: the field that changed is shown and given the focus. */
import type { DraftId } from '#contract/model/ids.ts'
import { placeOfStep } from '../lib/step-place.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { redo, undo } from './edit.ts'

/** Returns false where there is no step to take. */
export function travelInSight(id: DraftId, direction: 'undo' | 'redo'): boolean {
  const steps = useDraftsStore.getState().tabs[id]?.undo
  const step = direction === 'undo' ? steps?.past.at(-1) : steps?.future.at(-1)
  const done = direction === 'undo' ? undo(id) : redo(id)
  const place = done && step ? placeOfStep(step.field) : null
  if (place !== null) useFocusStore.getState().ask(id, place)
  return done
}
