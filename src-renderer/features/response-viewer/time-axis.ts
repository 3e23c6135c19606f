/** The figures along a time line: at round numbers, and few enough to be read. */
import { roundAbove } from './sends-stats.ts'

export interface Axis {
  /** Milliseconds between two figures. */
  readonly step: number
  /** Length of the line in milliseconds. */
  readonly span: number
  readonly ticks: readonly number[]
}

/** At most so many stretches. */
const STRETCHES = 4
/** A figure so near the end would not fit. */
const LAST_PART = 0.88

/** @param span milliseconds */
export function axisOf(span: number): Axis {
  if (span <= 0) return { step: 0, span: 0, ticks: [] }
  const step = roundAbove(span / STRETCHES)
  const ticks = Array.from({ length: STRETCHES + 1 }, (_, index) => index * step).filter((tick) => tick <= span * LAST_PART)
  return { step, span, ticks }
}
