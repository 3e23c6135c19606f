/**
 * Menus: one that drops from a button and one that opens at the pointer, from the same list of items. What draws them
 * is fetched when the first one is opened, so that a window that has none open carries only the triggers.
 */
import { cloneElement, useRef, useState, type MouseEvent, type PointerEvent, type ReactElement } from 'react'
import { Awaiting, nearPart } from '../lib/lazy-part.ts'
import type { MenuItem, OpenMenu } from './menu-item.ts'

const FloatingMenu = nearPart(async () => ({ default: (await import('./floating-menu.tsx')).FloatingMenu }))

interface TriggerProps {
  readonly onPointerDown?: (event: PointerEvent<HTMLElement>) => void
  readonly onClick?: (event: MouseEvent<HTMLElement>) => void
  readonly onContextMenu?: (event: MouseEvent<HTMLElement>) => void
  readonly 'aria-haspopup'?: 'menu'
  readonly 'aria-expanded'?: boolean
  readonly 'data-state'?: 'open' | 'closed'
}

export interface MenuProps {
  /** A button; it takes the menu's state and events. */
  readonly trigger: ReactElement<TriggerProps>
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'center' | 'end'
}

/** A menu that drops from its trigger. */
export function Menu({ trigger, items, align = 'start' }: MenuProps) {
  const [open, setOpen] = useState<OpenMenu | null>(null)
  // The press that closes the menu by being outside of it must not open it again.
  const wasOpen = useRef(false)
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    trigger.props.onPointerDown?.(event)
    wasOpen.current = open !== null
  }
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    trigger.props.onClick?.(event)
    const closes = wasOpen.current
    wasOpen.current = false
    if (closes || event.defaultPrevented) return
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    setOpen({ left, top, width, height, label: nameOf(event.currentTarget), returnTo: event.currentTarget })
  }
  return (
    <>
      {/* eslint-disable-next-line react-hooks/refs -- read in the events' handlers only, not while drawing */}
      {cloneElement(trigger, {
        'aria-haspopup': 'menu',
        'aria-expanded': open !== null,
        'data-state': open ? 'open' : 'closed',
        onPointerDown,
        onClick,
      })}
      <Opened open={open} items={items} align={align} onClose={() => setOpen(null)} />
    </>
  )
}

export interface ContextMenuProps {
  /** One element; a right click or the menu key on it opens the menu, unless it prevents that. */
  readonly children: ReactElement<TriggerProps>
  readonly items: readonly MenuItem[]
  readonly onOpenChange?: (open: boolean) => void
}

/** A menu that opens where its child is clicked with the right button. */
export function ContextMenu({ children, items, onOpenChange }: ContextMenuProps) {
  const [open, setOpen] = useState<OpenMenu | null>(null)
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    children.props.onContextMenu?.(event)
    if (event.defaultPrevented) return
    event.preventDefault()
    const focused = document.activeElement
    const returnTo = focused instanceof HTMLElement && focused !== document.body ? focused : event.currentTarget
    setOpen({ left: event.clientX, top: event.clientY, width: 0, height: 0, label: nameOf(event.currentTarget), returnTo })
    onOpenChange?.(true)
  }
  const onClose = (): void => {
    setOpen(null)
    onOpenChange?.(false)
  }
  return (
    <>
      {cloneElement(children, { onContextMenu })}
      <Opened open={open} items={items} align="start" onClose={onClose} />
    </>
  )
}

interface OpenedProps {
  readonly open: OpenMenu | null
  readonly items: readonly MenuItem[]
  readonly align: 'start' | 'center' | 'end'
  readonly onClose: () => void
}

function Opened({ open, items, align, onClose }: OpenedProps) {
  if (!open || items.length === 0) return null
  return (
    <Awaiting fallback={null}>
      <FloatingMenu key={`${open.left},${open.top}`} open={open} items={items} align={align} onClose={onClose} />
    </Awaiting>
  )
}

function nameOf(element: HTMLElement): string {
  return element.getAttribute('aria-label') ?? element.textContent
}
