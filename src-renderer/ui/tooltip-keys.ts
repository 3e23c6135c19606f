/**
 * What keys mean to tooltips. One is shown where a person moved the focus with a key, not where a program put it: a
 * dialog that opens or closes, a field that is gone to. And Esc takes a tooltip away without being used up by that.
 */
import { flushSync } from 'react-dom'
import { hideTooltip } from './tooltip-state.ts'

const MOVING_KEYS = new Set(['Tab', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'])

let isMoving = false

/** Whether the last thing pressed was a key that moves the focus. */
export function focusWasMovedByKey(): boolean {
  return isMoving
}

/** Begin to follow keys and pointer. Returns what stops it. */
export function watchKeys(): () => void {
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    isMoving = MOVING_KEYS.has(key)
    // The bubble is gone before anyone else hears the key, so that the dialog below takes it for its own.
    if (key === 'Escape') flushSync(() => hideTooltip('now'))
  }
  const onPointerDown = (): void => {
    isMoving = false
  }
  window.addEventListener('keydown', onKeyDown, true)
  window.addEventListener('pointerdown', onPointerDown, true)
  return () => {
    window.removeEventListener('keydown', onKeyDown, true)
    window.removeEventListener('pointerdown', onPointerDown, true)
  }
}
