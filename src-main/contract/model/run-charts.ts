/**
 * The charts of a run as geometry: where lines, bars and marks stand in a box of given size. Pure, so that the window and
 * the HTML report draw the same.
 */
import type { RunCharts, RunStats } from './run.ts'

export interface ChartBox {
  readonly width: number
  readonly height: number
  /** Room for the words beside and below. */
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const CHART_BOX: ChartBox = { width: 640, height: 220, left: 56, right: 16, top: 12, bottom: 28 }

export interface Tick {
  /** Along its axis, in the box. */
  readonly at: number
  readonly text: string
}

export interface ChartLine {
  readonly name: string
  /** Points of one unbroken piece each, in the box; where nothing was measured the line breaks. */
  readonly pieces: readonly (readonly { readonly x: number; readonly y: number }[])[]
}

export interface ChartBar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly count: number
  /** What it counts, in words. */
  readonly text: string
}

export interface ChartMark {
  readonly x: number
  readonly text: string
  /** Where its words stand: in a row of their own, so that no bar and no other mark's words reach them. */
  readonly textX: number
  readonly textY: number
  readonly anchor: 'start' | 'end'
}

interface Axes {
  readonly xTicks: readonly Tick[]
  readonly yTicks: readonly Tick[]
}

export type LineChart = Axes & { readonly lines: readonly ChartLine[] }
export type BarChart = Axes & { readonly bars: readonly ChartBar[]; readonly marks: readonly ChartMark[] }

const MOST_TICKS = 5
/** Of which a chart of durations has room. */
const FEWEST_RANGES = 3
/** A line of a mark's words, above the bars. */
const MARK_ROW = 14
/** Further right than this share of the box, words stand left of their mark. */
const TURN_AT = 0.7
const MINUTE_MS = 60_000
/** Less is nothing, to the eye. */
const LEAST = 1e-6

/** Median and 90th percentile over the time of the run. */
export function latencyChart({ buckets, bucketMs }: RunCharts, box: ChartBox = CHART_BOX): LineChart {
  const top = Math.max(0, ...buckets.map(({ p90 }) => p90 ?? 0))
  return timeChart(
    buckets.map(({ at }) => at + bucketMs / 2),
    { end: (buckets.at(-1)?.at ?? 0) + bucketMs, top, words: durationWords },
    [
      { name: 'p50', values: buckets.map(({ p50 }) => p50) },
      { name: 'p90', values: buckets.map(({ p90 }) => p90) },
    ],
    box,
  )
}

/** Requests a second that ended, and those of them that failed, over the time of the run. */
export function throughputChart({ buckets, bucketMs }: RunCharts, box: ChartBox = CHART_BOX): LineChart {
  const perSecond = (count: number): number => count / (bucketMs / 1000)
  const top = Math.max(0, ...buckets.map(({ done }) => perSecond(done)))
  const lines = [{ name: 'requests', values: buckets.map(({ done }): number | null => perSecond(done)) }]
  if (buckets.some(({ failed }) => failed > 0)) lines.push({ name: 'failed', values: buckets.map(({ failed }) => perSecond(failed)) })
  return timeChart(
    buckets.map(({ at }) => at + bucketMs / 2),
    { end: (buckets.at(-1)?.at ?? 0) + bucketMs, top, words: countWords },
    lines,
    box,
  )
}

/** How many took how long, with p50, p90 and p99 marked. */
export function distributionChart({ distribution }: RunCharts, totals: RunStats, box: ChartBox = CHART_BOX): BarChart {
  const start = distribution[0]?.from ?? 0
  const width = distribution[0] ? distribution[0].to - distribution[0].from : 1
  // The last range may be as wide as the slowest asks for; it is drawn as wide as the others.
  const end = start + distribution.length * width
  // A single one stands between two empty ones: a bar as wide as the box is none.
  const left = distribution.length === 1 ? Math.max(0, start - width) : start
  const right = Math.max(end, left + FEWEST_RANGES * width)
  const x = scale(left, right, box.left, box.width - box.right)
  const top = Math.max(1, ...distribution.map(({ count }) => count))
  const { p50, p90, p99 } = totals
  const marks = Object.entries({ p50, p90, p99 })
    .flatMap(([name, value]) =>
      value === null || distribution.length === 0 ? [] : [{ x: x(Math.min(value, end)), text: `${name} ${durationWords(value)}` }],
    )
    .map((mark, row) => withWords(mark, row, box))
  const y = scale(0, top, box.height - box.bottom, box.top + marks.length * MARK_ROW)
  const bars = distribution.map(({ from, to, count }, at): ChartBar => {
    const begins = x(start + at * width)
    return {
      x: begins,
      y: y(count),
      width: Math.max(1, x(start + (at + 1) * width) - begins - 1),
      height: y(0) - y(count),
      count,
      text: `${durationWords(from)} to ${durationWords(to)}`,
    }
  })
  return {
    bars,
    marks,
    xTicks: ticksOf(left, right, x, durationWords),
    yTicks: niceTicks(0, top).flatMap((value) => (Number.isInteger(value) ? [{ at: y(value), text: countWords(value) }] : [])),
  }
}

