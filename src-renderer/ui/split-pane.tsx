/**
 * Two panes with a divider that is dragged, moved with the arrow keys, or reset by a double click (WAI-ARIA window
 * splitter). It keeps no size of its own: the share comes in and every change goes out, so that it can be remembered.
 * Turning it from beside to below keeps both panes mounted, and with them their scroll and cursor.
 */
import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import styles from './split-pane.module.css'

export interface SplitPaneProps {
  /** Names the divider, such as `Resize the side bar`. */
  readonly label: string
  readonly direction: 'beside' | 'below'
  /** Size of the first pane: a share of the whole from 0 to 1, or pixels. */
  readonly size: number
  readonly unit: 'share' | 'px'
  readonly onResize: (size: number) => void
  /** Smallest sizes in pixels. */
  readonly minFirst?: number
  readonly minSecond?: number
  /** Size a double click on the divider goes back to. */
  readonly resetTo: number
  /** False hides the first pane and the divider; what is in it stays mounted. */
  readonly firstVisible?: boolean
  /** Whether the first pane floats over the second, which then has the whole room; nothing divides them. */
  readonly firstFloats?: boolean
  readonly first: ReactNode
  readonly second: ReactNode
}

const STEP_PX = 24

export function SplitPane(props: SplitPaneProps) {
  const {
    label,
    direction,
    size,
    unit,
    onResize,
    minFirst = 120,
    minSecond = 160,
    resetTo,
    firstVisible = true,
    firstFloats = false,
  } = props
  const box = useRef<HTMLDivElement>(null)
  const [dragging, setDragging] = useState(false)
  const horizontal = direction === 'beside'

  /** Room of the box along the split, and the first pane's size in it, in pixels. */
  const measure = () => {
    const rect = box.current?.getBoundingClientRect()
    const room = rect ? (horizontal ? rect.width : rect.height) : 1
    return { room, start: rect ? (horizontal ? rect.left : rect.top) : 0, now: unit === 'px' ? size : size * room }
  }
  const resizeTo = (pixels: number, room: number) => {
    const bounded = Math.max(minFirst, Math.min(pixels, Math.max(minFirst, room - minSecond)))
    onResize(unit === 'px' ? Math.round(bounded) : bounded / room)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!dragging) return
    const { room, start } = measure()
    resizeTo((horizontal ? event.clientX : event.clientY) - start, room)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { room, now } = measure()
    const target = keyTarget(event.key, horizontal, now, room)
    if (target === null) return
    event.preventDefault()
    resizeTo(target, room)
  }

  const first: CSSProperties = {
    ...(firstFloats ? { width: size } : { flexBasis: unit === 'px' ? `${size}px` : `${size * 100}%` }),
    [horizontal ? 'minWidth' : 'minHeight']: minFirst,
  }
  return (
    <div ref={box} className={styles.split} data-direction={direction} data-dragging={dragging} data-floats={firstFloats}>
      <div className={styles.first} style={first} hidden={!firstVisible}>
        {props.first}
      </div>
      {firstVisible && !firstFloats && (
        <div
          className={styles.divider}
          role="separator"
          tabIndex={0}
          aria-label={label}
          aria-orientation={horizontal ? 'vertical' : 'horizontal'}
          aria-valuenow={Math.round(unit === 'px' ? size : size * 100)}
          aria-valuemin={unit === 'px' ? minFirst : 0}
          aria-valuemax={unit === 'px' ? 4000 : 100}
          onPointerDown={(event) => {
            event.preventDefault()
            event.currentTarget.setPointerCapture(event.pointerId)
            setDragging(true)
          }}
          onPointerMove={onPointerMove}
          onPointerUp={() => setDragging(false)}
          onPointerCancel={() => setDragging(false)}
          onDoubleClick={() => onResize(resetTo)}
          onKeyDown={onKeyDown}
        />
      )}
      <div className={styles.second} style={{ [horizontal ? 'minWidth' : 'minHeight']: Math.min(minSecond, 160) }}>
        {props.second}
      </div>
    </div>
  )
}

function keyTarget(key: string, horizontal: boolean, now: number, room: number): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return room
  if (key === (horizontal ? 'ArrowLeft' : 'ArrowUp')) return now - STEP_PX
  if (key === (horizontal ? 'ArrowRight' : 'ArrowDown')) return now + STEP_PX
  return null
}
