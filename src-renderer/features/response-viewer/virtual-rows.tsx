/**
 * A scrolling list of rows of one height, of which only those on screen exist. Any number of rows: lists taller than an
 * element can be are squeezed (`scroll-map.ts`). What a row shows, and where it comes from, is the caller's.
 */
import {
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react'
import { clampedTop, isSqueezed, scrollMap, scrollOfTop, topOfScroll, visibleRows, type ScrollMap } from './scroll-map.ts'
import { codeLine } from '../../lib/code-line.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import styles from './virtual-rows.module.css'

/** How high a row is: as a line of code, which the size of its font decides. */
export function rowHeight(): number {
  return codeLine(useSettingsStore.getState().settings.codeFontSize)
}

function useRowHeight(): number {
  return useSettingsStore(({ settings }) => codeLine(settings.codeFontSize))
}

/** More than any screen: in a layout that let the list grow to its rows, it must not draw them all. */
const TALLEST_VIEWPORT = 4000

export interface RowWindow {
  readonly first: number
  readonly last: number
  /** How far it is scrolled down and to the side, and the width of the view, in pixels. */
  readonly top: number
  readonly left: number
  readonly width: number
}

export interface VirtualRowsHandle {
  readonly scroller: HTMLDivElement | null
  scrollBy: (pixels: number) => void
  /** Brings a row into view, to the middle where it was out of it. */
  reveal: (row: number) => void
  /** Brings a row to the upper edge. */
  toTop: (row: number) => void
  /** Brings a row into view by the shortest way. */
  keepInSight: (row: number) => void
  /** The row under a point of the screen, also beyond the edges, within the list. */
  rowAt: (clientY: number) => number
}

export interface VirtualRowsProps {
  readonly label: string
  readonly rowCount: number
  /** Width of the widest row in pixels, where rows are wider than the view. */
  readonly width: number
  readonly children: (rows: RowWindow) => ReactNode
  readonly handle?: Ref<VirtualRowsHandle>
  readonly className?: string
  readonly onKeyDown?: (event: KeyboardEvent) => void
  /** Where the rows are more than lines: the element's role, and the id of the row that the keys act on. */
  readonly role?: 'group' | 'rowgroup' | 'tree'
  readonly activeRow?: string
  /** Stays at the last row, whatever comes and however high the list becomes. */
  readonly staysAtEnd?: boolean
}

export function VirtualRows({
  label,
  rowCount,
  width,
  children,
  handle,
  className,
  onKeyDown,
  role = 'group',
  activeRow,
  staysAtEnd = false,
}: VirtualRowsProps) {
  const high = useRowHeight()
  const { scroller, map, position, onScroll, moveTo } = useScrollPosition(rowCount, high)
  const rows = visibleRows(map, high, position.top)

  useImperativeHandle(handle, () => ({
    get scroller() {
      return scroller.current
    },
    scrollBy: (pixels) => moveTo(position.top + pixels),
    reveal: (row) => {
      const top = row * high
      const isSeen = top >= position.top && top + high <= position.top + map.viewport
      if (!isSeen) moveTo(top - (map.viewport - high) / 2)
    },
    toTop: (row) => moveTo(row * high),
    keepInSight: (row) => {
      const top = row * high
      if (top < position.top) moveTo(top)
      else if (top + high > position.top + map.viewport) moveTo(top + high - map.viewport)
    },
    rowAt: (clientY) => {
      const element = scroller.current
      const y = element ? clientY - element.getBoundingClientRect().top - element.clientTop : 0
      return Math.min(rowCount - 1, Math.max(0, Math.floor((clampedTop(map, position.top) + y) / high)))
    },
  }))

  const toEnd = useEffectEvent(() => moveTo(map.total))
  useLayoutEffect(() => {
    if (staysAtEnd) toEnd()
  }, [staysAtEnd, map.total, map.viewport])

  const keys = (event: KeyboardEvent): void => {
    onKeyDown?.(event)
    if (event.defaultPrevented || event.altKey) return
    const top = topAfterKey(event, map, position.top, high)
    if (top === null) return
    event.preventDefault()
    moveTo(top)
  }

  return (
    <div
      ref={scroller}
      className={[styles.scroller, className].filter(Boolean).join(' ')}
      role={role}
      aria-label={label}
      aria-activedescendant={activeRow}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={keys}
    >
      <div className={styles.spacer} style={{ height: map.height, width }}>
        <div className={styles.layer} style={{ height: Math.min(map.viewport, map.height) }}>
          <div style={{ transform: `translateY(${-rows.offset}px)` }}>
            {children({ first: rows.first, last: rows.last, top: position.top, left: position.left, width: position.width })}
          </div>
        </div>
      </div>
    </div>
  )
}

interface ScrollPosition {
  readonly top: number
  readonly left: number
  readonly width: number
}

/** Follows the element's size and scroll bars, and moves it. */
function useScrollPosition(rowCount: number, high: number) {
  const scroller = useRef<HTMLDivElement>(null)
  const [viewport, setViewport] = useState(0)
  const [position, setPosition] = useState<ScrollPosition>({ top: 0, left: 0, width: 0 })
  /** The scroll position set by `moveTo`, whose scroll event must not round the exact top away. */
  const expected = useRef<number | null>(null)
  const map = scrollMap(rowCount, high, viewport)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = (): void => {
      setViewport(Math.min(element.clientHeight, TALLEST_VIEWPORT))
      setPosition((before) => ({ ...before, width: element.clientWidth }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const moveTo = (top: number): void => {
    const element = scroller.current
    if (!element) return
    const clamped = clampedTop(map, top)
    element.scrollTop = scrollOfTop(map, clamped)
    expected.current = element.scrollTop
    setPosition((before) => ({ ...before, top: clamped }))
  }

  const onScroll = (): void => {
    const element = scroller.current
    if (!element) return
    const isOwn = expected.current !== null && Math.abs(element.scrollTop - expected.current) < 1.5
    expected.current = null
    setPosition((before) => ({
      ...before,
      top: isOwn && isSqueezed(map) ? before.top : topOfScroll(map, element.scrollTop),
      left: element.scrollLeft,
    }))
  }

  useWheel(scroller, map, high, (pixels) => moveTo(position.top + pixels))
  return { scroller, map, position, onScroll, moveTo }
}

/** In a squeezed list a notch of the wheel would skip many rows; it is turned into rows' pixels. */
function useWheel(scroller: RefObject<HTMLDivElement | null>, map: ScrollMap, high: number, moveBy: (pixels: number) => void): void {
  const squeezed = isSqueezed(map)
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (event.deltaY === 0 || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? high : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? map.viewport : 1
    moveBy(event.deltaY * unit)
  })
  useEffect(() => {
    const element = scroller.current
    if (!element || !squeezed) return
    const listener = (event: WheelEvent): void => onWheel(event)
    element.addEventListener('wheel', listener, { passive: false })
    return () => element.removeEventListener('wheel', listener)
  }, [scroller, squeezed])
}

function topAfterKey(event: KeyboardEvent, map: ScrollMap, top: number, high: number): number | null {
  const page = Math.max(high, map.viewport - high)
  const commanded = event.ctrlKey || event.metaKey
  switch (event.key) {
    case 'ArrowDown':
      return commanded ? null : top + high
    case 'ArrowUp':
      return commanded ? null : top - high
    case 'PageDown':
      return commanded ? null : top + page
    case 'PageUp':
      return commanded ? null : top - page
    case ' ':
      return commanded ? null : top + (event.shiftKey ? -page : page)
    case 'Home':
      return 0
    case 'End':
      return map.total
    default:
      return null
  }
}
