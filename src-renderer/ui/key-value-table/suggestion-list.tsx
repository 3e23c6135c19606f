/** The list of suggestions under a cell. In the top layer, so that no pane cuts it off; the cell keeps the focus. */
import { useLayoutEffect, useRef } from 'react'
import styles from './key-value-table.module.css'

interface SuggestionListProps {
  readonly id: string
  readonly label: string
  readonly options: readonly string[]
  readonly active: number
  readonly anchor: { readonly current: HTMLElement | null }
  readonly onPick: (option: string) => void
}

const ROOM_PX = 240

export function SuggestionList({ id, label, options, active, anchor, onPick }: SuggestionListProps) {
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const element = list.current
    const rect = anchor.current?.getBoundingClientRect()
    if (!element || !rect) return
    element.style.left = `${rect.left}px`
    element.style.minWidth = `${Math.min(rect.width, 320)}px`
    const below = window.innerHeight - rect.bottom
    if (below >= ROOM_PX || below >= rect.top) element.style.top = `${rect.bottom + 2}px`
    else element.style.bottom = `${window.innerHeight - rect.top + 2}px`
    element.showPopover()
  }, [anchor])
  useLayoutEffect(() => {
    list.current?.querySelector('[data-active=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <ul ref={list} id={id} className={styles.suggestions} role="listbox" aria-label={label} popover="manual">
      {options.map((option, index) => (
        <li
          key={option}
          id={`${id}-${index}`}
          role="option"
          className={styles.suggestion}
          aria-selected={index === active}
          data-active={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(option)}
        >
          {option}
        </li>
      ))}
    </ul>
  )
}
