/** The lines of a list that are on screen, long ones drawn only as far as they are in view. */
import { memo, useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import type { Hit, HitList } from './hit-list.ts'
import { useLinePaint } from './line-paint.ts'
import styles from './line-list.module.css'
import type { LineSource } from './line-source.ts'
import type { TextPoint, TextSelection } from './text-selection.ts'
import type { RowWindow } from './virtual-rows.tsx'

/** Columns drawn beyond each edge of the view, and the step in which the drawn part moves. */
const OVERSCAN = 200
/** Lines up to this length are drawn whole. */
const WHOLE = 600

export interface VisibleLinesProps {
  readonly source: LineSource
  readonly view: RowWindow
  readonly gutter: number
  readonly charWidth: number
  readonly selection: TextSelection | null
  readonly hits: HitList | null
  readonly current: Hit | null
  readonly onWidth: (columns: number) => void
  /** Keeps which place of the text stands at the upper edge. */
  readonly topRef: RefObject<TextPoint>
}

export function VisibleLines({ source, view, gutter, charWidth, selection, hits, current, onWidth, topRef }: VisibleLinesProps) {
  const { first, last } = view
  // Not only when one scrolls: a source may have got more lines.
  useEffect(() => source.want(first, last))
  const from = Math.max(0, Math.floor((view.left - gutter) / charWidth / OVERSCAN) * OVERSCAN - OVERSCAN)
  const to = from + Math.ceil(view.width / charWidth / OVERSCAN) * OVERSCAN + 3 * OVERSCAN
  const lines = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({
    origin: source.origin(first + index),
    text: source.line(first + index),
  }))
  const columns = lines.reduce((most, { text }) => Math.max(most, text?.length ?? 0), 0)
  useEffect(() => onWidth(columns), [onWidth, columns])
  useTop(view, source, topRef)
  useLinePaint({ first, lines, selection, hits, current })
  return lines.map(({ origin, text }, index) => (
    <Line
      key={first + index}
      row={first + index}
      number={origin?.column === 0 ? origin.line + 1 : null}
      text={text}
      from={from}
      to={to}
      gutter={gutter}
      charWidth={charWidth}
    />
  ))
}

/**
 * Keeps the place at the upper edge. Where other rows come, it is the one that was in sight, which the list then goes to; if one
 * scrolled in the same moment it is where one went to, among the rows before.
 */
function useTop({ first, top }: RowWindow, source: LineSource, topRef: RefObject<TextPoint>): void {
  const drawn = useRef({ source, top })
  // Before the effect of the list around it, which keeps the place when other rows come.
  useLayoutEffect(() => {
    const { source: before, top: topBefore } = drawn.current
    drawn.current = { source, top }
    if (before !== source && topBefore === top) return
    const origin = before.origin(Math.min(first, before.count - 1))
    if (origin) topRef.current = origin
  })
}

interface LineProps {
  readonly row: number
  /** Null for the rest of a line. */
  readonly number: number | null
  readonly text: string | undefined
  readonly from: number
  readonly to: number
  readonly gutter: number
  readonly charWidth: number
}

const Line = memo(function Line({ row, number, text, from, to, gutter, charWidth }: LineProps) {
  const whole = text === undefined || text.length <= WHOLE
  const start = whole ? 0 : Math.min(from, text.length)
  return (
    <div className={styles.line} data-line={row}>
      <span className={styles.number} style={{ width: gutter }} aria-hidden="true">
        {number}
      </span>
      <span
        className={styles.text}
        data-start={start}
        data-pending={text === undefined}
        style={start === 0 ? undefined : { paddingLeft: start * charWidth }}
      >
        {whole ? text : text.slice(start, to)}
      </span>
    </div>
  )
})
