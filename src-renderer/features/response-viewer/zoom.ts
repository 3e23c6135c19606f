/** Steps in which a picture is enlarged and reduced; one step back always undoes one step forth. */
import { formatPercent } from '../../lib/format-number.ts'

const STEPS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8, 16] as const

export const SMALLEST_ZOOM = STEPS[0]
export const LARGEST_ZOOM = STEPS[STEPS.length - 1] ?? 1

/** The next larger step. */
export function zoomIn(scale: number): number {
  return STEPS.find((step) => step > scale) ?? LARGEST_ZOOM
}

/** The next smaller step. */
export function zoomOut(scale: number): number {
  return STEPS.findLast((step) => step < scale) ?? SMALLEST_ZOOM
}

/** `150%`. */
export function zoomText(scale: number): string {
  return formatPercent(scale)
}
