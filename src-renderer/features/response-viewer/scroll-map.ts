/**
 * Maps the scroll bar of an element to rows of a list that may be far taller than an element can be (Chromium stops
 * near 33 million pixels; 100 MiB of hex is 130 million). Short lists scroll pixel by pixel; tall ones are squeezed, and
 * their wheel and keys are then handled in rows' pixels so that nothing is skipped.
 */

/** Tallest element used, in pixels. */
const TALLEST = 12_000_000

export interface ScrollMap {
  /** Height of all rows, in pixels. */
  readonly total: number
  /** Height of the element that stands for them. */
  readonly height: number
  readonly viewport: number
}

export function scrollMap(rows: number, rowHeight: number, viewport: number): ScrollMap {
  const total = rows * rowHeight
  return { total, height: Math.min(total, TALLEST), viewport }
}

/** Whether the element is shorter than its rows. */
export function isSqueezed(map: ScrollMap): boolean {
  return map.total > map.height
}

/** The largest top: the last row stands at the lower edge. */
export function largestTop(map: ScrollMap): number {
  return Math.max(0, map.total - map.viewport)
}

export function clampedTop(map: ScrollMap, top: number): number {
  return Math.min(largestTop(map), Math.max(0, top))
}

/** Pixel of the rows at the upper edge, for a position of the scroll bar. */
export function topOfScroll(map: ScrollMap, scrollTop: number): number {
  if (!isSqueezed(map)) return clampedTop(map, scrollTop)
  return clampedTop(map, (scrollTop / (map.height - map.viewport)) * largestTop(map))
}

/** Position of the scroll bar that shows this pixel at the upper edge. */
export function scrollOfTop(map: ScrollMap, top: number): number {
  if (!isSqueezed(map)) return clampedTop(map, top)
  return (clampedTop(map, top) / largestTop(map)) * (map.height - map.viewport)
}

export interface VisibleRows {
  readonly first: number
  /** The last row that shows, included; less than `first` where there is none. */
  readonly last: number
  /** Pixels of the first row that are above the upper edge. */
  readonly offset: number
}

export function visibleRows(map: ScrollMap, rowHeight: number, top: number): VisibleRows {
  const first = Math.floor(clampedTop(map, top) / rowHeight)
  const rows = Math.round(map.total / rowHeight)
  const last = Math.min(rows - 1, Math.ceil((clampedTop(map, top) + map.viewport) / rowHeight) - 1)
  return { first, last, offset: clampedTop(map, top) - first * rowHeight }
}
