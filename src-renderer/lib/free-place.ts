/** The corner of the window in which what floats covers the least of what is in use. Pure: boxes in CSS pixels. */

export const PLACES = ['bottom-right', 'top-right', 'bottom-left', 'top-left'] as const
export type Place = (typeof PLACES)[number]

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Room {
  readonly width: number
  readonly height: number
  /** What is left free at the sides, and above and below. */
  readonly aside: number
  readonly above: number
  readonly below: number
}

/** The first of the places, in their order, in which nothing of it is covered; else that in which the least is. */
export function freePlace(size: { readonly width: number; readonly height: number }, room: Room, used: readonly Box[]): Place {
  const covered = (place: Place): number => {
    const box = boxAt(place, size, room)
    return used.reduce((sum, each) => sum + overlap(box, each), 0)
  }
  return PLACES.reduce((best, place) => (covered(place) < covered(best) ? place : best))
}

function boxAt(place: Place, { width, height }: { readonly width: number; readonly height: number }, room: Room): Box {
  const left = place.endsWith('left') ? room.aside : room.width - room.aside - width
  const top = place.startsWith('top') ? room.above : room.height - room.below - height
  return { left, top, right: left + width, bottom: top + height }
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left)
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
  return width > 0 && height > 0 ? width * height : 0
}
