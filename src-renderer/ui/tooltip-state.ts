/** Which tooltip is shown, if any: there is never more than one in the window. */
import { useSyncExternalStore, type ReactNode } from 'react'

export interface ShownTooltip {
  readonly anchor: HTMLElement
  readonly text: ReactNode
  readonly keys: string | undefined
  readonly side: 'top' | 'right' | 'bottom' | 'left'
}

const SHOW_AFTER_MS = 500
/** After one tooltip the next comes at once, for as long as this. */
const STILL_LOOKING_MS = 300
/** Time to bring the pointer from the control into its tooltip. */
const HIDE_AFTER_MS = 120

let shown: ShownTooltip | null = null
let hiddenAt = -Infinity
let timer: ReturnType<typeof setTimeout> | null = null
const listeners = new Set<() => void>()

/** Show a tooltip soon; at once where the keyboard asks, or where another was just read. */
export function showTooltip(tooltip: ShownTooltip, when: 'soon' | 'now'): void {
  const waits = when === 'soon' && shown === null && performance.now() - hiddenAt > STILL_LOOKING_MS
  later(() => set(tooltip), waits ? SHOW_AFTER_MS : 0)
}

/** Hide the tooltip; soon, so that the pointer may go into it, or now. */
export function hideTooltip(when: 'soon' | 'now'): void {
  if (when === 'now') stopTimer()
  if (when === 'now') set(null)
  else later(() => set(null), HIDE_AFTER_MS)
}

/** The pointer has come into the tooltip: it stays. */
export function holdTooltip(): void {
  stopTimer()
}

export function useShownTooltip(): ShownTooltip | null {
  return useSyncExternalStore(subscribe, () => shown)
}

function set(next: ShownTooltip | null): void {
  if (shown === next) return
  if (shown && !next) hiddenAt = performance.now()
  shown = next
  listeners.forEach((listener) => listener())
}

function later(work: () => void, afterMs: number): void {
  stopTimer()
  timer = setTimeout(work, afterMs)
}

function stopTimer(): void {
  if (timer !== null) clearTimeout(timer)
  timer = null
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
