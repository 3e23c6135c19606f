/** Undo and redo for every field of the editor, Monaco included: the document's own steps, never a field's. */
import type { KeyboardEvent, RefObject } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { redo, undo } from '../../actions/edit.ts'
import { travelInSight } from '../../actions/undo-in-sight.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useUndoOf, type UndoDirection } from '../../ui/use-undo-of.ts'
import { sectionOf } from './sections.ts'
import { useViewStore } from './view-store.ts'

/**
 * @param box element around the fields
 * @returns for `onKeyDownCapture` of that element
 */
export function useUndoKeys(id: DraftId, box: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  return useUndoOf(box, (direction) => {
    travel(id, direction)
    requestAnimationFrame(() => keepFocus(box.current))
  })
}

/** The field may have gone with the step, such as with a body's type; a keyboard is then left at its section. */
function keepFocus(box: HTMLElement | null): void {
  if (document.activeElement !== document.body) return
  box?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
}

/**
 * Takes the step and shows the section it was in: a change out of sight looks like nothing happened. From a field that is
 * typed in, the focus is not taken away; from a button it goes to what changed.
 */
function travel(id: DraftId, direction: UndoDirection): void {
  if (document.activeElement?.matches('button, [role="tab"]') === true) return void travelInSight(id, direction)
  const steps = useDraftsStore.getState().tabs[id]?.undo
  const step = direction === 'undo' ? steps?.past.at(-1) : steps?.future.at(-1)
  const done = direction === 'undo' ? undo(id) : redo(id)
  const section = done && step ? sectionOf(step.field) : null
  if (section !== null) useViewStore.getState().show(id, section)
}
