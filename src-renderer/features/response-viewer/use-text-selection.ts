/**
 * Selecting text in a list of which only some lines exist: by mouse (drag, double and triple click, shift), by Ctrl+A,
 * and copying it, also where its lines are no longer on screen.
 */
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type MouseEvent as ReactMouseEvent, type RefObject } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { ViewId } from '#contract/model/ids.ts'
import type { TextQuery } from '#contract/model/body-search.ts'
import { notice } from '../../actions/bodies.ts'
import { copyPieces } from '../../actions/copy-pieces.ts'
import { saveSelection } from '../../actions/save-text.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import type { LineSource } from './line-source.ts'
import { gatherSpan } from './copy-lines.ts'
import { allOf, carriedTo, readsSame } from './carried-selection.ts'
import { isEmpty, spanOf, wordAt, type TextPoint, type TextSelection } from './text-selection.ts'
import { rowHeight, type VirtualRowsHandle } from './virtual-rows.tsx'
import { t } from '../../lib/t.ts'

export interface TextSelecting {
  readonly selection: TextSelection | null
  readonly select: (next: TextSelection) => void
  readonly menu: readonly MenuItem[]
  readonly onMouseDown: (event: ReactMouseEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

export interface Selectable {
  /** Null: the text is on its way. */
  readonly viewId: ViewId | null
  /** Names the text: the same while it arrives and after. Null: only some of its lines are shown. */
  readonly textKey: string | null
  /** The lines of the text, or those of them that are shown. */
  readonly lines: LineSource
  /** The same as they are laid out, which may change. */
  readonly source: LineSource
  /** What is found in each of the lines that are shown; null: they are all shown. */
  readonly query: TextQuery | null
}

export function useTextSelection(
  { viewId, textKey, lines, source, query }: Selectable,
  rows: RefObject<VirtualRowsHandle | null>,
): TextSelecting {
  const { selection, select, selectAll } = useSelected({ textKey, lines, source })
  const onMouseDown = useDrag(source, rows, selection, select)
  const copy = (): void => {
    if (selection === null || isEmpty(selection)) return
    const span = spanOf(selection)
    const save = async (): Promise<void> => {
      if (viewId === null) return notice(stillArriving())
      const [start, end] = await Promise.all([source.pointOf(span.start), source.pointOf(span.end)])
      if (start && end) await saveSelection(viewId, { start, end, query })
    }
    void copyPieces((pieces) => gatherSpan(source, span, pieces), save)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    const key = event.key.toLowerCase() // upper case with Caps Lock
    if (key === 'a') selectAll()
    else if (key === 'c') copy()
    else return
    event.preventDefault()
  }
  const menu: readonly MenuItem[] = [
    { label: t`Copy`, shortcut: 'Ctrl+C', onSelect: copy, disabled: selection === null || isEmpty(selection) },
    { label: t`Select all`, shortcut: 'Ctrl+A', onSelect: selectAll },
  ]
  return { selection, select, menu, onMouseDown, onKeyDown }
}

function stillArriving(): WireError {
  return {
    kind: 'Unavailable',
    stage: 'call',
    message: t`The selected lines are not saved while their text is still arriving.`,
    hint: t`Select them again once it is whole.`,
  }
}

type SelectedIn = Pick<Selectable, 'textKey' | 'lines' | 'source'>

interface Selected extends SelectedIn {
  readonly selection: TextSelection | 'all'
}

/** What is selected of a text, which stays when its rows change: all of it, also of what comes later, or a part. */
function useSelected({ textKey, lines, source }: SelectedIn) {
  const [held, setHeld] = useState<Selected | null>(null)
  const isOfText = held !== null && (held.lines === lines || (textKey !== null && held.textKey === textKey))
  const last = useRef(source)
  const carry = useEffectEvent(async () => {
    last.current = source
    if (held === null || held.selection === 'all' || !isOfText || held.source === source) return
    const reads = held.lines === lines || (await readsSame(lines, held.source, held.selection))
    const selection = reads ? await carriedTo(source, held.source, held.selection) : null
    // Its rows may have changed once more.
    if (last.current === source) setHeld((now) => (now !== held ? now : selection && { textKey, lines, source, selection }))
  })
  useEffect(() => void carry(), [source])
  const select = (selection: TextSelection | 'all'): void => setHeld({ textKey, lines, source, selection })
  return { selection: held !== null && isOfText ? shownOf(held, source) : null, select, selectAll: () => select('all') }
}

function shownOf(held: Selected, source: LineSource): TextSelection | null {
  if (held.selection === 'all') return allOf(source)
  return held.source === source ? held.selection : null
}

/** Follows a drag, also beyond the edges of the list, where it scrolls. */
function useDrag(
  source: LineSource,
  rows: RefObject<VirtualRowsHandle | null>,
  selection: TextSelection | null,
  select: (next: TextSelection) => void,
): (event: ReactMouseEvent) => void {
  const drag = useRef<AbortController | null>(null)
  useEffect(() => () => drag.current?.abort(), [])

  return (event) => {
    const { current: handle } = rows
    const target = event.target
    if (event.button !== 0 || !handle?.scroller || !(target instanceof Element) || target === handle.scroller) return
    event.preventDefault() // the browser's own selection would forget rows that are scrolled away
    handle.scroller.focus({ preventScroll: true })
    const point = pointAt(source, handle, event.clientX, event.clientY)
    const whole = event.detail === 2 ? wordOf(source, point) : event.detail >= 3 ? lineOf(point) : null
    const anchor = event.shiftKey && selection !== null ? selection.anchor : (whole?.anchor ?? point)
    select({ anchor, focus: whole?.focus ?? point })
    if (whole) return
    drag.current?.abort()
    drag.current = followPointer(rows, (now, x, y) => select({ anchor, focus: pointAt(source, now, x, y) }))
  }
}

function followPointer(
  rows: RefObject<VirtualRowsHandle | null>,
  moved: (handle: VirtualRowsHandle, x: number, y: number) => void,
): AbortController {
  const controller = new AbortController()
  const { signal } = controller
  let last: PointerEvent | null = null
  const follow = (): void => {
    if (last && rows.current) moved(rows.current, last.clientX, last.clientY)
  }
  const scroll = setInterval(() => {
    const box = rows.current?.scroller?.getBoundingClientRect()
    if (!last || !box) return
    const beyond = last.clientY < box.top ? last.clientY - box.top : Math.max(0, last.clientY - box.bottom)
    if (beyond === 0) return
    rows.current?.scrollBy(Math.sign(beyond) * rowHeight() * Math.ceil(Math.abs(beyond) / rowHeight()))
    follow()
  }, 50)
  signal.addEventListener('abort', () => clearInterval(scroll))
  const onMove = (event: PointerEvent): void => {
    last = event
    follow()
  }
  window.addEventListener('pointermove', onMove, { signal })
  for (const name of ['pointerup', 'pointercancel', 'blur']) window.addEventListener(name, () => controller.abort(), { signal })
  return controller
}

/** The place in the text at a point of the screen. */
function pointAt(source: LineSource, handle: VirtualRowsHandle, x: number, y: number): TextPoint {
  const line = handle.rowAt(y)
  const element = handle.scroller?.querySelector(`[data-line="${line}"] > [data-start]`)
  const length = source.line(line)?.length ?? 0
  if (!(element instanceof HTMLElement)) return { line, column: 0 }
  const box = element.getBoundingClientRect()
  if (x <= box.left) return { line, column: 0 }
  const text = element.firstChild
  const caret = document.caretPositionFromPoint(x, box.top + box.height / 2)
  if (caret && caret.offsetNode === text) return { line, column: Math.min(length, Number(element.dataset['start']) + caret.offset) }
  return { line, column: x < box.right ? 0 : length }
}

function wordOf(source: LineSource, point: TextPoint): TextSelection {
  const { from, to } = wordAt(source.line(point.line) ?? '', point.column)
  return { anchor: { line: point.line, column: from }, focus: { line: point.line, column: to } }
}

function lineOf({ line }: TextPoint): TextSelection {
  return { anchor: { line, column: 0 }, focus: { line, column: Number.MAX_SAFE_INTEGER } }
}
