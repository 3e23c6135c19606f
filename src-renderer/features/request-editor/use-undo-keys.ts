/**
 * Undo and redo for every field of the editor, Monaco included: the document's own steps, never a field's. Taken
 * before a field sees the key, and from the menu, which asks fields by an input event.
 */
import { useEffect, type KeyboardEvent, type RefObject } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { redo, undo } from '../../actions/edit.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { sectionOf } from './sections.ts'
import { useViewStore } from './view-store.ts'

/**
 * @param box element around the fields
 * @returns for `onKeyDownCapture` of that element
 */
export function useUndoKeys(id: DraftId, box: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  useEffect(() => {
    const element = box.current
    if (!element) return
    const onBeforeInput = (event: InputEvent): void => {
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
      event.preventDefault()
      travel(id, event.inputType === 'historyUndo' ? 'undo' : 'redo')
    }
    element.addEventListener('beforeinput', onBeforeInput, true)
    return () => element.removeEventListener('beforeinput', onBeforeInput, true)
  }, [id, box])
  return (event) => {
    const direction = directionOf(event)
    if (direction === null || event.defaultPrevented) return
    event.preventDefault()
    event.stopPropagation()
    travel(id, direction)
  }
}

/** By the key's character, not its place, so that it is right on every keyboard. */
function directionOf(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && event.ctrlKey && !event.shiftKey ? 'redo' : null
}

/** Takes the step and shows the section it was in: a change out of sight looks like nothing happened. */
function travel(id: DraftId, direction: 'undo' | 'redo'): void {
  const steps = useDraftsStore.getState().tabs[id]?.undo
  const step = direction === 'undo' ? steps?.past.at(-1) : steps?.future.at(-1)
  const done = direction === 'undo' ? undo(id) : redo(id)
  const section = done && step ? sectionOf(step.field) : null
  if (section !== null) useViewStore.getState().show(id, section)
}
