/**
 * The list of choices under a field that is typed in: in the top layer, so that no pane cuts it off, above the field where
 * there is more room. The field keeps the focus; it says which choice is active.
 */
import { useEffectEvent, useLayoutEffect, useRef, type ReactNode } from 'react'
import styles from './popup-list.module.css'

export interface PopupOption {
  readonly key: string
  readonly content: ReactNode
  readonly isSelected: boolean
}

interface Place {
  readonly rect: DOMRect
  readonly left?: number
  readonly minWidth?: number
}

interface PopupListProps {
  /** Option number `n` has the id `id-n`, for the field's `aria-activedescendant`. */
  readonly id: string
  readonly label: string
  readonly options: readonly PopupOption[]
  /** Index of the option that Enter takes; -1: none. */
  readonly active: number
  /** What it stands under; `left` and `minWidth` of the list where they are not its own, in pixels. */
  readonly place: () => Place | null
  readonly onPick: (index: number) => void
  readonly className?: string | undefined
}

/** Below this, in pixels, the list opens above the field if there is more room. */
const ROOM_PX = 240
const GAP_PX = 2
/** From the edges of the window. */
const EDGE_PX = 8

export function PopupList({ id, label, options, active, place, onPick, className }: PopupListProps) {
  const list = useRef<HTMLUListElement>(null)
  // Where the field is when it opens, and anew when the window changes; a list that is open does not follow what is typed.
  const putInPlace = useEffectEvent(() => {
    const found = place()
    if (list.current && found) putUnder(list.current, found)
  })
  useLayoutEffect(() => {
    list.current?.showPopover()
    putInPlace()
    const onResize = (): void => putInPlace()
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [])
  useLayoutEffect(() => {
    list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul
      ref={list}
      id={id}
      className={[styles.list, className].filter(Boolean).join(' ')}
      role="listbox"
      aria-label={label}
      popover="manual"
    >
      {options.map(({ key, content, isSelected }, index) => (
        <li
          key={key}
          id={`${id}-${index}`}
          className={styles.option}
          role="option"
          aria-selected={isSelected}
          data-active={index === active}
          // The field must keep the focus, or the list would close before the click.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(index)}
        >
          {content}
        </li>
      ))}
    </ul>
  )
}

/** It ends within the window, however far right the field is. */
function putUnder({ style, offsetWidth }: HTMLUListElement, { rect, left = rect.left, minWidth = 0 }: Place): void {
  const width = Math.max(offsetWidth, minWidth)
  style.minWidth = `${minWidth}px`
  style.left = `${Math.max(EDGE_PX, Math.min(left, window.innerWidth - EDGE_PX - width))}px`
  const below = window.innerHeight - rect.bottom
  const isBelow = below >= ROOM_PX || below >= rect.top
  style.top = isBelow ? `${rect.bottom + GAP_PX}px` : 'auto'
  style.bottom = isBelow ? 'auto' : `${window.innerHeight - rect.top + GAP_PX}px`
}
