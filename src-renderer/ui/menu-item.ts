import type { ReactNode } from 'react'

/** What a menu has in it, and where it is open. */
export interface MenuItem {
  /** Where two items may have one label. */
  readonly key?: string
  readonly label: string
  readonly onSelect: () => void
  /** Such as `Ctrl+D`; shown, not bound. */
  readonly shortcut?: string
  readonly danger?: boolean
  readonly icon?: ReactNode
  readonly separatorBefore?: boolean
  readonly disabled?: boolean
}

/** An open menu: what it stands at, in the window's pixels, and what has the focus again once it closes. */
export interface OpenMenu {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly label: string
  readonly returnTo: HTMLElement | null
}
