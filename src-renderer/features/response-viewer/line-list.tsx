/**
 * A text shown as a list of lines, of which only those on screen exist: for bodies too large for the editor, and for
 * any body until the editor's code has loaded. Long lines are drawn only as far as they are in view.
 */
import {
  memo,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type Ref,
  type RefObject,
} from 'react'
import type { EditorHandle } from '../../monaco/editor-props.ts'
import { ContextMenu } from '../../ui/menu.tsx'
import { FindBar } from './find-bar.tsx'
import styles from './line-list.module.css'
import { wrappedLines, type LineSource } from './line-source.ts'
import { columnsIn, isEmpty, spanOf, type TextSelection, type TextSpan } from './text-selection.ts'
import { useFind } from './use-find.ts'
import { useTextSelection } from './use-text-selection.ts'
import { VirtualRows, type RowWindow, type VirtualRowsHandle } from './virtual-rows.tsx'

/** Columns drawn beyond each edge of the view, and the step in which the drawn part moves. */
const OVERSCAN = 200
/** Lines up to this length are drawn whole. */
const WHOLE = 600
/** Room for the vertical scroll bar, in pixels. */
const SCROLL_BAR = 16

export interface LineListProps {
  readonly label: string
  readonly lines: LineSource
  /** Long lines go on below. Only for lines that are all here. */
  readonly wrap: boolean
  readonly ref?: Ref<Pick<EditorHandle, 'find'>> | undefined
}

export function LineList({ label, lines, wrap, ref }: LineListProps) {
  const rows = useRef<VirtualRowsHandle>(null)
  const list = useRef<HTMLDivElement>(null)
  const { probe, charWidth, width } = useMeasures(list)
  const gutter = Math.ceil(Math.max(3, String(lines.count).length) * charWidth) + 20
  const columns = Math.max(20, Math.floor((width - gutter - SCROLL_BAR) / charWidth))
  const source = useMemo(() => (wrap ? wrappedLines(lines, columns) : lines), [lines, wrap, columns])
  const selecting = useTextSelection(source, rows)
  useSyncExternalStore(source.subscribe, source.version)
  const showMatch = ({ start, end }: TextSpan): void => {
    const anchor = source.place(start)
    selecting.select({ anchor, focus: source.place(end) })
    rows.current?.reveal(anchor.line)
    revealColumn(rows.current?.scroller, gutter, anchor.column * charWidth)
  }
  const finding = useFind(lines, showMatch)
  const find = useFindBar(ref)

  const widest = useWidestLine(source)

  return (
    <>
      {find.isOpen && (
        <FindBar
          finding={finding}
          field={find.field}
          onClose={() => {
            find.close()
            rows.current?.scroller?.focus()
          }}
        />
      )}
      <ContextMenu items={selecting.menu}>
        <div ref={list} className={styles.list} onMouseDown={selecting.onMouseDown}>
          <span ref={probe} className={styles.probe} aria-hidden="true">
            {'0'.repeat(100)}
          </span>
          <VirtualRows
            label={label}
            rowCount={source.count}
            width={gutter + Math.ceil((widest.columns + 4) * charWidth)}
            handle={rows}
            onKeyDown={selecting.onKeyDown}
          >
            {(view) => (
              <VisibleLines
                source={source}
                view={view}
                gutter={gutter}
                charWidth={charWidth}
                selection={selecting.selection}
                onWidth={widest.see}
              />
            )}
          </VirtualRows>
        </div>
      </ContextMenu>
    </>
  )
}

/** The find bar's being open, and what is asked of the list from outside. */
function useFindBar(ref: LineListProps['ref']) {
  const [isOpen, setOpen] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const focus = (): void => {
    field.current?.focus()
    field.current?.select()
  }
  // The field is drawn by being asked for; one that is there already is only gone to.
  useEffect(() => {
    if (isOpen) focus()
  }, [isOpen])
  useImperativeHandle(ref, () => ({
    find: () => {
      setOpen(true)
      focus()
    },
  }))
  return { isOpen, field, close: () => setOpen(false) }
}

