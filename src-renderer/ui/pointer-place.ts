/**
 * Where the pointer is now. A drag reports how far it has come only with its next move, so a quick one would end where
 * it began; the pointer's own events always say.
 */

export interface PointerPlace {
  readonly x: number
  readonly y: number
}

let place: PointerPlace | null = null

/** Follow the pointer while a drag is under way. Returns what stops it. */
export function followPointer(): () => void {
  const follow = (event: PointerEvent): void => {
    place = { x: event.clientX, y: event.clientY }
  }
  window.addEventListener('pointerdown', follow, true)
  window.addEventListener('pointermove', follow, true)
  window.addEventListener('pointerup', follow, true)
  return () => {
    window.removeEventListener('pointerdown', follow, true)
    window.removeEventListener('pointermove', follow, true)
    window.removeEventListener('pointerup', follow, true)
  }
}

/** The last place seen; null before there was any. */
export function pointerPlace(): PointerPlace | null {
  return place
}