function withWords(mark: Pick<ChartMark, 'x' | 'text'>, row: number, { width, top }: ChartBox): ChartMark {
  const isLeft = mark.x > width * TURN_AT
  return { ...mark, textX: mark.x + (isLeft ? -4 : 4), textY: top + 10 + row * MARK_ROW, anchor: isLeft ? 'end' : 'start' }
}

/** What of all answers had which status, as the lengths of a strip. */
export function statusStrip(
  { statuses }: RunCharts,
  width: number,
): readonly { readonly status: number | null; readonly count: number; readonly x: number; readonly width: number }[] {
  const all = statuses.reduce((sum, { count }) => sum + count, 0)
  let x = 0
  return statuses.map(({ status, count }) => {
    const part = { status, count, x, width: all === 0 ? 0 : (count / all) * width }
    x += part.width
    return part
  })
}

/** Numbers that are easily read, at most six of them, from one to another. */
export function niceTicks(from: number, to: number): number[] {
  const span = to - from
  if (!(span > 0)) return [from]
  const rough = span / MOST_TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power
  const ticks: number[] = []
  for (let at = Math.ceil(from / step - 1e-9); at * step <= to + step * 1e-9; at += 1) ticks.push(Number((at * step).toPrecision(12)))
  return ticks
}

/** Values so close that their words are the same have one tick. */
function ticksOf(from: number, to: number, place: (value: number) => number, words: (value: number) => string): Tick[] {
  return niceTicks(from, to)
    .map((value) => ({ at: place(value), text: words(value) }))
    .filter(({ text }, at, all) => text !== all[at - 1]?.text)
}

/** `850 µs`, `12.5 ms`, `3.2 s`, `2 min 5 s`. @param ms of any size */
export function durationWords(ms: number): string {
  if (ms === 0) return '0'
  if (ms < 1) return `${rounded(ms * 1000)} µs`
  if (ms < 1000) return `${rounded(ms)} ms`
  if (ms < MINUTE_MS) return `${rounded(ms / 1000)} s`
  const minutes = Math.floor(ms / MINUTE_MS)
  const seconds = Math.floor((ms % MINUTE_MS) / 1000)
  return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`
}

/** Three digits at most, and no more than there is to say. */
function rounded(value: number): string {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)))
}

function countWords(value: number): string {
  return value >= 10_000 ? `${rounded(value / 1000)}k` : rounded(value)
}

interface TimeAxes {
  /** Of the run, in ms. */
  readonly end: number
  readonly top: number
  readonly words: (value: number) => string
}

function timeChart(
  times: readonly number[],
  { end, top, words }: TimeAxes,
  lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[],
  box: ChartBox,
): LineChart {
  const x = scale(0, Math.max(end, 1), box.left, box.width - box.right)
  const highest = top > LEAST ? top : 1
  const y = scale(0, highest, box.height - box.bottom, box.top)
  return {
    lines: lines.map(({ name, values }) => ({ name, pieces: piecesOf(values, times, x, y) })),
    xTicks: ticksOf(0, end, x, durationWords),
    yTicks: ticksOf(0, highest, y, words),
  }
}

function piecesOf(
  values: readonly (number | null)[],
  times: readonly number[],
  x: (value: number) => number,
  y: (value: number) => number,
): ChartLine['pieces'] {
  const pieces: { x: number; y: number }[][] = []
  let piece: { x: number; y: number }[] | null = null
  values.forEach((value, at) => {
    if (value === null) {
      piece = null
      return
    }
    if (piece === null) pieces.push((piece = []))
    piece.push({ x: x(times[at] ?? 0), y: y(value) })
  })
  return pieces
}

/** To a tenth of a unit: a finer place cannot be seen, and is long to write. */
function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  const factor = to === from ? 0 : (end - start) / (to - from)
  return (value) => Math.round((start + (value - from) * factor) * 10) / 10
}
