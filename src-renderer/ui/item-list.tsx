/** A view of the side bar that lists what a collection has of one kind, and a row of it. */
import Circle from 'lucide-react/icons/circle'
import CircleCheck from 'lucide-react/icons/circle-check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Plus from 'lucide-react/icons/plus'
import type { KeyboardEvent, ReactNode } from 'react'
import { IconButton } from './button.tsx'
import styles from './item-list.module.css'
import { ContextMenu, Menu } from './menu.tsx'
import type { MenuItem } from './menu-item.ts'
import { listed } from '../lib/listed.ts'
import { t } from '../lib/t.ts'

interface ItemListProps {
  /** What is listed, as the view's accessible name: `Sessions`. */
  readonly label: string
  /** Name of the collection. */
  readonly of: string
  readonly newLabel: string
  readonly onNew: () => void
  /** Shown in place of a list without items. */
  readonly empty?: ReactNode
  /** Rows of the list. */
  readonly children: readonly ReactNode[]
  /** Stands below the list. */
  readonly help?: ReactNode
}

export function ItemList({ label, of, newLabel, onNew, empty, children, help }: ItemListProps) {
  const whole = t`${label} of ${of}`
  return (
    <section className={styles.view} aria-label={label}>
      <header className={styles.header}>
        <span className={styles.collection} title={whole}>
          {of}
        </span>
        <IconButton label={newLabel} icon={<Plus />} onClick={onNew} />
      </header>
      {children.length === 0 ? (
        empty
      ) : (
        <ul className={styles.list} aria-label={whole}>
          {children}
        </ul>
      )}
      {help}
    </section>
  )
}

interface ListItemProps {
  readonly name: string
  readonly title: string
  readonly icon: ReactNode
  /** Whether its page is the one that is shown. */
  readonly isShown: boolean
  readonly isUnsaved: boolean
  /** Whether the request in front goes with it. */
  readonly isUsed: boolean
  readonly useLabel: string
  readonly onUse: () => void
  /** Further facts in a few words, such as `1 adapter`; empty: none. */
  readonly facts?: string
  readonly factsTone?: 'plain' | 'danger'
  readonly menu: readonly MenuItem[]
  readonly onOpen: () => void
  readonly onRename: (() => void) | null
  readonly onDelete: (() => void) | null
}

export function ListItem(props: ListItemProps) {
  const { name, title, icon, isShown, isUnsaved, isUsed, useLabel, onUse, facts = '', factsTone = 'plain', menu, onOpen } = props
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const run = event.key === 'F2' ? props.onRename : event.key === 'Delete' ? props.onDelete : null
    if (run === null) return
    event.preventDefault()
    run()
  }
  return (
    <ContextMenu items={menu}>
      <li className={styles.item} data-shown={isShown}>
        <button
          type="button"
          className={styles.open}
          aria-label={name}
          aria-current={isShown ? 'page' : undefined}
          aria-description={listed([isUsed ? t`in use` : '', isUnsaved ? t`not saved` : '', facts].filter(Boolean)) || undefined}
          title={title}
          onClick={onOpen}
          onKeyDown={onKeyDown}
        >
          {icon}
          <span className={styles.name}>{name}</span>
          {isUnsaved && <span className={styles.unsaved} aria-hidden="true" />}
        </button>
        {facts !== '' && (
          <span className={styles.facts} data-tone={factsTone} aria-hidden="true">
            {facts}
          </span>
        )}
        <IconButton
          label={useLabel}
          className={styles.use ?? ''}
          pressed={isUsed}
          icon={isUsed ? <CircleCheck /> : <Circle />}
          onClick={onUse}
        />
        <Menu
          align="end"
          items={menu}
          trigger={<IconButton label={t`Actions of ${name}`} className={styles.more ?? ''} icon={<Ellipsis />} />}
        />
      </li>
    </ContextMenu>
  )
}
