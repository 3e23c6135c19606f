/** The times of an exchange as bars on one time line: every hop with its phases, one after the other. */
import type { Timings } from '#contract/model/exchange.ts'
import { PHASES, type Phase } from '../../lib/phase-words.ts'
import { t } from '../../lib/t.ts'

/** One try and the wait after it, in milliseconds. */
export interface Timed {
  readonly timings: Timings
  readonly waited: number
}

export interface Bar {
  readonly phase: Phase | 'retryWait'
  readonly label: string
  /** Milliseconds from the beginning of the first hop. */
  readonly start: number
  readonly duration: number
  /** The phase did not take place, because an open connection was used. */
  readonly skipped: boolean
}

export interface HopBars {
  readonly start: number
  readonly end: number
  readonly bars: readonly Bar[]
  /** The wait after it, where there was one. */
  readonly wait: Bar | null
}

export interface Waterfall {
  readonly hops: readonly HopBars[]
  /** Length of the time line in milliseconds. */
  readonly span: number
}

const OF_CONNECTING: ReadonlySet<Phase> = new Set<Phase>(['dns', 'connect', 'tls'])

/** What took less is not shown where there is more to see. Milliseconds. */
export const LEAST_SHOWN_MS = 0.05
/** Of a single hop, what went before and after it: its credentials, or an answer that the disk was slow to take. */
const LEAST_BESIDE_MS = 5

/** Bars for hops in the order they happened. */
export function waterfall(hops: readonly Timed[]): Waterfall {
  let at = 0
  const drawn = hops.map(({ timings, waited }): HopBars => {
    const start = at
    const bars = PHASES.map(([phase, label]): Bar => {
      const duration = Math.max(0, timings[phase])
      const bar = { phase, label, start: at, duration, skipped: timings.reusedConnection && OF_CONNECTING.has(phase) }
      at += duration
      return bar
    })
    const end = at
    const wait: Bar | null =
      waited > 0 ? { phase: 'retryWait', label: t`Waiting to try again`, start: at, duration: waited, skipped: false } : null
    at += Math.max(0, waited)
    return { start, end, bars, wait }
  })
  return { hops: drawn, span: at }
}

/** What of the whole went beside the hops, in milliseconds; null: not worth a line. */
export function restOf(total: number, { hops, span }: Waterfall): number | null {
  const rest = total - span
  return rest >= (hops.length > 1 ? LEAST_SHOWN_MS : LEAST_BESIDE_MS) ? rest : null
}

/** What one hop took by itself; the `total` of an exchange's last hop is that of them all. */
export function ownTime(timings: Timings): number {
  return PHASES.reduce((sum, [phase]) => sum + Math.max(0, timings[phase]), 0)
}

/** Where a bar stands on the time line, in per cent; never so narrow that it cannot be seen. */
export function placeOf(bar: Pick<Bar, 'start' | 'duration'>, span: number): { readonly left: number; readonly width: number } {
  if (span <= 0) return { left: 0, width: 0 }
  const width = bar.duration === 0 ? 0 : Math.max(0.5, (bar.duration / span) * 100)
  return { left: Math.min(100 - width, (bar.start / span) * 100), width }
}
