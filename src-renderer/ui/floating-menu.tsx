/** Draws an open menu (Radix): its place, its keys and its focus. The anchor is a box of no look where it was asked for. */
import { DropdownMenu } from 'radix-ui'
import { Fragment, useEffect, useEffectEvent } from 'react'
import { shortcutText } from '../lib/shortcut-text.ts'
import type { MenuItem, OpenMenu } from './menu-item.ts'
import styles from './menu.module.css'

export interface FloatingMenuProps {
  readonly open: OpenMenu
  readonly items: readonly MenuItem[]
  readonly align: 'start' | 'center' | 'end'
  readonly onClose: () => void
}

export function FloatingMenu({ open, items, align, onClose }: FloatingMenuProps) {
  const { left, top, width, height, label, returnTo } = open
  // Where it was asked for is elsewhere then, as menus of the system have it.
  const closeOnResize = useEffectEvent(onClose)
  useEffect(() => {
    const close = (): void => closeOnResize()
    window.addEventListener('resize', close)
    return () => window.removeEventListener('resize', close)
  }, [])
  // An item may have put the focus into a field, such as one to rename in: closing the menu does not take it back.
  const giveFocusBack = (event: Event): void => {
    event.preventDefault()
    const focused = document.activeElement
    if (!focused || focused === document.body || focused.closest('[role="menu"]')) returnTo?.focus()
  }
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(next) => !next && onClose()}>
      <DropdownMenu.Trigger asChild>
        {/* Only a place, and what the menu is named by: what was pressed has the menu's state itself. */}
        <button type="button" className={styles.anchor} tabIndex={-1} aria-label={label} style={{ left, top, width, height }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.menu}
          align={align}
          sideOffset={height === 0 ? 2 : 4}
          collisionPadding={8}
          onCloseAutoFocus={giveFocusBack}
        >
          {items.map((item) => (
            <Fragment key={item.key ?? item.label}>
              {item.separatorBefore === true && <DropdownMenu.Separator className={styles.separator} />}
              <DropdownMenu.Item
                className={styles.item}
                data-danger={item.danger}
                disabled={item.disabled ?? false}
                onSelect={item.onSelect}
              >
                <ItemContent item={item} />
              </DropdownMenu.Item>
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function ItemContent({ item }: { readonly item: MenuItem }) {
  return (
    <>
      {item.icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {item.icon}
        </span>
      )}
      <span className={styles.label}>{item.label}</span>
      {item.shortcut !== undefined && (
        <kbd className={styles.keys} aria-hidden="true">
          {shortcutText(item.shortcut)}
        </kbd>
      )}
    </>
  )
}
