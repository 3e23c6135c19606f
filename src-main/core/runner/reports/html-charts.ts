/** The charts of a run as SVG; their geometry is the contract's, so that the window draws the same. */
import { CHART_BOX, statusStrip, type BarChart, type ChartLine, type LineChart, type Tick } from '#contract/model/run-charts.ts'
import type { RunCharts } from '#contract/model/run.ts'
import { escaped } from './html-parts.ts'

const LOOKS = ['first', 'second'] as const
const STRIP_HEIGHT = 24

export function lineChartSvg({ lines, xTicks, yTicks }: LineChart, title: string): string {
  const drawn = lines.map(({ pieces }, at) => pieces.map((piece) => pieceSvg(piece, at)).join('')).join('')
  const legend = lines.map(
    ({ name }, at) =>
      `<li><svg viewBox="0 0 10 10" aria-hidden="true"><circle class="dot${at + 1}" cx="5" cy="5" r="4"/></svg>${escaped(name)}</li>`,
  )
  return `${svg(title, axes(xTicks, yTicks) + drawn)}<ul class="legend">${legend.join('')}</ul>`
}

/** A single point has no line to be seen by. */
function pieceSvg(piece: ChartLine['pieces'][number], at: number): string {
  const [first] = piece
  if (first && piece.length === 1) return `<circle class="dot${at + 1}" cx="${first.x}" cy="${first.y}" r="2.5"/>`
  return `<polyline class="${LOOKS[at] ?? 'first'}" points="${piece.map(({ x, y }) => `${x},${y}`).join(' ')}"/>`
}

export function barChartSvg({ bars, marks, xTicks, yTicks }: BarChart, title: string): string {
  const { height, bottom } = CHART_BOX
  const drawn = bars.map(
    ({ x, y, width: wide, height: high, count, text }) =>
      `<rect class="bar" x="${x}" y="${y}" width="${wide.toFixed(1)}" height="${high.toFixed(1)}"><title>${escaped(`${text}: ${count}`)}</title></rect>`,
  )
  const marked = marks.map(
    ({ x, text, textX, textY, anchor }) =>
      `<line class="mark" x1="${x}" x2="${x}" y1="${textY - 10}" y2="${height - bottom}"/><text class="label" x="${textX}" y="${textY}" text-anchor="${anchor}">${escaped(text)}</text>`,
  )
  return svg(title, axes(xTicks, yTicks) + drawn.join('') + marked.join(''))
}

export function statusStripSvg(charts: RunCharts): string {
  const { width } = CHART_BOX
  const parts = statusStrip(charts, width)
  const drawn = parts.map(
    ({ status, x, width: wide, count }) =>
      `<rect class="s${classOf(status)}" x="${x.toFixed(1)}" y="0" width="${Math.max(1, wide).toFixed(1)}" height="${STRIP_HEIGHT}"><title>${statusWords(status)}: ${count}</title></rect>`,
  )
  const legend = parts.map(
    ({ status, count }) =>
      `<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="s${classOf(status)}" width="10" height="10" rx="2"/></svg>${statusWords(status)}: ${count.toLocaleString('en-US')}</li>`,
  )
  return `<svg role="img" aria-label="Statuses" viewBox="0 0 ${width} ${STRIP_HEIGHT}">${drawn.join('')}</svg><ul class="legend">${legend.join('')}</ul>`
}

function classOf(status: number | null): number {
  return status === null ? 0 : Math.min(5, Math.floor(status / 100))
}

function statusWords(status: number | null): string {
  return status === null ? 'no answer' : String(status)
}

function svg(title: string, content: string): string {
  return `<svg role="img" aria-label="${escaped(title)}" viewBox="0 0 ${CHART_BOX.width} ${CHART_BOX.height}">${content}</svg>`
}

function axes(xTicks: readonly Tick[], yTicks: readonly Tick[]): string {
  const { width, height, left, right, bottom } = CHART_BOX
  const across = yTicks.map(
    ({ at, text }) =>
      `<line class="axis" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/><text class="tick" x="${left - 6}" y="${at + 4}" text-anchor="end">${escaped(text)}</text>`,
  )
  const along = xTicks.map(
    ({ at, text }) =>
      `<text class="tick" x="${at}" y="${height - bottom + 16}" text-anchor="${at > width - right - 20 ? 'end' : 'middle'}">${escaped(text)}</text>`,
  )
  return across.join('') + along.join('')
}
