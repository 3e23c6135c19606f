/** Paints what is selected and found in the lines on screen, without touching their elements. */
import { useLayoutEffect } from 'react'
import type { Hit, HitList } from './hit-list.ts'
import { columnsIn, isEmpty, spanOf, type TextPoint, type TextSelection } from './text-selection.ts'

/** The names by which the style sheet knows them. */
const SELECTION = 'response-selection'
const HITS = 'response-find'
const CURRENT = 'response-find-current'
/** Hits painted in one line: more than can be told apart on a screen. */
const MOST_SPANS = 400

export interface LinePaint {
  /** Row of the first line. */
  readonly first: number
  readonly lines: readonly { readonly origin: TextPoint | undefined; readonly text: string | undefined }[]
  readonly selection: TextSelection | null
  readonly hits: HitList | null
  readonly current: Hit | null
}

export function useLinePaint(paint: LinePaint): void {
  useLayoutEffect(() => {
    const { selection, hits, current } = paint
    if ((selection === null || isEmpty(selection)) && hits === null) return
    const ranges = rangesOf(paint)
    CSS.highlights.set(SELECTION, new Highlight(...ranges.selected))
    CSS.highlights.set(HITS, new Highlight(...ranges.found))
    const strong = new Highlight(...ranges.current)
    strong.priority = current === null ? 0 : 1
    CSS.highlights.set(CURRENT, strong)
    return () => {
      for (const name of [SELECTION, HITS, CURRENT]) CSS.highlights.delete(name)
    }
  })
}

function rangesOf({ first, lines, selection, hits, current }: LinePaint) {
  const selected: Range[] = []
  const found: Range[] = []
  const strong: Range[] = []
  const span = selection === null || isEmpty(selection) ? null : spanOf(selection)
  lines.forEach(({ origin, text }, index) => {
    const node = text === undefined ? null : document.querySelector(`[data-line="${first + index}"] > [data-start]`)
    if (text === undefined || !(node instanceof HTMLElement) || !(node.firstChild instanceof Text)) return
    const drawn = { text: node.firstChild, start: Number(node.dataset['start']) }
    const columns = span && columnsIn(span, first + index, text.length)
    if (columns) selected.push(rangeIn(drawn, columns.from, columns.to))
    if (!origin) return
    const from = origin.column + drawn.start
    const to = from + drawn.text.length
    for (const { start, end } of hits?.spansIn(origin.line, from, to, MOST_SPANS) ?? [])
      found.push(rangeIn(drawn, start - origin.column, end - origin.column))
    if (current?.line === origin.line && current.start < to && current.end > from)
      strong.push(rangeIn(drawn, current.start - origin.column, current.end - origin.column))
  })
  return { selected, found, current: strong }
}

/** Columns of a line, as far as they are drawn. */
function rangeIn({ text, start }: { readonly text: Text; readonly start: number }, from: number, to: number): Range {
  const range = document.createRange()
  range.setStart(text, Math.min(text.length, Math.max(0, from - start)))
  range.setEnd(text, Math.min(text.length, Math.max(0, to - start)))
  return range
}