/** Scroll sideways as little as brings a column into view. */
function revealColumn(scroller: HTMLElement | null | undefined, gutter: number, left: number): void {
  if (!scroller) return
  const room = scroller.clientWidth - gutter
  if (left < scroller.scrollLeft || left > scroller.scrollLeft + room * 0.8) scroller.scrollLeft = Math.max(0, left - room / 3)
}

interface VisibleLinesProps {
  readonly source: LineSource
  readonly view: RowWindow
  readonly gutter: number
  readonly charWidth: number
  readonly selection: TextSelection | null
  readonly onWidth: (columns: number) => void
}

function VisibleLines({ source, view, gutter, charWidth, selection, onWidth }: VisibleLinesProps) {
  const { first, last } = view
  useEffect(() => source.want(first, last), [source, first, last])
  const from = Math.max(0, Math.floor((view.left - gutter) / charWidth / OVERSCAN) * OVERSCAN - OVERSCAN)
  const to = from + Math.ceil(view.width / charWidth / OVERSCAN) * OVERSCAN + 3 * OVERSCAN
  const lines = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => source.line(first + index))
  const columns = lines.reduce((most, line) => Math.max(most, line?.length ?? 0), 0)
  useEffect(() => onWidth(columns), [onWidth, columns])
  useSelectionPaint(selection, first, lines)
  return lines.map((text, index) => (
    <Line
      key={first + index}
      row={first + index}
      number={source.number(first + index)}
      text={text}
      from={from}
      to={to}
      gutter={gutter}
      charWidth={charWidth}
    />
  ))
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

/** Width of a column and of the list; both may change, with the font and the pane. */
function useMeasures(list: RefObject<HTMLDivElement | null>) {
  const probe = useRef<HTMLSpanElement>(null)
  const [measures, setMeasures] = useState({ charWidth: 7.5, width: 600 })
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const measure = (): void => {
      const hundred = probe.current?.getBoundingClientRect().width ?? 0
      setMeasures({ charWidth: hundred > 0 ? hundred / 100 : 7.5, width: element.clientWidth })
    }
    measure()
    void document.fonts.ready.then(measure)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [list])
  return { probe, ...measures }
}

/** The longest line seen so far: the list grows sideways as longer lines come into view. */
function useWidestLine(source: LineSource) {
  const [widest, setWidest] = useState({ source, columns: 0 })
  const columns = widest.source === source ? widest.columns : 0
  const [see] = useState(() => (seen: number) => setWidest((before) => (seen > before.columns ? { ...before, columns: seen } : before)))
  if (widest.source !== source) setWidest({ source, columns: 0 })
  return { columns, see }
}

/** Paints the selected parts of the lines on screen, without touching their elements. */
function useSelectionPaint(selection: TextSelection | null, first: number, lines: readonly (string | undefined)[]): void {
  useLayoutEffect(() => {
    if (selection === null || isEmpty(selection)) {
      CSS.highlights.delete('response-selection')
      return
    }
    const span = spanOf(selection)
    const ranges: Range[] = []
    lines.forEach((line, index) => {
      const columns = line === undefined ? null : columnsIn(span, first + index, line.length)
      const node = columns && document.querySelector(`[data-line="${first + index}"] > [data-start]`)
      if (columns && node instanceof HTMLElement) ranges.push(...rangeIn(node, columns.from, columns.to))
    })
    CSS.highlights.set('response-selection', new Highlight(...ranges))
    return () => void CSS.highlights.delete('response-selection')
  })
}

function rangeIn(element: HTMLElement, from: number, to: number): Range[] {
  const text = element.firstChild
  if (!(text instanceof Text)) return []
  const start = Number(element.dataset['start'])
  const range = document.createRange()
  range.setStart(text, Math.min(text.length, Math.max(0, from - start)))
  range.setEnd(text, Math.min(text.length, Math.max(0, to - start)))
  return [range]
}
