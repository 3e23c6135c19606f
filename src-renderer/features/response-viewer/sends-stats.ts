/**
 * How long the sends of a request took, for the chart: which count, what is usual, and where each stands in the picture.
 * Only those that were answered count; what failed is shown and measured by itself.
 */
import type { HistoryEntry } from '#contract/model/history.ts'
import type { ExchangeId } from '#contract/model/ids.ts'

export interface Send {
  readonly id: ExchangeId
  /** ISO 8601. */
  readonly startedAt: string
  readonly totalMs: number
  /** Null: no answer came. */
  readonly status: number | null
  readonly method: string
  readonly url: string
}

export interface SendsStats {
  readonly answered: number
  readonly failed: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly slowestMs: number
  /** What took longer is out of the ordinary: 1.5 times the range of the middle half above it (Tukey). */
  readonly outlierAboveMs: number
}

/** So many are needed before anything can be called usual. */
const LEAST_FOR_OUTLIERS = 8
/** A single slow one must not press the others together: beyond so many times the 95th percentile it is cut off. */
const MOST_OF_P95 = 3

/** The sends that entries of the history tell of, oldest first; one that is there twice counts once. */
export function sendsOf(entries: readonly Pick<HistoryEntry, keyof Send>[]): readonly Send[] {
  const byId = new Map(
    entries.map(({ id, startedAt, totalMs, status, method, url }) => [id, { id, startedAt, totalMs, status, method, url }]),
  )
  return [...byId.values()].toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0))
}

/** Tells which sends went where this one did, by the same method; queries may differ. */
export function sameAs({ method, url }: Pick<Send, 'method' | 'url'>): (other: Pick<Send, 'method' | 'url'>) => boolean {
  const place = placeOf(url)
  return (other) => other.method === method && placeOf(other.url) === place
}

function placeOf(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

/** Null where none was answered. */
export function statsOf(sends: readonly Send[]): SendsStats | null {
  const times = sends.flatMap(({ status, totalMs }) => (status === null ? [] : [totalMs])).toSorted((a, b) => a - b)
  const slowestMs = times.at(-1)
  if (slowestMs === undefined) return null
  const [q1, q3] = [quantile(times, 0.25), quantile(times, 0.75)]
  return {
    answered: times.length,
    failed: sends.length - times.length,
    medianMs: median(times),
    p95Ms: quantile(times, 0.95),
    slowestMs,
    outlierAboveMs: times.length < LEAST_FOR_OUTLIERS ? Infinity : q3 + 1.5 * (q3 - q1),
  }
}

/** The height of the picture in milliseconds: a round number above the slowest that is shown whole. */
export function scaleOf(sends: readonly Send[], stats: SendsStats | null): number {
  const slowest = Math.max(1, ...sends.map(({ totalMs }) => totalMs))
  const cut = stats === null ? slowest : Math.min(slowest, stats.p95Ms * MOST_OF_P95)
  return roundAbove(Math.max(1, cut))
}

/** The next of 1, 2 or 5 times a power of ten. */
export function roundAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value * 0.999) ?? value
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}

/** By the nearest rank. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
}
