/**
 * Undo and redo for every field in a box, as steps of what the box edits and never of one field. Taken before a field sees
 * the key, and from the menu, which asks fields by an input event.
 */
import { useEffect, useEffectEvent, type KeyboardEvent, type RefObject } from 'react'

export type UndoDirection = 'undo' | 'redo'

/**
 * A field with `data-own-undo` keeps its keys: what is typed in it is not part of what the box edits.
 *
 * @param box element around the fields
 * @param travel takes the step
 * @returns for `onKeyDownCapture` of that element
 */
export function useUndoOf(box: RefObject<HTMLElement | null>, travel: (direction: UndoDirection) => void): (event: KeyboardEvent) => void {
  const take = useEffectEvent(travel)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const onBeforeInput = (event: InputEvent): void => {
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
      if (isApart(event.target)) return
      event.preventDefault()
      take(event.inputType === 'historyUndo' ? 'undo' : 'redo')
    }
    element.addEventListener('beforeinput', onBeforeInput, true)
    return () => element.removeEventListener('beforeinput', onBeforeInput, true)
  }, [box])
  return (event) => {
    const direction = directionOf(event)
    if (direction === null || event.defaultPrevented || isApart(event.target)) return
    event.preventDefault()
    event.stopPropagation()
    travel(direction)
  }
}

/** By the key's character, not its place, so that it is right on every keyboard. */
function directionOf(event: KeyboardEvent): UndoDirection | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  const key = event.key.toLowerCase()
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
  return key === 'y' && event.ctrlKey && !event.shiftKey ? 'redo' : null
}

function isApart(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-own-undo]') !== null
}
